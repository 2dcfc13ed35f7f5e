/// What a file says of a model with a token for each pretoken, before anything is derived from it.
package struct WordLevelDefinition: Sendable, Hashable {
  /// The tokens' texts in the order of the file.
  package var tokens: ByteStrings
  /// The id of each of `tokens`; any order, holes allowed, both unique.
  package var ids: [TokenID]
  /// Stands for pretokens that are no token.
  package var unknown: TokenID
  /// The indices of tokens that no text makes.
  package var unmatched: [Int]
  /// Pretokens are texts in which each U+2581 begins a word, as SentencePiece has it. Unknown words in
  /// a row are one unknown token.
  package var cutsAtSpaceMarks: Bool
  /// With ``cutsAtSpaceMarks``: the token of each byte, of which unknown words are made instead; empty
  /// for none.
  package var byteTokens: [TokenID]

  package init(
    tokens: ByteStrings, ids: [TokenID], unknown: TokenID, unmatched: [Int] = [],
    cutsAtSpaceMarks: Bool = false, byteTokens: [TokenID] = []
  ) {
    self.tokens = tokens
    self.ids = ids
    self.unknown = unknown
    self.unmatched = unmatched
    self.cutsAtSpaceMarks = cutsAtSpaceMarks
    self.byteTokens = byteTokens
  }
}
