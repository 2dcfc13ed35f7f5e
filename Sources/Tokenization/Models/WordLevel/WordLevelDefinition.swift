/// What a file says of a model with a token for each pretoken, before anything is derived from it.
package struct WordLevelDefinition: Sendable, Hashable {
  /// The tokens' texts in the order of the file.
  package var tokens: ByteStrings
  /// The id of each of `tokens`; any order, holes allowed, both unique.
  package var ids: [TokenID]
  /// Stands for pretokens that are no token.
  package var unknown: TokenID

  package init(tokens: ByteStrings, ids: [TokenID], unknown: TokenID) {
    self.tokens = tokens
    self.ids = ids
    self.unknown = unknown
  }
}
