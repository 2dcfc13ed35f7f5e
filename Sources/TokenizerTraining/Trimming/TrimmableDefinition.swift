internal import Tokenization
internal import TokenizerFormats

/// A model some of whose tokens can be left out.
protocol TrimmableDefinition: ModelDefinition {
  var tokens: ByteStrings { get set }
  var ids: [TokenID] { get set }

  /// Adds the tokens that those in `kept` are made of.
  func addParts(to kept: inout Set<TokenID>) throws(VocabularyError)

  /// The model with the tokens that have a new id.
  func trimmed(_ map: TokenRenumbering) throws(VocabularyError) -> any ModelDefinition
}

extension TrimmableDefinition {
  func addParts(to kept: inout Set<TokenID>) {}

  /// The same with the tokens that stay and their new ids, and the places where they stood; all else is
  /// as it was.
  fileprivate func withTokens(_ map: TokenRenumbering) -> (trimmed: Self, places: [Int]) {
    var places: [Int] = []
    var tokens = ByteStrings()
    var ids: [TokenID] = []
    for (place, id) in self.ids.enumerated() {
      guard let newID = map[id] else { continue }
      places.append(place)
      tokens.append(self.tokens.bytes[self.tokens.range(place)])
      ids.append(newID)
    }
    var trimmed = self
    trimmed.tokens = tokens
    trimmed.ids = ids
    return (trimmed, places)
  }

  /// Places among all tokens as places among those that stay.
  fileprivate func moved(_ old: [Int], to places: [Int]) -> [Int] {
    let index = Dictionary(uniqueKeysWithValues: zip(places, places.indices))
    return old.compactMap { index[$0] }
  }
}

/// Adds the halves of every merge whose result stays: the last merge that makes a token comes last.
private func addHalves(of merges: [BytePairDefinition.Merge], to kept: inout Set<TokenID>) {
  for merge in merges.reversed() where kept.contains(merge.result) {
    kept.insert(merge.left)
    kept.insert(merge.right)
  }
}

private func renumbered(
  _ merges: [BytePairDefinition.Merge], _ map: TokenRenumbering
) -> [BytePairDefinition.Merge] {
  merges.compactMap { merge in
    guard let left = map[merge.left], let right = map[merge.right], let result = map[merge.result]
    else { return nil }
    return BytePairDefinition.Merge(left: left, right: right, result: result)
  }
}

extension BytePairDefinition: TrimmableDefinition {
  func addParts(to kept: inout Set<TokenID>) throws(VocabularyError) {
    addHalves(of: try listedMerges(), to: &kept)
  }

  func trimmed(_ map: TokenRenumbering) throws(VocabularyError) -> any ModelDefinition {
    var (trimmed, places) = withTokens(map)
    // Where merges go by ids: new ones keep the order of the old ones, which is that of the ranks.
    if case .listed(let merges) = merges { trimmed.merges = .listed(renumbered(merges, map)) }
    trimmed.unspelled = moved(unspelled, to: places)
    trimmed.unknown = unknown.flatMap { map[$0] }
    return trimmed
  }
}

extension CharacterPairDefinition: TrimmableDefinition {
  func addParts(to kept: inout Set<TokenID>) throws(VocabularyError) {
    addHalves(of: try listedMerges(), to: &kept)
  }

  func trimmed(_ map: TokenRenumbering) throws(VocabularyError) -> any ModelDefinition {
    var (trimmed, places) = withTokens(map)
    switch merges {
    case .listed(let merges): trimmed.merges = .listed(renumbered(merges, map))
    case .byScore(let scores): trimmed.merges = .byScore(places.map { scores[$0] })
    }
    trimmed.unmatched = moved(unmatched, to: places)
    trimmed.userDefined = moved(userDefined, to: places)
    trimmed.unused = moved(unused, to: places)
    trimmed.unknown = unknown.flatMap { map[$0] }
    return trimmed
  }
}

extension UnigramDefinition: TrimmableDefinition {
  func trimmed(_ map: TokenRenumbering) -> any ModelDefinition {
    var (trimmed, places) = withTokens(map)
    trimmed.scores = places.map { scores[$0] }
    switch rules {
    case .huggingface: break
    case .sentencePiece(let kinds): trimmed.rules = .sentencePiece(kinds: places.map { kinds[$0] })
    case .llamaCPP(let kinds): trimmed.rules = .llamaCPP(kinds: places.map { kinds[$0] })
    }
    trimmed.unknown = unknown.flatMap { map[$0] }
    return trimmed
  }
}

extension WordPieceDefinition: TrimmableDefinition {
  func trimmed(_ map: TokenRenumbering) -> any ModelDefinition {
    var trimmed = withTokens(map).trimmed
    trimmed.unknown = map[unknown] ?? unknown
    return trimmed
  }
}

extension WordLevelDefinition: TrimmableDefinition {
  func trimmed(_ map: TokenRenumbering) -> any ModelDefinition {
    var (trimmed, places) = withTokens(map)
    trimmed.unknown = map[unknown] ?? unknown
    trimmed.unmatched = moved(unmatched, to: places)
    trimmed.byteTokens = byteTokens.map { map[$0] ?? unknown }
    return trimmed
  }
}

extension LessIsBetterDefinition: TrimmableDefinition {
  func trimmed(_ map: TokenRenumbering) -> any ModelDefinition {
    var trimmed = withTokens(map).trimmed
    trimmed.unknown = unknown.flatMap { map[$0] }
    return trimmed
  }
}

extension GreedyDefinition: TrimmableDefinition {
  func trimmed(_ map: TokenRenumbering) -> any ModelDefinition {
    var trimmed = withTokens(map).trimmed
    trimmed.unknown = unknown.flatMap { map[$0] }
    return trimmed
  }
}

extension MergeEventsDefinition: TrimmableDefinition {
  /// Tokens that are left out come and go as before, and are in the end what they were last made of.
  func trimmed(_ map: TokenRenumbering) throws(VocabularyError) -> any ModelDefinition {
    var (trimmed, places) = withTokens(map)
    trimmed.unmatched = moved(unmatched, to: places)
    trimmed.unknown = unknown.flatMap { map[$0] }
    var texts = TextEvents(tokens: trimmed.tokens)
    for event in events { texts.append(event.kind, event.parts.map { Array(text(of: $0)) }) }
    for event in partings(besides: Set(places)) {
      texts.append(.split, event.parts.map { Array(text(of: $0)) })
    }
    trimmed.events = texts.events
    trimmed.passing = texts.passing
    return trimmed
  }

  /// What takes symbols apart that are not tokens any more: longer ones first, since their parts may be
  /// others.
  private func partings(besides kept: Set<Int>) -> [Event] {
    var lastMerge: [UInt32: Event] = [:]
    for event in events where event.kind == .merge { lastMerge[event.whole] = event }
    return lastMerge.values
      .filter { !kept.contains(Int($0.whole)) }
      .sorted { (text(of: $1.whole).count, $0.whole) < (text(of: $0.whole).count, $1.whole) }
  }
}
