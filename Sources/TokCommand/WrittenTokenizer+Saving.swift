import Tok
import TokenizerFormats

extension WrittenTokenizer {
  /// Writes the file `path` (- is standard output), with its merges beside it where there are any, and
  /// says what was lost.
  func save(as path: String) throws {
    // The merges first: a vocabulary without its merges is not found whole by anyone.
    if let merges { try OutputFile.save(merges, as: FileName(path).mergesBeside) }
    try OutputFile.save(bytes, as: path)
    for loss in losses { System.complain("tok: lost: \(loss)") }
  }
}

extension OutputFile {
  /// Writes all bytes of a file.
  static func save(_ bytes: [UInt8], as path: String) throws {
    let file = try OutputFile(path)
    try file.write(bytes)
    try file.finish()
  }
}
