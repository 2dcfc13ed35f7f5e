public import CTokTypes
internal import Tokenization

/// Encodes a text that comes in parts. One thread uses it at a time.
public typealias TokEncoder = OpaquePointer

/// Decodes ids as they come. One thread uses it at a time.
public typealias TokDecoder = OpaquePointer

final class EncoderObject: ExclusiveObject, HandleObject {
  static var kind: HandleKind { .encoder }
  var encoder: StreamingEncoder
  /// Ids that are settled; the first ones were fetched.
  var ids: [TokenID] = []
  var fetchedCount = 0

  init(_ encoder: StreamingEncoder) { self.encoder = encoder }

  /// - Complexity: O(*n*) in the ids fetched, taken over all calls.
  func fetch(into room: UnsafeMutableBufferPointer<TokenID>) -> Int {
    let count = min(ids.count - fetchedCount, room.count)
    for index in 0..<count { unsafe room[index] = ids[fetchedCount + index] }
    fetchedCount += count
    if fetchedCount * 2 >= ids.count {
      ids.removeFirst(fetchedCount)
      fetchedCount = 0
    }
    return count
  }
}

final class DecoderObject: ExclusiveObject, HandleObject {
  static var kind: HandleKind { .decoder }
  var decoder: StreamingDecoder
  /// Text that had no room.
  var text: [UInt8] = []

  init(_ decoder: StreamingDecoder) { self.decoder = decoder }
}

// MARK: - Encoding

/// Makes an encoder of a text that comes in parts.
///
/// @param options  may be NULL.
/// @param encoder  the new encoder, to be freed with tok_encoder_free(); NULL on failure. The tokenizer
///                 may be freed before it.
///
/// Returns TOK_OK; TOK_E_UNSUPPORTED for a tokenizer that may need all of a text. Since 0.1.
@c(tok_encoder_create)
public func createEncoder(
  _ tokenizer: TokTokenizer?, _ options: UnsafePointer<tok_encode_options>?,
  _ encoder: UnsafeMutablePointer<TokEncoder?>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let place = try unsafe Memory.place(encoder, "encoder")
    unsafe place.pointee = nil
    let tokenizer = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self).tokenizer
    let options = try unsafe EncodeOptions(options)
    let made: StreamingEncoder
    do throws(StreamingError) {
      made = try tokenizer.streamingEncoder(
        specialTokens: options.specialTokens, addsTemplate: options.addsTemplate)
    } catch { throw CallError(error) }
    unsafe place.pointee = try newHandle(EncoderObject(made))
  }
}

/// Takes the next part of the text, which may end within a character.
///
/// Ids that nothing behind can change are then there to be fetched with tok_encoder_fetch(). All ids
/// together are those of the whole text, however it is cut. Since 0.1.
@c(tok_encoder_append)
public func appendToEncoder(
  _ encoder: TokEncoder?, _ text: UnsafePointer<CChar>?, _ length: Int,
  _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let object = try unsafe object(encoder, "encoder", as: EncoderObject.self)
    let bytes = try unsafe Memory.read(UnsafeRawPointer(text), length, "text")
    try object.use { () throws(CallError) in
      do throws(EncodingError) {
        try unsafe object.encoder.append(bytes.span, into: &object.ids)
      } catch { throw CallError(error) }
    }
  }
}

/// Ends the text: the rest of its ids is there to be fetched. The encoder is then as new. Since 0.1.
@c(tok_encoder_finish)
public func finishEncoder(
  _ encoder: TokEncoder?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let object = try unsafe object(encoder, "encoder", as: EncoderObject.self)
    try object.use { () throws(CallError) in
      do throws(EncodingError) {
        try object.encoder.finish(into: &object.ids)
      } catch { throw CallError(error) }
    }
  }
}

/// Fetches ids, up to `capacity`, and sets `*count` to how many were written and `*left` to how many
/// more there are now; `left` may be NULL. Since 0.1.
@c(tok_encoder_fetch)
public func fetchFromEncoder(
  _ encoder: TokEncoder?, _ ids: UnsafeMutablePointer<tok_id>?, _ capacity: Int,
  _ count: UnsafeMutablePointer<Int>?, _ left: UnsafeMutablePointer<Int>?
) -> Status {
  answer(nil) { () throws(CallError) in
    let object = try unsafe object(encoder, "encoder", as: EncoderObject.self)
    let room = try unsafe Memory.room(ids, capacity, "ids")
    let count = try unsafe Memory.place(count, "count")
    let left = unsafe try left.map { (left) throws(CallError) in
      try unsafe Memory.place(left, "left")
    }
    try object.use { () throws(CallError) in
      let fetched = unsafe object.fetch(into: room)
      unsafe count.pointee = fetched
      if let left = unsafe left { unsafe left.pointee = object.ids.count - object.fetchedCount }
    }
  }
}

/// Frees an encoder; NULL is left alone. Returns TOK_E_HANDLE for what is none. Since 0.1.
@c(tok_encoder_free)
public func freeEncoder(_ encoder: TokEncoder?) -> Status {
  unsafe free(encoder, as: EncoderObject.self)
}

// MARK: - Decoding

/// Makes a decoder of ids that come one after another.
///
/// @param special  whether special tokens are written, too.
/// @param decoder  the new decoder, to be freed with tok_decoder_free(); NULL on failure. The tokenizer
///                 may be freed before it.
///
/// Since 0.1.
@c(tok_decoder_create)
public func createDecoder(
  _ tokenizer: TokTokenizer?, _ special: Bool, _ decoder: UnsafeMutablePointer<TokDecoder?>?
) -> Status {
  answer(nil) { () throws(CallError) in
    let place = try unsafe Memory.place(decoder, "decoder")
    unsafe place.pointee = nil
    let tokenizer = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self).tokenizer
    let made = StreamingDecoder(tokenizer, keepsSpecialTokens: special)
    unsafe place.pointee = try newHandle(DecoderObject(made))
  }
}

/// Takes an id and writes the text that it completes: whole characters, often none.
///
/// Writes the first `capacity` bytes and sets `*length` to how many there are. What had no room stays
/// and comes first at the next call: TOK_E_CAPACITY says so; call tok_decoder_fetch() for it. Returns
/// TOK_E_UNKNOWN_ID for an id without a token, which changes nothing. Since 0.1.
@c(tok_decoder_append)
public func appendToDecoder(
  _ decoder: TokDecoder?, _ id: tok_id, _ text: UnsafeMutablePointer<CChar>?, _ capacity: Int,
  _ length: UnsafeMutablePointer<Int>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe stream(decoder, text, capacity, length, error) { (decoder) throws(DecodingError) in
    try decoder.append(id)
  }
}

/// Writes text that had no room before. As tok_decoder_append() without an id. Since 0.1.
@c(tok_decoder_fetch)
public func fetchFromDecoder(
  _ decoder: TokDecoder?, _ text: UnsafeMutablePointer<CChar>?, _ capacity: Int,
  _ length: UnsafeMutablePointer<Int>?
) -> Status {
  unsafe stream(decoder, text, capacity, length, nil) { _ in "" }
}

/// Writes what was kept, repaired: the end of a character that did not come. The decoder is then as
/// new. As tok_decoder_append() without an id. Since 0.1.
@c(tok_decoder_finish)
public func finishDecoder(
  _ decoder: TokDecoder?, _ text: UnsafeMutablePointer<CChar>?, _ capacity: Int,
  _ length: UnsafeMutablePointer<Int>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe stream(decoder, text, capacity, length, error) { (decoder) throws(DecodingError) in
    try decoder.finish()
  }
}

/// Frees a decoder; NULL is left alone. Returns TOK_E_HANDLE for what is none. Since 0.1.
@c(tok_decoder_free)
public func freeDecoder(_ decoder: TokDecoder?) -> Status {
  unsafe free(decoder, as: DecoderObject.self)
}

private func stream(
  _ handle: OpaquePointer?, _ text: UnsafeMutablePointer<CChar>?, _ capacity: Int,
  _ length: UnsafeMutablePointer<Int>?, _ error: UnsafeMutablePointer<OpaquePointer?>?,
  _ body: (inout StreamingDecoder) throws(DecodingError) -> String
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let object = try unsafe object(handle, "decoder", as: DecoderObject.self)
    let room = try unsafe Memory.room(text, capacity, "text")
    let length = try unsafe Memory.place(length, "length")
    unsafe length.pointee = 0
    try object.use { () throws(CallError) in
      do throws(DecodingError) {
        object.text.append(contentsOf: try body(&object.decoder).utf8)
      } catch { throw CallError(error) }
      let written = min(object.text.count, capacity)
      for index in 0..<written { unsafe room[index] = CChar(bitPattern: object.text[index]) }
      unsafe length.pointee = written
      object.text.removeFirst(written)
      if !object.text.isEmpty { throw .tooSmall(written + object.text.count, capacity) }
    }
  }
}
