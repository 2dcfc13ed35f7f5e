internal import Tokenization
internal import TokenizerFormats

/// Trains byte-pair models over characters as sentencepiece 0.2.3 does with `model_type` `bpe`: the same
/// tokens, scores and ids.
///
/// Lines are to be read as ``TrainingSource/Unit/bareLine``. What differs: of two pairs with the same
/// text and the same frequency the original takes any, this one the one that it met first; and scripts are those
/// of Unicode 16.0.
public struct SentencePieceBPETrainer: WordTrainer {
  public let options: SentencePieceTrainingOptions
  public let preprocessing: Preprocessing
  private let reserved: SentencePieceReserved

  /// - Throws: `option` for what sentencepiece refuses too.
  public init(
    _ options: SentencePieceTrainingOptions = SentencePieceTrainingOptions()
  ) throws(TrainingError) {
    try options.validate()
    self.options = options
    reserved = try SentencePieceReserved(options)
    preprocessing = try options.preprocessing
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
    let corpus = SentencePieceCorpus(counts, options, reserved)
    let alphabet = try SentencePieceAlphabet(corpus, options)
    let fixedCount = reserved.tokens.count + alphabet.byFrequency.count
    guard fixedCount <= options.vocabSize else {
      throw TrainingError(
        .option,
        "\(options.vocabSize) where characters and reserved tokens are \(fixedCount) already",
        place: "vocabSize")
    }
    let characters = alphabet.byFrequency.sorted()
    var merging = try SentencePieceMerging(corpus, alphabet: characters, options)
    var log = try SentencePieceMergeLog(run.checkpoint, counts, options)
    try log.replay(on: &merging)

    let wanted = options.vocabSize - fixedCount
    var shortage: TrainingReport.Shortage?
    while log.merges.count < wanted {
      if log.merges.count % 256 == 0,
        run.report(.merging, fixedCount + log.merges.count, of: options.vocabSize)
      {
        shortage = .stopped
        break
      }
      guard let merge = try merging.mergeBest() else {
        shortage = merging.hasRefused ? .notAllowed : .exhausted
        break
      }
      try log.append(merge)
    }
    try log.save()
    if let shortage, shortage != .stopped, options.hardVocabLimit {
      throw TrainingError(
        .option,
        "\(options.vocabSize) where the text gives \(fixedCount + log.merges.count) tokens, and hardVocabLimit is set",
        place: "vocabSize")
    }
    return try finish(log.merges, merging, characters, alphabet, shortage)
  }

  private func finish(
    _ merges: [SentencePieceMerging.Merge], _ merging: SentencePieceMerging,
    _ characters: [UInt32], _ alphabet: SentencePieceAlphabet,
    _ shortage: TrainingReport.Shortage?
  ) throws(TrainingError) -> TrainedTokenizer {
    func utf8(_ scalars: some Sequence<UInt32>) -> [UInt8] {
      scalars.flatMap { Array(String(Unicode.Scalar($0) ?? "\u{FFFD}").utf8) }
    }
    var tokens: [(text: [UInt8], score: Float)] = []
    for merge in merges {
      let letters = Array(merging.characters(of: merge.left)) + merging.characters(of: merge.right)
      tokens.append((utf8(letters.map { characters[Int($0) - 1] }), -Float(tokens.count)))
    }
    for character in alphabet.byFrequency {
      tokens.append((utf8(CollectionOfOne(character)), -Float(tokens.count)))
    }
    let definition = try SentencePieceVocabulary.definition(
      .bytePair, tokens: tokens, reserved, options)
    var remarks: [String] = []
    if alphabet.leftOutCount > 0 {
      remarks.append("\(alphabet.leftOutCount) rare characters of the text are no tokens")
    }
    let unused = merges.count { $0.frequency == 0 }
    if unused > 0 {
      remarks.append(
        "\(unused) tokens stand nowhere in the text: the vocabulary is too large for it")
    }
    return TrainedTokenizer(
      definition,
      report: TrainingReport(
        requestedCount: options.vocabSize, tokenCount: reserved.tokens.count + tokens.count,
        shortage: shortage, remarks: remarks))
  }
}
