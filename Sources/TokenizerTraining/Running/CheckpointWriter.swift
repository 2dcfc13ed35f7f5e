internal import Tokenization

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Writes a file of a checkpoint as it comes, beside the place where it will stand.
///
/// The file begins with the digest of its training and a number for all bytes that follow, both lowest
/// byte first. Arrays stand as they lie in memory, so that a file is read only by the kind of machine that
/// wrote it. What is not finished is removed.
struct CheckpointWriter: ~Copyable {
  private let path: String
  private let digest: UInt64
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private var contentDigest = TrainingDigest()

  /// So many bytes are written, and hashed, at once.
  static let blockSize = 1 << 20
  static let headerSize = 16

  /// - Throws: `unwritable`.
  init(_ path: String, digest: UInt64) throws(TrainingError) {
    self.path = path
    self.digest = digest
    descriptor = unsafe open("\(path).part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileAccess.error(.unwritable, path) }
    buffer.reserveCapacity(Self.blockSize)
    try FileAccess.write([UInt8](repeating: 0, count: Self.headerSize), to: descriptor, path)
  }

  deinit {
    guard descriptor >= 0 else { return }
    _ = close(descriptor)
    _ = unsafe unlink("\(path).part")
  }

  /// - Throws: `unwritable`.
  mutating func append(_ number: UInt64) throws(TrainingError) {
    for shift in stride(from: 0 as UInt64, to: 64, by: 8) {
      buffer.append(UInt8(truncatingIfNeeded: number >> shift))
      if buffer.count == Self.blockSize { try writeBlock() }
    }
  }

  mutating func append(_ number: Int) throws(TrainingError) {
    try append(UInt64(bitPattern: Int64(number)))
  }

  /// Appends how many bytes there are, and the bytes.
  ///
  /// - Throws: `unwritable`.
  mutating func append(_ bytes: Span<UInt8>) throws(TrainingError) {
    try append(bytes.count)
    try appendContents(unsafe bytes.bytes)
  }

  /// Appends bytes alone.
  ///
  /// - Throws: `unwritable`.
  mutating func appendContents(_ bytes: RawSpan) throws(TrainingError) {
    var start = 0
    while start < bytes.byteCount {
      let end = min(start + Self.blockSize - buffer.count, bytes.byteCount)
      unsafe bytes.extracting(start..<end).withUnsafeBytes { unsafe buffer.append(contentsOf: $0) }
      start = end
      if buffer.count == Self.blockSize { try writeBlock() }
    }
  }

  private mutating func writeBlock() throws(TrainingError) {
    contentDigest.add(Tokenization.hash(buffer.span))
    try FileAccess.write(buffer, to: descriptor, path)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Puts the file into its place.
  ///
  /// - Throws: `unwritable`.
  mutating func finish() throws(TrainingError) {
    try writeBlock()
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw FileAccess.error(.unwritable, path) }
    let header =
      CheckpointFolder.bytes(of: digest) + CheckpointFolder.bytes(of: contentDigest.value)
    try FileAccess.write(header, to: descriptor, path)
    guard fsync(descriptor) == 0, unsafe rename("\(path).part", path) == 0 else {
      throw FileAccess.error(.unwritable, path)
    }
    _ = close(descriptor)
    descriptor = -1
  }
}
