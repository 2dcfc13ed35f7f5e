#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Keeps a second process from writing into the same folder; a process that ends lets go of it, however it
/// ends.
final class FolderLock {
  static let fileName = "journal.lock"

  private let path: String
  private let descriptor: Int32

  /// - Throws: `locked`, `unwritable`.
  init(_ folder: String) throws(ShardError) {
    path = "\(folder)/\(Self.fileName)"
    while true {
      let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw SystemCalls.error(.unwritable, path) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let error =
          errno == EWOULDBLOCK
          ? ShardError(.locked, "another process writes into this folder", place: folder)
          : SystemCalls.error(.unwritable, path)
        _ = close(descriptor)
        throw error
      }
      // subtle: who held the lock before may have removed the file that we opened.
      var (held, named) = (stat(), stat())
      if unsafe fstat(descriptor, &held) == 0, unsafe stat(path, &named) == 0,
        held.st_ino == named.st_ino
      {
        self.descriptor = descriptor
        return
      }
      _ = close(descriptor)
    }
  }

  deinit {
    _ = unsafe unlink(path)
    _ = close(descriptor)
  }
}
