/// What a file says of a byte-pair model over characters: SentencePiece's, those with byte fallback,
/// and those that mark the beginning or end of a word (GPT-1, CLIP).
package struct CharacterPairDefinition: Sendable, Hashable {
  package enum Merges: Sendable, Hashable {
    /// The merges of the file, in order of rank. Where a pair stands twice the later rank holds.
    case listed([BytePairDefinition.Merge])
    /// Any two neighbours whose text together is a token merge to it, greater scores first: one for
    /// each of the tokens. (Kudo and Richardson, "SentencePiece", 2018.)
    case byScore([Float])
  }

  /// The tokens' text, in the order of the file, all different.
  package var tokens: ByteStrings
  /// The id of each of `tokens`; any order, holes allowed, none twice.
  package var ids: [TokenID]
  package var merges: Merges
  /// The indices of tokens that no text makes: control tokens of SentencePiece, unknown, bytes.
  package var unmatched: [Int]
  /// The indices of tokens that are found before anything merges, the longest first, and stay.
  package var userDefined: [Int]
  /// The indices of tokens that merging makes and that do not stay: in the end each is what it was
  /// made of, a single character unknown (unused tokens of SentencePiece).
  package var unused: [Int]
  /// Stands before every character of a word but the first.
  package var continuingPrefix: [UInt8]
  /// Stands behind the last character of a word.
  package var endSuffix: [UInt8]
  /// The tokens `<0x00>` to `<0xFF>` for a character without a token, where there are all it needs.
  package var fallsBackToBytes: Bool
  /// Stands for a character that has no token; without it such characters are left out.
  package var unknown: TokenID?
  /// Several unknown characters in a row become one unknown token.
  package var fusesUnknown: Bool
  /// A pretoken that is a token becomes that token, whatever the merges say.
  package var takesWholePretokens: Bool

  package init(
    tokens: ByteStrings, ids: [TokenID], merges: Merges, unmatched: [Int] = [],
    userDefined: [Int] = [], unused: [Int] = [], continuingPrefix: [UInt8] = [],
    endSuffix: [UInt8] = [],
    fallsBackToBytes: Bool = false, unknown: TokenID? = nil, fusesUnknown: Bool = false,
    takesWholePretokens: Bool = false
  ) {
    self.tokens = tokens
    self.ids = ids
    self.merges = merges
    self.unmatched = unmatched
    self.userDefined = userDefined
    self.unused = unused
    self.continuingPrefix = continuingPrefix
    self.endSuffix = endSuffix
    self.fallsBackToBytes = fallsBackToBytes
    self.unknown = unknown
    self.fusesUnknown = fusesUnknown
    self.takesWholePretokens = takesWholePretokens
  }

  /// The token that stands for a byte, as files spell it.
  package static func nameOfByte(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return Array("<0x".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)], UInt8(ascii: ">")]
  }
}
