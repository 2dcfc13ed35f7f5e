package import UnicodeText

/// `WhitespaceSplit`, alone or before a `Metaspace` that marks each word.
///
/// A word that models see with U+2581 in front is found, and remembered, without it.
package struct WhiteSpaceScanner: WindowedWordScanner {
  private let table = SplittingTable.shared

  package init() {}

  @inline(__always)
  func masks(of window: WordWindow) -> WordMasks {
    WordMasks(runs: ~(window.whiteSpace | window.spaceLeads), unknown: window.spaceLeads)
  }

  func word(in text: Span<UInt8>, from start: Int) -> Range<Int> {
    var start = start
    var index = start
    while index < text.count {
      let (facts, length) = splittingFacts(in: text, at: index, table)
      if facts.isWhiteSpace {
        if start < index { return start..<index }
        start = index &+ length
      }
      index &+= length
    }
    return start..<index
  }
}

/// `WhitespaceSplit` and a `Metaspace` behind it whose scheme is `always`: words between white space,
/// cut before each U+2581 in them, and U+2581 in front of each for the models.
package struct MarkedWordScanner: WindowedWordScanner {
  private let table = SplittingTable.shared

  package init() {}

  package static var rewrites: Bool { true }

  @inline(__always)
  func masks(of window: WordWindow) -> WordMasks {
    WordMasks(runs: ~(window.whiteSpace | window.spaceLeads), unknown: window.spaceLeads)
  }

  func word(in text: Span<UInt8>, from start: Int) -> Range<Int> {
    var start = start
    var index = start
    while index < text.count {
      let scalar = decodeScalar(in: text, at: index)
      if scalar.isValid, table[scalar.value].isWhiteSpace {
        if start < index { return start..<index }
        start = index &+ scalar.length
      } else if scalar.value == SpaceMark.value, start < index {
        return start..<index
      }
      index &+= scalar.length
    }
    return start..<index
  }

  package func append(_ word: Span<UInt8>, to output: inout [UInt8], edits: inout TextEdits?) {
    if !SpaceMark.stands(in: word, at: 0) {
      SpaceMark.append(to: &output)
      edits?.replace(originalCount: 0, normalizedCount: SpaceMark.byteCount)
    }
    output.append(contentsOf: word)
    edits?.keep(word.count)
  }
}
