/// What a file says of a byte-level BPE model, before anything is derived from it.
///
/// Made by the readers of `TokenizerFormats`; ``BytePairModel`` is built from it and finds all that
/// can be wrong with it.
package struct BytePairDefinition: Sendable {
  /// One merge: the tokens `left` and `right` become `result`.
  package struct Merge: Sendable, Hashable {
    package var left, right, result: TokenID

    package init(left: TokenID, right: TokenID, result: TokenID) {
      self.left = left
      self.right = right
      self.result = result
    }
  }

  package enum Merges: Sendable {
    /// The merges of the file, in order of rank. Where a pair stands twice the later rank holds.
    case listed([Merge])
    /// Any two tokens whose bytes together are a token merge to it, its id being the rank.
    case byID
  }

  /// The tokens' bytes, in the order of the file.
  package var tokens: ByteStrings
  /// The id of each of `tokens`; any order, holes allowed. Where an id or a token stands twice,
  /// readers have decided already: here both are unique.
  package var ids: [TokenID]
  /// The indices into `tokens`, ascending, of tokens that are not spelled in bytes: the text of
  /// the file held characters outside the byte alphabet, so that no text can produce them. Their
  /// bytes are that text's UTF-8.
  package var unspelled: [Int]
  package var merges: Merges
  /// A pretoken that is a token becomes that token, whatever the merges say.
  package var takesWholePretokens: Bool
  /// Stands for a byte that has no token; without it such bytes are left out.
  package var unknown: TokenID?
  /// Several unknown bytes in a row become one unknown token.
  package var fusesUnknown: Bool

  package init(
    tokens: ByteStrings, ids: [TokenID], unspelled: [Int] = [], merges: Merges,
    takesWholePretokens: Bool, unknown: TokenID? = nil, fusesUnknown: Bool = false
  ) {
    self.tokens = tokens
    self.ids = ids
    self.unspelled = unspelled
    self.merges = merges
    self.takesWholePretokens = takesWholePretokens
    self.unknown = unknown
    self.fusesUnknown = fusesUnknown
  }
}
