/// Byte-level byte-pair encoding: Sennrich, Haddow and Birch, "Neural Machine Translation of Rare
/// Words with Subword Units" (2016), section 3.2, over bytes as in GPT-2.
///
/// The definition: a pretoken starts as its bytes; of all neighbours that merge, the pair with the
/// lowest rank merges, the leftmost of equals, until none does.
///
/// Inside, tokens are *symbols*: the byte *b* is symbol *b*, the others follow from 256 on in the
/// order in which they come to be, so that a symbol's number is the rank of the merge that makes it.
/// Of all the ways a file may give to make a token only one can ever happen, the last merge of the
/// token's own bytes encoded alone: as long as a token is being made, no merge crosses its ends, so
/// that the same merges happen in the same order whatever stands around it. ``BytePairBuilder``
/// keeps that one.
///
/// Where every token is made of tokens of lower rank, the model is *ordered*, and two neighbours
/// stay apart wherever they meet if they do so when encoded alone. (Berglund and van der Merwe,
/// "Formalizing BPE Tokenization", 2023, call such a dictionary proper.) Then long pretokens are
/// encoded in linear time by back-tracking; other models, and bytes without a token, go through
/// the merge queue.
package struct BytePairModel: Sendable {
  package let symbols: SymbolTable
  /// From a pair of symbols to its rank.
  package let pairs: PairTable
  /// The symbol that the merge of each rank makes; empty where a symbol's number is its rank.
  package let results: FlatArray<UInt32>
  /// Empty unless the model is ordered.
  package let trie: SymbolTrie
  package let options: Options

  /// What the tables do not say.
  package struct Options: Sendable, Hashable {
    /// Back-tracking is proven equal to the definition.
    package var isOrdered: Bool
    /// A pretoken that is a token must be looked up first: some tokens cannot come from merges.
    package var takesWholePretokens: Bool
    /// Each of the 256 bytes has a token.
    package var hasAllBytes: Bool
    package var unknown: TokenID?
    package var fusesUnknown: Bool

    package init(
      isOrdered: Bool, takesWholePretokens: Bool, hasAllBytes: Bool, unknown: TokenID?,
      fusesUnknown: Bool
    ) {
      self.isOrdered = isOrdered
      self.takesWholePretokens = takesWholePretokens
      self.hasAllBytes = hasAllBytes
      self.unknown = unknown
      self.fusesUnknown = fusesUnknown
    }
  }

  package init(
    symbols: SymbolTable, pairs: PairTable, results: FlatArray<UInt32>, trie: SymbolTrie,
    options: Options
  ) {
    self.symbols = symbols
    self.pairs = pairs
    self.results = results
    self.trie = trie
    self.options = options
  }
}

extension BytePairModel: OrderedMergeRules {
  @inline(__always)
  func rank(of left: UInt32, _ right: UInt32) -> UInt32 { pairs.rank(of: left, right) }

  @inline(__always)
  func result(of rank: UInt32) -> UInt32 { results.count == 0 ? rank : results[Int(rank)] }

  @inline(__always)
  func leftHalf(of symbol: UInt32) -> UInt32 { symbols.left(of: symbol) }

  @inline(__always)
  func rightHalf(of symbol: UInt32) -> UInt32 { symbols.right(of: symbol) }

  @inline(__always)
  func rankOfBytes(_ left: UInt32, _ right: UInt32) -> UInt32 { trie.symbol(ofBytes: left, right) }
}
