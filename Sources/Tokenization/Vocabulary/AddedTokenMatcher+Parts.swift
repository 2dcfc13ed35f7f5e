internal import UnicodeText

/// The same in texts that come in parts: a token is found once nothing that follows can make it longer,
/// or change whether it counts and how much white space it takes.
extension AddedTokenMatcher {
  /// How far a text is searched. Both places are of the part of the text that is kept.
  struct Progress: Sendable {
    /// What stands before is in segments already.
    var start = 0
    /// Where the next token may begin.
    var index = 0

    /// How much of the front is not needed any more: a token asks for the character before it.
    var doneCount: Int { max(0, min(start, index) - 4) }

    mutating func removeFirst(_ count: Int) {
      start -= count
      index -= count
    }
  }

  /// Appends the next segments of `text`, as far as they are settled. Text between tokens may come in
  /// several segments, one behind another.
  ///
  /// - Parameters:
  ///   - text: ends with a whole character, unless it is the last of it.
  ///   - isLast: nothing comes behind it.
  /// - Throws: `specialToken` where `specialTokens` refuses one.
  func appendSegments(
    of text: Span<UInt8>, isLast: Bool, specialTokens: SpecialTokens, _ progress: inout Progress,
    to segments: inout [Segment]
  ) throws(EncodingError) {
    var index = progress.index
    search: while index < text.count {
      // The filter asks for four bytes.
      let isNearEnd = !isLast && text.count - index < 4
      guard isNearEnd || mayBegin(text, index, text.count) else {
        index &+= 1
        continue
      }
      if !isLast, trie.mayGoOn(text, from: index) { break search }
      guard let found = trie.longestString(in: text, from: index) else {
        index &+= 1
        continue
      }
      let token = tokens[places[found.index]]
      let match = index..<found.end
      switch specialTokens.decide(token) {
      case .leave:
        index = match.upperBound
        continue
      case .refuse:
        throw EncodingError(
          .specialToken, "the text spells the special token `\(token.content)`", range: match)
      case .match: break
      }
      if token.isSingleWord {
        if !isLast, match.upperBound == text.count { break search }
        if touchesWord(match, in: text) {
          index = match.upperBound
          continue
        }
      }
      var range = match
      if token.stripsLeft {
        let space = startOfSpace(before: match.lowerBound, in: text)
        range = max(progress.start, space)..<range.upperBound
      }
      if token.stripsRight {
        let end = endOfSpace(from: match.upperBound, in: text)
        if !isLast, end == text.count { break search }
        range = range.lowerBound..<end
      }
      index = match.upperBound
      if progress.start < range.lowerBound {
        segments.append(Segment(range: progress.start..<range.lowerBound, id: nil))
      }
      segments.append(Segment(range: range, id: token.id))
      progress.start = range.upperBound
    }
    progress.index = index
    // White space may go to a token behind it.
    let end = hasLeftStripping && !isLast ? startOfSpace(before: index, in: text) : index
    if progress.start < end {
      segments.append(Segment(range: progress.start..<end, id: nil))
      progress.start = end
    }
  }

  private var hasLeftStripping: Bool { tokens.contains(where: \.stripsLeft) }
}
