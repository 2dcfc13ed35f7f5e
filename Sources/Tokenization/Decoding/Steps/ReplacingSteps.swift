internal import SplitPatterns
internal import UnicodeText

/// `replace` with a string.
struct LiteralReplacingStep: DecodingStep {
  private var replacement: LiteralReplacement
  private let isEmptyLiteral: Bool
  private var isAtStart = true

  init(_ literal: String, content: String) {
    replacement = LiteralReplacement(Array(literal.utf8), content: Array(content.utf8))
    isEmptyLiteral = literal.utf8.isEmpty
  }

  mutating func take(_ text: Span<UInt8>, endsText: Bool, into output: inout TokenTextList) {
    replacement.take(text, into: &output.bytes)
    isAtStart = isAtStart && text.isEmpty
    guard endsText else { return }
    // The original looks for nothing in an empty text, not even for an empty string.
    if !(isEmptyLiteral && isAtStart) { replacement.endText(into: &output.bytes) }
    output.endText()
    isAtStart = true
  }
}

/// `replace` with a pattern: keeps a text until it is whole.
struct PatternReplacingStep: DecodingStep {
  private let matcher: PatternMatcher
  private let content: [UInt8]
  private var kept: [UInt8] = []
  private var matches: [Range<Int>] = []

  init(_ matcher: PatternMatcher, content: String) {
    self.matcher = matcher
    self.content = Array(content.utf8)
  }

  mutating func take(
    _ text: Span<UInt8>, endsText: Bool, into output: inout TokenTextList
  ) throws(DecodingError) {
    kept.append(contentsOf: text)
    guard endsText else { return }
    try replace(into: &output.bytes)
    kept.removeAll(keepingCapacity: true)
    output.endText()
  }

  private mutating func replace(into output: inout [UInt8]) throws(DecodingError) {
    // In an empty text not even an empty match counts.
    if kept.isEmpty { return }
    var matches: [Range<Int>] = []
    // Taken out for the search, which changes one and reads the other.
    swap(&matches, &self.matches)
    defer { swap(&matches, &self.matches) }
    matches.removeAll(keepingCapacity: true)
    do throws(MatchError) {
      try matcher.appendMatches(in: kept.span, to: &matches)
    } catch {
      kept.removeAll()
      throw DecodingError(reason: .patternLimit, index: error.offset, message: "\(error)")
    }
    var start = 0
    for match in matches {
      output.append(contentsOf: kept[start..<match.lowerBound])
      output.append(contentsOf: content)
      start = match.upperBound
    }
    output.append(contentsOf: kept[start...])
  }
}

/// `metaspace`
struct MetaspaceStep: DecodingStep {
  private var search: StreamingSearch
  /// Whether the replacement goes from the text that is looked at.
  private var removes: Bool

  init(_ replacement: Unicode.Scalar, removesInFirst: Bool) {
    search = StreamingSearch(Array(String(replacement).utf8))
    removes = removesInFirst
  }

  mutating func take(_ text: Span<UInt8>, endsText: Bool, into output: inout TokenTextList) {
    let removes = removes
    search.take(text, into: &output.bytes) { if !removes { $0.append(0x20) } }
    guard endsText else { return }
    search.endText(into: &output.bytes) { _ in }
    output.endText()
    self.removes = false
  }
}
