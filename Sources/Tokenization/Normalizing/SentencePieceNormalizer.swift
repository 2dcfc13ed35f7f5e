/// What a SentencePiece model says of normalizing: its `normalizer_spec`, and what else takes part.
public struct SentencePieceNormalizer: Hashable, Sendable {
  /// `precompiled_charsmap`; nil where characters stay as they are.
  public var charsmap: PrecompiledCharsmap?
  /// `add_dummy_prefix`: a space before the text, or behind it.
  public var addsDummySpace: Bool
  /// `remove_extra_whitespaces`: no spaces at the ends, and one instead of several.
  public var removesExtraSpaces: Bool
  /// `escape_whitespaces`: spaces become `▁`, U+2581.
  public var escapesSpaces: Bool
  /// `treat_whitespace_as_suffix` of the trainer: the space that is added stands behind the text.
  public var addsSpaceBehind: Bool
  /// Symbols of the user, which stay as they are.
  public var userSymbols: [String]

  public init(
    charsmap: PrecompiledCharsmap? = nil, addsDummySpace: Bool = true,
    removesExtraSpaces: Bool = true, escapesSpaces: Bool = true, addsSpaceBehind: Bool = false,
    userSymbols: [String] = []
  ) {
    self.charsmap = charsmap
    self.addsDummySpace = addsDummySpace
    self.removesExtraSpaces = removesExtraSpaces
    self.escapesSpaces = escapesSpaces
    self.addsSpaceBehind = addsSpaceBehind
    self.userSymbols = userSymbols
  }
}
