internal import UnicodeText

/// Decodes ids as they come and never hands out a part of a character.
///
///     var decoder = StreamingDecoder(tokenizer)
///     for id in generated { print(try decoder.append(id), terminator: "") }
///     print(try decoder.finish())
///
/// All that it returned, put together, is what `decode` gives for all ids at once. So it keeps what
/// later ids can still change, and no more: of tokens that are bytes, as in most vocabularies, at
/// most three bytes. Byte tokens of other vocabularies, as `<0xF0>`, are kept as long as no other
/// token comes, since one that is not UTF-8 makes all in a row unreadable. A few decoders need all of
/// the text: a pattern replaced in it once the tokens are one text.
///
/// - Complexity: O(*b*) a token in its bytes, times the decoders.
public struct StreamingDecoder: Sendable {
  private let tokenizer: Tokenizer
  private let keepsSpecialTokens: Bool
  private var run: DecodingRun?
  private var pending: [UInt8] = []
  private var count = 0

  public init(_ tokenizer: Tokenizer, keepsSpecialTokens: Bool = false) {
    self.tokenizer = tokenizer
    self.keepsSpecialTokens = keepsSpecialTokens
    run = Self.run(tokenizer)
  }

  private static func run(_ tokenizer: Tokenizer) -> DecodingRun? {
    tokenizer.decoding.joinsBytes ? nil : DecodingRun(tokenizer.decoding)
  }

  /// The text that `id` completes; empty while a character is not whole.
  ///
  /// - Throws: an id without a token, what came before stays; a text that is too hard for a pattern of
  ///   the decoder, behind which nothing may be appended.
  public mutating func append(_ id: TokenID) throws(DecodingError) -> String {
    guard tokenizer.vocabulary.contains(id) else { throw .unknownID(id, at: count) }
    count += 1
    if !keepsSpecialTokens && tokenizer.isSpecial(id) { return "" }
    // A copy of its own, so that what changes below is not read through it.
    let vocabulary = tokenizer.vocabulary
    if run == nil {
      pending.append(contentsOf: vocabulary.bytes.span.extracting(vocabulary.range(of: id)))
    } else {
      try run?.append(id, of: vocabulary, atOnce: true, to: &pending)
    }
    let whole = pending.count - incompleteSuffixCount(of: pending.span)
    let text = String(decoding: pending[..<whole], as: UTF8.self)
    pending.removeFirst(whole)
    return text
  }

  /// What was kept, repaired; the decoder is then as new.
  ///
  /// - Throws: a text that is too hard for a pattern of the decoder.
  public mutating func finish() throws(DecodingError) -> String {
    defer {
      run = Self.run(tokenizer)
      pending = []
      count = 0
    }
    try run?.finish(to: &pending)
    return String(decoding: pending, as: UTF8.self)
  }
}
