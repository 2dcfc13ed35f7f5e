/// A model in which each byte is a token.
package struct BytesDefinition: Sendable, Hashable {
  /// The id of byte 0; the others follow. ByT5 has three special tokens before it.
  package var offset: TokenID

  package init(offset: TokenID = 0) { self.offset = offset }
}
