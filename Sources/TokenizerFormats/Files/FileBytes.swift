package import Tokenization

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The bytes of a file, mapped into memory for as long as this lives.
///
/// If another process shortens the file meanwhile, reading what is gone ends the program, as with
/// every mapped file: replace files by renaming, as `tok` does.
@safe
package final class FileBytes: @unchecked Sendable {
  // SAFETY: `count` bytes at `base` stay mapped, read only, until `deinit`.
  package let base: UnsafeRawPointer
  package let count: Int

  /// - Parameter isReadWhole: All of it will be read, so that the system had better load all of it.
  /// - Throws: `unreadable`, with the system's reason.
  package init(_ path: String, isReadWhole: Bool = true) throws(VocabularyError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.systemError(path) }
    defer { _ = close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw Self.systemError(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw VocabularyError(.unreadable, "not a regular file", file: path)
    }
    count = Int(status.st_size)
    // An empty file cannot be mapped; one byte of anything stands for it.
    let pages = unsafe mmap(
      nil, max(count, 1), PROT_READ,
      count == 0 ? Self.anonymous : isReadWhole ? Self.wholeFile : MAP_PRIVATE,
      count == 0 ? -1 : descriptor, 0)
    guard let pages = unsafe pages, unsafe pages != MAP_FAILED else {
      throw Self.systemError(path)
    }
    unsafe base = UnsafeRawPointer(pages)
  }

  deinit {
    _ = unsafe munmap(UnsafeMutableRawPointer(mutating: base), max(count, 1))
  }

  #if canImport(Darwin)
    private static let anonymous = MAP_PRIVATE | MAP_ANON
    private static let wholeFile = MAP_PRIVATE
  #else
    private static let anonymous = MAP_PRIVATE | MAP_ANONYMOUS
    // All of it will be read: one call for all pages costs less than a fault for every few.
    private static let wholeFile = MAP_PRIVATE | MAP_POPULATE
  #endif

  private static func systemError(_ path: String) -> VocabularyError {
    VocabularyError(.unreadable, unsafe String(cString: strerror(errno)), file: path)
  }

  /// The bytes in place.
  package var span: Span<UInt8> {
    @_lifetime(borrow self)
    borrowing get {
      // SAFETY: `count` bytes lie at `base`, mapped as long as `self` lives.
      let span = unsafe Span<UInt8>(_unsafeBytes: UnsafeRawBufferPointer(start: base, count: count))
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }
}
