package import Tokenization

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Writes a file whole: beside its place, synced, and renamed, so that nobody ever finds half of it.
///
/// What a link names is replaced and not the link, and its permissions stay; a device or a pipe is written
/// to.
///
/// - Throws: `unwritable`; what was there before is untouched then.
package func replaceFile(_ path: String, with bytes: [UInt8]) throws(VocabularyError) {
  func failure() -> VocabularyError {
    VocabularyError(.unwritable, unsafe String(cString: strerror(errno)), file: path)
  }
  var status = stat()
  let exists = unsafe stat(path, &status) == 0
  let kind = status.st_mode & S_IFMT
  if exists, kind != S_IFREG, kind != S_IFDIR {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure() }
    defer { _ = close(descriptor) }
    guard writeAll(bytes, to: descriptor) else { throw failure() }
    return
  }
  let target = resolved(path)
  let part = "\(target).\(getpid()).part"
  let descriptor = unsafe open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
  guard descriptor >= 0 else { throw failure() }
  if exists { _ = fchmod(descriptor, status.st_mode & 0o7777) }
  let isWritten = writeAll(bytes, to: descriptor) && fsync(descriptor) == 0
  let error = failure()
  guard close(descriptor) == 0, isWritten, unsafe rename(part, target) == 0 else {
    let last = isWritten ? failure() : error
    _ = unsafe unlink(part)
    throw last
  }
}

/// False where the system takes no more; `errno` says why.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  var start = 0
  while start < bytes.count {
    let count = unsafe bytes.withUnsafeBytes { buffer in
      unsafe write(descriptor, buffer.baseAddress! + start, buffer.count - start)
    }
    if count >= 0 {
      start += count
    } else if errno != EINTR {
      return false
    }
  }
  return true
}

/// `path` without symbolic links, or as it is if there is nothing.
private func resolved(_ path: String) -> String {
  guard let resolved = unsafe realpath(path, nil) else { return path }
  defer { unsafe free(resolved) }
  return unsafe String(cString: resolved)
}
