/// Which of all ways to cut a pretoken into tokens is the best, over any vocabulary.
package struct LatticeDefinition: Sendable, Hashable {
  package enum Objective: Sendable, Hashable {
    /// As few tokens as there can be.
    case fewestTokens
    /// The greatest sum of the tokens' scores, finite numbers, one for each token.
    case highestLikelihood(scores: [Double])
  }

  /// The tokens' bytes in the order of the file.
  package var tokens: ByteStrings
  /// The id of each of `tokens`; any order, holes allowed, both unique.
  package var ids: [TokenID]
  package var objective: Objective
  /// Stands for characters that tokens cannot cover. Without it every byte must be a token.
  package var unknown: TokenID?

  package init(
    tokens: ByteStrings, ids: [TokenID], objective: Objective, unknown: TokenID? = nil
  ) {
    self.tokens = tokens
    self.ids = ids
    self.objective = objective
    self.unknown = unknown
  }
}
