internal import SplitPatterns
internal import Tok
internal import Tokenization

/// Trains byte-level BPE that may join whole pretokens: Schmidt, Reddy, Tanner and Pinter, "Boundless Byte
/// Pair Encoding: Breaking the Pre-tokenization Barrier" (2025), and the authors' code.
///
/// The most frequent pair of neighbours is merged, of two kinds of pairs. One is of symbols within a
/// pretoken, as in any byte-level BPE. The other is of two pretokens side by side, each of which is one
/// token by then, or was joined already, and matches ``BoundlessOptions/joinedPattern``: when ` of` and
/// ` the` are tokens, ` of the` may become one. There are no stages; what is more frequent comes first.
///
/// After a merge within pretokens each of its two tokens is looked at, as in ``PickyBPETrainer``: where
/// the merge took nearly all of its occurrences, joined ones among them, the token is removed. What is
/// left of it becomes bytes, and its place in the vocabulary is free. It never comes back.
///
/// Of equally frequent pairs a join comes before a merge; then the order of the bytes of the left text
/// decides, then that of the right one. A pair whose text is a token already, or was one, is passed over.
/// Ids: special tokens, the 256 bytes, then tokens in the order in which they were made, without gaps.
///
/// Texts are counted by *runs*: neighbours that may be joined, up to the next pretoken that may not.
///
/// Where the authors' code does otherwise, which ``BoundlessOptions/Compatibility/authors`` does, too: a
/// removed token keeps its id and counts as a token; a pretoken that was a removed token can still be
/// joined in training, which encoding never does, and where it is joined already it becomes bytes, too;
/// what two equal pretokens are joined to is not joined on.
public struct BoundlessTrainer: WordTrainer {
  public let options: BoundlessOptions
  public let preprocessing: Preprocessing
  private let pattern: SplitPattern
  private let runs: MatchRuns

  /// - Throws: `option` for sizes and thresholds that have no meaning, special tokens that are empty or
  ///   stand twice, and patterns that are none.
  public init(_ options: BoundlessOptions = BoundlessOptions()) throws(TrainingError) {
    self.options = options
    let least = 256 + options.specialTokens.count
    try Self.check(
      options.vocabularySize >= least && options.vocabularySize <= 1 << 21 - 3, "vocabularySize",
      "\(options.vocabularySize) is not from \(least), for bytes and special tokens, to 2097149")
    if let threshold = options.threshold {
      try Self.check(threshold > 0, "threshold", "\(threshold) is not above 0")
    }
    let special = Set(options.specialTokens)
    try Self.check(
      special.count == options.specialTokens.count && !special.contains(""), "specialTokens",
      "a token is empty or stands twice")
    pattern = try Self.pattern(options.pattern, BoundlessOptions.defaultPattern, "pattern")
    let joined = try Self.pattern(
      options.joinedPattern, BoundlessOptions.defaultJoinedPattern, "joinedPattern")
    do { runs = try MatchRuns(pattern, joining: joined) } catch {
      throw TrainingError(.option, error.message, place: "pattern")
    }
    preprocessing = Preprocessing(
      splitter: Splitter([
        .matchRuns(pattern, joining: joined), .byteLevel(addsPrefixSpace: false, splits: false),
      ]), isByteLevel: true)
  }

  private static func check(
    _ condition: Bool, _ option: String, _ message: String
  ) throws(TrainingError) {
    guard condition else { throw TrainingError(.option, message, place: option) }
  }

  private static func pattern(
    _ pattern: SplitPattern?, _ source: String, _ option: String
  ) throws(TrainingError) -> SplitPattern {
    if let pattern { return pattern }
    do { return try SplitPattern(source, dialect: .oniguruma) } catch {
      throw TrainingError(.option, "\(error)", place: option)
    }
  }

  /// Trains on runs; an early end leaves fewer tokens.
  ///
  /// - Throws: `checkpoint`, `unreadable`, `unwritable`; `limit` for counts that are too large; `input`
  ///   where a pattern goes beyond its limit.
  /// - Complexity: O(*s*) at first, *s* being the bytes of all different runs, then O(*p* log *p*) for *p*
  ///   symbols in sequences that are merged.
  public func train(
    on counts: WordCounts, _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer {
    var training = try BoundlessTraining(options, runs, try BoundlessText(counts, runs))
    var checkpoint = try TrainingCheckpoint("boundless", digest: { digest(of: counts) }, run)
    if var reader = try checkpoint?.reader() { try training.restore(from: &reader) }
    let shortage = try training.run(run, &checkpoint)
    var report = TrainingReport(
      requestedCount: options.vocabularySize,
      tokenCount: training.tokenCount + options.specialTokens.count, shortage: shortage)
    report.remarks.append(
      "\(training.events.count - training.joinCount - training.removalCount) merges are within "
        + "pretokens, \(training.joinCount) join pretokens; \(training.removalCount) tokens were removed"
    )
    return TrainedTokenizer(definition(training), report: report)
  }

  private func digest(of counts: WordCounts) -> UInt64 {
    var digest = TrainingDigest()
    digest.add("\(options)")
    digest.add(counts)
    return digest.value
  }

  private func definition(_ training: borrowing BoundlessTraining) -> TokenizerDefinition {
    var tokens = ByteStrings()
    for (symbol, text) in training.tokens.texts.enumerated()
    where !training.isRemoved[symbol] || options.compatibility == .authors {
      tokens.append(text)
    }
    var events = TextEvents(tokens: tokens)
    for index in training.events.indices {
      switch training.events[index] {
      case .merge(let left, let right): events.append(.merge, [left, right])
      case .split(let text): events.append(.split, text.map { [$0] })
      case .join(let left, let right): events.appendJoin(left, right)
      }
    }
    let first = TokenID(options.specialTokens.count)
    return TokenizerDefinition(
      pipeline: Pipeline(
        addedTokens: options.specialTokens.enumerated().map { id, token in
          AddedToken(token, id: TokenID(id))
        },
        splitter: preprocessing.splitter,
        decoder: .byteLevel(addsPrefixSpace: true, trimsRanges: true, splits: true)),
      model: BoundlessDefinition(
        words: MergeEventsDefinition(
          unit: .bytes, tokens: tokens, ids: (0..<TokenID(tokens.count)).map { first + $0 },
          passing: events.passing, events: events.events),
        joins: events.joins, pattern: pattern))
  }
}
