#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

func read(_ path: String) throws(GeneratorError) -> String {
  guard let file = unsafe fopen(path, "r") else { throw GeneratorError("\(path) cannot be read") }
  defer { unsafe fclose(file) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = unsafe fread(&block, 1, block.count, file)
    if count == 0 { break }
    bytes += block[..<count]
  }
  return String(decoding: bytes, as: UTF8.self)
}

func write(_ bytes: [UInt8], to path: String) throws(GeneratorError) {
  guard let file = unsafe fopen(path, "w"),
    unsafe fwrite(bytes, 1, bytes.count, file) == bytes.count, unsafe fclose(file) == 0
  else { throw GeneratorError("\(path) cannot be written") }
}

func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

/// The paths of all files below a folder, within it.
func files(in folder: String) throws(GeneratorError) -> [String] {
  guard let directory = unsafe opendir(folder) else {
    throw GeneratorError("\(folder) cannot be read")
  }
  defer { unsafe closedir(directory) }
  var found: [String] = []
  while let entry = unsafe readdir(directory) {
    let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name.hasPrefix(".") { continue }
    let path = "\(folder)/\(name)"
    if let inside = unsafe opendir(path) {
      unsafe closedir(inside)
      for file in try files(in: path) { found.append("\(name)/\(file)") }
    } else {
      found.append(name)
    }
  }
  return found
}

func complain(_ message: String) {
  let line = Array((message + "\n").utf8)
  _ = unsafe write(STDERR_FILENO, line, line.count)
}
