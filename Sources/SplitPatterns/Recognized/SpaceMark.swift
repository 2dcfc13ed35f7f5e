/// U+2581, lower one eighth block, which stands for a space in the tokens of SentencePiece's family and
/// begins most words.
package enum SpaceMark {
  package static let value: UInt32 = 0x2581
  package static let byteCount = 3
  /// The mark in UTF-8.
  package static let bytes: [UInt8] = [0xE2, 0x96, 0x81]

  /// Whether the mark stands at `index`.
  @inline(__always)
  package static func stands(in text: Span<UInt8>, at index: Int) -> Bool {
    index &+ 2 < text.count && text[index] == 0xE2 && text[index &+ 1] == 0x96
      && text[index &+ 2] == 0x81
  }

  /// Whether the mark, or a space, stands behind some other character.
  ///
  /// - Complexity: O(*n*).
  package static func stands(inside text: Span<UInt8>) -> Bool {
    var index = 0
    var isBehindOther = false
    while index < text.count {
      if stands(in: text, at: index) {
        if isBehindOther { return true }
        index += byteCount
      } else {
        if text[index] == 0x20, isBehindOther { return true }
        isBehindOther = isBehindOther || text[index] != 0x20
        index += 1
      }
    }
    return false
  }

  package static func append(to output: inout [UInt8]) {
    output.append(0xE2)
    output.append(0x96)
    output.append(0x81)
  }
}
