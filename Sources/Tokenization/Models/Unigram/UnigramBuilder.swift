internal import SplitPatterns

extension UnigramModel {
  /// The model that `definition` describes.
  ///
  /// - Throws: what the original would not load either, and `limit` for more tokens than the tables
  ///   hold.
  /// - Complexity: O(*b* + *n* log *n*) in bytes and number of tokens.
  package init(_ definition: UnigramDefinition) throws(VocabularyError) {
    self = try UnigramBuilder(definition).model()
  }
}

/// Makes a ``UnigramModel`` from what a file says.
private struct UnigramBuilder {
  private let definition: UnigramDefinition
  private let index: ByteStringIndex

  /// How far below the lowest score an unknown character's is, in both originals.
  private static let unknownPenalty = 10.0
  private static let tokenLimit = 1 << 22

  init(_ definition: UnigramDefinition) throws(VocabularyError) {
    self.definition = definition
    let count = definition.tokens.count
    precondition(
      definition.scores.count == count && definition.ids.count == count,
      "\(count) tokens, \(definition.scores.count) scores and \(definition.ids.count) ids")
    guard count < Self.tokenLimit else {
      throw VocabularyError(
        .limit, "\(count) tokens, of at most \(Self.tokenLimit - 1)", path: "model.vocab")
    }
    if let place = definition.ids.firstIndex(where: { $0 > TokenID.limit }) {
      throw VocabularyError(
        .limit, "the id \(definition.ids[place]), of at most \(TokenID.limit)",
        path: "model.vocab[\(place)]")
    }
    index = ByteStringIndex(definition.tokens)
  }

  func model() throws(VocabularyError) -> UnigramModel {
    switch definition.rules {
    case .huggingface: try huggingfaceModel()
    case .sentencePiece(let kinds): try sentencePieceModel(kinds)
    case .llamaCPP(let kinds): try sentencePieceModel(kinds, asLlamaCPP: true)
    }
  }

  private func model(
    _ entries: [UnigramTrieBuilder.Entry], byteIDs: [TokenID], unknown: TokenID?,
    unknownScore: Double, isSentencePiece: Bool
  ) throws(VocabularyError) -> UnigramModel {
    let tokens = definition.tokens
    return UnigramModel(
      trie: try UnigramTrieBuilder.trie(tokens, entries), byteIDs: FlatArray(byteIDs),
      options: UnigramModel.Options(
        unknown: unknown, unknownScore: unknownScore,
        maximumTokenLength: entries.reduce(0) { max($0, tokens.range($1.string).count) },
        isSentencePiece: isSentencePiece,
        cutsWords: !entries.contains {
          SpaceMark.stands(inside: tokens.bytes.span.extracting(tokens.range($0.string)))
        }))
  }

  private func text(_ place: Int) -> String {
    String(decoding: definition.tokens[place], as: UTF8.self)
  }
}

// MARK: - huggingface

extension UnigramBuilder {
  private func huggingfaceModel() throws(VocabularyError) -> UnigramModel {
    if let unknown = definition.unknown, !definition.ids.contains(unknown) {
      throw VocabularyError(
        .unknownToken,
        "the unknown token's id \(unknown), where there are \(definition.tokens.count) tokens",
        path: "model.unk_id")
    }
    // Of tokens that stand twice the later one holds.
    var later: [Int: Int] = [:]
    for place in index.duplicates {
      if let first = first(like: place) { later[first] = place }
    }
    let repeated = Set(index.duplicates)
    var entries: [UnigramTrieBuilder.Entry] = []
    entries.reserveCapacity(definition.tokens.count)
    var lowest = Double.infinity
    for place in 0..<definition.tokens.count {
      if definition.scores[place] < lowest { lowest = definition.scores[place] }
      if definition.tokens.range(place).isEmpty || repeated.contains(place) { continue }
      let holding = later[place] ?? place
      entries.append(
        UnigramTrieBuilder.Entry(
          string: place, score: definition.scores[holding], id: definition.ids[holding]))
    }
    var byteIDs: [TokenID] = []
    if definition.byteFallback {
      byteIDs = (0...255 as ClosedRange<UInt8>).map { byte in
        guard let place = index[CharacterPairDefinition.nameOfByte(byte).span] else {
          return UnigramModel.noID
        }
        return definition.ids[later[place] ?? place]
      }
    }
    return try model(
      entries, byteIDs: byteIDs, unknown: definition.unknown,
      unknownScore: lowest - Self.unknownPenalty, isSentencePiece: false)
  }

  private func first(like place: Int) -> Int? {
    index[definition.tokens.bytes.span.extracting(definition.tokens.range(place))]
  }
}

// MARK: - sentencepiece

extension UnigramBuilder {
  private func sentencePieceModel(
    _ kinds: [UnigramDefinition.Kind], asLlamaCPP: Bool = false
  ) throws(VocabularyError) -> UnigramModel {
    let count = definition.tokens.count
    precondition(kinds.count == count, "\(kinds.count) kinds for \(count) tokens")
    try checkTokens(kinds)
    var lowest = Float.greatestFiniteMagnitude
    for place in 0..<count where kinds[place] == .normal {
      lowest = min(lowest, Float(definition.scores[place]))
    }
    var entries: [UnigramTrieBuilder.Entry] = []
    entries.reserveCapacity(count)
    for place in 0..<count {
      var score = Double(Float(definition.scores[place]))
      switch kinds[place] {
      case .normal: break
      case .unused where asLlamaCPP: break
      case .userDefined where asLlamaCPP: score = 0
      case .userDefined:
        // More than its characters can have, by their number: the file's score does not count.
        score = Double(Float(0.1 * Double(definition.tokens.range(place).count - 1)))
      case .unknown, .control, .unused, .byte: continue
      }
      entries.append(
        UnigramTrieBuilder.Entry(string: place, score: score, id: definition.ids[place]))
    }
    guard kinds.contains(where: { $0 == .normal || $0 == .userDefined || $0 == .unused }) else {
      throw VocabularyError(.missing, "no tokens for text", path: "pieces")
    }
    guard let unknown = kinds.firstIndex(of: .unknown) else {
      throw VocabularyError(.missing, "no token is the unknown one", path: "pieces")
    }
    return try model(
      entries, byteIDs: try byteIDs(kinds), unknown: definition.ids[unknown],
      unknownScore: Double(lowest - Float(Self.unknownPenalty)), isSentencePiece: !asLlamaCPP)
  }

  /// Tokens for text have different names, and so have the others; none is empty. Scores are numbers.
  private func checkTokens(_ kinds: [UnigramDefinition.Kind]) throws(VocabularyError) {
    if let place = kinds.indices.first(where: { definition.tokens.range($0).isEmpty }) {
      throw VocabularyError(.malformed, "an empty token", path: "pieces[\(place)]")
    }
    if let place = kinds.indices.first(where: { !Float(definition.scores[$0]).isFinite }) {
      throw VocabularyError(
        .malformed, "`\(text(place))` has the score \(definition.scores[place])",
        path: "pieces[\(place)]")
    }
    // By the first place of a name, the one of the same name for the other purpose.
    var others: [Int: Int] = [:]
    for place in index.duplicates {
      guard let first = first(like: place) else { continue }
      let isText = isForText(kinds[place])
      var twin: Int? = first
      if isForText(kinds[first]) != isText {
        twin = others[first]
        others[first] = place
      }
      if let twin {
        throw VocabularyError(
          .duplicate, "`\(text(place))` stands twice, at \(twin) too", path: "pieces[\(place)]")
      }
    }
    let unknown = kinds.indices.filter { kinds[$0] == .unknown }
    if unknown.count > 1 {
      throw VocabularyError(
        .duplicate, "`\(text(unknown[0]))` and `\(text(unknown[1]))` are both the unknown token",
        path: "pieces[\(unknown[1])]")
    }
  }

  private func isForText(_ kind: UnigramDefinition.Kind) -> Bool {
    kind == .normal || kind == .userDefined || kind == .unused
  }

  private func byteIDs(_ kinds: [UnigramDefinition.Kind]) throws(VocabularyError) -> [TokenID] {
    var byteIDs = [TokenID](repeating: UnigramModel.noID, count: 256)
    var places: [[UInt8]: UInt8] = [:]
    for byte in 0...255 as ClosedRange<UInt8> {
      places[CharacterPairDefinition.nameOfByte(byte)] = byte
    }
    for place in kinds.indices where kinds[place] == .byte {
      guard definition.byteFallback else {
        throw VocabularyError(
          .malformed, "the byte token `\(text(place))`, where bytes are not used",
          path: "pieces[\(place)]")
      }
      guard let byte = places[definition.tokens[place]] else {
        throw VocabularyError(
          .malformed, "found `\(text(place))` where a byte such as `<0x0A>` is expected",
          path: "pieces[\(place)]")
      }
      byteIDs[Int(byte)] = definition.ids[place]
    }
    guard definition.byteFallback else { return [] }
    if let byte = byteIDs.firstIndex(of: UnigramModel.noID) {
      throw VocabularyError(.missing, "no token for the byte \(byte)", path: "pieces")
    }
    return byteIDs
  }
}

extension TokenID {
  /// Ids of caches have 29 bits.
  fileprivate static let limit: TokenID = 1 << 29 - 1
}
