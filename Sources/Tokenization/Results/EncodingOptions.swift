/// How texts are encoded.
///
/// Files may ask for lengths, too. That is not done unless these options say so:
///
///     var options = EncodingOptions()
///     options.truncation = tokenizer.pipeline.truncation
///     options.padding = tokenizer.pipeline.padding
public struct EncodingOptions: Hashable, Sendable {
  /// What text that spells a special token becomes.
  public var specialTokens: SpecialTokens
  /// Puts the file's template around, as `[CLS]` and `[SEP]`.
  public var addsTemplate: Bool
  /// Cuts what is too long; nil leaves all lengths.
  public var truncation: Truncation?
  /// Keeps what truncation cuts away, as ``EncodedText/overflow``.
  public var keepsOverflow: Bool
  /// Fills what is too short; nil leaves all lengths.
  public var padding: Padding?
  /// Finds ranges and words. Without, encoding is faster, and both are empty.
  public var findsRanges: Bool
  /// Leaves white space at tokens' ends out of their ranges, where the file's post-processor asks for
  /// it (`trim_offsets`). Otherwise ranges are those of the tokens' bytes.
  public var trimsRanges: Bool

  public init(
    specialTokens: SpecialTokens = .asPlainText, addsTemplate: Bool = true,
    truncation: Truncation? = nil, keepsOverflow: Bool = false, padding: Padding? = nil,
    findsRanges: Bool = true, trimsRanges: Bool = false
  ) {
    self.specialTokens = specialTokens
    self.addsTemplate = addsTemplate
    self.truncation = truncation
    self.keepsOverflow = keepsOverflow
    self.padding = padding
    self.findsRanges = findsRanges
    self.trimsRanges = trimsRanges
  }
}
