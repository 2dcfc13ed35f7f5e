/// What ``UnigramTrainer`` is told: sentencepiece's options for unigram models, by their names.
public struct UnigramTrainingOptions: Hashable, Sendable {
  /// What the trainers of sentencepiece's family have in common.
  public var sentencePiece = SentencePieceTrainingOptions()
  /// How many substrings training begins with at most; 0 for the greater of 100,000 and 8 times
  /// the vocabulary.
  public var seedSentencepieceSize = 0
  /// A file of substrings to begin with, instead of those that stand most often in the text: on each line
  /// one, a tab, and how often it stands in some text. Those that stand nowhere in the text that is trained
  /// on are left out, as are those beyond the first ``seedSentencepieceSize``.
  public var seedSentencepiecesFile: String?
  /// Which part of the tokens stays when some are taken away, from 0.1 to 0.99.
  public var shrinkingFactor: Float = 0.75
  /// How often scores are estimated before tokens are taken away, from 1 to 100.
  public var numSubIterations = 2

  public init(_ sentencePiece: SentencePieceTrainingOptions = SentencePieceTrainingOptions()) {
    self.sentencePiece = sentencePiece
  }

  /// How many substrings training begins with at most.
  var seedLimit: Int {
    seedSentencepieceSize == 0
      ? max(100_000, 8 * sentencePiece.vocabSize) : seedSentencepieceSize
  }

  /// - Throws: `option`.
  func validate() throws(TrainingError) {
    try sentencePiece.validate()
    guard !sentencePiece.autoCharacterCoverage else {
      throw TrainingError(.option, "it is for byte pairs", place: "autoCharacterCoverage")
    }
    guard seedSentencepieceSize >= 0, seedSentencepieceSize <= Int(Int32.max) else {
      throw TrainingError(
        .option, "\(seedSentencepieceSize) is not from 0 to \(Int32.max)",
        place: "seedSentencepieceSize")
    }
    guard shrinkingFactor >= 0.1, shrinkingFactor <= 0.99 else {
      throw TrainingError(
        .option, "\(shrinkingFactor) is not from 0.1 to 0.99", place: "shrinkingFactor")
    }
    guard (1...100).contains(numSubIterations) else {
      throw TrainingError(
        .option, "\(numSubIterations) is not from 1 to 100", place: "numSubIterations")
    }
  }
}
