import Tokenization
import UnicodeText

extension TokenizerDefinition {
  func modelLosses(in written: TokenizerDefinition) throws(VocabularyError) -> [String] {
    let tokens = tokenLosses(in: written)
    switch (model, written.model) {
    case (let own as BytePairDefinition, let other as BytePairDefinition):
      return tokens + (try losses(own, other))
    case (let own as CharacterPairDefinition, let other as CharacterPairDefinition):
      return tokens + (try losses(own, other))
    case (let own as UnigramDefinition, let other as UnigramDefinition):
      return tokens + losses(own, other)
    case (let own as WordLevelDefinition, let other as WordLevelDefinition):
      var losses = tokens
      if own.cutsAtSpaceMarks != other.cutsAtSpaceMarks {
        losses.append("whether words are cut at U+2581 and unknown ones become one token")
      }
      if own.byteTokens != other.byteTokens { losses.append("the bytes of unknown words") }
      let unmatched = Set(other.unmatched.map { other.ids[$0] })
      losses += Self.phrase(
        "that no text is the token",
        own.unmatched.filter { !unmatched.contains(own.ids[$0]) }
          .map { String(decoding: own.tokens[$0], as: UTF8.self) })
      return losses
    case (let own as LessIsBetterDefinition, let other as LessIsBetterDefinition):
      var losses = tokens
      if own.tokens != other.tokens || own.ids != other.ids {
        losses.append("the order of the lexicon")
      }
      if own.reading != other.reading { losses.append("the way to read by a lexicon") }
      if own.subunitDepth != other.subunitDepth { losses.append("how often units are cut") }
      return losses
    case (let own as MergeEventsDefinition, let other as MergeEventsDefinition):
      guard own == other else {
        throw VocabularyError(.inexpressible, "the events would be other ones when read back")
      }
      return tokens
    case (let own as BoundlessDefinition, let other as BoundlessDefinition):
      // The pattern may be spelled otherwise there.
      guard own.words == other.words, own.joins == other.joins else {
        throw VocabularyError(.inexpressible, "the events would be other ones when read back")
      }
      return tokens
    case (let own as WordPieceDefinition, let other as WordPieceDefinition):
      var losses = tokens
      if own.continuingPrefix != other.continuingPrefix {
        losses.append("the prefix of tokens that continue a word")
      }
      if own.maximumCharacterCount != other.maximumCharacterCount {
        losses.append(
          "that words of more than \(own.maximumCharacterCount) characters are unknown")
      }
      return losses
    default:
      if type(of: model).kind != type(of: written.model).kind {
        throw VocabularyError(.inexpressible, "the model would be another one when it is read back")
      }
      return tokens
    }
  }

  /// Tokens that the other lacks, those that are added there too aside.
  private func tokenLosses(in written: TokenizerDefinition) -> [String] {
    let own = model.tokens
    let other = written.model.tokens
    let places = Dictionary(
      zip(written.model.ids, written.model.ids.indices), uniquingKeysWith: { $1 })
    let added = Dictionary(
      written.pipeline.addedTokens.map { ($0.id, $0.content) }, uniquingKeysWith: { $1 })
    let reported = Set(pipeline.addedTokens.map(\.id))
    var missing: [String] = []
    for (place, id) in model.ids.enumerated() {
      let text = own.bytes[own.range(place)]
      if let found = places[id], other.bytes[other.range(found)] == text { continue }
      if let content = added[id], content.utf8.elementsEqual(text) { continue }
      if reported.contains(id) || text.isEmpty { continue }
      missing.append(String(decoding: text, as: UTF8.self))
    }
    var losses = Self.phrase("the token", missing)
    if needsUnknown, model.unknownToken != written.model.unknownToken {
      losses.append("the unknown token")
    }
    return losses
  }

  /// Whether some text has no tokens of its own.
  private var needsUnknown: Bool {
    if let model = model as? BytePairDefinition {
      return (try? BytePairModel(model))?.options.hasAllBytes != true
    }
    return !model.neverMakesUnknown
  }

  // MARK: - Byte pairs

  private func losses(
    _ own: BytePairDefinition, _ other: BytePairDefinition
  ) throws(VocabularyError) -> [String] {
    let merges = try own.possibleMerges()
    guard merges == (try other.possibleMerges()) else {
      throw VocabularyError(
        .inexpressible,
        "the order of the merges would be another one: in a .tiktoken file it is that of the ids")
    }
    let made = Set(merges.map(\.result))
    let added = Set(pipeline.addedTokens.map(\.id))
    let wholes = own.wholeTokens(besides: made).subtracting(added)
    let otherWholes = other.wholeTokens(besides: made).subtracting(added)
    var losses: [String] = []
    if wholes != otherWholes {
      losses.append(
        wholes.isSubset(of: otherWholes)
          ? "that only merges make a token" : "that a pretoken which is a token becomes it")
    }
    if needsUnknown, own.unknown != nil, own.fusesUnknown != other.fusesUnknown {
      losses.append("whether unknown bytes become one token")
    }
    return losses
  }

  // MARK: - Byte pairs over characters

  private func losses(
    _ own: CharacterPairDefinition, _ other: CharacterPairDefinition
  ) throws(VocabularyError) -> [String] {
    // Else all merges are looked for.
    if own == other { return [] }
    var losses: [String] = []
    if own.continuingPrefix != other.continuingPrefix || own.endSuffix != other.endSuffix {
      losses.append("the marks of where in a word a token stands")
    } else if own.continuingPrefix.isEmpty, own.endSuffix.isEmpty {
      let merges = try CharacterPairModel(own).possibleMerges(own)
      let otherMerges = try CharacterPairModel(other).possibleMerges(other)
      guard Self.areAlike(merges, otherMerges) else {
        throw VocabularyError(
          .inexpressible, "the merges would be other ones when they are read back")
      }
    } else if own.merges != other.merges {
      throw VocabularyError(
        .inexpressible, "the merges would be other ones when they are read back")
    }
    if own.matchedCharacters != other.matchedCharacters {
      losses.append("which characters are tokens")
    }
    if own.fallsBackToBytes != other.fallsBackToBytes, model.hasByteTokens {
      losses.append("the bytes of unknown characters")
    }
    if own.takesWholePretokens != other.takesWholePretokens {
      losses.append("whether a pretoken that is a token becomes it")
    }
    if needsUnknown, own.fusesUnknown != other.fusesUnknown {
      losses.append("whether unknown characters become one token")
    }
    let unused = Set(other.unused.map { other.ids[$0] })
    losses += Self.phrase(
      "that text is never left as the token",
      own.unused.filter { !unused.contains(own.ids[$0]) }
        .map { String(decoding: own.tokens[$0], as: UTF8.self) })
    let symbols = own.userDefined.map { String(decoding: own.tokens[$0], as: UTF8.self) }
    let others = Set(other.userDefined.map { other.tokens[$0] })
    losses += Self.phrase(
      "that nothing merges with the user's symbol",
      symbols.filter { !others.contains(Array($0.utf8)) })
    return losses
  }

  /// Whether the merges are the same in the same order. Those that happen at the same priority, leftmost
  /// first, do so in the other, unless they make runs of one character.
  private static func areAlike(
    _ one: [CharacterPairModel.PossibleMerge], _ other: [CharacterPairModel.PossibleMerge]
  ) -> Bool {
    guard one.count == other.count else { return false }
    for place in one.indices {
      let (first, second) = (one[place], other[place])
      guard first.left == second.left, first.right == second.right, first.result == second.result
      else { return false }
      if place > 0, tie(one[place - 1], first) != tie(other[place - 1], second) { return false }
    }
    return true
  }

  /// Whether it matters that two merges have the same priority.
  ///
  /// It does not where all make runs of one character, as U+2581 in Llama 2: a stretch of it becomes runs
  /// from left to right, none longer than the one before it, so that the leftmost that can grow is the
  /// one with most on the left, which is the order of the merges here.
  private static func tie(
    _ one: CharacterPairModel.PossibleMerge, _ next: CharacterPairModel.PossibleMerge
  ) -> Bool {
    guard one.priority == next.priority else { return false }
    let character = one.left.prefix(decodeScalar(in: one.left.span, at: 0).length)
    return ![one.left, one.right, next.left, next.right].allSatisfy { text in
      text.count % character.count == 0
        && text.indices.allSatisfy { text[$0] == character[$0 % character.count] }
    }
  }

  // MARK: - Unigram

  private func losses(_ own: UnigramDefinition, _ other: UnigramDefinition) -> [String] {
    var losses: [String] = []
    if own.rules.name != other.rules.name {
      losses.append(
        "the arithmetic of \(own.rules.name), which decides between segmentations of nearly the same "
          + "score")
    }
    let kinds = own.foundKinds
    let otherKinds = other.foundKinds
    let names = own.ids.indices.filter { place in
      kinds[own.ids[place]] != otherKinds[own.ids[place]] && otherKinds[own.ids[place]] != nil
    }.map { String(decoding: own.tokens[$0], as: UTF8.self) }
    losses += Self.phrase("how a text is searched for the token", names)
    let scores = Dictionary(zip(other.ids, other.scores), uniquingKeysWith: { $1 })
    if zip(own.ids, own.scores).contains(where: { id, score in
      kinds[id] != .unfound && scores[id].map { $0 != score } == true
    }) {
      losses.append("scores as exact as they are")
    }
    if own.byteFallback != other.byteFallback { losses.append("the bytes of unknown characters") }
    return losses
  }
}

extension BytePairDefinition {
  /// Tokens that a pretoken becomes as a whole only.
  fileprivate func wholeTokens(besides made: Set<TokenID>) -> Set<TokenID> {
    guard takesWholePretokens else { return [] }
    let outside = Set(unspelled)
    var wholes: Set<TokenID> = []
    for (place, id) in ids.enumerated()
    where tokens.range(place).count > 1 && !made.contains(id) && !outside.contains(place) {
      wholes.insert(id)
    }
    return wholes
  }
}

extension CharacterPairDefinition {
  /// The ids of characters that are tokens.
  fileprivate var matchedCharacters: [[UInt8]: TokenID] {
    let outside = Set(unmatched)
    var characters: [[UInt8]: TokenID] = [:]
    for (place, id) in ids.enumerated() where !outside.contains(place) {
      let text = tokens.bytes[tokens.range(place)]
      guard !text.isEmpty, text.count <= 4,
        decodeScalar(in: text.span, at: 0).length == text.count
      else { continue }
      characters[Array(text)] = id
    }
    return characters
  }
}

extension UnigramDefinition {
  /// How a text is searched for a token.
  fileprivate enum FoundKind: Hashable {
    case scored, ofUser, unfound
  }

  fileprivate var foundKinds: [TokenID: FoundKind] {
    var found: [TokenID: FoundKind] = [:]
    for (place, id) in ids.enumerated() {
      found[id] =
        switch rules {
        case .huggingface: id == unknown ? .unfound : .scored
        case .sentencePiece(let kinds): Self.kind(kinds[place], findsUnused: false)
        case .llamaCPP(let kinds): Self.kind(kinds[place], findsUnused: true)
        }
    }
    return found
  }

  private static func kind(_ kind: Kind, findsUnused: Bool) -> FoundKind {
    switch kind {
    case .normal: .scored
    case .userDefined: .ofUser
    case .unused: findsUnused ? .scored : .unfound
    case .unknown, .control, .byte: .unfound
    }
  }
}

extension UnigramDefinition.Rules {
  fileprivate var name: String {
    switch self {
    case .huggingface: "huggingface's library"
    case .sentencePiece: "sentencepiece"
    case .llamaCPP: "llama.cpp"
    }
  }
}
