/// What a file says of a WordPiece model, before anything is derived from it.
package struct WordPieceDefinition: Sendable, Hashable {
  /// The tokens' texts in the order of the file, those of continuing tokens with their prefix.
  package var tokens: ByteStrings
  /// The id of each of `tokens`; any order, holes allowed, both unique.
  package var ids: [TokenID]
  /// Stands for a whole pretoken of which some part has no token.
  package var unknown: TokenID
  /// What the text of a token begins with if it does not begin a pretoken: `##`.
  package var continuingPrefix: [UInt8]
  /// A pretoken of more characters becomes the unknown token; a byte that is not UTF-8 counts as
  /// one.
  package var maximumCharacterCount: Int

  package init(
    tokens: ByteStrings, ids: [TokenID], unknown: TokenID, continuingPrefix: [UInt8],
    maximumCharacterCount: Int
  ) {
    self.tokens = tokens
    self.ids = ids
    self.unknown = unknown
    self.continuingPrefix = continuingPrefix
    self.maximumCharacterCount = maximumCharacterCount
  }
}
