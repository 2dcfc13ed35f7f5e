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

  /// Asks for large pages behind what of `memory` they could hold, where that is more than one.
  ///
  /// - Parameter memory: so many bytes that belong to the caller.
  package static func preferLargePages(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
    guard byteCount >= 2 * pageSize else { return }
    let start = unsafe memory.alignedUp(toMultipleOf: pageSize)
    let size = unsafe (byteCount - (start - memory)) / pageSize * pageSize
    // SAFETY: it lies within the memory, at a multiple of the page size.
    unsafe tok_prefer_large_pages(start, size)
  }
}
