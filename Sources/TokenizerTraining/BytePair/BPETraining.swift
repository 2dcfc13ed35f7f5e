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

  /// A training without words, to be restored.
  init(_ options: BPETrainer.Options, isByteLevel: Bool) {
    self.options = options
    alphabet = MergeAlphabet(isByteLevel: isByteLevel)
    merger = PairMerger(
      WordArena(capacity: 0, measuresSymbols: options.maximumTokenLength != nil),
      AllPairs(), rule: Self.rule(options), maximumLength: Self.maximumLength(options))
  }

  init(
    _ options: BPETrainer.Options, isByteLevel: Bool, _ counts: WordCounts
  ) throws(TrainingError) {
    self.options = options
    alphabet = MergeAlphabet(isByteLevel: isByteLevel)
    for text in options.specialTokens {
      let bytes = Array(text.utf8)
      if let spelled = alphabet.bytes(of: bytes) {
        specialTokens.append((text, tokens.insert(spelled)))
      } else {
        specialTokens.append((text, tokens.insertUnspelled(bytes)))
      }
    }
    let kept = try KeptCharacters(options, alphabet, counts)
    for character in kept.characters { tokens.insert(alphabet.bytes(of: character)) }
    if kept.leftOut > 0 {
      remarks.append("\(kept.leftOut) characters of the text are not in the alphabet")
    }
    let words = try Self.words(counts, alphabet, options, &tokens)
    merger = PairMerger(
      words, AllPairs(), rule: Self.rule(options), maximumLength: Self.maximumLength(options))
    requireTokens()
  }

  private static func rule(_ options: BPETrainer.Options) -> MergeRule {
    options.compatibility == .none ? .exact : .huggingface
  }

  /// How many characters a merged token has at most; the original's are shorter than that.
  private static func maximumLength(_ options: BPETrainer.Options) -> Int {
    (options.maximumTokenLength ?? .max) - (options.compatibility == .none ? 0 : 1)
  }

  /// The words as symbols.
  private static func words(
    _ counts: WordCounts, _ alphabet: MergeAlphabet, _ options: BPETrainer.Options,
    _ tokens: inout TokenTexts
  ) throws(TrainingError) -> WordArena {
    var forms = CharacterForms(options, alphabet)
    var words = WordArena(
      capacity: counts.words.bytes.count + counts.count * 3,
      measuresSymbols: options.maximumTokenLength != nil)
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
  /// - Throws: `unwritable` for the checkpoint.
  mutating func mergeAll(
    _ run: TrainingRun, _ checkpoint: inout TrainingCheckpoint?
  ) throws(TrainingError) -> TrainingReport.Shortage? {
    // No merge covers fewer than two characters; the original makes those of two all the same.
    if Self.maximumLength(options) < 2, options.compatibility == .none {
      return tokens.count >= options.vocabularySize
        ? nil : merger.words.areWhole ? .exhausted : .tooLong
    }
    while tokens.count < options.vocabularySize {
      if merges.count.isMultiple(of: 256) {
        let stops = run.report(.merging, tokens.count, of: options.vocabularySize)
        if stops || checkpoint?.isDue == true {
          try checkpoint?.save { (writer) throws(TrainingError) in try write(to: &writer) }
        }
        if stops { return .stopped }
      }
      guard let top = merger.next(), top.count > 0 else {
        return merger.words.areWhole ? .exhausted : .tooLong
      }
      guard top.count >= options.minimumFrequency else { return .tooRare }
      merger.merge(top.pair, top.places, into: note(top.pair))
    }
    return nil
  }

  /// The symbol that `pair` makes, which is noted as a merge.
  private mutating func note(_ pair: UInt64) -> UInt32 {
    let left = UInt32(truncatingIfNeeded: pair >> 32)
    let right = UInt32(truncatingIfNeeded: pair)
    let prefix = (options.continuingSubwordPrefix ?? "").utf8
    let tail = tokens[right].starts(with: prefix) ? prefix.count : 0
    let merged = tokens.insert(tokens[left] + tokens[right][tail...])
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
