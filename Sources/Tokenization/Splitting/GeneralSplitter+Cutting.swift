internal import SplitPatterns
internal import UnicodeText

extension GeneralSplitter.Step {
  /// Appends to the ranges of `pretokens` what the step makes of one of the pretokens before it,
  /// which begins at `offset`.
  func cut(
    _ text: Span<UInt8>, at offset: Int, into pretokens: inout Pretokens
  ) throws(EncodingError) {
    switch self {
    case .rewrite: pretokens.ranges.append(offset..<(offset + text.count))
    case .gpt2: cutByGPT2(text, at: offset, into: &pretokens.ranges)
    case .pattern(let matcher, let behavior, let inverted):
      pretokens.matches.removeAll(keepingCapacity: true)
      do {
        try matcher.appendMatches(in: text, to: &pretokens.matches)
      } catch {
        throw EncodingError(
          .patternLimit, "\(error)", range: (offset + error.offset)..<(offset + text.count))
      }
      behavior.cut(
        pretokens.matches, inverted: inverted, of: text.count, at: offset, into: &pretokens.ranges)
    case .literal(let search, let behavior, let inverted):
      pretokens.matches.removeAll(keepingCapacity: true)
      search.appendMatches(in: text, to: &pretokens.matches)
      behavior.cut(
        pretokens.matches, inverted: inverted, of: text.count, at: offset, into: &pretokens.ranges)
    case .before(let search):
      pretokens.matches.removeAll(keepingCapacity: true)
      search.appendMatches(in: text, to: &pretokens.matches)
      SplitBehavior.mergedWithNext.cut(
        pretokens.matches, inverted: false, of: text.count, at: offset, into: &pretokens.ranges)
    case .digits(let individually):
      let behavior: SplitBehavior = individually ? .isolated : .contiguous
      behavior.cut(text, at: offset, into: &pretokens.ranges) { $0.isNumeral }
    case .punctuation(let behavior):
      behavior.cut(text, at: offset, into: &pretokens.ranges) { $0.isPunctuation }
    case .whitespaceSplit:
      SplitBehavior.removed.cut(text, at: offset, into: &pretokens.ranges) { $0.isWhiteSpace }
    case .whitespace: cutIntoRuns(text, at: offset, into: &pretokens.ranges)
    case .bert: cutAsBERT(text, at: offset, into: &pretokens.ranges)
    case .unicodeScripts: cutByScript(text, at: offset, into: &pretokens.ranges)
    case .fixedLength(let length):
      cutByLength(length, text, at: offset, into: &pretokens.ranges)
    case .digitGroups(let length):
      cutDigits(length, text, at: offset, into: &pretokens.ranges)
    case .matchRuns(let runs):
      do throws(EncodingError) {
        try runs.cutRuns(text, at: offset, into: &pretokens.ranges)
      } catch { throw error.moved(by: offset) }
    case .words(let breaker):
      pretokens.wordEnds.removeAll(keepingCapacity: true)
      breaker.appendEnds(in: text, to: &pretokens.wordEnds)
      var start = 0
      // A breaker may be anyone's: what makes no sense is passed over.
      for end in pretokens.wordEnds + [text.count] where end > start && end <= text.count {
        pretokens.ranges.append((offset + start)..<(offset + end))
        start = end
      }
    }
  }

  private func cutByGPT2(_ text: Span<UInt8>, at offset: Int, into ranges: inout [Range<Int>]) {
    let scanner = GPT2Scanner()
    var start = 0
    while start < text.count {
      let end = scanner.end(of: start, in: text)
      ranges.append((offset + start)..<(offset + end))
      start = end
    }
  }

  /// `\w+|[^\w\s]+`.
  private func cutIntoRuns(_ text: Span<UInt8>, at offset: Int, into ranges: inout [Range<Int>]) {
    let table = SplittingTable.shared
    var index = 0
    while index < text.count {
      let start = index
      let (first, length) = splittingFacts(in: text, at: index, table)
      index += length
      if first.isWhiteSpace { continue }
      while index < text.count {
        let (facts, length) = splittingFacts(in: text, at: index, table)
        if facts.isWhiteSpace || facts.isWordCharacter != first.isWordCharacter { break }
        index += length
      }
      ranges.append((offset + start)..<(offset + index))
    }
  }

  private func cutAsBERT(_ text: Span<UInt8>, at offset: Int, into ranges: inout [Range<Int>]) {
    let table = SplittingTable.shared
    var start = 0
    var index = 0
    func close(_ ranges: inout [Range<Int>]) {
      if start < index { ranges.append((offset + start)..<(offset + index)) }
    }
    while index < text.count {
      let (facts, length) = splittingFacts(in: text, at: index, table)
      if facts.isWhiteSpace || facts.isPunctuation {
        close(&ranges)
        start = index + length
        if facts.isPunctuation { ranges.append((offset + index)..<(offset + start)) }
      }
      index += length
    }
    close(&ranges)
  }

  /// A character without a script joins what is before it; where nothing is before it, the original
  /// leaves it out.
  private func cutByScript(_ text: Span<UInt8>, at offset: Int, into ranges: inout [Range<Int>]) {
    let table = SplittingTable.shared
    var start = 0
    var last: UInt8 = 0
    var index = 0
    while index < text.count {
      let (facts, length) = splittingFacts(in: text, at: index, table)
      if facts.script != 0, facts.script != last {
        if last != 0 { ranges.append((offset + start)..<(offset + index)) }
        start = index
        last = facts.script
      }
      index += length
    }
    if last != 0 { ranges.append((offset + start)..<(offset + index)) }
  }

  private func cutByLength(
    _ length: Int, _ text: Span<UInt8>, at offset: Int, into ranges: inout [Range<Int>]
  ) {
    var start = 0
    var count = 0
    var index = 0
    while index < text.count {
      index += decodeScalar(in: text, at: index).length
      count += 1
      if count == length || index == text.count {
        ranges.append((offset + start)..<(offset + index))
        start = index
        count = 0
      }
    }
  }

  /// Groups counted from the right: `1234567` by threes is `1`, `234`, `567`.
  private func cutDigits(
    _ length: Int, _ text: Span<UInt8>, at offset: Int, into ranges: inout [Range<Int>]
  ) {
    let table = ScalarClassTable.shared
    func digitLength(_ index: Int) -> Int? {
      guard index < text.count else { return nil }
      let scalar = decodeScalar(in: text, at: index)
      guard scalar.isValid, ScalarClassSet.decimalDigits.contains(table[scalar.value]) else {
        return nil
      }
      return scalar.length
    }
    var start = 0
    var index = 0
    while index < text.count {
      guard digitLength(index) != nil else {
        index += decodeScalar(in: text, at: index).length
        continue
      }
      if start < index { ranges.append((offset + start)..<(offset + index)) }
      start = index
      var left = 0
      while let digit = digitLength(index) {
        left += 1
        index += digit
      }
      index = start
      while let digit = digitLength(index) {
        index += digit
        left -= 1
        if left % length == 0 {
          ranges.append((offset + start)..<(offset + index))
          start = index
        }
      }
    }
    if start < index { ranges.append((offset + start)..<(offset + index)) }
  }
}

extension SplitBehavior {
  /// Appends what becomes of a text of `count` bytes at `offset` whose `matches` were found.
  fileprivate func cut(
    _ matches: [Range<Int>], inverted: Bool, of count: Int, at offset: Int,
    into ranges: inout [Range<Int>]
  ) {
    var cutter = BehaviorCutter(self, inverted: inverted, offset: offset)
    for match in matches { cutter.add(match, to: &ranges) }
    cutter.finish(count: count, to: &ranges)
  }

  /// The same where each character that `isMatch` says so of is a match.
  fileprivate func cut(
    _ text: Span<UInt8>, at offset: Int, into ranges: inout [Range<Int>],
    where isMatch: (SplittingFacts) -> Bool
  ) {
    let table = SplittingTable.shared
    var cutter = BehaviorCutter(self, offset: offset)
    var index = 0
    while index < text.count {
      let (facts, length) = splittingFacts(in: text, at: index, table)
      if isMatch(facts) { cutter.add(index..<(index + length), to: &ranges) }
      index += length
    }
    cutter.finish(count: text.count, to: &ranges)
  }
}
