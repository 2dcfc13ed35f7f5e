package import SplitPatterns

/// Cuts text by a pattern and leaves neighbours together that may become one token: what a model that
/// merges across pretokens has to see at once.
package struct MatchRuns: Sendable {
  private let cutter: PatternCutter
  private let joined: PatternMatcher

  /// - Throws: `malformed` for a pattern that the engine does not take.
  package init(
    _ pattern: SplitPattern, joining joinedPattern: SplitPattern
  ) throws(VocabularyError) {
    cutter = try PatternCutter(pattern)
    do throws(PatternError) { joined = try PatternMatcher(joinedPattern) } catch {
      throw VocabularyError(.malformed, "\(error)")
    }
  }

  /// Why a text cannot be cut in parts; nil if it can.
  var obstacle: RestartObstacle? { cutter.obstacle }

  /// Whether the first match of the second pattern is all of `pretoken`.
  ///
  /// - Throws: `patternLimit`.
  package func joins(_ pretoken: Span<UInt8>) throws(EncodingError) -> Bool {
    var matches: [Range<Int>] = []
    do { try joined.appendMatches(in: pretoken, to: &matches) } catch {
      throw EncodingError(.patternLimit, "\(error)", range: error.offset..<pretoken.count)
    }
    return matches.first == 0..<pretoken.count
  }

  /// Appends the pretokens of `text`, which are not joined.
  ///
  /// - Throws: `patternLimit`.
  package func cut(
    _ text: Span<UInt8>, into ranges: inout [Range<Int>]
  ) throws(EncodingError) {
    try cutter.cut(text, into: &ranges)
  }

  /// Appends the runs of `text`, which begins at `offset`.
  ///
  /// - Throws: `patternLimit`.
  /// - Complexity: that of the patterns.
  func cutRuns(
    _ text: Span<UInt8>, at offset: Int, into ranges: inout [Range<Int>]
  ) throws(EncodingError) {
    var pretokens: [Range<Int>] = []
    try cutter.cut(text, into: &pretokens)
    var start = 0
    var isOpen = false
    for pretoken in pretokens {
      let joins: Bool
      do throws(EncodingError) { joins = try self.joins(text.extracting(pretoken)) } catch {
        throw error.moved(by: pretoken.lowerBound)
      }
      if start < pretoken.lowerBound, !(isOpen && joins) {
        ranges.append((offset + start)..<(offset + pretoken.lowerBound))
        start = pretoken.lowerBound
      }
      isOpen = joins
    }
    if start < text.count { ranges.append((offset + start)..<(offset + text.count)) }
  }

  /// Where the last run begins that may still grow when text comes behind `text`.
  func lastCut(in text: Span<UInt8>) -> Int {
    var pretokens: [Range<Int>] = []
    cutter.cutSettled(text, into: &pretokens)
    var cut = 0
    for pretoken in pretokens.reversed() {
      // A text that is too hard for the pattern is kept, and is an error when all of it is there.
      guard (try? joins(text.extracting(pretoken))) ?? true else {
        return pretoken.upperBound
      }
      cut = pretoken.lowerBound
    }
    return cut
  }
}
