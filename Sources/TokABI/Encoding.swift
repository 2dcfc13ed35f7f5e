public import CTokTypes
internal import Tokenization

/// What text that spells a special token, as `<|endoftext|>`, becomes.
@c(tok_special)
public enum Special: Int32, Sendable {
  /// Plain text; added tokens that are not special are found.
  case text = 0
  /// The special token: for text that you wrote yourself.
  case parse = 1
  /// An error, TOK_E_SPECIAL_TOKEN, with the place.
  case refuse = 2
  /// Plain text, and so are added tokens that are not special.
  case onlyModel = 3

  var policy: SpecialTokens {
    switch self {
    case .text: .asPlainText
    case .parse: .parse
    case .refuse: .refuse
    case .onlyModel: .onlyModelTokens
    }
  }
}

/// What the options of encoding say, in Swift.
struct EncodeOptions {
  var specialTokens = SpecialTokens.asPlainText
  var addsTemplate = true

  init(_ pointer: UnsafePointer<tok_encode_options>?) throws(CallError) {
    guard let options = try unsafe Memory.options(pointer, tok_encode_options()) else { return }
    guard let special = Special(rawValue: options.special) else {
      throw .argument("options.special", "is none of TOK_SPECIAL")
    }
    specialTokens = special.policy
    addsTemplate = options.no_template == 0
  }
}

/// Encodes UTF-8 text.
///
/// Writes the first `capacity` ids and sets `*count` to how many there are in all; capacity 0
/// measures. Bytes that are not UTF-8 are encoded as they are by byte-level models, as U+FFFD by
/// others. With a context, and once that has met texts like this one, nothing is allocated.
/// Exceptions are normalizers that compose or decompose characters or replace patterns, where a text
/// gives them something to do, and words of several kilobytes with Unigram models.
///
/// @param options  may be NULL.
/// @param context  may be NULL: then one is borrowed for the call.
/// @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Threads: `tokenizer` may be shared, `context` may not. Returns TOK_OK, or TOK_E_CAPACITY if ids
/// were left out. Since 0.1.
@c(tok_encode)
public func encode(
  _ tokenizer: TokTokenizer?, _ text: UnsafePointer<CChar>?, _ length: Int,
  _ options: UnsafePointer<tok_encode_options>?, _ context: TokContext?,
  _ ids: UnsafeMutablePointer<tok_id>?, _ capacity: Int, _ count: UnsafeMutablePointer<Int>?,
  _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let owner = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self)
    let count = try unsafe Memory.place(count, "count")
    unsafe count.pointee = 0
    let bytes = try unsafe Memory.read(UnsafeRawPointer(text), length, "text")
    let room = try unsafe Memory.room(ids, capacity, "ids")
    let options = try unsafe EncodeOptions(options)
    let needed: Int
    if unsafe context == nil {
      do throws(EncodingError) {
        needed = try unsafe owner.tokenizer.encode(
          bytes.span, into: room, specialTokens: options.specialTokens,
          addsTemplate: options.addsTemplate)
      } catch { throw CallError(error) }
    } else {
      let object = try unsafe object(context, "context", as: ContextObject.self)
      needed = try object.use { () throws(CallError) in
        try unsafe owner.encode(bytes.span, into: room, using: &object.context, options)
      }
    }
    unsafe count.pointee = needed
    if needed > capacity { throw .tooSmall(needed, capacity) }
  }
}

/// Counts the ids of a text, without writing them.
///
/// The arguments are those of tok_encode(). Since 0.1.
@c(tok_count)
public func count(
  _ tokenizer: TokTokenizer?, _ text: UnsafePointer<CChar>?, _ length: Int,
  _ options: UnsafePointer<tok_encode_options>?, _ context: TokContext?,
  _ count: UnsafeMutablePointer<Int>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let owner = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self)
    let count = try unsafe Memory.place(count, "count")
    unsafe count.pointee = 0
    let bytes = try unsafe Memory.read(UnsafeRawPointer(text), length, "text")
    let options = try unsafe EncodeOptions(options)
    if unsafe context == nil {
      do throws(EncodingError) {
        unsafe count.pointee = try owner.tokenizer.countTokens(
          in: bytes.span, specialTokens: options.specialTokens, addsTemplate: options.addsTemplate)
      } catch { throw CallError(error) }
      return
    }
    let object = try unsafe object(context, "context", as: ContextObject.self)
    unsafe count.pointee = try object.use { () throws(CallError) in
      try unsafe owner.count(bytes.span, using: &object.context, options)
    }
  }
}

/// Encodes UTF-8 text to ids with the bytes of the text that they stand for.
///
/// Writes the first `capacity` tokens and sets `*count` to how many there are in all. Where a
/// normalizer changed a stretch, its tokens have the whole stretch; tokens of the template have empty
/// ranges at the ends. The other arguments are those of tok_encode(). Since 0.1.
@c(tok_tokenize)
public func tokenize(
  _ tokenizer: TokTokenizer?, _ text: UnsafePointer<CChar>?, _ length: Int,
  _ options: UnsafePointer<tok_encode_options>?, _ tokens: UnsafeMutablePointer<tok_token>?,
  _ capacity: Int, _ count: UnsafeMutablePointer<Int>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let owner = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self)
    let count = try unsafe Memory.place(count, "count")
    unsafe count.pointee = 0
    let bytes = try unsafe Memory.read(UnsafeRawPointer(text), length, "text")
    let room = try unsafe Memory.room(tokens, capacity, "tokens")
    let options = try unsafe EncodeOptions(options)
    let found: [Token]
    do throws(EncodingError) {
      found = try unsafe owner.tokenizer.tokenize(
        bytes.span, specialTokens: options.specialTokens, addsTemplate: options.addsTemplate)
    } catch { throw CallError(error) }
    for (index, token) in found.prefix(capacity).enumerated() {
      unsafe room[index] = tok_token(
        id: token.id, reserved: 0, start: token.range.lowerBound, end: token.range.upperBound)
    }
    unsafe count.pointee = found.count
    if found.count > capacity { throw .tooSmall(found.count, capacity) }
  }
}

/// Encodes the text that parts make together, each with a trust of its own: what a template writes may
/// be special tokens, what users wrote may not.
///
/// A special token is one only where it stands within a part that allows it. `options.special` is not
/// looked at. The other arguments are those of tok_encode(). Since 0.1.
@c(tok_encode_parts)
public func encodeParts(
  _ tokenizer: TokTokenizer?, _ parts: UnsafePointer<tok_part>?, _ partCount: Int,
  _ options: UnsafePointer<tok_encode_options>?, _ ids: UnsafeMutablePointer<tok_id>?,
  _ capacity: Int, _ count: UnsafeMutablePointer<Int>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let owner = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self)
    let count = try unsafe Memory.place(count, "count")
    unsafe count.pointee = 0
    let given = try unsafe Memory.read(parts, count: partCount, "parts")
    let room = try unsafe Memory.room(ids, capacity, "ids")
    let options = try unsafe EncodeOptions(options)
    var parts: [TextPart] = []
    for index in 0..<given.count {
      let part = unsafe given[index]
      guard let special = unsafe Special(rawValue: part.special) else {
        throw .argument("parts", "have a `special` that is none of TOK_SPECIAL")
      }
      let bytes = try unsafe Memory.read(UnsafeRawPointer(part.text), part.length, "parts")
      parts.append(TextPart(unsafe Array(bytes), specialTokens: special.policy))
    }
    let found: [TokenID]
    do throws(EncodingError) {
      found = try owner.tokenizer.encode(parts: parts, addsTemplate: options.addsTemplate)
    } catch { throw CallError(error) }
    try unsafe write(found, to: room, count)
  }
}

extension TokenizerObject {
  // subtle: within the closures of the callers the whole tokenizer was copied, which took 150 ns (calls.py).
  @inline(never)
  fileprivate func encode(
    _ text: Span<UInt8>, into room: UnsafeMutableBufferPointer<TokenID>,
    using context: inout EncodingContext, _ options: EncodeOptions
  ) throws(CallError) -> Int {
    do throws(EncodingError) {
      return try unsafe tokenizer.encode(
        text, into: room, using: &context, specialTokens: options.specialTokens,
        addsTemplate: options.addsTemplate)
    } catch { throw CallError(error) }
  }

  @inline(never)
  fileprivate func count(
    _ text: Span<UInt8>, using context: inout EncodingContext, _ options: EncodeOptions
  ) throws(CallError) -> Int {
    do throws(EncodingError) {
      return try tokenizer.countTokens(
        in: text, using: &context, specialTokens: options.specialTokens,
        addsTemplate: options.addsTemplate)
    } catch { throw CallError(error) }
  }
}

/// Copies ids to the caller, as many as there is room for, and says how many there are in all.
///
/// - Throws: `capacity`.
func write(
  _ ids: some Collection<TokenID>, to room: UnsafeMutableBufferPointer<tok_id>,
  _ count: UnsafeMutablePointer<Int>
) throws(CallError) {
  for (index, id) in ids.prefix(room.count).enumerated() { unsafe room[index] = id }
  unsafe count.pointee = ids.count
  if ids.count > room.count { throw .tooSmall(ids.count, room.count) }
}

/// - Throws: `handle`.
@inline(__always)
func object<Object: HandleObject>(
  _ handle: OpaquePointer?, _ name: StaticString, as: Object.Type
) throws(CallError) -> Object {
  guard let object = unsafe HandleTable.object(handle, as: Object.self) else { throw .handle(name) }
  return object
}

extension CallError {
  /// Memory of the caller's that does not hold the result.
  static func tooSmall(_ needed: Int, _ capacity: Int) -> CallError {
    CallError(.capacity, "\(needed) are needed, and there is room for \(capacity)")
  }
}
