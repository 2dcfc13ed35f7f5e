internal import Tokenization

/// A PickyBPE training in progress: the tokens so far, present and removed, and what happened.
struct PickyTraining: ~Copyable {
  /// One thing that happened, in symbols.
  struct Event {
    var kind: MergeEventsDefinition.Event.Kind
    var parts: [UInt32]
  }

  private let options: BPETrainer.Options
  private let threshold: Double
  /// The texts of all symbols: those of characters, then those of merges in the order in which they
  /// were first made.
  private(set) var tokens: TokenTexts
  private(set) var remarks: [String] = []
  private(set) var events: [Event] = []
  /// The pairs that were merged, in order, from which all else follows.
  private var mergedPairs: [UInt64] = []
  /// Whether a symbol is a token now.
  private(set) var isPresent: [Bool]
  private(set) var presentCount: Int
  /// How often tokens were removed.
  private(set) var removalCount = 0
  /// What each symbol was first made of; itself for characters.
  private var halves: [(left: UInt32, right: UInt32)]
  /// How many characters each symbol has.
  private var lengths: [Int]
  private let characterCount: Int
  private var merging: PickyMerging

  /// Training ends after so many merges and splits, which may undo each other for ever.
  private static let eventLimit = 1 << 22 - 1

  init(
    _ options: BPETrainer.Options, threshold: Double, isByteLevel: Bool, _ counts: WordCounts
  ) throws(TrainingError) {
    let alphabet = MergeAlphabet(isByteLevel: isByteLevel)
    let kept = try KeptCharacters(options, alphabet, counts)
    var tokens = TokenTexts()
    for character in kept.characters { tokens.insert(alphabet.bytes(of: character)) }
    merging = PickyMerging(
      try Self.words(counts, alphabet, options, tokens), characterCount: tokens.count)
    self.options = options
    self.threshold = threshold
    if kept.leftOut > 0 {
      remarks.append("\(kept.leftOut) characters of the text are not in the alphabet")
    }
    characterCount = tokens.count
    presentCount = characterCount
    isPresent = Array(repeating: true, count: characterCount)
    lengths = Array(repeating: 1, count: characterCount)
    halves = (0..<UInt32(characterCount)).map { ($0, $0) }
    self.tokens = tokens
  }

  /// The words as symbols: a character without a token keeps its neighbours apart, if there is an
  /// unknown token, or is left out.
  private static func words(
    _ counts: WordCounts, _ alphabet: MergeAlphabet, _ options: BPETrainer.Options,
    _ tokens: TokenTexts
  ) throws(TrainingError) -> SplittingWords {
    var forms = CharacterForms(options, alphabet)
    var words = SplittingWords()
    var characters: [UInt32] = []
    var symbols: [UInt32] = []
    let bytes = counts.words.bytes.span
    for index in 0..<counts.count {
      characters.removeAll(keepingCapacity: true)
      symbols.removeAll(keepingCapacity: true)
      alphabet.append(bytes.extracting(counts.words.range(index)), to: &characters)
      for position in characters.indices {
        let symbol = forms.symbol(characters[position], position, of: characters.count, tokens)
        if let symbol {
          symbols.append(symbol)
        } else if options.unknownToken != nil {
          symbols.append(PairLedger.barrier)
        }
      }
      guard let count = Int64(exactly: counts.counts[index]) else { throw .countOverflow }
      if !symbols.isEmpty { try words.append(symbols, count: count) }
    }
    return words
  }

  /// Merges and removes until there are as many tokens as were asked for; says why there are fewer.
  ///
  /// - Throws: `unwritable` for the checkpoint.
  mutating func run(
    _ run: TrainingRun, _ checkpoint: inout TrainingCheckpoint?
  ) throws(TrainingError) -> TrainingReport.Shortage? {
    let wanted = options.vocabularySize - options.specialTokens.count
    var skips = false
    while presentCount < wanted {
      if mergedPairs.count.isMultiple(of: 256) {
        let stops = run.report(
          .merging, presentCount + options.specialTokens.count, of: options.vocabularySize)
        if stops || checkpoint?.isDue == true {
          try checkpoint?.save { (writer) throws(TrainingError) in try write(to: &writer) }
        }
        if stops { return .stopped }
      }
      guard let top = merging.next() else { return skips ? .tooLong : .exhausted }
      guard top.count >= options.minimumFrequency else { return .tooRare }
      let left = UInt32(truncatingIfNeeded: top.pair >> 32)
      let right = UInt32(truncatingIfNeeded: top.pair)
      if let limit = options.maximumTokenLength,
        lengths[Int(left)] + lengths[Int(right)] > limit
      {
        skips = true
        continue
      }
      guard events.count + 3 < Self.eventLimit, tokens.count < 1 << 21 - 3 else {
        remarks.append("merges and removals undid each other \(removalCount) times")
        return .exhausted
      }
      merge(left, right)
    }
    return nil
  }

  // MARK: - In a checkpoint

  private func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try writer.append(mergedPairs.count)
    for pair in mergedPairs { try writer.append(pair) }
  }

  /// Merges what had been merged when the checkpoint was saved.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func restore(from reader: inout CheckpointReader) throws(TrainingError) {
    for _ in 0..<(try reader.count(upTo: reader.remaining / 8)) {
      let pair = try reader.number()
      let left = UInt32(truncatingIfNeeded: pair >> 32)
      let right = UInt32(truncatingIfNeeded: pair)
      guard max(left, right) < isPresent.count else { throw reader.damage }
      merge(left, right)
    }
  }

  // MARK: - Merging

  private mutating func merge(_ left: UInt32, _ right: UInt32) {
    let merged = symbol(left, right)
    events.append(Event(kind: .merge, parts: [left, right]))
    mergedPairs.append(PairCounts.pair(left, right))
    let count = merging.merge(PairCounts.pair(left, right), into: merged)
    if isBarelyUsed(left, besides: count) { remove(left) }
    // subtle: what the left one was split into counts for the right one, and a pair of one token twice
    // is asked about once.
    if right != left, isBarelyUsed(right, besides: count) { remove(right) }
  }

  /// Whether nearly all occurrences of a token were merged just now.
  private func isBarelyUsed(_ symbol: UInt32, besides merged: Int64) -> Bool {
    guard symbol >= characterCount else { return false }
    // Nothing was merged only where a checkpoint is none of this training.
    return Double(merged) / Double(max(merging.frequencies[Int(symbol)] + merged, 1)) > threshold
  }

  /// The symbol that the pair makes, a token from now on.
  private mutating func symbol(_ left: UInt32, _ right: UInt32) -> UInt32 {
    let merged = tokens.insert(tokens[left] + tokens[right])
    if Int(merged) == isPresent.count {
      isPresent.append(false)
      halves.append((left, right))
      lengths.append(lengths[Int(left)] + lengths[Int(right)])
      merging.addSymbol()
    }
    if !isPresent[Int(merged)] {
      isPresent[Int(merged)] = true
      presentCount += 1
    }
    return merged
  }

  private mutating func remove(_ symbol: UInt32) {
    isPresent[Int(symbol)] = false
    presentCount -= 1
    removalCount += 1
    let parts = presentParts(of: symbol)
    merging.split(symbol, into: parts)
    events.append(Event(kind: .split, parts: parts))
  }

  /// What a removed token was first made of, and what that was made of where it was removed, too.
  private func presentParts(of symbol: UInt32) -> [UInt32] {
    var parts: [UInt32] = []
    var open = [symbol]
    while let next = open.popLast() {
      if isPresent[Int(next)] {
        parts.append(next)
      } else {
        open.append(halves[Int(next)].right)
        open.append(halves[Int(next)].left)
      }
    }
    return parts
  }
}
