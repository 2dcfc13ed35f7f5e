internal import UnicodeText

extension Tokenizer {
  /// What to do with bytes that are not UTF-8 when a `String` is wanted.
  public enum InvalidUTF8: Hashable, Sendable {
    /// Each ill-formed sequence becomes U+FFFD.
    case repair
    /// They are an error.
    case refuse
  }

  /// The text of `ids`.
  ///
  /// - Parameters:
  ///   - keepsSpecialTokens: special tokens are left out unless this is true, as the originals do.
  ///   - invalidUTF8: ids that were cut from a longer list may end inside a character.
  /// - Throws: an id without a token; bytes that are not UTF-8, if these are refused; a text that is
  ///   too hard for a pattern of the decoder.
  public func decode(
    _ ids: some Sequence<TokenID>, keepsSpecialTokens: Bool = false,
    invalidUTF8: InvalidUTF8 = .repair
  ) throws(DecodingError) -> String {
    let bytes = try decodeBytes(ids, keepsSpecialTokens: keepsSpecialTokens)
    if invalidUTF8 == .refuse, let place = firstInvalidByte(in: bytes.span) {
      throw DecodingError(
        reason: .invalidUTF8, index: place,
        message: "byte \(place) of the decoded text is not UTF-8")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text of `ids` in UTF-8. Where the tokens' bytes are the text, it may end inside a character.
  public func decodeBytes(
    _ ids: some Sequence<TokenID>, keepsSpecialTokens: Bool = false
  ) throws(DecodingError) -> [UInt8] {
    try decodeBytes(Array(ids).span, keepsSpecialTokens: keepsSpecialTokens)
  }

  /// The text of `ids` in UTF-8. Where the tokens' bytes are the text, it may end inside a character.
  ///
  /// - Complexity: O(*n*) in the bytes of the tokens and of the result, times the decoders.
  public func decodeBytes(
    _ ids: Span<TokenID>, keepsSpecialTokens: Bool = false
  ) throws(DecodingError) -> [UInt8] {
    if decoding.joinsBytes {
      return try joinBytes(of: ids, keepsSpecialTokens: keepsSpecialTokens)
    }
    var run = DecodingRun(decoding)
    var bytes: [UInt8] = []
    for index in ids.indices {
      let id = ids[index]
      guard vocabulary.contains(id) else { throw .unknownID(id, at: index) }
      if !keepsSpecialTokens && isSpecial(id) { continue }
      try run.append(id, of: vocabulary, atOnce: false, to: &bytes)
    }
    try run.finish(to: &bytes)
    return bytes
  }

  private func joinBytes(
    of ids: Span<TokenID>, keepsSpecialTokens: Bool
  ) throws(DecodingError) -> [UInt8] {
    var count = 0
    for index in ids.indices { count += vocabulary.range(of: ids[index]).count }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for index in ids.indices {
      let id = ids[index]
      guard vocabulary.contains(id) else { throw .unknownID(id, at: index) }
      if !keepsSpecialTokens && isSpecial(id) { continue }
      bytes.append(contentsOf: vocabulary.bytes.span.extracting(vocabulary.range(of: id)))
    }
    return bytes
  }
}
