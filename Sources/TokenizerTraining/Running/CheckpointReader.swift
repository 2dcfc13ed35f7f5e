internal import Tokenization

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Reads what a ``CheckpointWriter`` wrote, after all of it was compared with its digest.
struct CheckpointReader: ~Copyable {
  private let path: String
  private var descriptor: Int32
  private var block: [UInt8] = []
  private var position = 0
  /// How many bytes have not been read yet.
  private(set) var remaining = 0

  /// - Throws: `checkpoint` for a file of another training or a damaged one, `unreadable`.
  init(_ path: String, digest: UInt64) throws(TrainingError) {
    self.path = path
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileAccess.error(.unreadable, path) }
    guard try readBlock(CheckpointWriter.headerSize), block.count == CheckpointWriter.headerSize
    else { throw damage }
    let header = block
    var contentDigest = TrainingDigest()
    while try readBlock(CheckpointWriter.blockSize) {
      contentDigest.add(Tokenization.hash(block.span))
      remaining += block.count
    }
    if remaining % CheckpointWriter.blockSize == 0 {
      contentDigest.add(Tokenization.hash([UInt8]().span))
    }
    guard contentDigest.value == CheckpointFolder.number(header, at: 8) else { throw damage }
    guard digest == CheckpointFolder.number(header, at: 0) else {
      throw TrainingError(
        .checkpoint, "the checkpoint is of a training with other options or another text",
        place: path)
    }
    guard lseek(descriptor, off_t(CheckpointWriter.headerSize), SEEK_SET) >= 0 else {
      throw FileAccess.error(.unreadable, path)
    }
    block.removeAll(keepingCapacity: true)
  }

  deinit { if descriptor >= 0 { _ = close(descriptor) } }

  /// Hands the file over, at the beginning of what was written; nothing may have been read.
  mutating func takeDescriptor() -> Int32 {
    defer { descriptor = -1 }
    return descriptor
  }

  /// What is said of a file that is not as it was written.
  var damage: TrainingError {
    TrainingError(.checkpoint, "the checkpoint is damaged", place: path)
  }

  /// Reads `count` bytes, or what there is; false at the end.
  private mutating func readBlock(_ count: Int) throws(TrainingError) -> Bool {
    block = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = unsafe block.withUnsafeMutableBytes { buffer in
        unsafe read(descriptor, buffer.baseAddress! + filled, count - filled)
      }
      if got == 0 { break }
      if got > 0 {
        filled += got
      } else if errno != EINTR {
        throw FileAccess.error(.unreadable, path)
      }
    }
    block.removeLast(count - filled)
    position = 0
    return filled > 0
  }

  /// - Throws: `checkpoint` where no number is left; `unreadable`.
  mutating func number() throws(TrainingError) -> UInt64 {
    var number: UInt64 = 0
    if position + 8 <= block.count {
      for index in 0..<8 { number |= UInt64(block[position + index]) << UInt64(8 * index) }
      position += 8
      remaining -= 8
      return number
    }
    return CheckpointFolder.number(try bytes(count: 8), at: 0)
  }

  /// A number from 0 to `limit`.
  ///
  /// - Throws: `checkpoint` for any other one; `unreadable`.
  mutating func count(upTo limit: Int) throws(TrainingError) -> Int {
    let number = try number()
    guard number <= UInt64(limit) else { throw damage }
    return Int(number)
  }

  /// The bytes that were appended together.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func bytes() throws(TrainingError) -> [UInt8] {
    try bytes(count: count(upTo: remaining))
  }

  private mutating func bytes(count: Int) throws(TrainingError) -> [UInt8] {
    guard count <= remaining else { throw damage }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
      bytes.append(contentsOf: try next(upTo: count - bytes.count))
    }
    return bytes
  }

  /// Fills `bytes` with what comes next.
  ///
  /// - Throws: `checkpoint` where less is left; `unreadable`.
  mutating func fill(_ bytes: UnsafeMutableRawBufferPointer) throws(TrainingError) {
    var filled = 0
    while filled < bytes.count {
      let part = try next(upTo: bytes.count - filled)
      // SAFETY: the part has at most as many bytes as are left to be filled.
      unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[filled...]).copyBytes(from: part)
      filled += part.count
    }
  }

  /// Some of the bytes that come next, at least one.
  private mutating func next(upTo limit: Int) throws(TrainingError) -> ArraySlice<UInt8> {
    if position == block.count, try !readBlock(CheckpointWriter.blockSize) { throw damage }
    let part = block[position..<min(position + limit, block.count)]
    position += part.count
    remaining -= part.count
    return part
  }
}
