internal import Tokenization
internal import TokenizerFormats
internal import UnicodeText

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
    let validity = SentencePieceValidity(characters, options)
    let parts = try SentencePieceParts(corpus, alphabet: characters, validity)
    var merger = PairMerger(
      try parts.words(), SentencePieceSymbols(alphabetCount: characters.count, validity),
      rule: .exact)

    let wanted = options.vocabSize - fixedCount
    var unusedCount = 0
    var shortage: TrainingReport.Shortage?
    var mergeCount = 0
    while mergeCount < wanted {
      if mergeCount.isMultiple(of: 256),
        run.report(.merging, fixedCount + mergeCount, of: options.vocabSize)
      {
        shortage = .stopped
        break
      }
      guard let top = merger.next() else {
        shortage = merger.choice.hasRefused || parts.hasRefused ? .notAllowed : .exhausted
        break
      }
      guard let symbol = merger.choice.insert(top.pair) else {
        merger.drop(top.places)
        continue
      }
      merger.merge(top.pair, top.places, into: symbol)
      if top.count == 0 { unusedCount += 1 }
      mergeCount += 1
    }
    if let shortage, shortage != .stopped, options.hardVocabLimit {
      throw TrainingError(
        .option,
        "\(options.vocabSize) where the text gives \(fixedCount + mergeCount) tokens, and hardVocabLimit is set",
        place: "vocabSize")
    }
    return try finish(merger.choice, characters, alphabet, shortage, unusedCount)
  }

  private func finish(
    _ symbols: borrowing SentencePieceSymbols, _ characters: [UInt32],
    _ alphabet: SentencePieceAlphabet, _ shortage: TrainingReport.Shortage?, _ unused: Int
  ) throws(TrainingError) -> TrainedTokenizer {
    var tokens: [(text: [UInt8], score: Float)] = []
    for symbol in characters.count..<symbols.count {
      var text: [UInt8] = []
      for letter in symbols.letters(of: symbol) {
        appendUTF8(of: characters[Int(letter)], to: &text)
      }
      tokens.append((text, -Float(tokens.count)))
    }
    for character in alphabet.byFrequency {
      var text: [UInt8] = []
      appendUTF8(of: character, to: &text)
      tokens.append((text, -Float(tokens.count)))
    }
    let definition = try SentencePieceVocabulary.definition(
      .bytePair, tokens: tokens, reserved, options)
    var remarks: [String] = []
    if alphabet.leftOutCount > 0 {
      remarks.append("\(alphabet.leftOutCount) rare characters of the text are no tokens")
    }
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
