public import CTokTypes
internal import Tok
internal import Tokenization

/// One more than the greatest id of a tokenizer, the number of rows an embedding needs; 0 for none. Ids
/// below it may have no token. Since 0.1.
@c(tok_id_count)
public func idCount(_ tokenizer: TokTokenizer?) -> Int {
  guard let owner = unsafe HandleTable.object(tokenizer, as: TokenizerObject.self) else { return 0 }
  return owner.tokenizer.idCount
}

/// The number of tokens, added ones included; 0 for no tokenizer. Since 0.1.
@c(tok_token_count)
public func tokenCount(_ tokenizer: TokTokenizer?) -> Int {
  guard let owner = unsafe HandleTable.object(tokenizer, as: TokenizerObject.self) else { return 0 }
  return owner.tokenizer.tokenCount
}

/// Whether a tokenizer has a token with this id. Since 0.1.
@c(tok_has_id)
public func hasID(_ tokenizer: TokTokenizer?, _ id: tok_id) -> Bool {
  guard let owner = unsafe HandleTable.object(tokenizer, as: TokenizerObject.self) else {
    return false
  }
  return owner.tokenizer.contains(id)
}

/// Whether an id is that of a special token. Since 0.1.
@c(tok_is_special)
public func isSpecial(_ tokenizer: TokTokenizer?, _ id: tok_id) -> Bool {
  guard let owner = unsafe HandleTable.object(tokenizer, as: TokenizerObject.self) else {
    return false
  }
  return owner.tokenizer.isSpecial(id)
}

/// The id of the token whose bytes are `text`, an added token first.
///
/// Returns TOK_OK; TOK_E_UNKNOWN_ID where there is no such token. Since 0.1.
@c(tok_id_of)
public func idOf(
  _ tokenizer: TokTokenizer?, _ text: UnsafePointer<CChar>?, _ length: Int,
  _ id: UnsafeMutablePointer<tok_id>?
) -> Status {
  answer(nil) { () throws(CallError) in
    let owner = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self)
    let place = try unsafe Memory.place(id, "id")
    let bytes = try unsafe Memory.read(UnsafeRawPointer(text), length, "text")
    let added = owner.tokenizer.pipeline.addedTokens.last { token in
      unsafe Array(token.content.utf8).elementsEqual(bytes)
    }
    guard let found = unsafe added?.id ?? owner.tokenizer.id(of: bytes.span) else {
      throw CallError(.unknownID, "no token has that text")
    }
    unsafe place.pointee = found
  }
}

/// The bytes that decoding gives for an id.
///
/// Writes the first `capacity` bytes and sets `*length` to how many there are in all. They may be a part
/// of a character. Returns TOK_OK, TOK_E_UNKNOWN_ID or TOK_E_CAPACITY. Since 0.1.
@c(tok_bytes_of)
public func bytesOf(
  _ tokenizer: TokTokenizer?, _ id: tok_id, _ bytes: UnsafeMutablePointer<CChar>?,
  _ capacity: Int, _ length: UnsafeMutablePointer<Int>?
) -> Status {
  answer(nil) { () throws(CallError) in
    let owner = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self)
    let length = try unsafe Memory.place(length, "length")
    unsafe length.pointee = 0
    let room = try unsafe Memory.room(bytes, capacity, "bytes")
    guard let found = owner.tokenizer.bytes(of: id) else {
      throw CallError(.unknownID, "no token has the id \(id)")
    }
    try unsafe write(found.span, to: room, length)
  }
}

/// The part that a token plays in a model.
@c(tok_role)
public enum Role: Int32, Sendable {
  case beginning = 0
  case end = 1
  case unknown = 2
  case padding = 3
}

/// The id of the token that plays a part, where the vocabulary's files say so.
///
/// @param role  a TOK_ROLE.
///
/// Returns TOK_OK; TOK_E_UNKNOWN_ID where there is none. Since 0.1.
@c(tok_id_of_role)
public func idOfRole(
  _ tokenizer: TokTokenizer?, _ role: Int32, _ id: UnsafeMutablePointer<tok_id>?
) -> Status {
  answer(nil) { () throws(CallError) in
    let roles = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self).tokenizer
      .pipeline.roles
    let place = try unsafe Memory.place(id, "id")
    let found: TokenID? =
      switch Role(rawValue: role) {
      case .beginning: roles.beginning
      case .end: roles.end
      case .unknown: roles.unknown
      case .padding: roles.padding
      case nil: throw .argument("role", "is none of TOK_ROLE")
      }
    guard let found else { throw CallError(.unknownID, "no token plays that part") }
    unsafe place.pointee = found
  }
}
