internal import UnicodeText

/// A byte-pair training by sentencepiece's rules in progress.
struct SentencePieceBPETraining: ~Copyable {
  private let options: SentencePieceTrainingOptions
  private let alphabet: SentencePieceAlphabet
  /// The characters of ``alphabet``, ascending.
  private let characters: [UInt32]
  private var merger: PairMerger<SentencePieceSymbols>
  /// How often what was merged stood in the text.
  private var frequencies: [UInt64] = []

  /// - Parameters:
  ///   - text: nil for a training that is to be restored.
  ///   - takesAbsentPairs: whether pairs that stand nowhere any more are merged in the end. All pairs must
  ///     be looked after for that, which is rarely needed.
  /// - Throws: `limit` for too many symbols, or counts that are too great.
  init(
    _ options: SentencePieceTrainingOptions, _ alphabet: SentencePieceAlphabet,
    _ text: SentencePieceWords?, takesAbsentPairs: Bool, memoryLimit: Int?
  ) throws(TrainingError) {
    self.options = options
    self.alphabet = alphabet
    characters = alphabet.byFrequency.sorted()
    let validity = SentencePieceValidity(characters, options)
    var symbols = SentencePieceSymbols(
      alphabetCount: characters.count, validity, takesAbsentPairs: takesAbsentPairs)
    var words = WordArena(capacity: 0)
    if let text {
      let parts = try SentencePieceParts(
        text, alphabet: characters, validity,
        beginWithMarks: options.addDummyPrefix && options.splitByWhitespace
          && !options.treatWhitespaceAsSuffix,
        symbolLimit: characters.count + options.vocabSize)
      symbols.hasRefused = parts.hasRefused
      words = parts.takeWords()
    }
    merger = PairMerger(
      words, symbols, rule: .exact,
      extent: MergeExtent(
        mergeCount: options.vocabSize,
        memory: MergeExtent.memory(within: memoryLimit, besides: text?.words)))
  }

  /// How many tokens stood nowhere in the text any more when they were made.
  var unusedCount: Int { frequencies.count { $0 == 0 } }

  /// Whether pairs that stand nowhere any more may be merged.
  var takesAbsentPairs: Bool { merger.choice.takesAbsentPairs }

  /// Merges until there are `count` merges; says why there are fewer.
  ///
  /// - Throws: `unwritable` for the checkpoint.
  mutating func mergeAll(
    upTo count: Int, _ run: TrainingRun, _ checkpoint: inout TrainingCheckpoint?
  ) throws(TrainingError) -> TrainingReport.Shortage? {
    while frequencies.count < count {
      if frequencies.count.isMultiple(of: 256) {
        let stops = run.report(
          .merging, options.vocabSize - count + frequencies.count, of: options.vocabSize)
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
      frequencies.append(top.count)
      return true
    }
    return false
  }

  /// Merges in their order, then characters, the most frequent first; each with one less than the last.
  var tokens: [(text: [UInt8], score: Float)] {
    tokens(frequencies.count, characters: alphabet.byFrequency)
  }

  /// As many merges and characters as save most, at most `budget` of both.
  ///
  /// - Throws: `limit` for a text of more characters than 2^60.
  func chosenTokens(
    budget: Int
  ) throws(TrainingError) -> [(text: [UInt8], score: Float)] {
    let counts = Dictionary(
      zip(alphabet.byFrequency, alphabet.frequencies), uniquingKeysWith: { $1 })
    var total: UInt64 = 0
    for frequency in alphabet.frequencies { total = try sum(total, frequency) }
    guard total <= 1 << 60 else {
      throw TrainingError(.limit, "the text has \(total) characters, of at most \(1 << 60)")
    }
    let selection = SentencePieceSelection(
      frequencies: frequencies,
      lettersOfMerge: { merger.choice.letters(of: characters.count + $0) },
      alphabet: characters.map { ($0, counts[$0] ?? 0) }, budget: budget)
    return tokens(
      selection.mergeCount, characters: selection.letters.map { characters[$0] })
  }

  private func tokens(
    _ mergeCount: Int, characters single: [UInt32]
  ) -> [(text: [UInt8], score: Float)] {
    var tokens: [(text: [UInt8], score: Float)] = []
    for merge in 0..<mergeCount {
      var text: [UInt8] = []
      for letter in merger.choice.letters(of: characters.count + merge) {
        appendUTF8(of: characters[Int(letter)], to: &text)
      }
      tokens.append((text, -Float(tokens.count)))
    }
    for character in single {
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
    try writer.append(takesAbsentPairs ? 1 : 0)
    try writer.append(frequencies.count)
    for frequency in frequencies { try writer.append(frequency) }
    try merger.choice.write(to: &writer)
    try merger.write(to: &writer)
  }

  /// Takes what was written, in the place of what there is, but for whether pairs that stand nowhere are
  /// merged, which comes first.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func restore(from reader: inout CheckpointReader) throws(TrainingError) {
    frequencies = []
    for _ in 0..<(try reader.count(upTo: reader.remaining / 8)) {
      frequencies.append(try reader.number())
    }
    try merger.choice.restore(from: &reader)
    guard merger.choice.count == characters.count + frequencies.count else {
      throw reader.damage
    }
    try merger.restore(from: &reader)
  }
}
