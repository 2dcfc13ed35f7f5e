internal import Tokenization
internal import TokenizerFormats

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Whole files, read and replaced.
enum FileAccess {
  /// What the last call of the system says of `path`.
  static func error(_ reason: TrainingError.Reason, _ path: String) -> TrainingError {
    TrainingError(reason, unsafe String(cString: strerror(errno)), place: path)
  }

  /// - Throws: `unreadable`.
  static func read(_ path: String) throws(TrainingError) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw error(.unreadable, path) }
    defer { _ = close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try read(descriptor, into: &block, path)
      if count == 0 { return bytes }
      bytes.append(contentsOf: block[..<count])
    }
  }

  /// How many bytes an open file has; 0 where that is not known.
  static func size(of descriptor: Int32) -> Int {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Reads what there is, at most as many bytes as `block` has; 0 at the end.
  ///
  /// - Throws: `unreadable`.
  static func read(
    _ descriptor: Int32, into block: inout [UInt8], _ path: String
  ) throws(TrainingError) -> Int {
    while true {
      let count = unsafe block.withUnsafeMutableBytes { buffer in
        unsafe systemRead(descriptor, buffer.baseAddress, buffer.count)
      }
      if count >= 0 { return count }
      if errno != EINTR { throw error(.unreadable, path) }
    }
  }

  /// Writes `bytes` beside `path`, syncs and renames.
  ///
  /// - Throws: `unwritable`; what was there before is untouched then.
  static func replace(_ path: String, with bytes: [UInt8]) throws(TrainingError) {
    do throws(VocabularyError) {
      try replaceFile(path, with: bytes)
    } catch { throw TrainingError(.unwritable, error.message, place: path) }
  }

  /// - Throws: `unwritable`.
  static func write(
    _ bytes: [UInt8], to descriptor: Int32, _ path: String
  ) throws(TrainingError) {
    var start = 0
    while start < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe systemWrite(descriptor, buffer.baseAddress! + start, buffer.count - start)
      }
      if count >= 0 {
        start += count
      } else if errno != EINTR {
        throw error(.unwritable, path)
      }
    }
  }
}

// Their names are those of the functions above.
private let systemRead = unsafe read as @Sendable (Int32, UnsafeMutableRawPointer?, Int) -> Int
private let systemWrite = unsafe write as @Sendable (Int32, UnsafeRawPointer?, Int) -> Int
