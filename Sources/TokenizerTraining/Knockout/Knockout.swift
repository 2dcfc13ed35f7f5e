internal import Tokenization
internal import TokenizerFormats

/// A tokenizer whose merges are knocked out.
struct Knockout {
  private var definition: TokenizerDefinition
  /// The model with the merges that are left; tokens go only in the end.
  private(set) var model: MergeEventsDefinition
  private var tree: MergeTree
  private let lengths: [Int]
  private let symbols: [TokenID: UInt32]
  /// Symbols that never go.
  private let kept: Set<UInt32>
  private var gone: Set<UInt32> = []

  /// - Throws: `unsupported` for a model whose tokens are not merged in one order.
  init(_ definition: TokenizerDefinition) throws(VocabularyError) {
    self.definition = definition
    let merges: [BytePairDefinition.Merge]
    switch definition.model {
    case let model as BytePairDefinition:
      self.model = MergeEventsDefinition(model)
      merges = try model.possibleMerges()
    case let model as CharacterPairDefinition:
      self.model = try MergeEventsDefinition(model)
      merges = try model.listedMerges()
    default:
      throw VocabularyError(
        .unsupported,
        "the tokens of a model of the kind \(type(of: definition.model).kind.name) are not merged")
    }
    let model = self.model
    tree = try MergeTree(merges, ids: model.ids)
    lengths = (0..<model.tokens.count).map { model.tokens.range($0).count }
    symbols = Dictionary(uniqueKeysWithValues: zip(model.ids, 0..<UInt32(model.ids.count)))
    let indispensable = definition.indispensableIDs()
    kept = Set(symbols.filter { indispensable.contains($0.key) }.values)
    self.model.events = tree.events
  }

  /// What the words of a lexicon say of the merges.
  ///
  /// - Throws: `vocabulary`, `limit`; `input` for a word that cannot be encoded.
  func blame(
    _ lexicon: MorphologicalLexicon, prefix: String
  ) throws(TrainingError) -> MergeBlame {
    var definition = definition
    definition.model = model
    let tokenizer: Tokenizer
    do { tokenizer = try Tokenizer(definition) } catch { throw TrainingError(error) }
    var context = EncodingContext()
    var blame = MergeBlame(symbolCount: model.tokens.count)
    for entry in lexicon.entries {
      let word = Array(entry.morphemes.joined().utf8)
      let symbols = try symbols(of: Array(prefix.utf8) + word, tokenizer, &context)
      let text = symbols.flatMap { model.text(of: $0) }
      guard text.suffix(word.count).elementsEqual(word) else {
        blame.skip()
        continue
      }
      var borders: Set<Int> = []
      var place = text.count - word.count
      for morpheme in entry.morphemes.dropLast() {
        place += morpheme.utf8.count
        borders.insert(place)
      }
      try blame.count(symbols, borders: borders, weight: entry.weight, tree, lengths: lengths)
    }
    return blame
  }

  private func symbols(
    of text: [UInt8], _ tokenizer: Tokenizer, _ context: inout EncodingContext
  ) throws(TrainingError) -> [UInt32] {
    var ids: [TokenID] = []
    do {
      try tokenizer.encode(
        text.span, into: &ids, using: &context, specialTokens: .asPlainText, addsTemplate: false)
    } catch { throw TrainingError(.input, error.description) }
    return ids.compactMap { symbols[$0] }
  }

  /// The symbols to be knocked out, the worst first, of equally bad ones that of the earlier merge.
  func worst(_ blame: MergeBlame, _ options: KnockoutOptions) -> [UInt32] {
    let added = definition.pipeline.addedTokens.count { symbols[$0.id] == nil }
    let spare = model.tokens.count - gone.count + added - options.minimumVocabularySize
    let shares = tree.made.enumerated().map {
      (rank: $0.offset, symbol: $0.element, share: blame.share(of: $0.element))
    }
    return
      shares
      .filter { $0.share >= options.threshold && !kept.contains($0.symbol) }
      .filter { blame.uses[Int($0.symbol)] >= options.minimumUses }
      .sorted { ($1.share, $0.rank) < ($0.share, $1.rank) }
      .prefix(max(spare, 0)).map(\.symbol)
  }

  mutating func knockOut(_ symbols: [UInt32]) {
    for symbol in symbols { tree.knockOut(symbol) }
    tree.removeKnockedOut()
    gone.formUnion(symbols)
    model.events = tree.events
    // No text is a token that is gone, even where a pretoken that is a token becomes it.
    model.unmatched = Array(Set(model.unmatched).union(symbols.map { Int($0) })).sorted()
  }

  /// The tokenizer without the tokens that are gone, and the map from old ids to new ones.
  func result() -> (TokenizerDefinition, [TokenID?]) {
    var definition = definition
    let own = Set(model.ids)
    let added = definition.pipeline.addedTokens.map(\.id).filter { !own.contains($0) }
    let left = model.ids.indices.filter { !gone.contains(UInt32($0)) }.map { model.ids[$0] } + added
    let greatest = max(model.ids.max() ?? 0, added.max() ?? 0)
    var newIDs = [TokenID?](repeating: nil, count: Int(greatest) + 1)
    for (newID, id) in left.sorted().enumerated() { newIDs[Int(id)] = TokenID(newID) }
    let map = TokenRenumbering(newIDs: newIDs)
    definition.model = model.without(gone, map)
    definition.pipeline.renumber(map)
    return (definition, newIDs)
  }
}

extension MergeEventsDefinition {
  /// The tokens of a byte-pair model, without its merges.
  fileprivate init(_ model: BytePairDefinition) {
    self.init(
      unit: .bytes, tokens: model.tokens, ids: model.ids, unmatched: model.unspelled, events: [],
      takesWholePretokens: model.takesWholePretokens, unknown: model.unknown,
      fusesUnknown: model.fusesUnknown)
  }

  /// - Throws: `unsupported` for tokens with affixes, those of users and unused ones.
  fileprivate init(_ model: CharacterPairDefinition) throws(VocabularyError) {
    guard model.continuingPrefix.isEmpty, model.endSuffix.isEmpty else {
      throw VocabularyError(
        .unsupported, "tokens with marks of where in a word they stand are not knocked out")
    }
    guard model.userDefined.isEmpty, model.unused.isEmpty else {
      throw VocabularyError(
        .unsupported, "a model with user-defined or unused tokens is not knocked out")
    }
    self.init(
      unit: .characters, tokens: model.tokens, ids: model.ids, unmatched: model.unmatched,
      events: [], takesWholePretokens: model.takesWholePretokens,
      fallsBackToBytes: model.fallsBackToBytes, unknown: model.unknown,
      fusesUnknown: model.fusesUnknown)
  }

  /// The model without symbols that no event names, with the ids of `map`.
  fileprivate func without(_ gone: Set<UInt32>, _ map: TokenRenumbering) -> Self {
    var left = self
    left.tokens = ByteStrings()
    left.ids = []
    left.unmatched = []
    let outside = Set(unmatched)
    var newSymbols = [UInt32](repeating: 0, count: tokens.count)
    for index in 0..<tokens.count where !gone.contains(UInt32(index)) {
      newSymbols[index] = UInt32(left.tokens.count)
      if outside.contains(index) { left.unmatched.append(left.tokens.count) }
      left.tokens.append(tokens.bytes[tokens.range(index)])
      left.ids.append(map[ids[index]] ?? 0)
    }
    left.events = events.map { event in
      Event(event.kind, event.parts.map { newSymbols[Int($0)] }, newSymbols[Int(event.whole)])
    }
    left.unknown = unknown.flatMap { map[$0] }
    return left
  }
}
