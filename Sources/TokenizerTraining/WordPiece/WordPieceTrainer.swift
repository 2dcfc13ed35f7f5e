internal import Tokenization

/// Trains WordPiece: tokens that begin words, and tokens behind `##` that go on.
///
/// Of what is merged only the tokens are kept, since a word is encoded by the longest ones.
public struct WordPieceTrainer: WordTrainer {
  /// Which pair of neighbours is made a token next.
  public enum Score: String, Hashable, Sendable, CaseIterable {
    /// The most frequent one, as huggingface's trainer has it: byte-pair encoding.
    case counts
    /// The one that makes the text likelier the most, for as often as it stands there: the greatest
    /// count(ab) / (count(a) · count(b)). Schuster and Nakajima, "Japanese and Korean Voice Search", 2012.
    ///
    /// Rare characters that stand together come first, so that a least frequency is needed for a
    /// vocabulary of any use.
    case likelihood
  }

  public let score: Score
  private let trainer: BPETrainer

  public var preprocessing: Preprocessing { trainer.preprocessing }

  /// - Parameters:
  ///   - options: those of ``BPETrainer``. Without a prefix it is `##`; without an unknown token it is
  ///     `[UNK]`, which becomes a special token if it is none.
  ///   - score: which pair comes first; of equal ones that of the smaller ids.
  /// - Throws: `option` for options that have no meaning, or none together.
  public init(
    _ options: BPETrainer.Options, score: Score = .counts, _ preprocessing: Preprocessing
  ) throws(TrainingError) {
    guard !preprocessing.isByteLevel else {
      throw TrainingError(.option, "WordPiece works on characters", place: "isByteLevel")
    }
    guard score == .counts || options.compatibility == .none else {
      throw TrainingError(
        .option, "no other trainer goes by this likelihood", place: "compatibility")
    }
    var options = options
    options.continuingSubwordPrefix = options.continuingSubwordPrefix ?? "##"
    let unknown = options.unknownToken ?? "[UNK]"
    if !options.specialTokens.contains(unknown) { options.specialTokens.append(unknown) }
    options.unknownToken = unknown
    self.score = score
    trainer = try BPETrainer(options, preprocessing)
  }

  /// Trains on words; see ``BPETrainer/train(on:_:)``.
  public func train(
    on counts: consuming WordCounts, _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer {
    if score == .likelihood { return try trainByLikelihood(counts, run) }
    return try trainer.train(on: counts, run) { training, _ in model(training.tokens) }
  }

  private func trainByLikelihood(
    _ counts: WordCounts, _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer {
    var checkpoint = try TrainingCheckpoint(
      "likelihood", digest: { trainer.digest(of: counts) }, run)
    var training: LikelihoodTraining
    if var reader = try checkpoint?.reader() {
      training = try LikelihoodTraining(trainer.options, from: &reader)
    } else {
      training = try LikelihoodTraining(trainer.options, counts)
    }
    let shortage = try training.mergeAll(run, &checkpoint)
    let report = trainer.report(training.tokens, shortage, training.remarks)
    let special = trainer.options.specialTokens.compactMap { text in
      training.tokens.id(of: Array(text.utf8)).map { AddedToken(text, id: $0) }
    }
    let model = model(training.tokens)
    let pipeline = Pipeline(
      addedTokens: special, normalizer: preprocessing.normalizer,
      splitter: preprocessing.splitter,
      decoder: .wordPiece(
        prefix: trainer.options.continuingSubwordPrefix ?? "", cleansUp: true),
      roles: TokenRoles(unknown: model.unknown))
    return TrainedTokenizer(
      TokenizerDefinition(pipeline: pipeline, model: model), report: report)
  }

  private func model(_ trained: TokenTexts) -> WordPieceDefinition {
    var tokens = ByteStrings()
    for text in trained.texts { tokens.append(text) }
    let unknown = trainer.options.unknownToken.flatMap { trained.id(of: Array($0.utf8)) }
    return WordPieceDefinition(
      tokens: tokens, ids: (0..<trained.count).map { TokenID($0) }, unknown: unknown ?? 0,
      continuingPrefix: Array((trainer.options.continuingSubwordPrefix ?? "").utf8),
      maximumCharacterCount: 100)
  }
}
