public import CTokTypes
internal import Tokenization

/// A text, or two, as a model takes them: ids with ranges, words, types and masks. It never changes.
public typealias TokEncoding = OpaquePointer

/// Which of two texts is cut.
@c(tok_truncation)
public enum TruncationStrategy: Int32, Sendable {
  /// The longer one, down to the length of the other; then both, by turns.
  case longestFirst = 0
  case onlyFirst = 1
  case onlySecond = 2

  var strategy: Truncation.Strategy {
    switch self {
    case .longestFirst: .longestFirst
    case .onlyFirst: .onlyFirst
    case .onlySecond: .onlySecond
    }
  }
}

/// How short texts are filled.
@c(tok_padding)
public enum PaddingStrategy: Int32, Sendable {
  case none = 0
  /// As long as the longest of the texts that are encoded together.
  case longest = 1
  /// To a length.
  case fixed = 2
}

/// What places in a text count.
@c(tok_unit)
public enum Unit: Int32, Sendable {
  /// Bytes of UTF-8.
  case bytes = 0
  /// Unicode scalars, as Python counts characters.
  case scalars = 1
  /// Units of UTF-16, as JavaScript and Java count characters.
  case utf16 = 2

  var unit: TextUnit {
    switch self {
    case .bytes: .bytes
    case .scalars: .scalars
    case .utf16: .utf16
    }
  }
}

final class EncodingObject: HandleObject {
  static var kind: HandleKind { .encoding }
  let parts: [EncodingArrays]

  /// - Parameters:
  ///   - encoded: with its overflow.
  ///   - inputs: what was encoded.
  ///   - unit: what ranges count; nil for none.
  init(_ encoded: EncodedText, of inputs: TextInputs, in unit: TextUnit?) {
    parts = ([encoded] + encoded.overflow).map { part in
      EncodingArrays(
        part, ranges: unit.map { part.ranges(in: $0, of: inputs.first, and: inputs.second) })
    }
  }
}

/// What C sees of one encoding.
final class EncodingArrays: Sendable {
  let ids: CArray<UInt32>
  let starts: CArray<Int>?
  let ends: CArray<Int>?
  let words: CArray<Int32>?
  let texts: CArray<Int32>
  let typeIDs: CArray<Int32>
  let specialMask: CArray<Int32>
  let attentionMask: CArray<Int32>

  init(_ encoded: EncodedText, ranges: [Range<Int>]?) {
    ids = CArray(encoded.ids)
    starts = ranges.map { CArray($0.map(\.lowerBound)) }
    ends = ranges.map { CArray($0.map(\.upperBound)) }
    words = ranges.map { _ in CArray(encoded.wordIndices.map { Int32($0 ?? -1) }) }
    texts = CArray(encoded.textIndices.map { Int32($0 ?? -1) })
    typeIDs = CArray(encoded.typeIDs.map { Int32(truncatingIfNeeded: $0) })
    specialMask = CArray(encoded.specialMask.map { Int32($0) })
    attentionMask = CArray(encoded.attentionMask.map { Int32($0) })
  }

  var view: tok_encoding_view {
    unsafe tok_encoding_view(
      count: ids.count, ids: ids.start, starts: starts?.start, ends: ends?.start,
      words: words?.start, texts: texts.start, type_ids: typeIDs.start,
      special_mask: specialMask.start, attention_mask: attentionMask.start)
  }
}

/// Encodes texts as a model takes them: one by one, or in pairs; with ranges, words, types and masks;
/// cut and filled as `options` say.
///
/// @param firsts     `count` texts.
/// @param seconds    NULL, or `count` texts that are encoded together with the first ones.
/// @param options    may be NULL.
/// @param threads    how many threads work, at least 1; the result is the same for any number.
/// @param encodings  room for `count` encodings, each to be freed with tok_encoding_free(); all NULL on
///                   failure.
///
/// Since 0.1.
@c(tok_encode_texts)
public func encodeTexts(
  _ tokenizer: TokTokenizer?, _ firsts: UnsafePointer<tok_text>?,
  _ seconds: UnsafePointer<tok_text>?, _ count: Int, _ options: UnsafePointer<tok_text_options>?,
  _ threads: Int32, _ encodings: UnsafeMutablePointer<TokEncoding?>?,
  _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let room = try unsafe Memory.room(encodings, count, "encodings")
    let firsts = try unsafe Memory.read(firsts, count: count, "firsts")
    let seconds = unsafe try seconds.map { (seconds) throws(CallError) in
      try unsafe Memory.read(seconds, count: count, "seconds")
    }
    for index in 0..<count { unsafe room[index] = nil }
    let tokenizer = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self).tokenizer
    let (options, unit) = try unsafe encodingOptions(options)
    guard threads >= 1 else { throw .argument("threads", "is below 1") }
    var inputs: [TextInputs] = []
    for index in 0..<count {
      let second = unsafe try seconds.map { (seconds) throws(CallError) in
        try unsafe input(seconds[index], "seconds")
      }
      inputs.append(TextInputs(try unsafe input(firsts[index], "firsts"), and: second))
    }
    let encoded: [EncodedText]
    do throws(BatchError) {
      encoded = try tokenizer.encodeTexts(inputs, options: options, threads: Int(threads))
    } catch { throw CallError(error) }
    for (index, encoded) in encoded.enumerated() {
      guard
        let handle = unsafe HandleTable.insert(
          EncodingObject(
            encoded, of: inputs[index], in: options.findsRanges ? unit.unit : nil))
      else {
        for made in 0..<index {
          _ = unsafe HandleTable.remove(room[made], as: EncodingObject.self)
          unsafe room[made] = nil
        }
        throw CallError(.limit, "there are too many handles")
      }
      unsafe room[index] = handle
    }
  }
}

/// How many parts an encoding has: 1, and one for each part that overflows and was kept; 0 for none.
/// Since 0.1.
@c(tok_encoding_part_count)
public func encodingPartCount(_ encoding: TokEncoding?) -> Int {
  unsafe HandleTable.object(encoding, as: EncodingObject.self)?.parts.count ?? 0
}

/// Shows the tokens of a part, 0 being the first one.
///
/// @param view  is filled with pointers that stay until the encoding is freed.
///
/// Returns TOK_OK; TOK_E_ARGUMENT for a part that there is not. Since 0.1.
@c(tok_encoding_part)
public func encodingPart(
  _ encoding: TokEncoding?, _ part: Int, _ view: UnsafeMutablePointer<tok_encoding_view>?
) -> Status {
  answer(nil) { () throws(CallError) in
    let object = try unsafe object(encoding, "encoding", as: EncodingObject.self)
    let view = try unsafe Memory.place(view, "view")
    guard object.parts.indices.contains(part) else {
      throw .argument("part", "is none of the encoding")
    }
    unsafe view.pointee = object.parts[part].view
  }
}

/// Frees an encoding; NULL is left alone. Returns TOK_E_HANDLE for what is none. Since 0.1.
@c(tok_encoding_free)
public func freeEncoding(_ encoding: TokEncoding?) -> Status {
  unsafe free(encoding, as: EncodingObject.self)
}

// MARK: - What C says, in Swift

private func input(_ text: tok_text, _ name: StaticString) throws(CallError) -> TextInput {
  let bytes = try unsafe Memory.read(UnsafeRawPointer(text.text), text.length, name)
  guard let ends = unsafe text.word_ends else { return .bytes(unsafe Array(bytes)) }
  let wordEnds = try unsafe Memory.read(ends, count: text.word_count, name)
  var words: [String] = []
  var start = 0
  for index in 0..<wordEnds.count {
    let end = unsafe wordEnds[index]
    guard end >= start, unsafe end <= text.length else {
      throw .argument(name, "have words that do not ascend, or go beyond the text")
    }
    words.append(unsafe String(decoding: bytes[start..<end], as: UTF8.self))
    start = end
  }
  return .words(words)
}

private func encodingOptions(
  _ pointer: UnsafePointer<tok_text_options>?
) throws(CallError) -> (EncodingOptions, Unit) {
  var result = EncodingOptions()
  guard let options = try unsafe Memory.options(pointer, tok_text_options()) else {
    return (result, .bytes)
  }
  guard let unit = Unit(rawValue: options.unit) else {
    throw .argument("options.unit", "is none of TOK_UNIT")
  }
  guard let special = Special(rawValue: options.special) else {
    throw .argument("options.special", "is none of TOK_SPECIAL")
  }
  guard let truncation = TruncationStrategy(rawValue: options.truncation) else {
    throw .argument("options.truncation", "is none of TOK_TRUNCATION")
  }
  guard let padding = PaddingStrategy(rawValue: options.padding) else {
    throw .argument("options.padding", "is none of TOK_PADDING")
  }
  for size in [options.max_length, options.stride, options.pad_length, options.pad_multiple]
  where size < 0 || size > Int(Int32.max) {
    throw .argument("options", "have a length beyond 2147483647")
  }
  result.specialTokens = special.policy
  result.addsTemplate = options.no_template == 0
  result.findsRanges = options.no_ranges == 0
  result.trimsRanges = options.trim_ranges != 0
  result.keepsOverflow = options.keep_overflow != 0
  if options.max_length > 0 {
    result.truncation = Truncation(
      maximumLength: options.max_length, strategy: truncation.strategy, stride: options.stride,
      direction: options.truncate_left == 0 ? .right : .left)
  }
  if padding != .none {
    result.padding = Padding(
      strategy: padding == .fixed ? .fixed(options.pad_length) : .batchLongest,
      direction: options.pad_left == 0 ? .right : .left,
      multiple: options.pad_multiple > 1 ? options.pad_multiple : nil, id: options.pad_id,
      typeID: Int(options.pad_type_id), token: "")
  }
  return (result, unit)
}
