internal import Tokenization
internal import TokenizerFormats

/// Trains byte-pair models over characters as sentencepiece 0.2.3 does with `model_type` `bpe`: the same
/// tokens, scores and ids.
///
/// Lines are to be read as ``TrainingSource/Unit/bareLine``. What differs: of two pairs with the same
/// text and the same frequency the original takes any, this one that of the older symbols; and scripts are those
/// of Unicode 16.0.
public struct SentencePieceBPETrainer: WordTrainer {
  public let options: SentencePieceTrainingOptions
  /// Words have a space where the model sees U+2581; either is trained on.
  public let preprocessing: Preprocessing
  private let reserved: SentencePieceReserved

  /// - Throws: `option` for what sentencepiece refuses too.
  public init(
    _ options: SentencePieceTrainingOptions = SentencePieceTrainingOptions()
  ) throws(TrainingError) {
    try options.validate()
    self.options = options
    reserved = try SentencePieceReserved(options)
    preprocessing = try options.partPreprocessing(reserved)
  }

  /// As sentencepiece does: no empty lines, none that is too long or has U+2585.
  public func reads(_ unit: Span<UInt8>) -> Bool { options.reads(unit) }

  public var readingRules: String { options.readingRules }

  /// - Throws: `option` where characters and reserved tokens are more than `vocabSize`, or where
  ///   there are fewer tokens and `hardVocabLimit` is set; `limit`, `vocabulary`, `checkpoint`.
  /// - Complexity: O(*n* log *n*) in the characters of the words.
  public func train(
    on counts: WordCounts, _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer {
    let words = SentencePieceWords(counts, options, reserved)
    let alphabet = try SentencePieceAlphabet(words, options)
    let isAutomatic = options.autoCharacterCoverage
    let fixedCount = reserved.tokens.count + (isAutomatic ? 0 : alphabet.byFrequency.count)
    guard fixedCount < options.vocabSize + (isAutomatic ? 0 : 1) else {
      throw TrainingError(
        .option,
        "\(options.vocabSize) where \(isAutomatic ? "" : "characters and ")reserved tokens are \(fixedCount) already",
        place: "vocabSize")
    }
    var checkpoint = try TrainingCheckpoint(
      "sentencepiece-byte-pair", digest: { digest(of: counts) }, run)
    var training: SentencePieceBPETraining
    if var reader = try checkpoint?.reader() {
      let takesAbsentPairs = try reader.count(upTo: 1) == 1
      training = try SentencePieceBPETraining(
        options, alphabet, nil, takesAbsentPairs: takesAbsentPairs, memoryLimit: run.memoryLimit)
      try training.restore(from: &reader)
    } else {
      training = try SentencePieceBPETraining(
        options, alphabet, words, takesAbsentPairs: false, memoryLimit: run.memoryLimit)
    }
    let budget = options.vocabSize - fixedCount
    var shortage = try training.mergeAll(upTo: budget, run, &checkpoint)
    if let reason = shortage, reason != .stopped, !training.takesAbsentPairs {
      // The text is small for so many tokens: all is soon done again, with pairs that stand nowhere.
      training = try SentencePieceBPETraining(
        options, alphabet, words, takesAbsentPairs: true, memoryLimit: run.memoryLimit)
      shortage = try training.mergeAll(upTo: budget, run, &checkpoint)
    }
    let tokens = isAutomatic ? try training.chosenTokens(budget: budget) : training.tokens
    let tokenCount = reserved.tokens.count + tokens.count
    var report = TrainingReport(requestedCount: options.vocabSize, tokenCount: tokenCount)
    if tokenCount < options.vocabSize {
      report.shortage = shortage ?? .exhausted
      guard shortage == .stopped || !options.hardVocabLimit else {
        throw TrainingError(
          .option,
          "\(options.vocabSize) where the text gives \(tokenCount) tokens, and hardVocabLimit is set",
          place: "vocabSize")
      }
    }
    if alphabet.leftOutCount > 0 {
      report.remarks.append("\(alphabet.leftOutCount) rare characters of the text are no tokens")
    }
    if training.unusedCount > 0 {
      report.remarks.append(
        "\(training.unusedCount) tokens stand nowhere in the text: the vocabulary is too large for it"
      )
    }
    let definition = try SentencePieceVocabulary.definition(
      .bytePair, tokens: tokens, reserved, options)
    return TrainedTokenizer(definition, report: report)
  }

  private func digest(of counts: WordCounts) -> UInt64 {
    var digest = TrainingDigest()
    digest.add("\(options)")
    digest.add(counts)
    return digest.value
  }
}
