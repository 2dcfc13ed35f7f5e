internal import SplitPatterns
internal import UnicodeText

extension CharacterPairModel {
  /// Builds the tables of a model.
  ///
  /// - Throws: `limit` for more tokens or merges than the tables hold.
  /// - Complexity: O(*b*) in the bytes of all tokens, times their length for merges by score.
  package init(_ definition: CharacterPairDefinition) throws(VocabularyError) {
    var builder = try CharacterPairBuilder(definition)
    try builder.addMerges()
    self = try builder.model()
  }
}

private struct CharacterPairBuilder {
  private let definition: CharacterPairDefinition
  /// Whether merges follow scores, as in SentencePiece.
  private let isByScore: Bool
  /// The text of every symbol that a character may be; empty for those that are none.
  private var texts: ByteStrings
  private var ids: [UInt32]
  private var index: ByteStringIndex
  /// One for each token: no text makes it.
  private var isUnmatched: [Bool]
  private var pairs: PairTable.Builder
  private var results: [UInt32] = []
  private var priorities: [UInt32] = []

  init(_ definition: CharacterPairDefinition) throws(VocabularyError) {
    self.definition = definition
    if case .byScore = definition.merges { isByScore = true } else { isByScore = false }
    let count = definition.tokens.count
    guard count < PairTable.symbolLimit / 2 else {
      throw VocabularyError(
        .limit, "\(count) tokens, of at most \(PairTable.symbolLimit / 2)", path: "model.vocab")
    }
    ids = definition.ids
    isUnmatched = Array(repeating: false, count: count)
    for place in definition.unmatched { isUnmatched[place] = true }
    texts = definition.tokens
    pairs = PairTable.Builder(capacity: count)
    index = ByteStringIndex(definition.tokens)
    if isByScore { addCharacters() }
  }

  /// Characters that are part of tokens can merge without being tokens.
  private mutating func addCharacters() {
    let count = definition.tokens.count
    var known: Set<[UInt8]> = []
    for place in 0..<count where !isUnmatched[place] {
      let range = definition.tokens.range(place)
      var start = range.lowerBound
      while start < range.upperBound {
        let length = decodeScalar(in: definition.tokens.bytes.span, at: start).length
        let text = definition.tokens.bytes[start..<min(start + length, range.upperBound)]
        let found = index[text.span].map { !isUnmatched[$0] } ?? false
        if !found, known.insert(Array(text)).inserted {
          texts.append(text)
          ids.append(CharacterPairModel.noID)
          isUnmatched.append(false)
        }
        start += length
      }
    }
    // Where a reserved token has the same text, the one that texts make is found.
    var matched = ByteStrings()
    for place in 0..<texts.count { matched.append(isUnmatched[place] ? [] : texts[place]) }
    texts = matched
    index = ByteStringIndex(matched)
  }

  mutating func addMerges() throws(VocabularyError) {
    switch definition.merges {
    case .listed(let merges):
      guard merges.count < PairTable.rankLimit else {
        throw VocabularyError(
          .limit, "\(merges.count) merges, of at most \(PairTable.rankLimit)", path: "model.merges")
      }
      var places = [UInt32](repeating: 0, count: Int(definition.ids.max() ?? 0) + 1)
      for (place, id) in definition.ids.enumerated() { places[Int(id)] = UInt32(place) }
      for (rank, merge) in merges.enumerated() {
        pairs.insert(
          places[Int(merge.left)], places[Int(merge.right)], rank: UInt32(rank))
        results.append(places[Int(merge.result)])
      }
    case .byScore(let scores):
      try addMerges(by: scores)
    }
  }

  /// Each cut of a token into two texts that symbols can have.
  private mutating func addMerges(by scores: [Float]) throws(VocabularyError) {
    let order = scores.indices.filter { !isUnmatched[$0] && !texts.range($0).isEmpty }
      .sorted { scores[$0] > scores[$1] || (scores[$0] == scores[$1] && $0 < $1) }
    var priority: UInt32 = 0
    var last: Float?
    for place in order {
      if let last, scores[place] != last { priority += 1 }
      last = scores[place]
      let range = texts.range(place)
      var middle = range.lowerBound
      while true {
        middle += decodeScalar(in: texts.bytes.span, at: middle).length
        guard middle < range.upperBound else { break }
        guard let left = index[texts.bytes.span.extracting(range.lowerBound..<middle)],
          let right = index[texts.bytes.span.extracting(middle..<range.upperBound)]
        else { continue }
        guard results.count < PairTable.rankLimit else {
          throw VocabularyError(
            .limit, "more than \(PairTable.rankLimit) ways to make tokens of two", path: "pieces")
        }
        pairs.insert(UInt32(left), UInt32(right), rank: UInt32(results.count))
        results.append(UInt32(place))
        priorities.append(priority)
      }
    }
  }

  consuming func model() throws(VocabularyError) -> CharacterPairModel {
    var userDefined: CharacterPairModel.UserDefined?
    if !definition.userDefined.isEmpty {
      var strings = ByteStrings()
      var symbols: [UInt32] = []
      for place in definition.userDefined {
        strings.append(definition.tokens[place])
        symbols.append(aliasSymbol(of: place))
      }
      userDefined = CharacterPairModel.UserDefined(
        texts: try ByteTrie(strings), symbols: FlatArray(symbols))
    }
    let bytes = definition.fallsBackToBytes ? try byteSymbols() : []
    let unknown = definition.unknown.flatMap { definition.ids.firstIndex(of: $0) }
    let options = CharacterPairModel.Options(
      continuingPrefix: definition.continuingPrefix, endSuffix: definition.endSuffix,
      unknown: unknown.map { UInt32($0) }, fusesUnknown: definition.fusesUnknown,
      takesWholePretokens: definition.takesWholePretokens, decidesUnknownLast: isByScore,
      allowsWordCuts: allowsWordCuts())
    let hasAffixes = !definition.continuingPrefix.isEmpty || !definition.endSuffix.isEmpty
    let table = PairTable(slots: FlatArray(pairs.slots))
    let merged = FlatArray(results)
    return CharacterPairModel(
      ids: FlatArray(ids), texts: try ByteTrie(texts),
      asciiSymbols: FlatArray(hasAffixes ? [] : asciiSymbols()),
      pairs: table, results: merged, priorities: FlatArray(priorities), userDefined: userDefined,
      unused: FlatArray(unusedBits()), byteSymbols: FlatArray(bytes), options: options,
      joins: SymbolJoins(table, results: merged, symbolCount: ids.count))
  }

  /// A symbol for a token that never merges.
  private mutating func aliasSymbol(of place: Int) -> UInt32 {
    ids.append(definition.ids[place])
    return UInt32(ids.count - 1)
  }

  private mutating func byteSymbols() throws(VocabularyError) -> [UInt32] {
    let names = ByteStringIndex(definition.tokens)
    var symbols: [UInt32] = []
    for byte in 0...255 as ClosedRange<UInt8> {
      let place = names[CharacterPairDefinition.nameOfByte(byte).span]
      guard let place else {
        if isByScore { throw VocabularyError(.missing, "no token for the byte \(byte)") }
        symbols.append(CharacterPairModel.noSymbol)
        continue
      }
      // SentencePiece merges nothing with bytes; huggingface does what the merges say.
      symbols.append(isByScore ? aliasSymbol(of: place) : UInt32(place))
    }
    return symbols
  }

  private func unusedBits() -> [UInt32] {
    if definition.unused.isEmpty { return [] }
    var bits = [UInt32](repeating: 0, count: ids.count / 32 + 1)
    for place in definition.unused { bits[place / 32] |= 1 << UInt32(place % 32) }
    return bits
  }

  private func asciiSymbols() -> [UInt32] {
    (0...255 as ClosedRange<UInt8>).map { byte in
      let bytes = [byte]
      return index[bytes.span].map { UInt32($0) } ?? CharacterPairModel.noSymbol
    }
  }

  /// Whether no token holds U+2581 behind another character.
  private func allowsWordCuts() -> Bool {
    // What an unused token was made of is decided by the text as a whole.
    guard definition.continuingPrefix.isEmpty, definition.endSuffix.isEmpty,
      !definition.takesWholePretokens, definition.unused.isEmpty
    else { return false }
    let mark = Array("\u{2581}".utf8)
    guard let place = index[mark.span], ids[place] != CharacterPairModel.noID else { return false }
    for place in isUnmatched.indices where !isUnmatched[place] {
      if SpaceMark.stands(inside: texts.bytes.span.extracting(texts.range(place))) { return false }
    }
    return true
  }
}
