/// Encoding by the events of a training, in their order: what PickyBPE learns (Chizhov, Arnett,
/// Korotkova and Yamshchikov, "BPE Gets Picky", 2024), and what is left of a byte-pair vocabulary when
/// some of its merges were taken out (Bauwens and Delobelle, "BPE-knockout", 2024).
///
/// The definition: a pretoken starts as its bytes, or as its characters. Then each event happens in
/// turn, once: a merge to all places where its parts stand side by side, from the left, none of them
/// twice; a split to all places where its token stands. With the events `t`+`h`, `th`+`e`, `th` split,
/// `t`+`h`+`a`, the text `the` is `the`, `tho` is `t h o` and `tha` is `tha`.
///
/// Most events find nothing to do. So a queue has, for each run of symbols that an event waits for, the
/// first such event that is still to come; what is made by one event is looked up for those behind it.
/// Where the parts of merges begin is found by going along their symbols, as in a tree of all parts: for
/// two parts that is one look at a table.
///
/// Symbols are the tokens in the order of the file, then texts that only pass by. A symbol stands at
/// the place of its first byte or character, so that a split needs no room.
package struct MergeEventsModel: Sendable {
  /// The id of each symbol; ``noID`` for those that pass by.
  let ids: FlatArray<TokenID>
  /// How many bytes or characters each symbol has.
  let lengths: FlatArray<UInt32>
  /// The texts of all symbols that a text can be or begin as, by symbol.
  let texts: ByteTrie
  /// The symbol of each byte, or of each ASCII character; ``noSymbol`` where there is none.
  let byteSymbols: FlatArray<UInt32>
  /// The symbol of each byte for characters without one; empty without byte fallback.
  let fallbackSymbols: FlatArray<UInt32>
  /// From a run of parts and the part behind it to the longer run. A run of one part has the part's
  /// own number, the others follow.
  let runs: PairTable
  /// Where the merges of each run of two and more end in ``merges``.
  let mergeEnds: FlatArray<UInt32>
  /// Events, ascending for each run.
  let merges: FlatArray<UInt32>
  /// Where the splits of each symbol end in ``splits``.
  let splitEnds: FlatArray<UInt32>
  let splits: FlatArray<UInt32>
  /// The whole of each event, twice; the bit below says that it is a split.
  let wholes: FlatArray<UInt32>
  /// Where the parts of each event end in ``parts``.
  let partEnds: FlatArray<UInt32>
  let parts: FlatArray<UInt32>
  let options: Options

  /// Whether something that was merged may come apart again.
  var hasSplits: Bool { splits.count > 0 }

  static let noID = TokenID.max
  static let noSymbol = UInt32.max

  /// What the tables do not say.
  struct Options: Sendable, Hashable {
    var isByteLevel: Bool
    /// Each of the 256 bytes has a token.
    var hasAllBytes: Bool
    var takesWholePretokens: Bool
    var unknown: TokenID?
    var fusesUnknown: Bool
    /// The greatest number of parts of a merge.
    var partLimit: Int
  }
}
