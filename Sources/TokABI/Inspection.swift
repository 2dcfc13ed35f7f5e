internal import Tok
internal import Tokenization

/// Says what a tokenizer does, as JSON: the model, how a text is normalised, split and decoded in the words
/// of tokenizer.json, what the vocabulary is made of, and which of its tokens no text becomes.
///
/// @param name   what the member `vocabulary` says, NUL-terminated; NULL for nothing.
/// @param json   an object, to be freed with tok_bytes_free(); NULL on failure.
/// @param error  what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// It looks at every token: 0.1 to 1 s. Since 0.1.
@c(tok_inspect)
public func inspect(
  _ tokenizer: TokTokenizer?, _ name: UnsafePointer<CChar>?,
  _ json: UnsafeMutablePointer<TokBytes?>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let place = try unsafe Memory.place(json, "json")
    unsafe place.pointee = nil
    let tokenizer = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self).tokenizer
    let name = try unsafe Memory.text(name, "name") ?? ""
    unsafe place.pointee = try newHandle(BytesObject(tokenizer.inspection(named: name)))
  }
}

/// The vocabularies that tok_tokenizer_load_name() finds, as JSON: an array of objects with `name` and
/// `path`; the one that is part of the library has no path.
///
/// @param json   to be freed with tok_bytes_free(); NULL on failure.
///
/// Since 0.1.
@c(tok_vocabularies)
public func vocabularies(
  _ json: UnsafeMutablePointer<TokBytes?>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let place = try unsafe Memory.place(json, "json")
    unsafe place.pointee = nil
    unsafe place.pointee = try newHandle(BytesObject(Catalog.json()))
  }
}
