internal import Tokenization

/// The two stages of a ``SuperBPETrainer``.
///
/// In the log, what is not a pair but ``endOfWords`` stands where the second stage begins.
struct SuperwordMerging {
  private(set) var vocabulary = GrowingVocabulary()
  private(set) var merges: [BytePairDefinition.Merge] = []
  /// How many of ``merges`` are of the first stage.
  private(set) var wordMerges = 0
  /// Why merging ended before its number.
  private(set) var shortage: TrainingReport.Shortage?
  var log: MergeLog
  private let options: SuperBPEOptions
  private let run: TrainingRun

  private static let endOfWords = UInt64.max
  private static let steps = 256

  init(log: MergeLog, _ options: SuperBPEOptions, _ run: TrainingRun) {
    self.log = log
    self.options = options
    self.run = run
  }

  /// The first stage.
  mutating func mergeInWords(_ counts: WordCounts) throws(TrainingError) {
    let vocabulary = self.vocabulary
    var words = try SymbolWords(counts: counts.counts) { word in
      vocabulary.symbols(of: counts.words.bytes[counts.words.range(word)])
    }
    try merge(in: &words, limit: options.wordMerges, where: { _ in true })
    wordMerges = merges.count
    if shortage != .stopped { try log.append(Self.endOfWords) }
  }

  /// The second stage.
  mutating func mergeInChunks(_ counts: WordCounts) throws(TrainingError) {
    let encoder = try self.encoder()
    var context = EncodingContext()
    var words = try SymbolWords(counts: counts.counts) { (word) throws(TrainingError) in
      var symbols: [TokenID] = []
      do throws(EncodingError) {
        try encoder.encode(
          counts.words.bytes.span.extracting(counts.words.range(word)), into: &symbols,
          using: &context)
      } catch { throw TrainingError(.input, error.description) }
      return symbols
    }
    try merge(in: &words, limit: .max) { [options] bytes in
      if options.keepsColonsOut, Self.hasColonBeforeSpace(bytes) { return false }
      guard let limit = options.wordLimit else { return true }
      return bytes.split(separator: 0x20).count <= limit
    }
  }

  private static func hasColonBeforeSpace(_ bytes: [UInt8]) -> Bool {
    zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: ":") && $1 == 0x20 }
  }

  /// Merges until there are `limit` merges or enough tokens, or nothing is left.
  private mutating func merge(
    in words: inout SymbolWords, limit: Int, where isAllowed: ([UInt8]) -> Bool
  ) throws(TrainingError) {
    shortage = nil
    var skips = false
    while merges.count < limit,
      vocabulary.count + options.specialTokens.count < options.vocabularySize
    {
      if merges.count.isMultiple(of: Self.steps),
        run.report(.merging, vocabulary.count, of: options.vocabularySize)
      {
        shortage = .stopped
        return
      }
      var pair = log.next
      if pair == Self.endOfWords { return }
      while pair == nil {
        guard let next = words.popMostFrequent() else {
          shortage = skips ? .notAllowed : .exhausted
          return
        }
        guard next.count >= options.minimumFrequency else {
          shortage = .tooRare
          return
        }
        guard isAllowed(vocabulary.tokens[Int(next.left)] + vocabulary.tokens[Int(next.right)])
        else {
          skips = true
          continue
        }
        pair = PairNumbers.key(next.left, next.right)
      }
      guard let pair else { return }
      try merge(pair, in: &words)
    }
  }

  private mutating func merge(
    _ pair: UInt64, in words: inout SymbolWords
  ) throws(TrainingError) {
    let left = UInt32(truncatingIfNeeded: pair >> 32)
    let right = UInt32(truncatingIfNeeded: pair)
    guard max(left, right) < vocabulary.count else {
      throw TrainingError(
        .checkpoint, "it merges \(left) and \(right) of \(vocabulary.count) tokens")
    }
    let result = vocabulary.symbol(joining: left, right)
    words.merge(left, right, into: result)
    merges.append(BytePairDefinition.Merge(left: left, right: right, result: result))
    try log.append(pair)
  }

  /// What the merges so far make of a text.
  private func encoder() throws(TrainingError) -> Tokenizer {
    do {
      return try Tokenizer(
        TokenizerDefinition(
          pipeline: Pipeline(splitter: Splitter([]), decoder: .bytes),
          model: BytePairDefinition(
            tokens: vocabulary.tokens, ids: vocabulary.ids, merges: .listed(merges),
            takesWholePretokens: false)))
    } catch { throw TrainingError(error) }
  }
}
