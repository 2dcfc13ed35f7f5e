internal import UnicodeText

/// A byte-pair training by sentencepiece's rules in progress.
struct SentencePieceBPETraining: ~Copyable {
  private let vocabularySize: Int
  private let alphabet: SentencePieceAlphabet
  /// The characters of ``alphabet``, ascending.
  private let characters: [UInt32]
  private var merger: PairMerger<SentencePieceSymbols>
  /// How many tokens stood nowhere in the text any more when they were made.
  private(set) var unusedCount = 0

  /// - Parameter corpus: nil for a training that is to be restored.
  /// - Throws: `limit` for too many symbols, or counts that are too great.
  init(
    _ options: SentencePieceTrainingOptions, _ alphabet: SentencePieceAlphabet,
    _ corpus: consuming SentencePieceCorpus?
  ) throws(TrainingError) {
    vocabularySize = options.vocabSize
    self.alphabet = alphabet
    characters = alphabet.byFrequency.sorted()
    let validity = SentencePieceValidity(characters, options)
    var symbols = SentencePieceSymbols(alphabetCount: characters.count, validity)
    var words = WordArena(capacity: 0)
    if let corpus {
      let parts = try SentencePieceParts(
        corpus, alphabet: characters, validity,
        beginWithMarks: options.addDummyPrefix && options.splitByWhitespace
          && !options.treatWhitespaceAsSuffix)
      symbols.hasRefused = parts.hasRefused
      words = parts.takeWords()
    }
    merger = PairMerger(words, symbols, rule: .exact)
  }

  var mergeCount: Int { merger.choice.count - characters.count }

  /// Merges until there are as many tokens as were asked for; says why there are fewer.
  ///
  /// - Parameter fixedCount: how many tokens are no merges.
  /// - Throws: `unwritable` for the checkpoint.
  mutating func mergeAll(
    _ run: TrainingRun, _ checkpoint: inout TrainingCheckpoint?, fixedCount: Int
  ) throws(TrainingError) -> TrainingReport.Shortage? {
    while fixedCount + mergeCount < vocabularySize {
      if mergeCount.isMultiple(of: 256) {
        let stops = run.report(.merging, fixedCount + mergeCount, of: vocabularySize)
        if stops || checkpoint?.isDue == true {
          try checkpoint?.save { (writer) throws(TrainingError) in try write(to: &writer) }
        }
        if stops { return .stopped }
      }
      guard mergeNext() else {
        return merger.choice.hasRefused ? .notAllowed : .exhausted
      }
    }
    return nil
  }

  /// False when no pair is left.
  private mutating func mergeNext() -> Bool {
    while let top = merger.next() {
      guard let symbol = merger.choice.insert(top.pair) else {
        merger.drop(top.places)
        continue
      }
      merger.merge(top.pair, top.places, into: symbol)
      if top.count == 0 { unusedCount += 1 }
      return true
    }
    return false
  }

  /// Merges in their order, then characters, the most frequent first; each with one less than the last.
  var tokens: [(text: [UInt8], score: Float)] {
    var tokens: [(text: [UInt8], score: Float)] = []
    for symbol in characters.count..<merger.choice.count {
      var text: [UInt8] = []
      for letter in merger.choice.letters(of: symbol) {
        appendUTF8(of: characters[Int(letter)], to: &text)
      }
      tokens.append((text, -Float(tokens.count)))
    }
    for character in alphabet.byFrequency {
      var text: [UInt8] = []
      appendUTF8(of: character, to: &text)
      tokens.append((text, -Float(tokens.count)))
    }
    return tokens
  }
}

// MARK: - In a checkpoint

extension SentencePieceBPETraining {
  /// - Throws: `unwritable`.
  func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try writer.append(unusedCount)
    try merger.choice.write(to: &writer)
    try merger.write(to: &writer)
  }

  /// Takes what was written, in the place of what there is.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func restore(from reader: inout CheckpointReader) throws(TrainingError) {
    unusedCount = try reader.count(upTo: .max)
    try merger.choice.restore(from: &reader)
    try merger.restore(from: &reader)
  }
}
