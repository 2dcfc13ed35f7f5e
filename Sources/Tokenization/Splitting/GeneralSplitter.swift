internal import SplitPatterns
internal import UnicodeText

/// Cuts by any steps, each over what the one before it left.
///
/// Steps that rewrite leave a text of their own, in which what earlier steps left out still stands
/// between the pretokens.
struct GeneralSplitter: Sendable {
  enum Step: Sendable {
    case pattern(PatternMatcher, SplitBehavior, inverted: Bool)
    case literal(LiteralSearch, SplitBehavior, inverted: Bool)
    case digits(individually: Bool)
    case gpt2
    case whitespace
    case whitespaceSplit
    case bert
    case punctuation(SplitBehavior)
    case unicodeScripts
    case fixedLength(Int)
    case digitGroups(Int)
    case matchRuns(MatchRuns)
    case words(any WordBreaker)
    /// Cuts before each place where the literal stands.
    case before(LiteralSearch)
    case rewrite(Rewriting)
  }

  let steps: [Step]
  /// Whether a step may fail behind one that rewrites, so that the error's place must be found.
  private let failsBehindRewriting: Bool
  /// Whether the result depends on where the text begins.
  let looksAtStart: Bool

  /// Whether a text may be too hard for one of the steps.
  let mayFail: Bool

  /// - Parameter mapsBytes: whether `byteLevel` puts characters of the byte alphabet for bytes.
  /// - Throws: `malformed` for a pattern that the engine does not take and for lengths below 1,
  ///   `unsupported` for words without a ``WordBreaker``.
  init(_ steps: [SplitStep], mapsBytes: Bool = false) throws(VocabularyError) {
    var prepared: [Step] = []
    for (index, step) in steps.enumerated() {
      let path =
        steps.count == 1 ? "pre_tokenizer" : "pre_tokenizer.pretokenizers[\(index)]"
      do {
        try Self.append(step, mapsBytes: mapsBytes, to: &prepared)
      } catch {
        throw VocabularyError(error.reason, error.message, path: path)
      }
    }
    self.init(prepared)
  }

  /// Cuts by steps that are prepared already.
  init(_ prepared: [Step]) {
    steps = prepared
    var rewrites = false
    var fails = false
    var looksAtStart = false
    for step in prepared {
      switch step {
      case .pattern, .matchRuns: fails = fails || rewrites
      case .rewrite(let rewriting):
        rewrites = true
        if case .metaspace(_, .first) = rewriting { looksAtStart = true }
      default: break
      }
    }
    failsBehindRewriting = fails
    self.looksAtStart = looksAtStart
    mayFail = prepared.contains { $0.mayFail }
  }

  private static func append(
    _ step: SplitStep, mapsBytes: Bool, to steps: inout [Step]
  ) throws(VocabularyError) {
    switch step {
    case .pattern(let pattern, let behavior, let inverted):
      do throws(PatternError) {
        steps.append(.pattern(try PatternMatcher(pattern), behavior, inverted: inverted))
      } catch {
        throw VocabularyError(.malformed, "\(error)")
      }
    case .literal(let string, let behavior, let inverted):
      steps.append(.literal(LiteralSearch(Array(string.utf8)), behavior, inverted: inverted))
    case .digits(let individually): steps.append(.digits(individually: individually))
    case .byteLevel(let addsPrefixSpace, let splits):
      if addsPrefixSpace { steps.append(.rewrite(.prefixSpace)) }
      if splits { steps.append(.gpt2) }
      if mapsBytes { steps.append(.rewrite(.byteAlphabet)) }
    case .whitespace: steps.append(.whitespace)
    case .whitespaceSplit: steps.append(.whitespaceSplit)
    case .bert: steps.append(.bert)
    case .punctuation(let behavior): steps.append(.punctuation(behavior))
    case .metaspace(let replacement, let scheme, let splits):
      let mark = Array(String(Character(replacement)).utf8)
      steps.append(.rewrite(.metaspace(mark, scheme)))
      if splits { steps.append(.before(LiteralSearch(mark))) }
    case .unicodeScripts: steps.append(.unicodeScripts)
    case .characterDelimiter(let delimiter):
      let search = LiteralSearch(Array(String(Character(delimiter)).utf8))
      steps.append(.literal(search, .removed, inverted: false))
    case .fixedLength(let length):
      try checkLength(length)
      steps.append(.fixedLength(length))
    case .digitGroups(let length):
      try checkLength(length)
      steps.append(.digitGroups(length))
    case .matchRuns(let pattern, let joined):
      steps.append(.matchRuns(try MatchRuns(pattern, joining: joined)))
    case .words:
      guard let breaker = WordBreaking.breaker else {
        throw VocabularyError(
          .unsupported,
          "`tok:Words` needs a word breaker: import `TokICU` and call `ICUWordBreaker.use()` first")
      }
      steps.append(.words(breaker))
    }
  }

  private static func checkLength(_ length: Int) throws(VocabularyError) {
    guard length >= 1 else {
      throw VocabularyError(.malformed, "found the length `\(length)` where 1 is the least allowed")
    }
  }

  /// Leaves in `pretokens` what the steps make of `text`.
  ///
  /// - Parameters:
  ///   - startCount: how many bytes at the front of `text` come from the place where the whole text
  ///     begins that is encoded: 1 if `text` is its front, 0 if it stands further back, more if the
  ///     first character was normalised to several.
  ///   - wantsEdits: whether ranges will be asked for.
  /// - Throws: `patternLimit` where a pattern needs more than it is allowed.
  /// - Complexity: O(*n*) in the text, for each step; patterns and word breakers have their own.
  func split(
    _ text: Span<UInt8>, startCount: Int, wantsEdits: Bool, into pretokens: inout Pretokens
  ) throws(EncodingError) {
    pretokens.reset(text, startCount: startCount)
    let wantsEdits = wantsEdits || failsBehindRewriting
    for step in steps {
      if case .rewrite(let rewriting) = step {
        rewriting.apply(to: text, wantsEdits: wantsEdits, &pretokens)
        continue
      }
      swap(&pretokens.ranges, &pretokens.spareRanges)
      pretokens.ranges.removeAll(keepingCapacity: true)
      if pretokens.isRewritten {
        var bytes: [UInt8] = []
        swap(&bytes, &pretokens.rewritten)
        defer { swap(&bytes, &pretokens.rewritten) }
        try cut(bytes.span, by: step, &pretokens)
      } else {
        try cut(text, by: step, &pretokens)
      }
    }
  }

  private func cut(
    _ text: Span<UInt8>, by step: Step, _ pretokens: inout Pretokens
  ) throws(EncodingError) {
    for index in pretokens.spareRanges.indices {
      let range = pretokens.spareRanges[index]
      do throws(EncodingError) {
        try step.cut(text.extracting(range), at: range.lowerBound, into: &pretokens)
      } catch {
        var placed = error
        placed.range = pretokens.original(error.range)
        throw placed
      }
    }
  }
}

extension GeneralSplitter.Step {
  /// Whether a text may be too hard.
  fileprivate var mayFail: Bool {
    switch self {
    case .pattern, .matchRuns: true
    default: false
    }
  }
}
