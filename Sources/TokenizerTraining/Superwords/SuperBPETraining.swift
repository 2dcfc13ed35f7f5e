internal import Tokenization

/// The two stages of a ``SuperBPETrainer``.
struct SuperBPETraining: ~Copyable {
  /// First the bytes, in the order of the characters that stand for them in tokenizer.json.
  private(set) var tokens = TokenTexts()
  private(set) var merges: [BytePairDefinition.Merge] = []
  /// How many of ``merges`` are of the first stage; nil while that goes on.
  private(set) var wordMerges: Int?
  /// Why merging ended before its number.
  private(set) var shortage: TrainingReport.Shortage?
  private let options: SuperBPEOptions
  private let memoryLimit: Int?
  private var merger: PairMerger<SuperwordPairs>

  /// A training without words yet.
  ///
  /// - Parameter memoryLimit: how many bytes the training may take, as far as that can be.
  init(_ options: SuperBPEOptions, memoryLimit: Int?) {
    self.options = options
    self.memoryLimit = memoryLimit
    let order = (0...255).sorted { ByteAlphabet.scalars[$0] < ByteAlphabet.scalars[$1] }
    for byte in order { tokens.insert([UInt8(byte)]) }
    merger = PairMerger(
      WordArena(capacity: 0), SuperwordPairs(options, joinsWords: false, tokens), rule: .exact)
  }

  /// - Parameter counts: words that are kept in memory.
  private mutating func setWords(_ words: consuming WordArena, besides counts: WordCounts?) {
    let joinsWords = wordMerges != nil
    let last = joinsWords ? options.vocabularySize - tokens.count : options.wordMerges
    merger = PairMerger(
      words, SuperwordPairs(options, joinsWords: joinsWords, tokens), rule: .exact,
      extent: MergeExtent(
        mergeCount: max(last, 1),
        memory: MergeExtent.memory(within: memoryLimit, besides: counts)))
  }

  /// Begins the first stage.
  ///
  /// - Throws: `limit` for too many symbols.
  mutating func begin(words counts: WordCounts) throws(TrainingError) {
    var symbolsOfBytes = [UInt32](repeating: 0, count: 256)
    for (symbol, text) in tokens.texts.enumerated() where text.count == 1 {
      symbolsOfBytes[Int(text[0])] = UInt32(symbol)
    }
    var words = WordArena(
      capacity: counts.words.bytes.count + counts.count * 3, symbolLimit: symbolLimit)
    var symbols: [UInt32] = []
    for index in 0..<counts.count {
      symbols.removeAll(keepingCapacity: true)
      for place in counts.words.range(index) {
        symbols.append(symbolsOfBytes[Int(counts.words.bytes[place])])
      }
      try words.append(symbols, count: counts.counts[index])
    }
    setWords(words, besides: counts)
  }

  /// Begins the second stage: chunks are encoded by the merges so far.
  ///
  /// - Throws: `limit` for too many symbols, `vocabulary`.
  mutating func begin(chunks counts: consuming WordCounts) throws(TrainingError) {
    wordMerges = merges.count
    // The words of the first stage need no memory any more.
    setWords(WordArena(capacity: 0), besides: nil)
    let encoder = try self.encoder()
    var context = EncodingContext()
    var words = WordArena(
      capacity: counts.words.bytes.count / 2 + counts.count * 3, symbolLimit: symbolLimit)
    var symbols: [TokenID] = []
    for index in 0..<counts.count {
      symbols.removeAll(keepingCapacity: true)
      do throws(EncodingError) {
        try encoder.encode(
          counts.words.bytes.span.extracting(counts.words.range(index)), into: &symbols,
          using: &context)
      } catch { throw TrainingError(.input, error.description) }
      try words.append(symbols, count: counts.counts[index])
    }
    _ = consume counts
    setWords(words, besides: nil)
  }

  /// All symbols are below it.
  private var symbolLimit: Int { max(options.vocabularySize, 256) }

  /// What the merges so far make of a text.
  private func encoder() throws(TrainingError) -> Tokenizer {
    var texts = ByteStrings()
    for text in tokens.texts { texts.append(text) }
    do {
      return try Tokenizer(
        TokenizerDefinition(
          pipeline: Pipeline(splitter: Splitter([]), decoder: .bytes),
          model: BytePairDefinition(
            tokens: texts, ids: (0..<tokens.count).map { TokenID($0) }, merges: .listed(merges),
            takesWholePretokens: false)))
    } catch { throw TrainingError(error) }
  }

  /// Merges until the stage is at its end.
  ///
  /// - Throws: `unwritable` for the checkpoint.
  mutating func mergeAll(
    _ run: TrainingRun, _ checkpoint: inout TrainingCheckpoint?
  ) throws(TrainingError) {
    shortage = try merge(run, &checkpoint)
  }

  private mutating func merge(
    _ run: TrainingRun, _ checkpoint: inout TrainingCheckpoint?
  ) throws(TrainingError) -> TrainingReport.Shortage? {
    let limit = wordMerges == nil ? options.wordMerges : .max
    var nextReport = merges.count
    while merges.count < limit,
      tokens.count + options.specialTokens.count < options.vocabularySize
    {
      if merges.count == nextReport {
        nextReport += 256
        let stops = run.report(.merging, tokens.count, of: options.vocabularySize)
        if stops || checkpoint?.isDue == true {
          try checkpoint?.save { (writer) throws(TrainingError) in try write(to: &writer) }
        }
        if stops { return .stopped }
      }
      guard let top = merger.next(), top.count > 0 else {
        return merger.choice.hasRefused ? .notAllowed : .exhausted
      }
      guard top.count >= options.minimumFrequency else { return .tooRare }
      let left = UInt32(truncatingIfNeeded: top.pair >> 32)
      let right = UInt32(truncatingIfNeeded: top.pair)
      let merged = tokens.insert(tokens[left] + tokens[right])
      if Int(merged) == merger.choice.count { merger.choice.append(tokens[merged]) }
      merges.append(BytePairDefinition.Merge(left: left, right: right, result: merged))
      merger.merge(top.pair, top.places, into: merged)
    }
    return nil
  }
}

// MARK: - In a checkpoint

extension SuperBPETraining {
  /// - Throws: `unwritable`.
  func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try writer.append(wordMerges.map { $0 + 1 } ?? 0)
    try tokens.write(to: &writer)
    try writer.append(merges.count)
    for merge in merges {
      for id in [merge.left, merge.right, merge.result] { try writer.append(UInt64(id)) }
    }
    try merger.write(to: &writer)
  }

  /// Takes what was written, in the place of what there is.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func restore(from reader: inout CheckpointReader) throws(TrainingError) {
    let stage = try reader.count(upTo: .max)
    wordMerges = stage == 0 ? nil : stage - 1
    tokens = try TokenTexts(from: &reader)
    merges = []
    let lastToken = tokens.texts.count - 1
    for _ in 0..<(try reader.count(upTo: reader.remaining)) {
      merges.append(
        BytePairDefinition.Merge(
          left: TokenID(try reader.count(upTo: lastToken)),
          right: TokenID(try reader.count(upTo: lastToken)),
          result: TokenID(try reader.count(upTo: lastToken))))
    }
    setWords(WordArena(capacity: 0), besides: nil)
    try merger.restore(from: &reader)
  }
}
