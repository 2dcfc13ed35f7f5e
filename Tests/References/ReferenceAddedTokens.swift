/// Cutting text at added tokens by trying every token at every place.
package struct ReferenceAddedTokens: Sendable {
  package struct Token: Sendable {
    package var bytes: [UInt8]
    package var id: UInt32
    package var isSingleWord, stripsLeft, stripsRight: Bool

    package init(
      bytes: [UInt8], id: UInt32, isSingleWord: Bool = false, stripsLeft: Bool = false,
      stripsRight: Bool = false
    ) {
      self.bytes = bytes
      self.id = id
      self.isSingleWord = isSingleWord
      self.stripsLeft = stripsLeft
      self.stripsRight = stripsRight
    }
  }

  package struct Segment: Equatable, Sendable {
    package var range: Range<Int>
    /// Nil for what lies between tokens.
    package var id: UInt32?

    package init(range: Range<Int>, id: UInt32?) {
      self.range = range
      self.id = id
    }
  }

  private let tokens: [Token]

  package init(_ tokens: [Token]) { self.tokens = tokens }

  /// The segments of `text`: the leftmost token, of several at one place the longest, of equal ones
  /// the last; then on behind it. A single word with a word's character beside it is passed over.
  ///
  /// For ASCII text: white space and word characters are those of ASCII.
  package func segments(of text: [UInt8]) -> [Segment] {
    var segments: [Segment] = []
    var start = 0
    var index = 0
    while index < text.count {
      guard let token = longestToken(in: text, at: index) else {
        index += 1
        continue
      }
      var range = index..<(index + token.bytes.count)
      index = range.upperBound
      if token.isSingleWord {
        if range.lowerBound > 0, isWord(text[range.lowerBound - 1]) { continue }
        if range.upperBound < text.count, isWord(text[range.upperBound]) { continue }
      }
      if token.stripsLeft {
        while range.lowerBound > start, isSpace(text[range.lowerBound - 1]) {
          range = (range.lowerBound - 1)..<range.upperBound
        }
      }
      if token.stripsRight {
        while range.upperBound < text.count, isSpace(text[range.upperBound]) {
          range = range.lowerBound..<(range.upperBound + 1)
        }
      }
      if start < range.lowerBound {
        segments.append(Segment(range: start..<range.lowerBound, id: nil))
      }
      segments.append(Segment(range: range, id: token.id))
      start = range.upperBound
    }
    if start < text.count { segments.append(Segment(range: start..<text.count, id: nil)) }
    return segments
  }

  private func longestToken(in text: [UInt8], at index: Int) -> Token? {
    var longest: Token?
    for token in tokens where text[index...].starts(with: token.bytes) && !token.bytes.isEmpty {
      if token.bytes.count >= longest?.bytes.count ?? 0 { longest = token }
    }
    return longest
  }

  private func isWord(_ byte: UInt8) -> Bool {
    byte == 0x5F || 0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }
}
