public import CTokTypes
internal import Tok
internal import Tokenization
internal import TokenizerTraining

/// Makes a tokenizer with fewer tokens: those that texts use most.
///
/// Ids are given anew, without holes, in the order of the old ones. Bytes, characters, special tokens and
/// what other tokens are merged from stay in any case.
///
/// @param uses        how much each id is wanted, as how often texts use it; 0 for ids that may go.
/// @param use_count   how many: tok_id_count().
/// @param token_count how many tokens there are at most, where so few can do; 0 for all with uses.
/// @param new_ids     room for `use_count` ids: the new one of each old one, TOK_NO_ID for those that are
///                    gone; or NULL.
/// @param smaller     the new tokenizer, to be freed with tok_tokenizer_free(); NULL on failure. The old one
///                    stays.
/// @param error       what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Since 0.1.
@c(tok_tokenizer_trim)
public func trimTokenizer(
  _ tokenizer: TokTokenizer?, _ uses: UnsafePointer<UInt64>?, _ useCount: Int,
  _ tokenCount: Int, _ newIDs: UnsafeMutablePointer<tok_id>?,
  _ smaller: UnsafeMutablePointer<TokTokenizer?>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe makeTokenizer(smaller, "smaller", error) { () throws(CallError) in
    let object = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self)
    let uses = try unsafe Memory.read(uses, count: useCount, "uses")
    guard uses.count == object.tokenizer.idCount else {
      throw CallError(.argument, "\(uses.count) uses for \(object.tokenizer.idCount) ids")
    }
    guard tokenCount >= 0 else { throw .argument("token_count", "is beyond the address space") }
    let room = try unsafe NewIDs(newIDs, useCount)
    let trimmed: TrimmedTokenizer
    do throws(VocabularyError) {
      trimmed =
        try tokenCount == 0
        ? object.source.trimmed { unsafe uses[Int($0)] > 0 }
        : object.source.trimmed(to: tokenCount, byUse: unsafe Array(uses))
    } catch { throw CallError(error) }
    room.set(trimmed.newIDs)
    return trimmed.source
  }
}

/// Makes a tokenizer without the merges that mostly join what belongs to different morphemes: BPE-knockout
/// (Bauwens and Delobelle 2024).
///
/// @param lexicon  a line for each word: the word, a tab, its morphemes with spaces between them, and
///                 perhaps a tab and how much it counts.
/// @param options  may be NULL.
/// @param new_ids  room for `id_count` ids: the new one of each old one, TOK_NO_ID for those that are
///                 gone; or NULL.
/// @param id_count tok_id_count().
/// @param smaller  the new tokenizer, to be freed with tok_tokenizer_free(); NULL on failure. The old one
///                 stays.
/// @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Returns TOK_OK; TOK_E_MALFORMED for a tokenizer whose tokens are not merged in one order. Since 0.1.
@c(tok_tokenizer_knock_out)
public func knockOutTokenizer(
  _ tokenizer: TokTokenizer?, _ lexicon: UnsafePointer<CChar>?, _ length: Int,
  _ options: UnsafePointer<tok_knockout_options>?, _ newIDs: UnsafeMutablePointer<tok_id>?,
  _ idCount: Int, _ smaller: UnsafeMutablePointer<TokTokenizer?>?,
  _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe makeTokenizer(smaller, "smaller", error) { () throws(CallError) in
    let object = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self)
    let bytes = try unsafe Memory.read(UnsafeRawPointer(lexicon), length, "lexicon")
    let options = try unsafe knockoutOptions(options)
    let room = try unsafe NewIDs(newIDs, idCount)
    guard unsafe newIDs == nil || idCount == object.tokenizer.idCount else {
      throw CallError(.argument, "room for \(idCount) of \(object.tokenizer.idCount) ids")
    }
    let result: KnockedOutTokenizer
    do throws(TrainingError) {
      let words = try MorphologicalLexicon(parsing: unsafe Array(bytes), place: "lexicon")
      result = try object.source.knockedOut(by: words, options)
    } catch { throw CallError(error) }
    room.set(result.newIDs)
    return result.source
  }
}

private func knockoutOptions(
  _ pointer: UnsafePointer<tok_knockout_options>?
) throws(CallError) -> KnockoutOptions {
  var result = KnockoutOptions()
  guard let options = try unsafe Memory.options(pointer, tok_knockout_options()) else {
    return result
  }
  guard unsafe options.rounds >= 0, unsafe options.min_vocab_size >= 0 else {
    throw .argument("options", "have a number below 0")
  }
  if unsafe options.threshold != 0 { result.threshold = unsafe options.threshold }
  if unsafe options.min_uses != 0 { result.minimumUses = unsafe options.min_uses }
  result.minimumVocabularySize = unsafe options.min_vocab_size
  if unsafe options.rounds != 0 { result.rounds = unsafe Int(options.rounds) }
  if let prefix = try unsafe Memory.text(options.prefix, "options.prefix") {
    result.prefix = prefix
  }
  return result
}

/// Where a caller wants to know the new id of each old one.
@safe
private struct NewIDs {
  private let room: UnsafeMutableBufferPointer<TokenID>?

  init(_ ids: UnsafeMutablePointer<TokenID>?, _ count: Int) throws(CallError) {
    unsafe room = try ids.map { (ids) throws(CallError) in
      try unsafe Memory.room(ids, count, "new_ids")
    }
  }

  func set(_ ids: [TokenID?]) {
    guard let room = unsafe room else { return }
    for index in 0..<room.count {
      unsafe room[index] = index < ids.count ? ids[index] ?? .max : .max
    }
  }
}
