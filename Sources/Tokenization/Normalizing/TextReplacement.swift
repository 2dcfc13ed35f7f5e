internal import SplitPatterns
internal import UnicodeText

/// Puts a string in the place of every match of a pattern.
struct TextReplacement: Sendable {
  enum Search: Sendable {
    case byte(UInt8)
    case literal(LiteralSearch)
    case everywhere
    case pattern(PatternMatcher)
  }

  let search: Search
  let content: [UInt8]

  /// - Throws: `malformed` for a pattern that the engine does not take.
  init(_ pattern: TextPattern, _ content: String) throws(VocabularyError) {
    self.content = Array(content.utf8)
    switch pattern {
    case .literal(let text):
      let bytes = Array(text.utf8)
      switch bytes.count {
      case 0: search = .everywhere
      case 1: search = .byte(bytes[0])
      default: search = .literal(LiteralSearch(bytes))
      }
    case .pattern(let pattern):
      do throws(PatternError) {
        search = .pattern(try PatternMatcher(pattern))
      } catch {
        throw VocabularyError(.malformed, "\(error)")
      }
    }
  }

  /// Whether a text may be too hard.
  var mayFail: Bool { if case .pattern = search { true } else { false } }

  /// How many times longer a text may become.
  var growth: Int {
    switch search {
    case .byte: max(1, content.count)
    case .literal(let literal): max(1, (content.count + literal.count - 1) / literal.count)
    case .everywhere, .pattern: content.count + 1
    }
  }

  /// Appends `text` with its matches replaced; false, and nothing is appended, if it has none. As
  /// in the original an empty text has none, whatever the pattern.
  ///
  /// - Throws: `patternLimit`, with the place in `text`.
  /// - Complexity: O(*n*) and the length of the result; for patterns what their matching takes.
  func append(
    _ text: Span<UInt8>, to output: inout [UInt8], edits: inout TextEdits?
  ) throws(EncodingError) -> Bool {
    guard text.count > 0 else { return false }
    switch search {
    case .literal(let literal):
      return append(text, literal, to: &output, edits: &edits)
    case .byte(let byte): return append(text, byte, to: &output, edits: &edits)
    case .everywhere:
      appendBetween(text, to: &output, edits: &edits)
      return true
    case .pattern(let matcher):
      var matches: [Range<Int>] = []
      do throws(MatchError) {
        try matcher.appendMatches(in: text, to: &matches)
      } catch {
        throw EncodingError(.patternLimit, "\(error)", range: error.offset..<text.count)
      }
      guard !matches.isEmpty else { return false }
      append(text, replacing: matches, to: &output, edits: &edits)
      return true
    }
  }

  /// Appends `text` with `matches` replaced, which are in order and do not overlap.
  func append(
    _ text: Span<UInt8>, replacing matches: [Range<Int>], to output: inout [UInt8],
    edits: inout TextEdits?
  ) {
    var place = 0
    for match in matches {
      append(match, of: text, from: &place, to: &output, edits: &edits)
    }
    appendRest(text, from: place, to: &output, edits: &edits)
  }

  /// The matches are counted first, so that the result is written to its place byte by byte: spaces
  /// stand so close that copying what lies between them costs more (English with `▁` for spaces).
  private func append(
    _ text: Span<UInt8>, _ byte: UInt8, to output: inout [UInt8], edits: inout TextEdits?
  ) -> Bool {
    var count = 0
    for place in text.indices { count &+= text[place] == byte ? 1 : 0 }
    if count == 0 { return false }
    var end = output.count
    output.append(
      contentsOf: repeatElement(0, count: text.count - count + count * content.count))
    var bytes = output.mutableSpan
    let content = content.span
    var kept = 0
    for place in text.indices {
      if text[place] != byte {
        bytes[end] = text[place]
        end &+= 1
        continue
      }
      for index in content.indices {
        bytes[end] = content[index]
        end &+= 1
      }
      if edits != nil {
        edits?.keep(place - kept)
        edits?.replace(originalCount: 1, normalizedCount: content.count)
        kept = place + 1
      }
    }
    edits?.keep(text.count - kept)
    return true
  }

  private func append(
    _ text: Span<UInt8>, _ literal: LiteralSearch, to output: inout [UInt8],
    edits: inout TextEdits?
  ) -> Bool {
    guard var start = literal.first(in: text, from: 0) else { return false }
    var place = 0
    while true {
      let end = start + literal.count
      append(start..<end, of: text, from: &place, to: &output, edits: &edits)
      guard let next = literal.first(in: text, from: end) else { break }
      start = next
    }
    appendRest(text, from: place, to: &output, edits: &edits)
    return true
  }

  private func appendBetween(
    _ text: Span<UInt8>, to output: inout [UInt8], edits: inout TextEdits?
  ) {
    var place = 0
    var next = 0
    while next < text.count {
      append(next..<next, of: text, from: &place, to: &output, edits: &edits)
      next += decodeScalar(in: text, at: next).length
    }
    append(next..<next, of: text, from: &place, to: &output, edits: &edits)
  }

  private func append(
    _ match: Range<Int>, of text: Span<UInt8>, from place: inout Int, to output: inout [UInt8],
    edits: inout TextEdits?
  ) {
    output.append(contentsOf: text.extracting(place..<match.lowerBound))
    output.append(contentsOf: content)
    edits?.keep(match.lowerBound - place)
    edits?.replace(originalCount: match.count, normalizedCount: content.count)
    place = match.upperBound
  }

  private func appendRest(
    _ text: Span<UInt8>, from place: Int, to output: inout [UInt8], edits: inout TextEdits?
  ) {
    output.append(contentsOf: text.extracting(place...))
    edits?.keep(text.count - place)
  }
}
