internal import UnicodeText

/// `Whitespace`: `\w+|[^\w\s]+`.
package struct WordRunScanner: WindowedWordScanner {
  private let table = SplittingTable.shared

  package init() {}

  @inline(__always)
  func masks(of window: WordWindow) -> WordMasks {
    WordMasks(
      runs: window.wordCharacters,
      otherRuns: ~(window.wordCharacters | window.whiteSpace | window.high), unknown: window.high)
  }

  func word(in text: Span<UInt8>, from start: Int) -> Range<Int> {
    var start = start
    var index = start
    var isWord = false
    while index < text.count {
      let (facts, length) = splittingFacts(in: text, at: index, table)
      if facts.isWhiteSpace {
        if start < index { return start..<index }
        start = index &+ length
      } else if start == index {
        isWord = facts.isWordCharacter
      } else if facts.isWordCharacter != isWord {
        return start..<index
      }
      index &+= length
    }
    return start..<index
  }
}
