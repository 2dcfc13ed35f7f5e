internal import Tokenization
internal import TokenizerFormats

/// Trains unigram models by the algorithm of sentencepiece 0.2.3 with `model_type` `unigram`.
///
/// Lines are to be read as ``TrainingSource/Unit/bareLine``. The tokens are not those of sentencepiece,
/// whose own change with the number of threads: seeds are taken from words, not from lines, so that a word that
/// always stands before a space is one as well, scores are estimated once more when all tokens but the
/// last have gone, and sums have 64 bits. The result is the same for any number of threads and on any
/// machine.
///
/// A training that is stopped takes tokens away down to the size asked for at once, estimates once and
/// ends: a usable tokenizer of at most that size at any moment, with all characters; what it misses is the
/// patience with which tokens are taken away.
///
/// ``TrainingRun/memoryLimit`` bounds the counts. Behind them, some 45 bytes are needed for each character
/// of all different words, 0.7 GB for the million of words that 80 MB of 60 languages and code have.
///
/// Not here: `use_sparse_pruning` and what goes with it, which the original calls experimental and has not
/// described; `train_extremely_large_corpus`, for words are counted; `input_sentence_size` and
/// `shuffle_input_sentence`, since all lines are read, of which sources may be a sample.
public struct UnigramTrainer: WordTrainer {
  public let options: UnigramTrainingOptions
  public let preprocessing: Preprocessing
  private let reserved: SentencePieceReserved
  private let listedSeeds: ListedSeeds?

  /// - Throws: `option` for values without a meaning; `unreadable`, `input` for the file of seeds.
  public init(
    _ options: UnigramTrainingOptions = UnigramTrainingOptions()
  ) throws(TrainingError) {
    try options.validate()
    self.options = options
    reserved = try SentencePieceReserved(options.sentencePiece)
    listedSeeds = try options.seedSentencepiecesFile.map(ListedSeeds.init)
    var preprocessing = try options.sentencePiece.preprocessing
    if options.sentencePiece.pretokenizationDelimiter.unicodeScalars.contains(where: {
      $0.value == SentencePieceWords.spaceMark
    }) {
      preprocessing.cutsAtSpaceMarks = false
    }
    self.preprocessing = preprocessing
  }

  /// As sentencepiece does: no empty lines, none that is too long or has U+2585.
  public func reads(_ unit: Span<UInt8>) -> Bool { options.sentencePiece.reads(unit) }

  public var readingRules: String { options.sentencePiece.readingRules }

  /// - Throws: `option` where characters and reserved tokens are more than `vocabSize`, or where
  ///   there are fewer tokens and `hardVocabLimit` is set; `limit`, `vocabulary`, `checkpoint`.
  /// - Complexity: O(*n* log *l* + *r e*) for *n* characters of the words, tokens of up to *l*
  ///   characters, *r* rounds and *e* places where seeds stand in words.
  public func train(
    on counts: WordCounts, _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer {
    let size = options.sentencePiece.vocabSize
    let (alphabet, forest) = try words(counts)
    let fixedCount = reserved.tokens.count + alphabet.byFrequency.count
    guard fixedCount <= size else {
      throw TrainingError(
        .option, "\(size) where characters and reserved tokens are \(fixedCount) already",
        place: "vocabSize")
    }
    let training = UnigramTraining(
      options: options, listedSeeds: listedSeeds, room: size - reserved.tokens.count,
      requiredCharacters: alphabet.byFrequency)
    let (tokens, shortage) = try training.train(
      on: forest, digest: { digest(of: counts) }, run)
    if let shortage, shortage != .stopped, options.sentencePiece.hardVocabLimit {
      throw TrainingError(
        .option,
        "\(size) where the text gives \(reserved.tokens.count + tokens.count) tokens, "
          + "and hardVocabLimit is set", place: "vocabSize")
    }
    let definition = try SentencePieceVocabulary.definition(
      .unigram, tokens: tokens.map { (Array($0.text.utf8), $0.score) }, reserved,
      options.sentencePiece)
    var remarks: [String] = []
    if alphabet.leftOutCount > 0 {
      remarks.append("\(alphabet.leftOutCount) rare characters of the text are no tokens")
    }
    return TrainedTokenizer(
      definition,
      report: TrainingReport(
        requestedCount: size, tokenCount: reserved.tokens.count + tokens.count,
        shortage: shortage, remarks: remarks))
  }

  /// The characters that are tokens, and the words made of them.
  private func words(
    _ counts: WordCounts
  ) throws(TrainingError) -> (SentencePieceAlphabet, SuffixForest) {
    let words = SentencePieceWords(counts, options.sentencePiece, reserved)
    let alphabet = try SentencePieceAlphabet(words, options.sentencePiece)
    let forest = try SuffixForest(
      SentencePieceCorpus(words), alphabet: alphabet.byFrequency.sorted())
    return (alphabet, forest)
  }

  private func digest(of counts: WordCounts) -> UInt64 {
    var digest = TrainingDigest()
    digest.add("\(options)")
    if let listedSeeds { digest.add(listedSeeds.digest) }
    digest.add(counts)
    return digest.value
  }
}
