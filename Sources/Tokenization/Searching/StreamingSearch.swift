internal import UnicodeText

/// Finds the places of a string in a text that comes in parts, the leftmost first and none
/// overlapping another: the automaton of Knuth, Morris and Pratt, "Fast Pattern Matching in Strings"
/// (1977), which keeps no more of the text than what a match may begin with.
///
/// An empty string is found at the borders of all characters, the ends of the text among them.
///
/// - Complexity: O(*n*) in the text.
struct StreamingSearch: Sendable {
  let literal: [UInt8]
  /// For each number of bytes of the literal that were found, the next smaller number of its bytes
  /// that the same text ends with.
  private let borders: [Int]
  /// How many bytes of the literal the text ends with; they are not passed on yet.
  private(set) var found = 0

  init(_ literal: [UInt8]) {
    self.literal = literal
    var borders = [0, 0]
    var length = 0
    for index in literal.indices.dropFirst() {
      while length > 0, literal[length] != literal[index] { length = borders[length] }
      if literal[length] == literal[index] { length += 1 }
      borders.append(length)
    }
    self.borders = borders
  }

  /// Passes on to `output` what of the text is no match, and calls `match` where one was.
  mutating func take(
    _ text: Span<UInt8>, into output: inout [UInt8], match: (inout [UInt8]) -> Void
  ) {
    guard let first = literal.first else {
      for index in text.indices {
        if text[index] & 0xC0 != 0x80 { match(&output) }
        output.append(text[index])
      }
      return
    }
    var index = 0
    while index < text.count {
      if found == 0 {
        let start = index
        while index < text.count, text[index] != first { index += 1 }
        if start < index { output.append(contentsOf: text.extracting(start..<index)) }
        guard index < text.count else { return }
      }
      while found > 0, literal[found] != text[index] { fallBack(into: &output) }
      if literal[found] == text[index] { found += 1 } else { output.append(text[index]) }
      if found == literal.count {
        match(&output)
        found = 0
      }
      index += 1
    }
  }

  /// Ends the text: what was found of the literal is no match.
  mutating func endText(into output: inout [UInt8], match: (inout [UInt8]) -> Void) {
    if literal.isEmpty { match(&output) }
    output.append(contentsOf: literal[..<found])
    found = 0
  }

  private mutating func fallBack(into output: inout [UInt8]) {
    let shorter = borders[found]
    output.append(contentsOf: literal[..<(found - shorter)])
    found = shorter
  }
}

/// Puts one string in the places of another, in a text that comes in parts.
struct LiteralReplacement: Sendable {
  private var search: StreamingSearch
  let content: [UInt8]

  init(_ literal: [UInt8], content: [UInt8]) {
    search = StreamingSearch(literal)
    self.content = content
  }

  mutating func take(_ text: Span<UInt8>, into output: inout [UInt8]) {
    search.take(text, into: &output) { [content] in $0.append(contentsOf: content) }
  }

  /// Takes a whole text.
  mutating func replaceAll(in text: [UInt8], into output: inout [UInt8]) {
    take(text.span, into: &output)
    endText(into: &output)
  }

  mutating func endText(into output: inout [UInt8]) {
    search.endText(into: &output) { [content] in $0.append(contentsOf: content) }
  }
}
