/// A file or standard input, read a block at a time.
final class ByteSource {
  /// As messages name it.
  let name: String
  /// The bytes of a regular file, for progress.
  let size: Int?
  private let descriptor: Int32
  private var block = [UInt8](repeating: 0, count: 1 << 18)

  /// - Parameter path: a file, or `-` for standard input.
  init(_ path: String) throws(Failure) {
    name = Self.name(of: path)
    if path == "-" {
      descriptor = System.standardInput
    } else {
      do { descriptor = try System.open(path) } catch { throw .input("\(name): \(error.message)") }
    }
    size = System.size(of: descriptor)
  }

  deinit {
    if descriptor != System.standardInput { System.close(descriptor) }
  }

  static func name(of path: String) -> String { path == "-" ? "standard input" : path }

  /// Appends at most `count` bytes to `bytes` and returns how many; 0 at the end.
  func read(upTo count: Int, into bytes: inout [UInt8]) throws(Failure) -> Int {
    do {
      return try System.read(descriptor, upTo: count, into: &bytes, by: &block)
    } catch {
      throw .input("\(name): \(error.message)")
    }
  }

  /// Nothing can be read now without waiting for it.
  var isDrained: Bool { !System.isReadable(descriptor) }

  /// All of a file.
  static func contents(of path: String) throws(Failure) -> [UInt8] {
    let source = try ByteSource(path)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.size ?? 0)
    while try source.read(upTo: .max, into: &bytes) > 0 {}
    return bytes
  }
}
