internal import UnicodeText

/// Finds a fixed string by the method of Knuth, Morris and Pratt, "Fast Pattern Matching in Strings"
/// (1977): linear whatever the string and the text are.
struct LiteralSearch: Hashable, Sendable {
  private let literal: [UInt8]
  /// For each length of a beginning of the literal, how many of its last bytes begin the literal too.
  private let borders: [Int]

  /// - Complexity: O(*m*) in the bytes of the literal.
  init(_ literal: [UInt8]) {
    self.literal = literal
    var borders = [Int](repeating: 0, count: literal.count + 1)
    var border = 0
    for index in literal.indices.dropFirst() {
      while border > 0, literal[index] != literal[border] { border = borders[border] }
      if literal[index] == literal[border] { border += 1 }
      borders[index + 1] = border
    }
    self.borders = borders
  }

  /// Appends where the literal stands in `text`, from the left, none overlapping another. The empty
  /// literal stands before each character and at the end.
  ///
  /// - Complexity: O(*n*) in the text.
  func appendMatches(in text: Span<UInt8>, to matches: inout [Range<Int>]) {
    guard !literal.isEmpty else {
      var index = 0
      while index < text.count {
        matches.append(index..<index)
        index += decodeScalar(in: text, at: index).length
      }
      matches.append(index..<index)
      return
    }
    var matched = 0
    for index in 0..<text.count {
      while matched > 0, text[index] != literal[matched] { matched = borders[matched] }
      if text[index] == literal[matched] { matched += 1 }
      if matched == literal.count {
        matches.append((index + 1 - literal.count)..<(index + 1))
        matched = 0
      }
    }
  }
}
