/// Two texts encoded as one input, as a question and its passage.
public struct EncodedPair: Hashable, Sendable {
  /// The ids of both with what the template puts around and between them.
  public var tokens: [Token]
  /// The type of each token, as the template gives it: mostly 0 for the first text and 1 for the second.
  public var typeIDs: [Int]
  /// Which text each token is of, 0 or 1; nil for those of the template. Ranges are of that text.
  public var texts: [Int?]

  public var ids: [TokenID] { tokens.map(\.id) }
}

extension Tokenizer {
  /// Encodes two texts and puts them together as the template for pairs says; without a template, one
  /// behind the other.
  ///
  /// - Throws: as ``encode(_:specialTokens:addsTemplate:)``; `unsupported` for a template that has no
  ///   place for a second text.
  /// - Complexity: that of encoding both.
  public func encode(
    pair first: String, _ second: String, specialTokens: SpecialTokens = .asPlainText,
    addsTemplate: Bool = true
  ) throws(EncodingError) -> EncodedPair {
    guard let form = template.form(isPair: true, addsSpecialTokens: addsTemplate) else {
      throw EncodingError(.unsupported, "the template has no place for a second text", range: 0..<0)
    }
    let assembled = form.assemble(
      try tokenize(first, specialTokens: specialTokens, addsTemplate: false),
      try tokenize(second, specialTokens: specialTokens, addsTemplate: false))
    return EncodedPair(
      tokens: assembled.tokens, typeIDs: assembled.typeIDs, texts: assembled.sequences)
  }
}
