public import Tok
internal import TokenizerFormats

/// A smaller tokenizer made of another's tokens.
public struct TrimmedTokenizer: Sendable {
  public let source: TokenizerSource
  /// The new id of each old one, for the rows of an embedding; nil for tokens that are gone. Its count
  /// is one more than the greatest old id.
  public let newIDs: [TokenID?]
}

extension TokenizerSource {
  /// The tokenizer with the tokens that `isKept` names, and those it cannot do without.
  ///
  /// New ids are in the order of the old ones, without holes. What always stays: added tokens, tokens
  /// with a part to play, the unknown token, single bytes and characters, those that stand for bytes; and,
  /// where tokens are merged, every token on the way to one that stays. Texts are then encoded by the
  /// merges, pieces or units that are left, so that a text of kept tokens only may still change, where
  /// merges that are gone stood in the way of others.
  ///
  /// - Throws: `unsupported` for models whose tokens are not to be chosen: bytes, characters.
  /// - Complexity: that of building the tokenizer.
  public func trimmed(
    keeping isKept: (TokenID) -> Bool
  ) throws(VocabularyError) -> TrimmedTokenizer {
    var definition = try definition()
    var kept = definition.indispensableIDs()
    let model = definition.model
    for (index, id) in model.ids.enumerated() where isKept(id) || model.isSingle(index) {
      kept.insert(id)
    }
    guard let choosing = model as? any TrimmableDefinition else {
      throw VocabularyError(
        .unsupported, "a model of the kind \(type(of: model).kind.name) has no tokens to leave out")
    }
    try choosing.addParts(to: &kept)
    let highest = max(
      model.ids.max() ?? 0, definition.pipeline.addedTokens.map(\.id).max() ?? 0)
    var newIDs = [TokenID?](repeating: nil, count: Int(highest) + 1)
    for (newID, id) in kept.sorted().enumerated() where id <= highest {
      newIDs[Int(id)] = TokenID(newID)
    }
    let map = TokenRenumbering(newIDs: newIDs)
    definition.model = try choosing.trimmed(map)
    definition.pipeline.renumber(map)
    return TrimmedTokenizer(source: TokenizerSource(definition), newIDs: newIDs)
  }

  /// The tokenizer with the tokens that `counts` uses most, `count` in all; see ``trimmed(keeping:)`` for
  /// what stays besides.
  ///
  /// - Parameter counts: how often each id is used, by id; of equal ones the lower id stays.
  /// - Complexity: O(*n* log *n*) in the ids, and that of ``trimmed(keeping:)``, a few times.
  public func trimmed(
    to count: Int, byUse counts: [UInt64]
  ) throws(VocabularyError) -> TrimmedTokenizer {
    let order = counts.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }
    // What must stay is known only when the rest is, and grows with it: the most that fits is searched.
    var (fitting, tooMany) = (0, order.count + 1)
    var best = try trimmed { _ in false }
    while tooMany - fitting > 1 {
      let middle = fitting + (tooMany - fitting) / 2
      let chosen = Set(order.prefix(middle).map { TokenID($0) })
      let trimmed = try trimmed { chosen.contains($0) }
      if trimmed.newIDs.count(where: { $0 != nil }) <= count {
        (fitting, best) = (middle, trimmed)
      } else {
        tooMany = middle
      }
    }
    return best
  }
}
