/// Finds a string in texts, without overlap from left to right.
///
/// By its first byte where that is rare, and within a possible match by the table of Knuth, Morris
/// and Pratt ("Fast pattern matching in strings", 1977): the length of the longest beginning of the
/// string that ends where a match broke off.
struct LiteralSearch: Sendable {
  private let literal: [UInt8]
  private let borders: [Int32]

  /// `literal` is not empty.
  ///
  /// - Complexity: O(*m*).
  init(_ literal: [UInt8]) {
    precondition(!literal.isEmpty, "an empty string stands everywhere")
    self.literal = literal
    var borders = [Int32](repeating: 0, count: literal.count)
    var border = 0
    for index in literal.indices.dropFirst() {
      while border > 0, literal[index] != literal[border] { border = Int(borders[border - 1]) }
      if literal[index] == literal[border] { border += 1 }
      borders[index] = Int32(truncatingIfNeeded: border)
    }
    self.borders = borders
  }

  var count: Int { literal.count }

  /// Where the first match from `start` on begins, or nil.
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
      while matched > 0, text[place] != literal[matched] { matched = Int(borders[matched &- 1]) }
      if text[place] == literal[matched] { matched &+= 1 }
      place &+= 1
      if matched == literal.count { return place - matched }
    }
    return nil
  }
}
