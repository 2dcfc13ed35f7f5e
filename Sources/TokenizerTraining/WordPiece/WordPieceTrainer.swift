public import Tokenization

/// Trains WordPiece by counts, as huggingface's trainer does: byte-pair encoding with `##` before every
/// character of a word but the first, of which only the tokens are kept.
public struct WordPieceTrainer: WordTrainer {
  private let trainer: BPETrainer

  public var preprocessing: Preprocessing { trainer.preprocessing }

  /// - Parameter options: those of ``BPETrainer``. Without a prefix it is `##`; without an unknown token
  ///   it is `[UNK]`, which becomes a special token if it is none.
  /// - Throws: `option` for options that have no meaning, or none together.
  public init(
    _ options: BPETrainer.Options, _ preprocessing: Preprocessing
  ) throws(TrainingError) {
    guard !preprocessing.isByteLevel else {
      throw TrainingError(.option, "WordPiece works on characters", place: "isByteLevel")
    }
    var options = options
    options.continuingSubwordPrefix = options.continuingSubwordPrefix ?? "##"
    let unknown = options.unknownToken ?? "[UNK]"
    if !options.specialTokens.contains(unknown) { options.specialTokens.append(unknown) }
    options.unknownToken = unknown
    trainer = try BPETrainer(options, preprocessing)
  }

  /// Trains on words; see ``BPETrainer/train(on:_:)``.
  public func train(
    on counts: WordCounts, _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer {
    try trainer.train(on: counts, run) { training, pipeline in
      var tokens = ByteStrings()
      for text in training.tokens.texts { tokens.append(text) }
      return WordPieceDefinition(
        tokens: tokens, ids: (0..<training.tokens.count).map { TokenID($0) },
        unknown: pipeline.roles.unknown ?? 0,
        continuingPrefix: Array((trainer.options.continuingSubwordPrefix ?? "").utf8),
        maximumCharacterCount: 100)
    }
  }
}
