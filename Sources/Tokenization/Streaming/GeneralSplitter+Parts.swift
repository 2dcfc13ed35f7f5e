internal import SplitPatterns
internal import UnicodeText

/// Where a text that may go on is cut by steps, whatever comes behind it.
///
/// Each step leaves behind its last settled cut a stretch that may still grow; only in it the next step
/// has cuts to add. Steps that rewrite, and those that may need all of their text, end this: what they
/// make of a whole stretch is settled with the stretch.
extension GeneralSplitter {
  /// Why a text cannot be cut in parts, as a sentence without its full stop; nil if it can.
  var obstacle: String? {
    guard let first = steps.first else { return "no step cuts the text" }
    if first.cutsInParts { return nil }
    return switch first {
    case .pattern(let matcher, _, _): matcher.obstacle?.message
    case .matchRuns(let runs): runs.obstacle?.message
    case .words: "a word breaker may need all of the text"
    case .literal: "the empty string is found at every character, and at the end of the text"
    default: "no step cuts the text before one rewrites it"
    }
  }

  /// The last place where `text`, which ends with a whole character, is cut whatever comes behind it;
  /// 0 if there is none.
  ///
  /// - Complexity: as ``split(_:startCount:wantsEdits:into:)``.
  func lastCut(in text: Span<UInt8>, using pretokens: inout Pretokens) -> Int {
    var start = 0
    var end = text.count
    for step in steps {
      guard step.cutsInParts, start < end else { break }
      let (cut, known) = step.settle(text.extracting(start..<end), using: &pretokens)
      end = start + known
      start += cut
    }
    return start
  }
}

extension GeneralSplitter.Step {
  fileprivate var cutsInParts: Bool {
    switch self {
    case .pattern(let matcher, _, _): matcher.obstacle == nil
    case .literal(let search, _, _): search.count > 0
    case .matchRuns(let runs): runs.obstacle == nil
    case .words, .rewrite: false
    default: true
    }
  }

  /// Where what may still grow begins in `text`, and up to where nothing else is cut behind that.
  ///
  /// subtle: the next part of the text begins wherever a later step cuts, and this step must make of
  /// it what it makes of the whole. Where that is not so the second place is the first.
  fileprivate func settle(
    _ text: Span<UInt8>, using pretokens: inout Pretokens
  ) -> (cut: Int, known: Int) {
    let table = SplittingTable.shared
    switch self {
    case .rewrite, .words: return (0, text.count)
    case .gpt2:
      let cut = GPT2Scanner().settledEnd(in: text)
      return (cut, cut)
    case .pattern(let matcher, let behavior, let inverted):
      pretokens.matches.removeAll(keepingCapacity: true)
      let known = matcher.appendSettledMatches(in: text, to: &pretokens.matches)
      return behavior.settle(pretokens.matches, inverted: inverted, upTo: known)
    case .matchRuns(let runs):
      let cut = runs.lastCut(in: text)
      return (cut, cut)
    case .literal(let search, let behavior, let inverted):
      return behavior.settle(search, inverted: inverted, in: text, using: &pretokens)
    case .before(let search):
      return SplitBehavior.mergedWithNext.settle(
        search, inverted: false, in: text, using: &pretokens)
    case .digits(let individually):
      let behavior: SplitBehavior = individually ? .isolated : .contiguous
      return behavior.settle(text) { $0.isNumeral }
    case .punctuation(let behavior): return behavior.settle(text) { $0.isPunctuation }
    case .whitespaceSplit: return SplitBehavior.removed.settle(text) { $0.isWhiteSpace }
    case .whitespace: return (WordRunScanner().settledEnd(in: text), text.count)
    case .bert: return (BERTScanner().settledEnd(in: text), text.count)
    case .unicodeScripts:
      var start = text.count
      var last: UInt8 = 0
      var index = 0
      while index < text.count {
        let (facts, length) = splittingFacts(in: text, at: index, table)
        if facts.script != 0, facts.script != last {
          start = index
          last = facts.script
        }
        index += length
      }
      return (start, start)
    case .fixedLength(let length):
      var start = 0
      var count = 0
      var index = 0
      while index < text.count {
        index += decodeScalar(in: text, at: index).length
        count += 1
        if count.isMultiple(of: length) { start = index }
      }
      return (start, start)
    case .digitGroups:
      // Groups are counted from the right, so that a run of digits must end first.
      let classes = ScalarClassTable.shared
      var start = text.count
      while start > 0 {
        let scalar = decodeScalar(in: text, endingAt: start)
        let isDigit =
          scalar.isValid && ScalarClassSet.decimalDigits.contains(classes[scalar.value])
        if start == text.count, !isDigit { break }
        if !isDigit { return (start, start) }
        start -= scalar.length
      }
      if start == 0 { return (0, 0) }
      while start > 0 {
        let scalar = decodeScalar(in: text, endingAt: start)
        if scalar.isValid, ScalarClassSet.decimalDigits.contains(classes[scalar.value]) { break }
        start -= scalar.length
      }
      return (start, text.count)
    }
  }
}

extension SplitBehavior {
  /// Where the last pretoken that may grow begins, if no match but `matches` begins before `known`.
  ///
  /// What is left of a match may be none.
  fileprivate func settle(
    _ matches: [Range<Int>], inverted: Bool, upTo known: Int, areCharacters: Bool = false
  ) -> (cut: Int, known: Int) {
    var cutter = BehaviorCutter(self, inverted: inverted, offset: 0)
    var ranges: [Range<Int>] = []
    for match in matches { cutter.add(match, to: &ranges) }
    let cut = cutter.openStart(upTo: known, to: &ranges)
    let holdsMatch = (matches.last?.upperBound ?? 0) > cut
    return (cut, holdsMatch && !areCharacters ? cut : max(cut, known))
  }

  fileprivate func settle(
    _ search: LiteralSearch, inverted: Bool, in text: Span<UInt8>, using pretokens: inout Pretokens
  ) -> (cut: Int, known: Int) {
    pretokens.matches.removeAll(keepingCapacity: true)
    search.appendMatches(in: text, to: &pretokens.matches)
    let known = text.count - search.begunCount(atEndOf: text)
    return settle(pretokens.matches, inverted: inverted, upTo: known)
  }

  /// The same where each character that `isMatch` says so of is a match.
  fileprivate func settle(
    _ text: Span<UInt8>, where isMatch: (SplittingFacts) -> Bool
  ) -> (cut: Int, known: Int) {
    let table = SplittingTable.shared
    var matches: [Range<Int>] = []
    var index = 0
    while index < text.count {
      let (facts, length) = splittingFacts(in: text, at: index, table)
      if isMatch(facts) { matches.append(index..<(index + length)) }
      index += length
    }
    return settle(matches, inverted: false, upTo: text.count, areCharacters: true)
  }
}
