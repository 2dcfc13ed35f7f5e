/// Another way to cut pretokens into the tokens of a vocabulary than its model has; exact, by dynamic
/// programming.
public enum Cutting: Hashable, Sendable {
  /// As few tokens as can be; of equally few the longer last one. (Schmidt et al., "Tokenization Is
  /// More Than Compression", 2024, section 3.1.)
  case fewestTokens
  /// The greatest sum of scores, one for each id; ids without a token need none. (Kudo, "Subword
  /// Regularization", 2018, section 3.2, the best of all segmentations.)
  case highestLikelihood(scores: [Double])
}

extension Tokenizer {
  /// The same tokenizer with its pretokens cut in another way: normalizer, splitter, added tokens,
  /// template and decoder stay.
  ///
  /// A character that no token covers is the unknown token, also where the model would fall back to
  /// bytes.
  ///
  /// - Throws: `unsupported` for WordPiece and other models whose tokens' text depends on where in a
  ///   word they stand; `missing` for a byte without a token where there is no unknown one; `malformed`
  ///   for scores that are not finite, or too few.
  /// - Complexity: O(*b*) in the bytes of all tokens.
  public func cutting(_ cutting: Cutting) throws(VocabularyError) -> Tokenizer {
    guard model.spellsTokensAlike else {
      throw VocabularyError(
        .unsupported, "tokens of a \(modelName) model are spelled by their place in the word")
    }
    var tokens = ByteStrings()
    var ids: [TokenID] = []
    // Of tokens of the same text the one that is found by it.
    for id in 0..<TokenID(idCount) where vocabulary.isSpelled(id) {
      let range = vocabulary.range(of: id)
      let text = vocabulary.bytes.span.extracting(range)
      guard !range.isEmpty, vocabulary.id(of: text) == id else { continue }
      for place in range { tokens.appendByte(vocabulary.bytes[place]) }
      tokens.endString()
      ids.append(id)
    }
    var objective = LatticeDefinition.Objective.fewestTokens
    if case .highestLikelihood(let scores) = cutting {
      guard scores.count >= idCount else {
        throw VocabularyError(.malformed, "\(scores.count) scores for \(idCount) ids")
      }
      objective = .highestLikelihood(scores: ids.map { scores[Int($0)] })
    }
    var lattice = try LatticeModel(
      LatticeDefinition(
        tokens: tokens, ids: ids, objective: objective, unknown: pipeline.roles.unknown))
    lattice.isByteLevel = model.isByteLevel
    return try Tokenizer(pipeline: pipeline, model: lattice, vocabulary: vocabulary)
  }
}
