internal import UnicodeText

/// Finds a fixed string, without overlap from left to right: by its first byte where that is rare, and
/// by the method of Knuth, Morris and Pratt, "Fast Pattern Matching in Strings" (1977), linear whatever
/// the string and the text are.
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

  /// The number of bytes of the literal.
  var count: Int { literal.count }

  /// Where the first match from `start` on begins, or nil; the literal is not empty.
  ///
  /// - Complexity: O(*n*) up to the end of the match.
  func first(in text: Span<UInt8>, from start: Int) -> Int? {
    let literal = literal.span
    let head = literal[0]
    var matched = 0
    var place = start
    while place < text.count {
      if matched == 0 {
        while place < text.count, text[place] != head { place &+= 1 }
        if place == text.count { return nil }
      }
      while matched > 0, text[place] != literal[matched] { matched = borders[matched] }
      if text[place] == literal[matched] { matched &+= 1 }
      place &+= 1
      if matched == literal.count { return place &- matched }
    }
    return nil
  }

  /// How many bytes at the end of `text`, behind the last match, begin the literal, which is not empty.
  ///
  /// - Complexity: O(*n*).
  func begunCount(atEndOf text: Span<UInt8>) -> Int {
    let literal = literal.span
    var matched = 0
    for place in text.indices {
      while matched > 0, text[place] != literal[matched] { matched = borders[matched] }
      if text[place] == literal[matched] { matched &+= 1 }
      if matched == literal.count { matched = 0 }
    }
    return matched
  }

  /// Appends where the literal stands in `text`. The empty literal stands before each character and at
  /// the end.
  ///
  /// - Complexity: O(*n*) in the text.
  func appendMatches(in text: Span<UInt8>, to matches: inout [Range<Int>]) {
    var index = 0
    guard !literal.isEmpty else {
      while index < text.count {
        matches.append(index..<index)
        index += decodeScalar(in: text, at: index).length
      }
      matches.append(index..<index)
      return
    }
    while let match = first(in: text, from: index) {
      index = match + count
      matches.append(match..<index)
    }
  }
}
