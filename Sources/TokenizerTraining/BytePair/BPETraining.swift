internal import Tokenization

/// A byte-pair training in progress: the tokens so far, the merges that made them, and the words.
struct BPETraining: ~Copyable {
  private let options: BPETrainer.Options
  private let alphabet: MergeAlphabet
  private(set) var tokens = TokenTexts()
  private(set) var specialTokens: [(text: String, id: TokenID)] = []
  private(set) var remarks: [String] = []
  /// In order; a pair may stand there twice.
  private(set) var merges: [BytePairDefinition.Merge] = []
  private var merger: PairMerger<AllPairs>
  /// What it goes on from.
  private let base: BaseVocabulary?

  /// A training without words, to be restored.
  ///
  /// - Parameter memoryLimit: ``TrainingRun/memoryLimit``.
  init(_ options: BPETrainer.Options, isByteLevel: Bool, memoryLimit: Int?) {
    self.options = options
    alphabet = MergeAlphabet(isByteLevel: isByteLevel)
    base = nil
    merger = PairMerger(
      WordArena(capacity: 0, measuresSymbols: options.maximumTokenLength != nil),
      AllPairs(), rule: Self.rule(options), maximumLength: Self.maximumLength(options),
      extent: Self.extent(options, memoryLimit))
  }

  init(
    _ options: BPETrainer.Options, isByteLevel: Bool, _ counts: consuming WordCounts,
    memoryLimit: Int?
  ) throws(TrainingError) {
    self.options = options
    alphabet = MergeAlphabet(isByteLevel: isByteLevel)
    base = nil
    for text in options.specialTokens {
      let bytes = Array(text.utf8)
      if let spelled = alphabet.bytes(of: bytes) {
        specialTokens.append((text, tokens.insert(spelled)))
      } else {
        specialTokens.append((text, tokens.insertUnspelled(bytes)))
      }
    }
    let kept = try KeptCharacters(options, alphabet, copy counts)
    for character in kept.characters { tokens.insert(alphabet.bytes(of: character)) }
    if kept.leftOut > 0 {
      remarks.append("\(kept.leftOut) characters of the text are not in the alphabet")
    }
    let words = try Self.words(counts, alphabet, options, &tokens)
    _ = consume counts
    var extent = Self.extent(options, memoryLimit)
    extent.mergeCount = max(options.vocabularySize - tokens.count, 1)
    if let memory = extent.memory, memory < words.byteCount / 4 * 5 {
      remarks.append(
        "the words take \(words.byteCount) bytes, and more memory is used than the limit allows")
    }
    merger = PairMerger(
      words, AllPairs(), rule: Self.rule(options), maximumLength: Self.maximumLength(options),
      extent: extent)
    requireTokens()
  }

  /// A training whose first tokens are those of `base`, with no words yet.
  init(_ options: BPETrainer.Options, goingOnFrom base: BaseVocabulary, memoryLimit: Int?) {
    self.options = options
    self.base = base
    alphabet = MergeAlphabet(isByteLevel: base.isByteLevel)
    tokens = base.tokens
    merger = PairMerger(
      WordArena(capacity: 0), AllPairs(), rule: .exact, extent: Self.extent(options, memoryLimit))
  }

  /// Takes words of symbols of the tokens that there are.
  mutating func setWords(_ words: consuming WordArena, memoryLimit: Int?) {
    var extent = Self.extent(options, memoryLimit)
    extent.mergeCount = max(options.vocabularySize - tokens.count, 1)
    merger = PairMerger(words, AllPairs(), rule: .exact, extent: extent)
  }

  private static func rule(_ options: BPETrainer.Options) -> MergeRule {
    options.compatibility == .none ? .exact : .huggingface
  }

  /// How many characters a merged token has at most; the original's are shorter than that.
  private static func maximumLength(_ options: BPETrainer.Options) -> Int {
    (options.maximumTokenLength ?? .max) - (options.compatibility == .none ? 0 : 1)
  }

  private static func extent(_ options: BPETrainer.Options, _ memoryLimit: Int?) -> MergeExtent {
    var extent = MergeExtent()
    extent.memory = MergeExtent.memory(within: memoryLimit)
    // With affixes a text may be made of more characters or of fewer: `##a` is one, or three. And by
    // huggingface's rule a pair may then hold more lists than are told apart when it is looked for again.
    let hasAffixes = options.continuingSubwordPrefix != nil || options.endOfWordSuffix != nil
    extent.looksAfterAll =
      hasAffixes
      && (options.maximumTokenLength != nil || options.compatibility == .huggingface)
    return extent
  }

  /// The words as symbols.
  private static func words(
    _ counts: WordCounts, _ alphabet: MergeAlphabet, _ options: BPETrainer.Options,
    _ tokens: inout TokenTexts
  ) throws(TrainingError) -> WordArena {
    var forms = CharacterForms(options, alphabet)
    var characters: [UInt32] = []
    var symbols: [UInt32] = []
    let bytes = counts.words.bytes.span
    if forms.hasAffixes {
      for index in 0..<counts.count {
        characters.removeAll(keepingCapacity: true)
        alphabet.append(bytes.extracting(counts.words.range(index)), to: &characters)
        forms.note(characters, tokens)
      }
      forms.insertNoted(into: &tokens)
    }
    let required = options.requiredTokens.reduce(0) { $0 + $1.utf8.count * 2 }
    var words = WordArena(
      capacity: counts.words.bytes.count + counts.count * 2,
      symbolLimit: max(options.vocabularySize, tokens.count) + required,
      measuresSymbols: options.maximumTokenLength != nil)
    for index in 0..<counts.count {
      characters.removeAll(keepingCapacity: true)
      symbols.removeAll(keepingCapacity: true)
      alphabet.append(bytes.extracting(counts.words.range(index)), to: &characters)
      for position in characters.indices {
        let symbol = forms.symbol(
          characters[position], position, of: characters.count, tokens)
        if let symbol { symbols.append(symbol) }
      }
      try words.append(symbols, count: counts.counts[index])
    }
    return words
  }

  /// Merges until there are as many tokens as were asked for; says why there are fewer.
  ///
  /// - Throws: `limit` where counts pass 2^63, `unwritable` for the checkpoint.
  mutating func mergeAll(
    _ run: TrainingRun, _ checkpoint: inout TrainingCheckpoint?
  ) throws(TrainingError) -> TrainingReport.Shortage? {
    // No merge covers fewer than two characters; the original makes those of two all the same.
    if Self.maximumLength(options) < 2, options.compatibility == .none {
      return tokens.count >= options.vocabularySize
        ? nil : merger.words.areWhole ? .exhausted : .tooLong
    }
    var step = 0
    while tokens.count < options.vocabularySize {
      defer { step += 1 }
      if step.isMultiple(of: 256) {
        let stops = run.report(.merging, tokens.count, of: options.vocabularySize)
        if stops || checkpoint?.isDue == true {
          try checkpoint?.save { (writer) throws(TrainingError) in try write(to: &writer) }
        }
        if stops { return .stopped }
      }
      guard let top = merger.next(), top.count > 0 else {
        if merger.words.areWhole { return .exhausted }
        return options.maximumTokenLength == nil ? .notAllowed : .tooLong
      }
      guard top.count >= options.minimumFrequency else { return .tooRare }
      guard !isRefused(top.pair) else {
        merger.drop(top.places)
        continue
      }
      merger.merge(top.pair, top.places, into: note(top.pair))
      guard !merger.hasOverflowed else {
        throw TrainingError(.limit, "a pair stands there more than \(Int64.max) times")
      }
    }
    return nil
  }

  /// Whether `base` has no room for what `pair` would make.
  private func isRefused(_ pair: UInt64) -> Bool {
    guard let base else { return false }
    let text = text(of: pair)
    if let limit = options.maximumTokenLength,
      (base.isByteLevel ? text.count : text.count { $0 & 0xC0 != 0x80 }) > limit
    {
      return true
    }
    return base.reserved.contains(text)
  }

  private func text(of pair: UInt64) -> [UInt8] {
    let left = UInt32(truncatingIfNeeded: pair >> 32)
    let right = UInt32(truncatingIfNeeded: pair)
    let prefix = (options.continuingSubwordPrefix ?? "").utf8
    let tail = tokens[right].starts(with: prefix) ? prefix.count : 0
    return tokens[left] + tokens[right][tail...]
  }

  /// The symbol that `pair` makes, which is noted as a merge.
  private mutating func note(_ pair: UInt64) -> UInt32 {
    let left = UInt32(truncatingIfNeeded: pair >> 32)
    let right = UInt32(truncatingIfNeeded: pair)
    let merged = tokens.insert(text(of: pair))
    if base?.merges.contains(pair) == true {
      // It came about behind a new merge that made an old token; its rank stays what it is.
      return merged
    }
    merges.append(BytePairDefinition.Merge(left: left, right: right, result: merged))
    return merged
  }

  /// Merges what makes the required tokens, each from the left as far as merges before left it apart.
  private mutating func requireTokens() {
    let forms = CharacterForms(options, alphabet)
    for text in options.requiredTokens {
      var symbols: [UInt32] = []
      for part in forms.parts(of: Array(text.utf8)) { symbols.append(tokens.insert(part)) }
      for merge in merges {
        var index = 0
        while index + 1 < symbols.count {
          if symbols[index] == merge.left, symbols[index + 1] == merge.right {
            symbols.replaceSubrange(index...index + 1, with: [merge.result])
          }
          index += 1
        }
      }
      while symbols.count > 1 {
        let pair = PairCounts.pair(symbols[0], symbols[1])
        let merged = note(pair)
        merger.mergeEverywhere(pair, into: merged)
        symbols.replaceSubrange(0...1, with: [merged])
      }
    }
  }

  /// The merges in order of rank: of a pair that was merged twice only the later one.
  var listedMerges: [BytePairDefinition.Merge] {
    var seen: Set<UInt64> = []
    var listed: [BytePairDefinition.Merge] = []
    for merge in merges.reversed()
    where seen.insert(PairCounts.pair(merge.left, merge.right)).inserted {
      listed.append(merge)
    }
    return listed.reversed()
  }
}

// MARK: - In a checkpoint

extension BPETraining {
  /// - Throws: `unwritable`.
  func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try tokens.write(to: &writer)
    try writer.append(specialTokens.count)
    for token in specialTokens {
      try writer.append(Array(token.text.utf8).span)
      try writer.append(UInt64(token.id))
    }
    try writer.append(remarks.count)
    for remark in remarks { try writer.append(Array(remark.utf8).span) }
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
    tokens = try TokenTexts(from: &reader)
    (specialTokens, remarks, merges) = ([], [], [])
    let lastToken = tokens.texts.count - 1
    for _ in 0..<(try reader.count(upTo: reader.remaining)) {
      let text = String(decoding: try reader.bytes(), as: UTF8.self)
      specialTokens.append((text, TokenID(try reader.count(upTo: lastToken))))
    }
    for _ in 0..<(try reader.count(upTo: reader.remaining)) {
      remarks.append(String(decoding: try reader.bytes(), as: UTF8.self))
    }
    for _ in 0..<(try reader.count(upTo: reader.remaining)) {
      merges.append(
        BytePairDefinition.Merge(
          left: TokenID(try reader.count(upTo: lastToken)),
          right: TokenID(try reader.count(upTo: lastToken)),
          result: TokenID(try reader.count(upTo: lastToken))))
    }
    try merger.restore(from: &reader)
  }
}
