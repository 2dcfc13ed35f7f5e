internal import Tokenization
internal import TokenizerFormats

/// The tokens of a tokenizer as the first symbols of a training that goes on from it.
struct BaseVocabulary: Sendable {
  let model: any ExtendableDefinition
  /// The ids of the symbols, ascending.
  let ids: [TokenID]
  /// By symbol.
  let tokens: TokenTexts
  /// Texts that no new token may have.
  let reserved: Set<[UInt8]>
  /// Pairs that merge already.
  let merges: Set<UInt64>
  /// By symbol: it merges with none.
  private let isUnmergeable: [Bool]
  /// The model alone: a text is a word.
  private let tokenizer: Tokenizer

  var continuingPrefix: [UInt8] { model.continuingPrefix }
  var isByteLevel: Bool { model.isByteLevel }
  /// Words begin at runs of U+2581 where nothing else cuts them.
  let allowsWordCuts: Bool

  /// - Throws: `unsupported` for models that cannot be extended; what is wrong with the tokenizer.
  init(_ definition: TokenizerDefinition) throws(VocabularyError) {
    guard let model = definition.model as? any ExtendableDefinition else {
      throw VocabularyError(
        .unsupported, "a model of the kind \(type(of: definition.model).kind.name) is not extended")
    }
    self.model = model
    allowsWordCuts = try model.model().allowsWordCuts
    tokenizer = try Tokenizer(
      TokenizerDefinition(
        pipeline: Pipeline(splitter: Splitter([]), decoder: .bytes), model: model))

    let places = model.ids.indices.sorted { model.ids[$0] < model.ids[$1] }
    var unmergeable = model.unmergeable
    if let unknown = model.unknownToken, let place = model.ids.firstIndex(of: unknown) {
      unmergeable.insert(place)
    }
    ids = places.map { model.ids[$0] }
    isUnmergeable = places.map { unmergeable.contains($0) }
    var tokens = TokenTexts()
    var reserved = Set(definition.pipeline.addedTokens.map { Array($0.content.utf8) })
    for place in places {
      let text = model.tokens[place]
      tokens.append(text, isSpelled: !unmergeable.contains(place))
      if unmergeable.contains(place) { reserved.insert(text) }
    }
    self.tokens = tokens
    self.reserved = reserved
    let symbols = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices.map { UInt32($0) }))
    merges = Set(
      model.fileMerges.compactMap { merge in
        guard let left = symbols[merge.left], let right = symbols[merge.right] else { return nil }
        return PairCounts.pair(left, right)
      })
  }

  /// A number for all of it.
  var digest: TrainingDigest {
    var digest = TrainingDigest()
    digest.add(tokenizer.compiled().span)
    return digest
  }

  /// Words as the tokenizer encodes them. Where a symbol stands that merges with none, a word ends.
  ///
  /// - Throws: `input` where the tokenizer cannot encode a word, `limit`.
  func words(_ counts: WordCounts) throws(TrainingError) -> WordArena {
    var symbols = [UInt32](repeating: 0, count: Int(ids.last ?? 0) + 1)
    for (symbol, id) in ids.enumerated() { symbols[Int(id)] = UInt32(symbol) }
    var words = WordArena(capacity: counts.words.bytes.count / 2 + counts.count * 3)
    var context = EncodingContext()
    var encoded: [TokenID] = []
    var word: [UInt32] = []
    for index in 0..<counts.count {
      encoded.removeAll(keepingCapacity: true)
      do throws(EncodingError) {
        try tokenizer.encode(
          counts.words.bytes.span.extracting(counts.words.range(index)), into: &encoded,
          using: &context)
      } catch { throw TrainingError(.input, error.description) }
      word.removeAll(keepingCapacity: true)
      for id in encoded {
        let symbol = symbols[Int(id)]
        if isUnmergeable[Int(symbol)] {
          try words.append(word, count: counts.counts[index])
          word.removeAll(keepingCapacity: true)
        } else {
          word.append(symbol)
        }
      }
      try words.append(word, count: counts.counts[index])
    }
    return words
  }
}
