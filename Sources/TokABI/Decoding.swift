public import CTokTypes
internal import Tokenization

/// What to do with bytes that are not UTF-8 when ids are decoded.
@c(tok_invalid_utf8)
public enum InvalidUTF8: Int32, Sendable {
  /// Each ill-formed sequence becomes U+FFFD.
  case repair = 0
  /// They are an error, TOK_E_INVALID_UTF8.
  case refuse = 1
  /// They are written as they are.
  case keep = 2
}

/// Decodes ids to UTF-8.
///
/// Writes the first `capacity` bytes, without a NUL behind them, and sets `*length` to how many there
/// are in all.
///
/// @param special       whether special tokens are written, too; the originals leave them out.
/// @param invalid_utf8  a TOK_INVALID_UTF8: ids cut from a longer list may end inside a character.
///
/// Threads: `tokenizer` may be shared. Returns TOK_OK; TOK_E_UNKNOWN_ID for an id without a token;
/// TOK_E_CAPACITY if bytes were left out. Since 0.1.
@c(tok_decode)
public func decode(
  _ tokenizer: TokTokenizer?, _ ids: UnsafePointer<tok_id>?, _ count: Int, _ special: Bool,
  _ invalidUTF8: Int32, _ text: UnsafeMutablePointer<CChar>?, _ capacity: Int,
  _ length: UnsafeMutablePointer<Int>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let owner = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self)
    let length = try unsafe Memory.place(length, "length")
    unsafe length.pointee = 0
    let ids = try unsafe Memory.read(ids, count: count, "ids")
    guard let treatment = InvalidUTF8(rawValue: invalidUTF8) else {
      throw .argument("invalid_utf8", "is none of TOK_INVALID_UTF8")
    }
    let room = try unsafe Memory.room(text, capacity, "text")
    let decoded = try unsafe bytes(of: ids, by: owner, special, treatment)
    try unsafe write(decoded.span, to: room, length)
  }
}

private func bytes(
  of ids: UnsafeBufferPointer<UInt32>, by owner: TokenizerObject, _ keepsSpecialTokens: Bool,
  _ treatment: InvalidUTF8
) throws(CallError) -> [UInt8] {
  do throws(DecodingError) {
    if treatment == .keep {
      return try unsafe owner.tokenizer.decodeBytes(
        ids.span, keepsSpecialTokens: keepsSpecialTokens)
    }
    let text = try unsafe owner.tokenizer.decode(
      ids, keepsSpecialTokens: keepsSpecialTokens,
      invalidUTF8: treatment == .refuse ? .refuse : .repair)
    return Array(text.utf8)
  } catch { throw CallError(error) }
}

/// Copies a text to the caller.
func write(
  _ bytes: Span<UInt8>, to room: UnsafeMutableBufferPointer<CChar>,
  _ length: UnsafeMutablePointer<Int>
) throws(CallError) {
  unsafe length.pointee = bytes.count
  for index in 0..<min(bytes.count, room.count) {
    unsafe room[index] = CChar(bitPattern: bytes[index])
  }
  if bytes.count > room.count { throw .tooSmall(bytes.count, room.count) }
}
