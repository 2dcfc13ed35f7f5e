/// U+2581, which stands for a space in the tokens of SentencePiece's family and begins most words.
enum WordStart {
  static let byteCount = 3

  /// Whether the mark stands at `index`.
  @inline(__always)
  static func stands(in text: Span<UInt8>, at index: Int) -> Bool {
    index &+ 2 < text.count && text[index] == 0xE2 && text[index &+ 1] == 0x96
      && text[index &+ 2] == 0x81
  }

  /// Whether the mark stands behind some other character.
  static func stands(inside text: Span<UInt8>) -> Bool {
    var index = 0
    var isBehindOther = false
    while index < text.count {
      if stands(in: text, at: index) {
        if isBehindOther { return true }
        index += byteCount
      } else {
        isBehindOther = true
        index += 1
      }
    }
    return false
  }
}
