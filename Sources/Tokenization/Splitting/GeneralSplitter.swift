internal import SplitPatterns
internal import UnicodeText

/// Cuts by any steps, each over what the one before it left.
struct GeneralSplitter: Sendable {
  private enum Step: Sendable {
    case pattern(PatternMatcher, SplitBehavior, inverted: Bool)
    case literal([UInt8], SplitBehavior, inverted: Bool)
    case digits(individually: Bool)
    case gpt2
  }

  private let steps: [Step]

  /// - Throws: `malformed` for a pattern that the engine does not take, `unsupported` for a space put
  ///   before pretokens that an earlier step made.
  init(_ steps: [SplitStep]) throws(VocabularyError) {
    var prepared: [Step] = []
    for (index, step) in steps.enumerated() {
      let path = "pre_tokenizer.pretokenizers[\(index)]"
      switch step {
      case .pattern(let pattern, let behavior, let inverted):
        do {
          prepared.append(.pattern(try PatternMatcher(pattern), behavior, inverted: inverted))
        } catch {
          throw VocabularyError(.malformed, "\(error)", path: path)
        }
      case .literal(let string, let behavior, let inverted):
        prepared.append(.literal(Array(string.utf8), behavior, inverted: inverted))
      case .digits(let individually):
        prepared.append(.digits(individually: individually))
      case .byteLevel(let addsPrefixSpace, let splits):
        guard !addsPrefixSpace || index == 0 else {
          throw VocabularyError(
            .unsupported, "`add_prefix_space` behind another step is not read", path: path)
        }
        if splits { prepared.append(.gpt2) }
      }
    }
    self.steps = prepared
  }

  /// Leaves in `ranges` the pretokens of `text`, in order, none empty.
  ///
  /// - Throws: `patternLimit` where a pattern needs more than it is allowed.
  func split(
    _ text: Span<UInt8>, into ranges: inout [Range<Int>], spare: inout [Range<Int>]
  ) throws(EncodingError) {
    ranges.removeAll(keepingCapacity: true)
    if text.count > 0 { ranges.append(0..<text.count) }
    for step in steps {
      swap(&ranges, &spare)
      ranges.removeAll(keepingCapacity: true)
      for range in spare {
        try cut(text.extracting(range), at: range.lowerBound, by: step, into: &ranges)
      }
    }
  }

  private func cut(
    _ text: Span<UInt8>, at offset: Int, by step: Step, into ranges: inout [Range<Int>]
  ) throws(EncodingError) {
    var matches: [Range<Int>] = []
    switch step {
    case .gpt2:
      let scanner = GPT2Scanner()
      var start = 0
      while start < text.count {
        let end = scanner.end(of: start, in: text)
        ranges.append((offset + start)..<(offset + end))
        start = end
      }
    case .pattern(let matcher, let behavior, let inverted):
      do {
        try matcher.appendMatches(in: text, to: &matches)
      } catch {
        throw EncodingError(
          .patternLimit, "\(error)", range: (offset + error.offset)..<(offset + text.count))
      }
      behavior.append(matches, inverted: inverted, of: text.count, at: offset, to: &ranges)
    case .literal(let literal, let behavior, let inverted):
      appendPlaces(of: literal, in: text, to: &matches)
      behavior.append(matches, inverted: inverted, of: text.count, at: offset, to: &ranges)
    case .digits(let individually):
      appendDigits(in: text, to: &matches)
      let behavior: SplitBehavior = individually ? .isolated : .contiguous
      behavior.append(matches, inverted: false, of: text.count, at: offset, to: &ranges)
    }
  }

  private func appendPlaces(
    of literal: [UInt8], in text: Span<UInt8>, to matches: inout [Range<Int>]
  ) {
    guard !literal.isEmpty else { return }
    var index = 0
    while index + literal.count <= text.count {
      if text.extracting(index..<(index + literal.count)).isEqual(to: literal.span) {
        matches.append(index..<(index + literal.count))
        index += literal.count
      } else {
        index += 1
      }
    }
  }

  private func appendDigits(in text: Span<UInt8>, to matches: inout [Range<Int>]) {
    let table = ScalarClassTable.shared
    var index = 0
    while index < text.count {
      let scalar = decodeScalar(in: text, at: index)
      if scalar.isValid, ScalarClassSet.numbers.contains(table[scalar.value]) {
        matches.append(index..<(index + scalar.length))
      }
      index += scalar.length
    }
  }
}

extension SplitBehavior {
  /// Appends what becomes of a text of `count` bytes at `offset` whose `matches` were found.
  fileprivate func append(
    _ matches: [Range<Int>], inverted: Bool, of count: Int, at offset: Int,
    to ranges: inout [Range<Int>]
  ) {
    var parts: [(range: Range<Int>, isMatch: Bool)] = []
    var end = 0
    for match in matches {
      if end != match.lowerBound { parts.append((end..<match.lowerBound, inverted)) }
      parts.append((match, !inverted))
      end = match.upperBound
    }
    if end != count { parts.append((end..<count, inverted)) }

    var kept: [Range<Int>] = []
    var previous = false
    switch self {
    case .removed:
      kept = parts.filter { !$0.isMatch }.map(\.range)
    case .isolated:
      kept = parts.map(\.range)
    case .contiguous:
      for part in parts {
        if part.isMatch == previous, let last = kept.last {
          kept[kept.count - 1] = last.lowerBound..<part.range.upperBound
        } else {
          kept.append(part.range)
        }
        previous = part.isMatch
      }
    case .mergedWithPrevious:
      for part in parts {
        if part.isMatch, !previous, let last = kept.last {
          kept[kept.count - 1] = last.lowerBound..<part.range.upperBound
        } else {
          kept.append(part.range)
        }
        previous = part.isMatch
      }
    case .mergedWithNext:
      for part in parts.reversed() {
        if part.isMatch, !previous, let last = kept.last {
          kept[kept.count - 1] = part.range.lowerBound..<last.upperBound
        } else {
          kept.append(part.range)
        }
        previous = part.isMatch
      }
      kept.reverse()
    }
    for range in kept where !range.isEmpty {
      ranges.append((offset + range.lowerBound)..<(offset + range.upperBound))
    }
  }
}
