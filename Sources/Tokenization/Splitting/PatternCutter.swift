package import SplitPatterns

/// Cuts text at the matches of one pattern: matches and what lies between them are pretokens. By a
/// scanner of our own where the pattern is recognised.
package struct PatternCutter: Sendable {
  private enum Way: Sendable {
    case gpt2(GPT2Scanner)
    case cl100k(CL100KScanner)
    case o200k(O200KScanner)
    case matcher(PatternMatcher)
  }

  private let way: Way

  /// - Throws: `malformed` for a pattern that the engine does not take.
  package init(_ pattern: SplitPattern) throws(VocabularyError) {
    switch RecognizedPattern(pattern) {
    case .gpt2: way = .gpt2(GPT2Scanner())
    case .cl100k(let digits, let keepsTrailingSpace, let marksAreLetters):
      way = .cl100k(
        CL100KScanner(
          digits: digits, keepsTrailingSpace: keepsTrailingSpace, marksAreLetters: marksAreLetters))
    case .o200k: way = .o200k(O200KScanner())
    case nil:
      do throws(PatternError) { way = .matcher(try PatternMatcher(pattern)) } catch {
        throw VocabularyError(.malformed, "\(error)")
      }
    }
  }

  /// Whether a text may be too hard for the pattern.
  var mayFail: Bool { if case .matcher = way { true } else { false } }

  /// Why a text cannot be cut in parts; nil if it can.
  var obstacle: RestartObstacle? {
    if case .matcher(let matcher) = way { matcher.obstacle } else { nil }
  }

  /// Appends the pretokens of `text`, as ranges of it, none empty.
  ///
  /// - Throws: `patternLimit`, with the place in `text`.
  /// - Complexity: O(*n*) for recognised patterns, else that of the pattern.
  package func cut(
    _ text: Span<UInt8>, into ranges: inout [Range<Int>]
  ) throws(EncodingError) {
    switch way {
    case .gpt2(let scanner): scan(text, by: scanner, into: &ranges)
    case .cl100k(let scanner): scan(text, by: scanner, into: &ranges)
    case .o200k(let scanner): scan(text, by: scanner, into: &ranges)
    case .matcher(let matcher):
      var matches: [Range<Int>] = []
      do { try matcher.appendMatches(in: text, to: &matches) } catch {
        throw EncodingError(.patternLimit, "\(error)", range: error.offset..<text.count)
      }
      var cutter = BehaviorCutter(.isolated, offset: 0)
      for match in matches { cutter.add(match, to: &ranges) }
      cutter.finish(count: text.count, to: &ranges)
    }
  }

  /// Appends those pretokens at the front of `text` that are pretokens whatever comes behind `text`.
  func cutSettled(_ text: Span<UInt8>, into ranges: inout [Range<Int>]) {
    switch way {
    case .gpt2(let scanner): scanSettled(text, by: scanner, into: &ranges)
    case .cl100k(let scanner): scanSettled(text, by: scanner, into: &ranges)
    case .o200k(let scanner): scanSettled(text, by: scanner, into: &ranges)
    case .matcher(let matcher):
      var matches: [Range<Int>] = []
      _ = matcher.appendSettledMatches(in: text, to: &matches)
      var cutter = BehaviorCutter(.isolated, offset: 0)
      for match in matches { cutter.add(match, to: &ranges) }
      // What lies behind the last match may grow.
      cutter.finish(count: matches.last?.upperBound ?? 0, to: &ranges)
    }
  }

  private func scan(
    _ text: Span<UInt8>, by scanner: some PretokenScanner, into ranges: inout [Range<Int>]
  ) {
    var ends = InlineArray<64, Int>(repeating: 0)
    var start = 0
    while start < text.count {
      var room = ends.mutableSpan
      let count = scanner.fill(&room, in: text, from: start)
      for index in 0..<count {
        ranges.append(start..<ends[index])
        start = ends[index]
      }
    }
  }

  private func scanSettled(
    _ text: Span<UInt8>, by scanner: some PretokenScanner, into ranges: inout [Range<Int>]
  ) {
    let end = scanner.settledEnd(in: text)
    // subtle: all of the text is scanned, since what ends there need not end where the settled part does.
    let first = ranges.count
    scan(text, by: scanner, into: &ranges)
    while ranges.count > first, let last = ranges.last, last.upperBound > end {
      ranges.removeLast()
    }
  }
}
