import Tok

extension OutputFile {
  /// Writes which old id became which: a line for each token that stays, its old id, a tab, its new one.
  static func save(map newIDs: [TokenID?], as path: String) throws {
    var lines: [UInt8] = []
    for (old, new) in newIDs.enumerated() {
      if let new { lines.append(contentsOf: "\(old)\t\(new)\n".utf8) }
    }
    try save(lines, as: path)
  }
}
