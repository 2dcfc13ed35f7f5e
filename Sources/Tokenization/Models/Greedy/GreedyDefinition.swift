/// What a file says of a model that takes the longest token, before anything is derived from it.
package struct GreedyDefinition: Sendable, Hashable {
  /// The tokens' bytes in the order of the file.
  package var tokens: ByteStrings
  /// The id of each of `tokens`; any order, holes allowed, both unique.
  package var ids: [TokenID]
  /// Stands for a character that no token begins with. Without it every byte must be a token.
  package var unknown: TokenID?

  package init(tokens: ByteStrings, ids: [TokenID], unknown: TokenID? = nil) {
    self.tokens = tokens
    self.ids = ids
    self.unknown = unknown
  }
}
