package import SplitPatterns

/// Byte-pair encoding over characters: Sennrich, Haddow and Birch, "Neural Machine Translation of Rare
/// Words with Subword Units" (2016), section 3.2, as SentencePiece and huggingface's library have it.
///
/// A pretoken starts as its characters, each a symbol; of all neighbours that merge, the pair with the
/// lowest priority merges, the leftmost of equals, until none does. A character without a token falls
/// back to the tokens of its bytes, or becomes the unknown token.
///
/// Symbols are the tokens in the order of the file; behind them come characters that are part of
/// tokens only, and tokens that are found in the text and stay as they are.
package struct CharacterPairModel: Sendable {
  /// What a symbol becomes; ``noID`` for a character that is no token of its own.
  let ids: FlatArray<UInt32>
  /// The text of all symbols that a character can be, by what it is with its affixes.
  let texts: ByteTrie
  /// The symbols of single ASCII bytes, ``noSymbol`` where there is none or affixes decide.
  let asciiSymbols: FlatArray<UInt32>
  /// From a pair of symbols to its merge.
  let pairs: PairTable
  /// The symbol that each merge makes.
  let results: FlatArray<UInt32>
  /// When each merge happens; empty where a merge's number says it.
  let priorities: FlatArray<UInt32>
  /// Tokens that are found before anything merges, nil if there are none.
  let userDefined: UserDefined?
  /// Symbols that are in the end what they were made of, a bit for each symbol; empty if there are none.
  let unused: FlatArray<UInt32>
  /// The symbol of each byte for characters without a token; empty without byte fallback.
  let byteSymbols: FlatArray<UInt32>
  let options: Options
  /// Where merging can cross from one character to the next.
  let joins: SymbolJoins

  static let noID = UInt32.max
  static let noSymbol = UInt32.max

  struct UserDefined: Sendable {
    var texts: ByteTrie
    /// The symbol of each.
    var symbols: FlatArray<UInt32>
  }

  /// What the tables do not say.
  struct Options: Sendable, Hashable {
    var continuingPrefix: [UInt8]
    var endSuffix: [UInt8]
    /// The symbol of the unknown token.
    var unknown: UInt32?
    var fusesUnknown: Bool
    var takesWholePretokens: Bool
    /// Characters without a token are known as such only when all merging is done (SentencePiece).
    var decidesUnknownLast: Bool
    /// No token holds U+2581 behind another character, so that text may be cut before each that
    /// follows one.
    var allowsWordCuts: Bool
  }
}

extension CharacterPairModel {
  package func byteJoins() -> ByteJoins? {
    // Unknown characters may become one token together; with a token for every byte none is unknown.
    guard options.allowsWordCuts, byteSymbols.count == 256, asciiSymbols.count == 256 else {
      return nil
    }
    for byte in 0..<256 where byteSymbols[byte] == Self.noSymbol { return nil }
    var joins = texts.byteJoins()
    if let userDefined { joins.formUnion(userDefined.texts.byteJoins()) }
    return joins
  }
}

/// Memory that encoding a pretoken needs, kept for the next one.
struct CharacterPairScratch {
  /// The symbols, and where each lies in the pretoken.
  var symbols: [UInt32] = []
  var places: [Range<Int>] = []
  /// What each symbol and the next one merge by, and when.
  var merges: [UInt64] = []
  var queue = MergeQueue()
  /// How each unused token was last seen to be made.
  var origins: [UInt32: Origin] = [:]
  /// Symbols of characters that were met, the symbol above the character's bytes. Scripts have few
  /// characters: looking for one here costs less than following its bytes (multilingual text).
  var knownSymbols = [UInt64](repeating: 0, count: knownCount)

  static let knownCount = 1 << 11

  struct Origin {
    var left: UInt32
    var right: UInt32
    /// The bytes of the left one.
    var leftCount: Int
  }

  /// Forgets the symbols, for another model.
  mutating func forget() {
    for index in knownSymbols.indices { knownSymbols[index] = 0 }
  }
}
