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
  /// Marks a byte without a token in ``ids``.
  static let noID = TokenID.max

  /// The id of each symbol.
  let ids: FlatArray<TokenID>
  /// The length in bytes of each symbol.
  let lengths: FlatArray<UInt32>
  /// From a pair of symbols to its rank.
  let pairs: PairTable
  /// The symbol that the merge of each rank makes; empty where a symbol's number is its rank.
  let results: FlatArray<UInt32>
  /// The two symbols each symbol is made of, left in the low half; bytes hold themselves twice.
  /// Empty unless the model is ordered.
  let halves: FlatArray<UInt64>
  /// Empty unless the model is ordered.
  let trie: SymbolTrie
  /// The longest shorter symbol each symbol begins with. Empty unless the model is ordered.
  let prefixes: FlatArray<UInt32>
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

  /// The tables as they lie in a compiled file.
  package struct Tables: Sendable {
    package var ids: FlatArray<TokenID>
    package var lengths: FlatArray<UInt32>
    package var pairs: FlatArray<UInt64>
    package var results: FlatArray<UInt32>
    package var halves: FlatArray<UInt64>
    package var trie: FlatArray<UInt64>
    package var prefixes: FlatArray<UInt32>

    package init(
      ids: FlatArray<TokenID>, lengths: FlatArray<UInt32>, pairs: FlatArray<UInt64>,
      results: FlatArray<UInt32>, halves: FlatArray<UInt64>, trie: FlatArray<UInt64>,
      prefixes: FlatArray<UInt32>
    ) {
      self.ids = ids
      self.lengths = lengths
      self.pairs = pairs
      self.results = results
      self.halves = halves
      self.trie = trie
      self.prefixes = prefixes
    }
  }

  package init(_ tables: Tables, _ options: Options) {
    ids = tables.ids
    lengths = tables.lengths
    pairs = PairTable(slots: tables.pairs)
    results = tables.results
    halves = tables.halves
    trie = SymbolTrie(slots: tables.trie, symbolCount: tables.ids.count)
    prefixes = tables.prefixes
    self.options = options
  }

  package var tables: Tables {
    Tables(
      ids: ids, lengths: lengths, pairs: pairs.slots, results: results, halves: halves,
      trie: trie.slots, prefixes: prefixes)
  }
}

extension BytePairModel: OrderedMergeRules {
  @inline(__always)
  func rank(of left: UInt32, _ right: UInt32) -> UInt32 { pairs.rank(of: left, right) }

  @inline(__always)
  func result(of rank: UInt32) -> UInt32 { results.count == 0 ? rank : results[Int(rank)] }

  @inline(__always)
  func halves(of symbol: UInt32) -> UInt64 { halves[Int(symbol)] }
}
