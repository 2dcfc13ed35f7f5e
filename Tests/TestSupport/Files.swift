#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Files that tests read and write.
package enum Files {
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// The folder of the package: the one above `Tests`.
  package static let root: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(3).joined(separator: "/")
  }()

  /// The contents of a file.
  package static func read(_ path: String) throws(Failure) -> [UInt8] {
    guard let file = unsafe fopen(path, "rb") else { throw Failure(description: "no file \(path)") }
    defer { _ = unsafe fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe fread(&block, 1, block.count, file)
      guard count > 0 else { return bytes }
      bytes += block[..<count]
    }
  }

  /// Writes a file.
  package static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    guard let file = unsafe fopen(path, "wb") else { throw Failure(description: "no file \(path)") }
    defer { _ = unsafe fclose(file) }
    guard unsafe fwrite(bytes, 1, bytes.count, file) == bytes.count else {
      throw Failure(description: "\(path) cannot be written")
    }
  }

  /// Runs `body` with a new folder, which is gone afterwards with what lies in it.
  package static func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    var template = Array("/tmp/tok-tests-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw Failure(description: "no folder") }
    let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { remove(path) }
    return try body(path)
  }

  /// Makes a folder.
  package static func makeFolder(_ path: String) throws(Failure) {
    guard unsafe mkdir(path, 0o700) == 0 else { throw Failure(description: "no folder \(path)") }
  }

  private static func remove(_ path: String) {
    if let folder = unsafe opendir(path) {
      while let entry = unsafe readdir(folder) {
        // SAFETY: the name ends with a NUL within the entry.
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
          unsafe name.withMemoryRebound(to: CChar.self, capacity: 1) { unsafe String(cString: $0) }
        }
        if name != "." && name != ".." { remove(path + "/" + name) }
      }
      _ = unsafe closedir(folder)
    }
    if unsafe unlink(path) != 0 { _ = unsafe rmdir(path) }
  }

  /// Sets a variable of the environment.
  package static func setVariable(_ name: String, to value: String) {
    _ = unsafe setenv(name, value, 1)
  }
}
