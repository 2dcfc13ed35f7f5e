internal import SplitPatterns

/// Cuts normalised text that comes in parts into pretokens, and encodes those that are settled.
struct PretokenStream: Sendable {
  /// How settled pretokens are found.
  private enum Way: Sendable {
    case scanner(SplitPlan)
    case spacedWords(SpacedWordScanner)
    case steps(GeneralSplitter)
    /// Nothing cuts the text but the model.
    case model
  }

  /// What is put before a text that does not begin with it.
  private enum Prefix: Sendable {
    case none
    case space
    /// Whatever the text begins with.
    case mark
    /// Unless the text begins with a space or these bytes.
    case metaspace([UInt8], MetaspaceScheme)

    func bytes(before text: [UInt8], startCount: Int) -> [UInt8] {
      switch self {
      case .none: return []
      case .space: return text.first == 0x20 ? [] : [0x20]
      case .mark: return SpaceMark.bytes
      case .metaspace(let mark, let scheme):
        if text.first == 0x20 || text.starts(with: mark) { return [] }
        return switch scheme {
        case .always: mark
        case .first: startCount > 0 ? mark : []
        case .never: []
        }
      }
    }
  }

  private let way: Way
  private let prefix: Prefix
  /// What spaces become before anything else.
  private let spaceReplacement: [UInt8]?

  private var pending = PendingText()
  private var hasBegun = false
  /// How many bytes of the text are not pending any more.
  private var doneCount = 0
  /// The sum of the scores so far, for models that add them up over a whole text.
  private var sum = 0.0

  /// - Parameter usesSpacedWords: the text comes as it is, not normalised.
  /// - Throws: a splitter or a model that may need all of a text.
  init(_ tokenizer: Tokenizer, usesSpacedWords: Bool) throws(StreamingError) {
    if usesSpacedWords, let plan = tokenizer.spacedWords {
      way = .spacedWords(plan.scanner)
      spaceReplacement = nil
      prefix =
        switch plan.prefix {
        case .always: .mark
        case .never: .none
        case .metaspace(let scheme): .metaspace(SpaceMark.bytes, scheme)
        }
      return
    }
    guard case .general(let splitter) = tokenizer.split else {
      spaceReplacement = nil
      if case .metaspace(let scanner, let scheme) = tokenizer.split {
        way = .scanner(.metaspace(scanner, .never))
        prefix = .metaspace(SpaceMark.bytes, scheme)
      } else {
        way = .scanner(tokenizer.split)
        prefix = tokenizer.addsPrefixSpace ? .space : .none
      }
      return
    }
    // What a first step puts before the text is put there once, not before each part.
    var steps = splitter.steps[...]
    switch steps.first {
    case .rewrite(.prefixSpace):
      prefix = .space
      spaceReplacement = nil
      steps.removeFirst()
    case .rewrite(.metaspace(let mark, let scheme)):
      prefix = .metaspace(mark, scheme)
      spaceReplacement = mark
      steps.removeFirst()
    default:
      prefix = .none
      spaceReplacement = nil
    }
    if steps.isEmpty, tokenizer.model.allowsParts {
      way = .model
      return
    }
    let rest = GeneralSplitter(Array(steps))
    if steps.isEmpty {
      throw StreamingError(
        .model, "no step cuts the text, and \(tokenizer.modelName) needs all of it", path: "model")
    }
    if let obstacle = rest.obstacle {
      throw StreamingError(.splitter, obstacle, path: "pre_tokenizer")
    }
    way = .steps(rest)
  }

  /// Whether errors say places of the text.
  var knowsPlaces: Bool { spaceReplacement == nil }

  /// Encodes what is settled with the next part of a text.
  ///
  /// - Parameters:
  ///   - startCount: how many bytes at the front of the text come from where the whole text begins.
  ///   - isLast: the text ends with `part`; the next part is of another one.
  /// - Throws: with places of the text.
  mutating func take(
    _ part: Span<UInt8>, startCount: Int, isLast: Bool, by tokenizer: Tokenizer,
    into sink: inout IDSink, using context: inout EncodingContext
  ) throws(EncodingError) {
    if let spaceReplacement {
      pending.append(part, replacing: 0x20, by: spaceReplacement)
    } else {
      pending.append(part)
    }
    guard isLast || pending.isDue else { return }
    let whole = isLast ? pending.bytes.count : pending.wholeCount
    if whole > 0, !hasBegun {
      hasBegun = true
      putPrefix(startCount: startCount)
    }
    let end = isLast ? pending.bytes.count : lastCut(of: tokenizer, using: &context.pretokens)
    if end > 0 {
      do {
        try encode(
          upTo: end, isLast: isLast, startCount: doneCount <= 0 ? startCount : 0, by: tokenizer,
          into: &sink, using: &context)
      } catch {
        throw error.moved(by: doneCount)
      }
    }
    pending.removeFirst(end)
    doneCount += end
    if isLast {
      hasBegun = false
      doneCount = 0
      sum = 0
    }
  }

  private mutating func putPrefix(startCount: Int) {
    let bytes = prefix.bytes(before: pending.bytes, startCount: startCount)
    pending.insertFirst(bytes)
    doneCount = -bytes.count
  }

  /// Up to where what is pending can be encoded.
  private func lastCut(of tokenizer: Tokenizer, using pretokens: inout Pretokens) -> Int {
    let text = pending.bytes.span.extracting(..<pending.wholeCount)
    guard text.count > 0 else { return 0 }
    return switch way {
    case .scanner(let plan): plan.lastCut(in: text)
    case .spacedWords(let scanner): scanner.settledEnd(in: text)
    case .steps(let splitter): splitter.lastCut(in: text, using: &pretokens)
    case .model: tokenizer.model.lastCut(in: text)
    }
  }

  private mutating func encode(
    upTo end: Int, isLast: Bool, startCount: Int, by tokenizer: Tokenizer,
    into sink: inout IDSink, using context: inout EncodingContext
  ) throws(EncodingError) {
    let bytes = pending.bytes
    let part = bytes.span.extracting(..<end)
    switch way {
    case .scanner(let plan):
      _ = try tokenizer.cut(part, by: plan, RangeMap(), into: &sink, using: &context)
    case .spacedWords(let scanner):
      _ = try tokenizer.scanWords(part, by: scanner, RangeMap(), into: &sink, using: &context)
    case .steps(let splitter):
      var pretokens = Pretokens()
      swap(&pretokens, &context.pretokens)
      defer { swap(&pretokens, &context.pretokens) }
      // Steps may have looked behind the cut, so all that is pending is split.
      try splitter.split(
        bytes.span, startCount: startCount, wantsEdits: !isLast, into: &pretokens)
      if !isLast {
        // What is put before the pretoken behind the cut has an empty range at the cut.
        let settled = pretokens.ranges.prefix {
          let range = pretokens.original($0)
          return range.lowerBound < end && range.upperBound <= end
        }
        pretokens.ranges.removeLast(pretokens.ranges.count - settled.count)
      }
      let text = pretokens.isRewritten ? pretokens.rewritten : bytes
      _ = try tokenizer.encode(
        pretokens.ranges, of: text.span, RangeMap(), into: &sink, using: &context)
    case .model:
      context.bypassesCache = true
      context.scratch.unigram.sumBefore = sum
      defer {
        context.bypassesCache = false
        context.scratch.unigram.sumBefore = nil
      }
      _ = try tokenizer.encode([0..<end], of: part, RangeMap(), into: &sink, using: &context)
      sum = context.scratch.unigram.sumBefore ?? 0
    }
  }
}

extension SplitPlan {
  /// The last place where `text`, which ends with a whole character and is not empty, is cut whatever
  /// comes behind it; 0 if there is none.
  fileprivate func lastCut(in text: Span<UInt8>) -> Int {
    switch self {
    case .gpt2(let scanner): return scanner.settledEnd(in: text)
    case .cl100k(let scanner): return scanner.settledEnd(in: text)
    case .o200k(let scanner): return scanner.settledEnd(in: text)
    case .deepSeek(let scanner): return scanner.settledEnd(in: text)
    case .bert(let scanner): return scanner.settledEnd(in: text)
    case .wordRuns(let scanner): return scanner.settledEnd(in: text)
    case .whiteSpace(let scanner): return scanner.settledEnd(in: text)
    case .markedWords(let scanner): return scanner.settledEnd(in: text)
    case .metaspace(let scanner, _): return scanner.settledEnd(in: text)
    case .wordStarts(let scanner):
      var cut = 0
      var end = 0
      while end < text.count {
        cut = end
        end = scanner.end(of: cut, in: text)
      }
      return cut
    // Not one of the ways of a stream.
    case .general: return 0
    }
  }
}
