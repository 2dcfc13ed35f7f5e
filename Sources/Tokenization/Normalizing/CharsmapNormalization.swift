internal import UnicodeText

/// Applies the rules of a SentencePiece model as huggingface's library does (its crate
/// spm_precompiled).
///
/// It goes by grapheme clusters. A cluster shorter than six bytes is replaced as a whole by the
/// result of the shortest rule that begins it, even if the rule is about its first character only:
///
///     ﬁ U+0301   5 bytes: the rule for ﬁ gives `fi`, and the accent is gone
///     ﬁ U+20D7   6 bytes: each character by itself, `fi` U+20D7
///
/// In longer clusters, and where there is no such rule, each character is looked up by itself.
/// Bytes that are not UTF-8 stay.
struct CharsmapNormalization: Sendable {
  private let charsmap: PrecompiledCharsmap
  private let breaks = GraphemeBreaks()
  /// Whether a rule begins with the ASCII byte.
  private let hasRules: [Bool]

  init(_ charsmap: PrecompiledCharsmap) {
    self.charsmap = charsmap
    hasRules = (0..<128 as Range<UInt8>).map {
      charsmap.rule(in: [$0].span, from: 0, .shortest) != nil
    }
  }

  var growth: Int { max(1, charsmap.longestResult) }

  /// Appends what becomes of `text`; false, and nothing is appended, if no rule applies.
  ///
  /// - Complexity: O(*n*) in the bytes of the text and of the results.
  func append(_ text: Span<UInt8>, to output: inout [UInt8], edits: inout TextEdits?) -> Bool {
    var isChanged = false
    // What stays and is not written yet begins here.
    var kept = 0
    var place = 0
    while place < text.count {
      place = endOfPlainText(in: text, from: place)
      if place == text.count { break }
      let end = breaks.end(of: place, in: text)
      let cluster = text.extracting(..<end)
      if end - place < Self.shortLength, let rule = rule(in: cluster, from: place) {
        isChanged = true
        append(rule, for: place..<end, of: text, keptFrom: &kept, to: &output, edits: &edits)
      } else {
        var character = place
        while character < end {
          let next = character + decodeScalar(in: text, at: character).length
          if let rule = rule(in: text.extracting(..<next), from: character) {
            isChanged = true
            append(
              rule, for: character..<next, of: text, keptFrom: &kept, to: &output, edits: &edits)
          }
          character = next
        }
      }
      place = end
    }
    guard isChanged else { return false }
    output.append(contentsOf: text.extracting(kept...))
    edits?.keep(text.count - kept)
    return true
  }

  /// The last place of `text` where a cluster begins: what comes behind `text` may belong to it.
  ///
  /// - Complexity: O(*m*) in the bytes behind the last two ASCII characters.
  func lastCut(in text: Span<UInt8>) -> Int {
    var cut = 0
    for place in stride(from: text.count - 1, to: 0, by: -1)
    where text[place - 1] < 0x80 && text[place] < 0x80 && text[place - 1] != 0x0D {
      cut = place
      break
    }
    while true {
      let end = breaks.end(of: cut, in: text)
      if end >= text.count { return cut }
      cut = end
    }
  }

  private static let shortLength = 6

  private func rule(in text: Span<UInt8>, from start: Int) -> PrecompiledCharsmap.Rule? {
    // In the original a zero byte ends the search for all that is behind it.
    if text[start] == 0 { return nil }
    return charsmap.rule(in: text, from: start, .shortest)
  }

  /// The end of ASCII characters that stay: clusters of their own, since ASCII follows them.
  private func endOfPlainText(in text: Span<UInt8>, from start: Int) -> Int {
    let hasRules = hasRules.span
    var place = start
    while place &+ 1 < text.count, text[place &+ 1] < 0x80 {
      let byte = text[place]
      // A carriage return and a line feed are one cluster.
      if byte >= 0x80 || hasRules[Int(byte)] || byte == 0x0D { break }
      place &+= 1
    }
    return place
  }

  private func append(
    _ rule: PrecompiledCharsmap.Rule, for range: Range<Int>, of text: Span<UInt8>,
    keptFrom kept: inout Int, to output: inout [UInt8], edits: inout TextEdits?
  ) {
    output.append(contentsOf: text.extracting(kept..<range.lowerBound))
    output.append(contentsOf: charsmap.bytes.span.extracting(rule.result))
    edits?.keep(range.lowerBound - kept)
    edits?.replace(originalCount: range.count, normalizedCount: rule.result.count)
    kept = range.upperBound
  }
}
