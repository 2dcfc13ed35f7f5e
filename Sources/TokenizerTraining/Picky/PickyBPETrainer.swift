internal import Tok
internal import Tokenization

/// Trains byte-pair encoding that gives up tokens again when hardly anything but longer ones needs them:
/// Chizhov, Arnett, Korotkova and Yamshchikov, "BPE Gets Picky: Efficient Vocabulary Refinement During
/// Tokenizer Training" (2024), and the authors' code.
///
/// When a pair was merged *n* times, each of its two tokens is looked at. If *n* is more than
/// `threshold` of the occurrences it had, the token is removed: what is left of it is split into what it
/// was made of, and its place in the vocabulary is free for another. It may come back by a later merge.
/// Of `Ġknow`+`ledge` with `ledge` hardly anywhere else, `ledge` goes. Characters stay.
///
/// The tokenizer replays merges and removals in their order; a pretoken that is a token becomes it.
/// Of equally frequent pairs the one whose tokens were made first is merged, the left one deciding; ids
/// are in the same order: special tokens, the alphabet by code points, then tokens as they were first
/// made, without gaps.
///
/// Where we differ from the authors' code: there the order of equally frequent pairs depends on addresses
/// in memory; a merge that makes a token that is there already counts as one more token; and where a
/// word has such a token from before, the pairs beside it are counted twice.
public struct PickyBPETrainer: WordTrainer {
  /// A token is removed where a merge takes more than this share of it, from 0 to 1.
  public let threshold: Double
  private let trainer: BPETrainer

  public var preprocessing: Preprocessing { trainer.preprocessing }

  /// - Parameter options: those of ``BPETrainer`` but for affixes, required tokens and compatibility.
  /// - Parameter threshold: the authors use 0.6 to 0.9; at 1 nothing is removed.
  /// - Throws: `option` for options that have no meaning, or none together.
  public init(
    _ options: BPETrainer.Options, threshold: Double = 0.9, _ preprocessing: Preprocessing
  ) throws(TrainingError) {
    func refuse(_ place: String, _ message: String) -> TrainingError {
      TrainingError(.option, message, place: place)
    }
    guard threshold >= 0, threshold <= 1 else {
      throw refuse("threshold", "\(threshold) is not from 0 to 1")
    }
    if options.continuingSubwordPrefix != nil {
      throw refuse("continuingSubwordPrefix", "tokens that may be removed have no prefix")
    }
    if options.endOfWordSuffix != nil {
      throw refuse("endOfWordSuffix", "tokens that may be removed have no suffix")
    }
    guard options.requiredTokens.isEmpty else {
      throw refuse("requiredTokens", "a required token might be removed")
    }
    guard options.compatibility == .none else {
      throw refuse("compatibility", "huggingface's trainer removes no tokens")
    }
    guard Set(options.specialTokens).count == options.specialTokens.count else {
      throw refuse("specialTokens", "a token stands twice")
    }
    self.threshold = threshold
    trainer = try BPETrainer(options, preprocessing)
  }

  /// Trains on words; an early end leaves fewer tokens.
  ///
  /// - Throws: `limit` for more symbols than 2^32 or counts beyond 2^63; `checkpoint` for one of
  ///   another training, `unreadable` and `unwritable` for its files.
  /// - Complexity: O(*s*) at first, *s* being the bytes of all words, then O(*p* log *p*) for *p* places
  ///   that are merged or split.
  public func train(
    on counts: WordCounts, _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer {
    let options = trainer.options
    var training = try PickyTraining(
      options, threshold: threshold, isByteLevel: preprocessing.isByteLevel, counts)
    var checkpoint = try TrainingCheckpoint("picky", digest: { digest(of: counts) }, run)
    if var reader = try checkpoint?.reader() { try training.restore(from: &reader) }
    let shortage = try training.run(run, &checkpoint)
    var report = TrainingReport(
      requestedCount: options.vocabularySize,
      tokenCount: training.presentCount + options.specialTokens.count, shortage: shortage)
    report.remarks = training.remarks
    if report.tokenCount > options.vocabularySize {
      report.remarks.append(
        "special tokens and the alphabet alone are more than the \(options.vocabularySize) asked for"
      )
    }
    report.remarks.append("tokens were removed \(training.removalCount) times")
    return TrainedTokenizer(definition(training), report: report)
  }

  private func digest(of counts: WordCounts) -> UInt64 {
    var digest = TrainingDigest()
    digest.add("\(trainer.options) \(threshold) \(preprocessing.isByteLevel)")
    digest.add(counts)
    return digest.value
  }

  private func definition(_ training: borrowing PickyTraining) -> TokenizerDefinition {
    let options = trainer.options
    let special = options.specialTokens.enumerated().map { AddedToken($1, id: TokenID($0)) }
    let unknown = special.first { $0.content == options.unknownToken }?.id
    var tokens = ByteStrings()
    for (symbol, text) in training.tokens.texts.enumerated() where training.isPresent[symbol] {
      tokens.append(text)
    }
    var events = TextEvents(tokens: tokens)
    for index in training.events.indices {
      let event = training.events[index]
      events.append(event.kind, event.parts.map { training.tokens[$0] })
    }
    let first = TokenID(special.count)
    return TokenizerDefinition(
      pipeline: Pipeline(
        addedTokens: special, normalizer: preprocessing.normalizer,
        splitter: preprocessing.splitter, decoder: trainer.decoder,
        roles: TokenRoles(unknown: unknown)),
      model: MergeEventsDefinition(
        unit: preprocessing.isByteLevel ? .bytes : .characters, tokens: tokens,
        ids: (0..<TokenID(tokens.count)).map { first + $0 }, passing: events.passing,
        events: events.events, takesWholePretokens: true, unknown: unknown))
  }
}
