internal import CMemoryHints

/// Memory for tables that are looked up at random places: on large pages where they are large, since
/// else half of a look-up's time goes into finding the page.
package enum LargeMemory {
  private static let pageSize = 2 << 20

  /// Uninitialised memory for `byteCount` bytes, at a multiple of 64 at least.
  package static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
    guard byteCount >= pageSize else {
      return .allocate(byteCount: byteCount, alignment: 64)
    }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: pageSize)
    // SAFETY: the memory was just allocated, so many bytes, at a multiple of the page size.
    unsafe tok_prefer_large_pages(memory, byteCount / pageSize * pageSize)
    return unsafe memory
  }
}
