#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension TrainingSource {
  /// Adds what a checkpoint knows the source again by: of a file its path, its size and when it was
  /// changed, not what it holds. False for a source that cannot be read again from where it was left.
  func addIdentity(to digest: inout TrainingDigest) -> Bool {
    digest.add("\(unit) \(thousandths)")
    switch content {
    case .texts: return false
    case .buffer(let bytes):
      digest.add("buffer")
      digest.add(bytes.span)
      return true
    case .file(let path):
      digest.add("file")
      return Self.addIdentity(ofFile: path, to: &digest)
    case .jsonLines(let path, let field):
      digest.add("jsonLines \(field)")
      return Self.addIdentity(ofFile: path, to: &digest)
    case .wordCounts(let path):
      digest.add("wordCounts")
      return Self.addIdentity(ofFile: path, to: &digest)
    }
  }

  private static func addIdentity(ofFile path: String, to digest: inout TrainingDigest) -> Bool {
    var status = stat()
    guard path != "-", unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return false
    }
    #if canImport(Darwin)
      let changed = status.st_mtimespec
    #else
      let changed = status.st_mtim
    #endif
    digest.add("\(path) \(status.st_size) \(changed.tv_sec) \(changed.tv_nsec)")
    return true
  }
}
