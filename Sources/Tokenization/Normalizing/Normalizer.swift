public import SplitPatterns
public import UnicodeText

/// What is changed in a text before it is split.
public indirect enum Normalizer: Hashable, Sendable {
  /// A normalisation form of the Unicode standard, with the tables that huggingface's library has.
  case form(NormalizationForm)
  /// Every character to lowercase by itself, so that a final sigma is as any other.
  case lowercase
  /// Takes out combining marks; those within a character, as in `é`, only behind `.form(.nfd)`.
  case stripAccents
  /// What BERT's models do.
  case bert(BertOptions)
  /// Takes white space from the ends of a text.
  case strip(left: Bool, right: Bool)
  /// Puts a string before every text that is not empty.
  case prepend(String)
  /// Puts a string in the place of every match.
  case replace(TextPattern, String)
  /// The rules of a SentencePiece model, applied as huggingface's library does.
  case precompiled(PrecompiledCharsmap)
  /// Takes out control characters and turns white space into spaces, as Google's NMT does.
  case nmt
  /// Every byte to its character of the byte alphabet.
  case byteLevel
  /// All that SentencePiece does to a text before its model sees it.
  case sentencePiece(SentencePieceNormalizer)
  /// One after another.
  case sequence([Normalizer])
}

extension Normalizer {
  /// What ``Normalizer/bert(_:)`` does, in this order.
  public struct BertOptions: Hashable, Sendable {
    /// Takes out control characters, U+0000 and U+FFFD, and turns white space into spaces.
    public var cleansText: Bool
    /// Puts spaces around ideographs.
    public var separatesIdeographs: Bool
    /// Decomposes characters and takes out their marks; as `lowercases` where it is nil.
    public var stripsAccents: Bool?
    /// Turns every character into lowercase.
    public var lowercases: Bool

    public init(
      cleansText: Bool = true, separatesIdeographs: Bool = true, stripsAccents: Bool? = nil,
      lowercases: Bool = true
    ) {
      self.cleansText = cleansText
      self.separatesIdeographs = separatesIdeographs
      self.stripsAccents = stripsAccents
      self.lowercases = lowercases
    }
  }
}

/// What is looked for in a text.
public enum TextPattern: Hashable, Sendable {
  /// These characters. No character at all stands at both ends of a text and between all of its
  /// characters.
  case literal(String)
  case pattern(SplitPattern)
}
