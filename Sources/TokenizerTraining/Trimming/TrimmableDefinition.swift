internal import Tokenization
internal import TokenizerFormats

/// A model some of whose tokens can be left out.
protocol TrimmableDefinition: ModelDefinition {
  /// Adds the tokens that those in `kept` are made of.
  func addParts(to kept: inout Set<TokenID>) throws(VocabularyError)

  /// The model with the tokens that have a new id.
  func trimmed(_ map: TokenRenumbering) throws(VocabularyError) -> any ModelDefinition
}

extension TrimmableDefinition {
  func addParts(to kept: inout Set<TokenID>) {}

  /// The places of the tokens that stay, with their texts and new ids.
  fileprivate func chosen(
    _ map: TokenRenumbering
  ) -> (places: [Int], tokens: ByteStrings, ids: [TokenID]) {
    var chosen = (places: [Int](), tokens: ByteStrings(), ids: [TokenID]())
    for (place, id) in ids.enumerated() {
      guard let newID = map[id] else { continue }
      chosen.places.append(place)
      chosen.tokens.append(tokens.bytes[tokens.range(place)])
      chosen.ids.append(newID)
    }
    return chosen
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
    let chosen = chosen(map)
    let merges: Merges =
      switch self.merges {
      // New ids keep the order of the old ones, which is that of the ranks.
      case .byID: .byID
      case .listed(let merges): .listed(renumbered(merges, map))
      }
    return BytePairDefinition(
      tokens: chosen.tokens, ids: chosen.ids, unspelled: moved(unspelled, to: chosen.places),
      merges: merges, takesWholePretokens: takesWholePretokens,
      unknown: unknown.flatMap { map[$0] }, fusesUnknown: fusesUnknown)
  }
}

extension CharacterPairDefinition: TrimmableDefinition {
  func addParts(to kept: inout Set<TokenID>) throws(VocabularyError) {
    addHalves(of: try listedMerges(), to: &kept)
  }

  func trimmed(_ map: TokenRenumbering) throws(VocabularyError) -> any ModelDefinition {
    let chosen = chosen(map)
    var trimmed = self
    trimmed.tokens = chosen.tokens
    trimmed.ids = chosen.ids
    switch merges {
    case .listed(let merges): trimmed.merges = .listed(renumbered(merges, map))
    case .byScore(let scores): trimmed.merges = .byScore(chosen.places.map { scores[$0] })
    }
    trimmed.unmatched = moved(unmatched, to: chosen.places)
    trimmed.userDefined = moved(userDefined, to: chosen.places)
    trimmed.unused = moved(unused, to: chosen.places)
    trimmed.unknown = unknown.flatMap { map[$0] }
    return trimmed
  }
}

extension UnigramDefinition: TrimmableDefinition {
  func trimmed(_ map: TokenRenumbering) -> any ModelDefinition {
    let chosen = chosen(map)
    let rules: Rules =
      switch rules {
      case .huggingface: .huggingface
      case .sentencePiece(let kinds): .sentencePiece(kinds: chosen.places.map { kinds[$0] })
      case .llamaCPP(let kinds): .llamaCPP(kinds: chosen.places.map { kinds[$0] })
      }
    return UnigramDefinition(
      tokens: chosen.tokens, scores: chosen.places.map { scores[$0] }, ids: chosen.ids,
      unknown: unknown.flatMap { map[$0] }, byteFallback: byteFallback, rules: rules)
  }
}

extension WordPieceDefinition: TrimmableDefinition {
  func trimmed(_ map: TokenRenumbering) -> any ModelDefinition {
    let chosen = chosen(map)
    var trimmed = self
    trimmed.tokens = chosen.tokens
    trimmed.ids = chosen.ids
    trimmed.unknown = map[unknown] ?? unknown
    return trimmed
  }
}

extension WordLevelDefinition: TrimmableDefinition {
  func trimmed(_ map: TokenRenumbering) -> any ModelDefinition {
    let chosen = chosen(map)
    var trimmed = self
    trimmed.tokens = chosen.tokens
    trimmed.ids = chosen.ids
    trimmed.unknown = map[unknown] ?? unknown
    trimmed.unmatched = moved(unmatched, to: chosen.places)
    trimmed.byteTokens = byteTokens.map { map[$0] ?? unknown }
    return trimmed
  }
}

extension LessIsBetterDefinition: TrimmableDefinition {
  func trimmed(_ map: TokenRenumbering) -> any ModelDefinition {
    let chosen = chosen(map)
    var trimmed = self
    trimmed.tokens = chosen.tokens
    trimmed.ids = chosen.ids
    trimmed.unknown = unknown.flatMap { map[$0] }
    return trimmed
  }
}

extension GreedyDefinition: TrimmableDefinition {
  func trimmed(_ map: TokenRenumbering) -> any ModelDefinition {
    let chosen = chosen(map)
    var trimmed = self
    trimmed.tokens = chosen.tokens
    trimmed.ids = chosen.ids
    trimmed.unknown = unknown.flatMap { map[$0] }
    return trimmed
  }
}
