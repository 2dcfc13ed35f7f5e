/// What a SentencePiece model says of decoding.
public struct SentencePieceDecoder: Hashable, Sendable {
  /// The text of the unknown token, and what is written for it.
  public var unknown: String
  public var unknownSurface: String
  /// The normalizer put a space in front or took some away, so that the text begins without one.
  public var dropsFirstSpace: Bool
  /// The text begins with no space at all.
  public var dropsAllFirstSpaces: Bool
  /// Tokens `<0x00>` to `<0xFF>` are bytes.
  public var hasBytes: Bool
  /// `denormalizer_spec`: what becomes of the whole text at last.
  public var denormalizer: SentencePieceNormalizer?

  public init(
    unknown: String, unknownSurface: String, dropsFirstSpace: Bool, dropsAllFirstSpaces: Bool,
    hasBytes: Bool, denormalizer: SentencePieceNormalizer? = nil
  ) {
    self.unknown = unknown
    self.unknownSurface = unknownSurface
    self.dropsFirstSpace = dropsFirstSpace
    self.dropsAllFirstSpaces = dropsAllFirstSpaces
    self.hasBytes = hasBytes
    self.denormalizer = denormalizer
  }
}
