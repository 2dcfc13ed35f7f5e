/// A model in which each character is a token.
package struct CharactersDefinition: Sendable, Hashable {
  /// The tokens' texts. Those of several characters, such as special tokens, are never produced; one
  /// of a single byte that is not UTF-8 stands for that byte.
  package var tokens: ByteStrings
  /// The id of each of `tokens`; any order, holes allowed, both unique.
  package var ids: [TokenID]
  /// Stands for characters that are no token; without it they are left out.
  package var unknown: TokenID?

  package init(tokens: ByteStrings, ids: [TokenID], unknown: TokenID?) {
    self.tokens = tokens
    self.ids = ids
    self.unknown = unknown
  }
}
