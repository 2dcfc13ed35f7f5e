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
  /// - Throws: an id without a token; bytes that are not UTF-8, if these are refused.
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

  /// The bytes of `ids`, one token behind another.
  public func decodeBytes(
    _ ids: some Sequence<TokenID>, keepsSpecialTokens: Bool = false
  ) throws(DecodingError) -> [UInt8] {
    try decodeBytes(Array(ids).span, keepsSpecialTokens: keepsSpecialTokens)
  }

  /// The bytes of `ids`, one token behind another.
  ///
  /// - Complexity: O(*n*) in the bytes of the result.
  public func decodeBytes(
    _ ids: Span<TokenID>, keepsSpecialTokens: Bool = false
  ) throws(DecodingError) -> [UInt8] {
    var count = 0
    for index in ids.indices { count += vocabulary.range(of: ids[index]).count }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    var isFirst = true
    for index in ids.indices {
      let id = ids[index]
      guard vocabulary.contains(id) else {
        throw DecodingError(
          reason: .unknownID, index: index, message: "no token has the id \(id), at place \(index)")
      }
      if !keepsSpecialTokens && isSpecial(id) { continue }
      append(id, isFirst: isFirst, to: &bytes)
      isFirst = false
    }
    return bytes
  }

  /// Appends what `id` decodes to behind other tokens.
  func append(_ id: TokenID, isFirst: Bool, to bytes: inout [UInt8]) {
    let token = vocabulary.bytes.span.extracting(vocabulary.range(of: id))
    switch pipeline.join {
    case .bytes, .byteLevel:
      bytes.append(contentsOf: token)
    case .spaced:
      if !isFirst { bytes.append(0x20) }
      if vocabulary.isSpelled(id) {
        ByteAlphabet.appendText(of: token, to: &bytes)
      } else {
        bytes.append(contentsOf: token)
      }
    }
  }
}
