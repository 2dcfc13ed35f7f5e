/// A token that is looked for in the text before it is normalised and split.
public struct AddedToken: Hashable, Sendable {
  public var content: String
  public var id: TokenID
  /// Never produced by text unless the caller asks for it, and left out by decoding by default.
  public var isSpecial: Bool
  /// Matches only where no letter, digit, mark or underscore touches it.
  public var isSingleWord: Bool
  /// Takes the white space on its left.
  public var stripsLeft: Bool
  /// Takes the white space on its right.
  public var stripsRight: Bool
  /// Is looked for in the normalised text, itself normalised; otherwise in the text as it came.
  public var isNormalized: Bool

  public init(
    _ content: String, id: TokenID, isSpecial: Bool = true, isSingleWord: Bool = false,
    stripsLeft: Bool = false, stripsRight: Bool = false, isNormalized: Bool = false
  ) {
    self.content = content
    self.id = id
    self.isSpecial = isSpecial
    self.isSingleWord = isSingleWord
    self.stripsLeft = stripsLeft
    self.stripsRight = stripsRight
    self.isNormalized = isNormalized
  }
}
