#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A file that grows at its end under another name, and can be cut back to what was there before.
final class PartFile {
  /// What it will be called.
  let path: String
  /// What it is called until then.
  var partPath: String { path + ".part" }
  private let descriptor: Int32
  private(set) var size: Int

  /// Opens or makes the file, of which the first `size` bytes stay.
  ///
  /// - Throws: `unwritable`; `damaged` where there are fewer bytes.
  init(_ path: String, keeping size: Int = 0) throws(ShardError) {
    self.path = path
    self.size = size
    descriptor = unsafe open("\(path).part", O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw SystemCalls.error(.unwritable, "\(path).part") }
    let found = Int(lseek(descriptor, 0, SEEK_END))
    guard found >= size else {
      throw ShardError(
        .damaged, "\(found) bytes are left of at least \(size): begin anew with --restart",
        place: "\(path).part")
    }
    try truncate(to: size)
  }

  deinit { _ = close(descriptor) }

  func append(_ bytes: UnsafeRawBufferPointer) throws(ShardError) {
    try unsafe SystemCalls.write(descriptor, bytes, at: size, partPath)
    size += bytes.count
  }

  func append(_ bytes: [UInt8]) throws(ShardError) {
    try unsafe bytes.withUnsafeBufferPointer { (bytes) throws(ShardError) in
      try unsafe append(UnsafeRawBufferPointer(bytes))
    }
  }

  /// Writes over what stands at the beginning.
  func replaceBeginning(with bytes: [UInt8]) throws(ShardError) {
    try unsafe bytes.withUnsafeBufferPointer { (bytes) throws(ShardError) in
      try unsafe SystemCalls.write(descriptor, UnsafeRawBufferPointer(bytes), at: 0, partPath)
    }
  }

  func truncate(to size: Int) throws(ShardError) {
    guard ftruncate(descriptor, off_t(size)) == 0 else {
      throw SystemCalls.error(.unwritable, partPath)
    }
    self.size = size
  }

  func sync() throws(ShardError) {
    guard fsync(descriptor) == 0 else { throw SystemCalls.error(.unwritable, partPath) }
  }

  /// Fills `bytes` with what stands at `offset`.
  ///
  /// - Throws: `damaged` where less stands there; `unreadable`.
  func read(_ bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws(ShardError) {
    var filled = 0
    while filled < bytes.count {
      let count = try unsafe SystemCalls.read(
        descriptor, UnsafeMutableRawBufferPointer(rebasing: bytes[filled...]),
        at: offset + filled, partPath)
      guard count > 0 else {
        throw ShardError(.damaged, "the file ends at byte \(offset + filled)", place: partPath)
      }
      filled += count
    }
  }

  /// Gives all of its bytes to `body`, a megabyte at a time.
  func forEachBlock(
    _ body: (UnsafeRawBufferPointer) throws(ShardError) -> Void
  ) throws(ShardError) {
    var block = [UInt8](repeating: 0, count: 1 << 20)
    var offset = 0
    while offset < size {
      let count = min(block.count, size - offset)
      try unsafe block.withUnsafeMutableBufferPointer { (buffer) throws(ShardError) in
        let part = unsafe UnsafeMutableRawBufferPointer(
          UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
        try unsafe read(part, at: offset)
        try unsafe body(UnsafeRawBufferPointer(part))
      }
      offset += count
    }
  }

  /// The digest of all of its bytes.
  func digest() throws(ShardError) -> SHA256Digest {
    let digest = SHA256Digest()
    try unsafe forEachBlock { (block) in unsafe digest.add(block) }
    return digest
  }
}
