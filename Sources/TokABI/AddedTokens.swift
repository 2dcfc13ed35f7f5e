public import CTokTypes
internal import Tok
internal import Tokenization

/// How many added tokens a tokenizer has; 0 for no tokenizer. Since 0.1.
@c(tok_added_token_count)
public func addedTokenCount(_ tokenizer: TokTokenizer?) -> Int {
  unsafe HandleTable.object(tokenizer, as: TokenizerObject.self)?.tokenizer.pipeline.addedTokens
    .count ?? 0
}

/// Shows an added token, 0 being the first one.
///
/// @param token  is filled; its text stays until the tokenizer is freed.
///
/// Returns TOK_OK; TOK_E_ARGUMENT for one that there is not. Since 0.1.
@c(tok_added_token_at)
public func addedTokenAt(
  _ tokenizer: TokTokenizer?, _ index: Int, _ token: UnsafeMutablePointer<tok_added_token>?
) -> Status {
  answer(nil) { () throws(CallError) in
    let object = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self)
    let place = try unsafe Memory.place(token, "token")
    let tokens = object.tokenizer.pipeline.addedTokens
    guard tokens.indices.contains(index) else {
      throw .argument("index", "is none of the added tokens")
    }
    let token = tokens[index]
    unsafe place.pointee = tok_added_token(
      text: object.addedTexts[index].start, length: token.content.utf8.count, id: token.id,
      special: token.isSpecial ? 1 : 0, single_word: token.isSingleWord ? 1 : 0,
      strips_left: token.stripsLeft ? 1 : 0, strips_right: token.stripsRight ? 1 : 0,
      normalized: token.isNormalized ? 1 : 0)
  }
}

/// Makes a tokenizer with more added tokens. All ids there were stay as they are.
///
/// @param tokens  `count` tokens; an id of TOK_NO_ID is chosen as its comment says.
/// @param larger  the new tokenizer, to be freed with tok_tokenizer_free(); NULL on failure. The old one
///                stays and may be freed before it.
/// @param error   what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Returns TOK_OK; TOK_E_MALFORMED for an id whose token has another text. Since 0.1.
@c(tok_tokenizer_add_tokens)
public func addTokens(
  _ tokenizer: TokTokenizer?, _ tokens: UnsafePointer<tok_added_token>?, _ count: Int,
  _ larger: UnsafeMutablePointer<TokTokenizer?>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe makeTokenizer(larger, "larger", error) { () throws(CallError) in
    let object = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self)
    let given = try unsafe Memory.read(tokens, count: count, "tokens")
    var added: [AddedToken] = []
    // Ids behind the greatest are given out in the order of the tokens.
    var next = TokenID(object.tokenizer.idCount)
    for index in 0..<given.count {
      let token = unsafe given[index]
      let text = try unsafe Memory.read(UnsafeRawPointer(token.text), token.length, "tokens")
      guard let content = unsafe String(validating: text, as: UTF8.self) else {
        throw CallError(.invalidUTF8, "a token's text is not UTF-8", place: "tokens[\(index)]")
      }
      var id = unsafe token.id
      if id == UInt32.max {
        let same = added.first { $0.content.utf8.elementsEqual(content.utf8) }
        id = same?.id ?? object.tokenizer.id(of: content) ?? next
      }
      if id >= next { next = id == .max ? id : id + 1 }
      unsafe added.append(
        AddedToken(
          content, id: id, isSpecial: token.special != 0, isSingleWord: token.single_word != 0,
          stripsLeft: token.strips_left != 0, stripsRight: token.strips_right != 0,
          isNormalized: token.normalized != 0))
    }
    do throws(VocabularyError) {
      return try object.source.adding(added)
    } catch { throw CallError(error) }
  }
}
