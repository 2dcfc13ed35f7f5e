internal import Tokenization

/// A BoundlessBPE training in progress: the tokens so far, kept and removed, and what happened.
struct BoundlessTraining: ~Copyable {
  /// One thing that happened, in texts.
  enum Event {
    case merge([UInt8], [UInt8])
    case split([UInt8])
    case join([UInt8], [UInt8])
  }

  private let options: BoundlessOptions
  private let rule: MatchRuns
  private let text: BoundlessText
  private let index: ByteStringIndex
  /// The texts of all tokens in the order in which they were made, the bytes first. Symbols of words are
  /// their places.
  private(set) var tokens = TokenTexts()
  private(set) var isRemoved: [Bool]
  private(set) var removalCount = 0
  private(set) var events: [Event] = []
  private(set) var joinCount = 0
  /// What was chosen, in order, from which all else follows: a pair of words, or of runs.
  private var choices: [(joins: Bool, pair: UInt64)] = []
  /// Pretokens as bytes and what these became.
  private var words: CountedSequences
  /// Runs of pretokens, whose symbols are first the pretokens, whether they are one token yet or not.
  private var runs: CountedSequences
  /// How often each pretoken has been joined.
  private var joinedCounts: [Int64]

  init(
    _ options: BoundlessOptions, _ rule: MatchRuns, _ text: BoundlessText
  ) throws(TrainingError) {
    let words = try Self.words(text)
    let runs = try Self.runs(text)
    self.words = words
    self.runs = runs
    self.options = options
    self.rule = rule
    self.text = text
    index = ByteStringIndex(text.pretokens.words)
    joinedCounts = Array(repeating: 0, count: text.pretokens.count)
    isRemoved = Array(repeating: false, count: 256)
    for byte in 0...255 as ClosedRange<UInt8> { tokens.insert([byte]) }
  }

  private static func words(_ text: BoundlessText) throws(TrainingError) -> CountedSequences {
    var words = CountedSequences(splits: true)
    for byte in 0...255 as ClosedRange<UInt8> {
      words.addSymbol(CollectionOfOne(byte), isCounted: true)
    }
    let pretokens = text.pretokens
    for pretoken in 0..<pretokens.count {
      try words.append(
        pretokens.words[pretoken].map { UInt32($0) }, count: pretokens.counts[pretoken])
    }
    words.endStep()
    return words
  }

  private static func runs(_ text: BoundlessText) throws(TrainingError) -> CountedSequences {
    var runs = CountedSequences(splits: false)
    for pretoken in 0..<text.pretokens.count {
      let bytes = text.pretokens.words[pretoken]
      // A byte is a token from the first.
      runs.addSymbol(bytes, isCounted: bytes.count == 1 && text.isJoinable[pretoken])
    }
    for run in text.runs {
      try runs.append(Array(text.cells[run.pretokens]), count: run.count)
    }
    runs.endStep()
    return runs
  }

  /// How many tokens there are.
  var tokenCount: Int {
    options.compatibility == .authors ? tokens.count : tokens.count - removalCount
  }

  /// Merges until there are as many tokens as were asked for; says why there are fewer.
  ///
  /// - Throws: `unwritable` for the checkpoint, `input` where a pattern goes beyond its limit.
  mutating func run(
    _ run: TrainingRun, _ checkpoint: inout TrainingCheckpoint?
  ) throws(TrainingError) -> TrainingReport.Shortage? {
    let special = options.specialTokens.count
    while tokenCount + special < options.vocabularySize {
      if choices.count.isMultiple(of: 256) {
        let stops = run.report(.merging, tokenCount + special, of: options.vocabularySize)
        if stops || checkpoint?.isDue == true {
          try checkpoint?.save { (writer) throws(TrainingError) in try write(to: &writer) }
        }
        if stops { return .stopped }
      }
      let word = Self.first(of: &words, tokens)
      let join = Self.first(of: &runs, tokens)
      let wordCount = word?.count ?? 0
      let joinCount = join?.count ?? 0
      guard max(wordCount, joinCount) > 0, tokens.count < Self.tokenLimit else {
        return .exhausted
      }
      guard max(wordCount, joinCount) >= options.minimumFrequency else { return .tooRare }
      if let word, wordCount > joinCount {
        merge(word.pair)
      } else if let join {
        try self.join(join.pair)
      }
    }
    return nil
  }

  /// Removed tokens keep their symbols, of which encoding knows so many.
  private static let tokenLimit = 1 << 21 - 3

  /// The most frequent pair whose text was no token so far: a token is made in one way only.
  private static func first(
    of sequences: inout CountedSequences, _ tokens: TokenTexts
  ) -> (pair: UInt64, count: UInt64)? {
    while let first = sequences.first() {
      if tokens.id(of: sequences.texts[pair: first.pair]) == nil { return first }
      sequences.skipFirst()
    }
    return nil
  }

  // MARK: - In a checkpoint

  private func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try writer.append(choices.count)
    for choice in choices {
      try writer.append(choice.joins ? 1 : 0)
      try writer.append(choice.pair)
    }
  }

  /// Merges what had been merged when the checkpoint was saved.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func restore(from reader: inout CheckpointReader) throws(TrainingError) {
    for _ in 0..<(try reader.count(upTo: reader.remaining / 16)) {
      let joins = try reader.count(upTo: 1) == 1
      let pair = try reader.number()
      let symbolCount = joins ? runs.texts.count : words.texts.count
      guard max(pair >> 32, pair & 0xFFFF_FFFF) < symbolCount,
        tokens.id(of: joins ? runs.texts[pair: pair] : words.texts[pair: pair]) == nil
      else { throw reader.damage }
      if joins { try join(pair) } else { merge(pair) }
    }
  }

  // MARK: - Merging

  private mutating func merge(_ pair: UInt64) {
    let left = UInt32(truncatingIfNeeded: pair >> 32)
    let right = UInt32(truncatingIfNeeded: pair)
    let merged = addToken(words.texts[pair: pair])
    events.append(.merge(words.texts[left], words.texts[right]))
    choices.append((false, pair))
    let frequencies = (words.frequencies[Int(left)], words.frequencies[Int(right)])
    let count = words.merge(pair)
    if let pretoken = pretoken(madeOf: merged), text.isJoinable[Int(pretoken)] {
      runs.setCounted(pretoken, true, in: text.runs(of: pretoken))
    }
    if isBarelyUsed(left, count, of: frequencies.0) { remove(left) }
    if right != left, isBarelyUsed(right, count, of: frequencies.1) { remove(right) }
  }

  private mutating func join(_ pair: UInt64) throws(TrainingError) {
    let left = UInt32(truncatingIfNeeded: pair >> 32)
    let right = UInt32(truncatingIfNeeded: pair)
    let joined = runs.texts[pair: pair]
    addToken(joined)
    events.append(.join(runs.texts[left], runs.texts[right]))
    choices.append((true, pair))
    joinCount += 1
    var joinsOn: Bool
    do throws(EncodingError) { joinsOn = try rule.joins(joined.span) } catch {
      throw TrainingError(.input, error.description)
    }
    if options.compatibility == .authors, left == right { joinsOn = false }
    runs.addSymbol(joined, isCounted: joinsOn)
    let count = runs.merge(pair)
    for part in [left, right] where part < joinedCounts.count { joinedCounts[Int(part)] += count }
  }

  @discardableResult
  private mutating func addToken(_ text: [UInt8]) -> UInt32 {
    // One for each token, also where no word has it, so that symbols are tokens.
    words.addSymbol(text, isCounted: true)
    isRemoved.append(false)
    return tokens.insert(text)
  }

  /// The pretoken that is one token since `symbol` was made, if there is one.
  private func pretoken(madeOf symbol: UInt32) -> UInt32? {
    guard let pretoken = index[tokens[symbol].span] else { return nil }
    return words.length(of: UInt32(pretoken)) == 1 ? UInt32(pretoken) : nil
  }

  /// Whether nearly all occurrences of a token, `frequency` before, were merged just now.
  private func isBarelyUsed(_ symbol: UInt32, _ merged: Int64, of frequency: Int64) -> Bool {
    guard let threshold = options.threshold, symbol >= 256, frequency > 0 else { return false }
    return Double(merged) / Double(frequency) >= threshold
  }

  /// Gives a token up, and splits what is left of it into bytes.
  private mutating func remove(_ symbol: UInt32) {
    isRemoved[Int(symbol)] = true
    removalCount += 1
    if options.compatibility == .none, let pretoken = pretoken(madeOf: symbol) {
      // Where it is joined it stays what it is; elsewhere it is no token any more to be joined.
      words.lowerCount(of: pretoken, by: joinedCounts[Int(pretoken)])
      if text.isJoinable[Int(pretoken)] {
        runs.setCounted(pretoken, false, in: text.runs(of: pretoken))
      }
    }
    let bytes = tokens[symbol]
    words.split(symbol, into: bytes.map { UInt32($0) })
    events.append(.split(bytes))
  }
}
