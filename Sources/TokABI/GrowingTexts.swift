public import CTokTypes
internal import Tokenization

/// The encoding of a text that grows at its end, as a chat does. One thread uses it at a time.
public typealias TokGrowingText = OpaquePointer

final class GrowingTextObject: ExclusiveObject, HandleObject {
  static var kind: HandleKind { .growingText }
  var encoding: AppendableEncoding

  init(_ encoding: AppendableEncoding) { self.encoding = encoding }
}

/// Makes the encoding of the empty text, to which text is appended.
///
/// @param options  may be NULL.
/// @param growing  the new encoding, to be freed with tok_growing_text_free(); NULL on failure. The
///                 tokenizer may be freed before it.
/// @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Returns TOK_OK; TOK_E_UNSUPPORTED for a tokenizer that may need all of a text. Since 0.1.
@c(tok_growing_text_create)
public func createGrowingText(
  _ tokenizer: TokTokenizer?, _ options: UnsafePointer<tok_encode_options>?,
  _ growing: UnsafeMutablePointer<TokGrowingText?>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let place = try unsafe Memory.place(growing, "growing")
    unsafe place.pointee = nil
    let tokenizer = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self).tokenizer
    let options = try unsafe EncodeOptions(options)
    let made: AppendableEncoding
    do throws(StreamingError) {
      made = try AppendableEncoding(
        tokenizer, specialTokens: options.specialTokens, addsTemplate: options.addsTemplate)
    } catch { throw CallError(error) }
    unsafe place.pointee = try newHandle(GrowingTextObject(made))
  }
}

/// Appends text, which costs about what encoding it alone costs.
///
/// @param kept     how many ids at the front are as they were before; all behind them are new. May be NULL.
/// @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// All is as it was before on failure. Since 0.1.
@c(tok_growing_text_append)
public func appendToGrowingText(
  _ growing: TokGrowingText?, _ text: UnsafePointer<CChar>?, _ length: Int,
  _ kept: UnsafeMutablePointer<Int>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let object = try unsafe object(growing, "growing", as: GrowingTextObject.self)
    let bytes = try unsafe Memory.read(UnsafeRawPointer(text), length, "text")
    let kept = unsafe try kept.map { (kept) throws(CallError) in
      try unsafe Memory.place(kept, "kept")
    }
    try object.use { () throws(CallError) in
      do throws(EncodingError) {
        let change = try unsafe object.encoding.append(bytes.span)
        if let kept = unsafe kept { unsafe kept.pointee = change.keptCount }
      } catch { throw CallError(error) }
    }
  }
}

/// Copies ids of the whole text so far.
///
/// Writes the ids from `start` on, at most `capacity`, and sets `*count` to how many there are from `start`
/// on.
///
/// Returns TOK_OK; TOK_E_CAPACITY if ids were left out. Since 0.1.
@c(tok_growing_text_ids)
public func growingTextIDs(
  _ growing: TokGrowingText?, _ start: Int, _ ids: UnsafeMutablePointer<tok_id>?,
  _ capacity: Int, _ count: UnsafeMutablePointer<Int>?
) -> Status {
  answer(nil) { () throws(CallError) in
    let object = try unsafe object(growing, "growing", as: GrowingTextObject.self)
    let room = try unsafe Memory.room(ids, capacity, "ids")
    let count = try unsafe Memory.place(count, "count")
    unsafe count.pointee = 0
    try object.use { () throws(CallError) in
      guard start >= 0, start <= object.encoding.ids.count else {
        throw .argument("start", "is beyond the ids")
      }
      let wanted = object.encoding.ids[start...]
      try unsafe write(wanted, to: room, count)
    }
  }
}

/// Frees the encoding of a growing text; NULL is left alone. Returns TOK_E_HANDLE for what is none. Since
/// 0.1.
@c(tok_growing_text_free)
public func freeGrowingText(_ growing: TokGrowingText?) -> Status {
  unsafe free(growing, as: GrowingTextObject.self)
}
