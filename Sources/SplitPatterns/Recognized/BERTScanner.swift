internal import UnicodeText

/// `BertPreTokenizer`: words between white space, each character of punctuation on its own.
package struct BERTScanner: WindowedWordScanner {
  private let table = SplittingTable.shared

  package init() {}

  @inline(__always)
  func masks(of window: WordWindow) -> WordMasks {
    WordMasks(
      runs: ~(window.whiteSpace | window.signs | window.high), singles: window.signs,
      unknown: window.high)
  }

  func word(in text: Span<UInt8>, from start: Int) -> Range<Int> {
    var start = start
    var index = start
    while index < text.count {
      let (facts, length) = splittingFacts(in: text, at: index, table)
      if facts.isWhiteSpace {
        if start < index { return start..<index }
        start = index &+ length
      } else if facts.isPunctuation {
        return start < index ? start..<index : index..<(index &+ length)
      }
      index &+= length
    }
    return start..<index
  }
}
