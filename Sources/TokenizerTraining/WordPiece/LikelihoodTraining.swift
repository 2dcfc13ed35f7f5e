internal import Tokenization

/// A training of WordPiece by likelihood in progress: the tokens so far, and the words.
struct LikelihoodTraining: ~Copyable {
  private let options: BPETrainer.Options
  private let prefix: [UInt8]
  private(set) var tokens = TokenTexts()
  /// How many characters of the text are not in the alphabet.
  private var leftOutCount = 0
  private var merger: LikelihoodMerger
  private var mergeCount = 0

  /// - Throws: `limit`.
  init(_ options: BPETrainer.Options, _ counts: WordCounts) throws(TrainingError) {
    self.options = options
    prefix = Self.prefix(options)
    let alphabet = MergeAlphabet(isByteLevel: false)
    for text in options.specialTokens { tokens.insert(Array(text.utf8)) }
    let kept = try KeptCharacters(options, alphabet, counts)
    for character in kept.characters { tokens.insert(alphabet.bytes(of: character)) }
    leftOutCount = kept.leftOut
    merger = LikelihoodMerger(
      try Self.words(counts, CharacterForms(options, alphabet), alphabet, &tokens),
      options)
    let forms = CharacterForms(options, alphabet)
    for text in options.requiredTokens { require(forms.parts(of: Array(text.utf8))) }
  }

  private static func prefix(_ options: BPETrainer.Options) -> [UInt8] {
    Array((options.continuingSubwordPrefix ?? "").utf8)
  }

  /// The words as symbols, those of one symbol too.
  ///
  /// - Throws: `limit` for 2^63 symbols or more, or more than 2^32 different words.
  private static func words(
    _ counts: WordCounts, _ forms: consuming CharacterForms, _ alphabet: MergeAlphabet,
    _ tokens: inout TokenTexts
  ) throws(TrainingError) -> SymbolSequences {
    var words = SymbolSequences()
    var total: UInt64 = 0
    var characters: [UInt32] = []
    let bytes = counts.words.bytes.span
    for index in 0..<counts.count {
      characters.removeAll(keepingCapacity: true)
      alphabet.append(bytes.extracting(counts.words.range(index)), to: &characters)
      forms.note(characters, tokens)
    }
    forms.insertNoted(into: &tokens)
    for index in 0..<counts.count {
      characters.removeAll(keepingCapacity: true)
      alphabet.append(bytes.extracting(counts.words.range(index)), to: &characters)
      var symbols: [UInt32] = []
      for (position, character) in characters.enumerated() {
        let symbol = forms.symbol(character, position, of: characters.count, tokens)
        if let symbol { symbols.append(symbol) }
      }
      let (product, passes) = counts.counts[index].multipliedReportingOverflow(
        by: UInt64(symbols.count))
      let (sum, overflows) = total.addingReportingOverflow(product)
      guard !passes, !overflows, sum <= Int64.max, words.count < UInt32.max else {
        throw TrainingError(
          .limit, "more than \(Int64.max) symbols, or than \(UInt32.max) different words")
      }
      total = sum
      if !symbols.isEmpty { words.append(symbols, weight: Int64(counts.counts[index])) }
    }
    return words
  }

  var remarks: [String] {
    leftOutCount == 0 ? [] : ["\(leftOutCount) characters of the text are not in the alphabet"]
  }

  /// Merges until there are as many tokens as were asked for; says why there are fewer.
  ///
  /// - Throws: `unwritable` for the checkpoint.
  mutating func mergeAll(
    _ run: TrainingRun, _ checkpoint: inout TrainingCheckpoint?
  ) throws(TrainingError) -> TrainingReport.Shortage? {
    while tokens.count < options.vocabularySize {
      if mergeCount.isMultiple(of: 256) {
        let stops = run.report(.merging, tokens.count, of: options.vocabularySize)
        if stops || checkpoint?.isDue == true {
          try checkpoint?.save { (writer) throws(TrainingError) in try write(to: &writer) }
        }
        if stops { return .stopped }
      }
      guard let pair = merger.next() else { return merger.shortage }
      merge(pair)
      mergeCount += 1
    }
    return nil
  }

  /// Makes `pair` a token.
  @discardableResult
  private mutating func merge(_ pair: UInt64) -> UInt32 {
    let left = tokens[UInt32(truncatingIfNeeded: pair >> 32)]
    let right = tokens[UInt32(truncatingIfNeeded: pair)]
    let merged = tokens.insert(left + right[(right.starts(with: prefix) ? prefix.count : 0)...])
    merger.merge(pair, into: merged)
    return merged
  }

  /// Makes a token of `parts`, one after another from the left.
  private mutating func require(_ parts: [[UInt8]]) {
    var symbol: UInt32?
    for text in parts {
      let part = tokens.insert(text)
      symbol = symbol.map { merge(PairCounts.pair($0, part)) } ?? part
    }
  }
}

// MARK: - In a checkpoint

extension LikelihoodTraining {
  private func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try writer.append(leftOutCount)
    try writer.append(mergeCount)
    try tokens.write(to: &writer)
    try merger.write(to: &writer)
  }

  /// A training as it was when the checkpoint was saved.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  init(
    _ options: BPETrainer.Options, from reader: inout CheckpointReader
  ) throws(TrainingError) {
    self.options = options
    prefix = Self.prefix(options)
    leftOutCount = try reader.count(upTo: 0x110000)
    mergeCount = try reader.count(upTo: Int(Int32.max))
    tokens = try TokenTexts(from: &reader)
    var merger = LikelihoodMerger(SymbolSequences(), options)
    try merger.restore(from: &reader)
    self.merger = merger
  }
}

extension LikelihoodMerger {
  fileprivate init(_ words: consuming SymbolSequences, _ options: BPETrainer.Options) {
    self.init(
      words, minimumFrequency: options.minimumFrequency,
      maximumLength: options.maximumTokenLength ?? .max)
  }
}
