public import CTokTypes
internal import Tokenization

/// The ids of many texts. It never changes.
public typealias TokBatch = OpaquePointer

final class BatchObject: HandleObject {
  static var kind: HandleKind { .batch }
  let ids: CArray<UInt32>
  let ends: CArray<Int>

  init(ids: [TokenID], ends: [Int]) {
    self.ids = CArray(ids)
    self.ends = CArray(ends)
  }
}

/// Elements for C to look at as long as the object lives.
@safe
final class CArray<Element: BitwiseCopyable>: @unchecked Sendable {
  private let elements: [Element]
  // SAFETY: the memory of an array that is kept and never changed stays where it is.
  let start: UnsafePointer<Element>

  var count: Int { elements.count }

  init(_ elements: [Element]) {
    self.elements = elements
    unsafe start = elements.withUnsafeBufferPointer { unsafe $0.baseAddress ?? Self.nowhere }
  }

  /// A place for no elements: aligned, and never looked at.
  private static var nowhere: UnsafePointer<Element> {
    // SAFETY: not null, since an alignment is at least 1.
    unsafe UnsafePointer(bitPattern: MemoryLayout<Element>.alignment).unsafelyUnwrapped
  }
}

/// Encodes many texts on several threads.
///
/// @param text        all texts, one behind another, UTF-8.
/// @param ends        where each text ends in `text`, ascending; the last one may end before `length`.
/// @param text_count  how many texts there are.
/// @param threads     how many threads work, at least 1; the result is the same for any number.
/// @param batch       the ids, to be freed with tok_batch_free(); NULL on failure.
///
/// The other arguments are those of tok_encode(). The error's place says which text. Works in a forked
/// child. Since 0.1.
@c(tok_encode_batch)
public func encodeBatch(
  _ tokenizer: TokTokenizer?, _ text: UnsafePointer<CChar>?, _ length: Int,
  _ ends: UnsafePointer<Int>?, _ textCount: Int,
  _ options: UnsafePointer<tok_encode_options>?, _ threads: Int32,
  _ batch: UnsafeMutablePointer<TokBatch?>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let place = try unsafe Memory.place(batch, "batch")
    unsafe place.pointee = nil
    let tokenizer = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self).tokenizer
    let bytes = try unsafe Memory.read(UnsafeRawPointer(text), length, "text")
    let ends = try unsafe Memory.read(ends, count: textCount, "ends")
    let options = try unsafe EncodeOptions(options)
    guard threads >= 1 else { throw .argument("threads", "is below 1") }
    var documents: [Range<Int>] = []
    documents.reserveCapacity(ends.count)
    var start = 0
    for index in 0..<ends.count {
      let end = unsafe ends[index]
      guard end >= start, end <= length else {
        throw .argument("ends", "do not ascend, or go beyond the text")
      }
      documents.append(start..<end)
      start = end
    }
    let encoded: EncodedBatch
    do throws(BatchError) {
      encoded = try unsafe tokenizer.encode(
        documents: documents, in: bytes.span, specialTokens: options.specialTokens,
        addsTemplate: options.addsTemplate, threads: Int(threads))
    } catch { throw CallError(error) }
    unsafe place.pointee = try newHandle(BatchObject(ids: encoded.ids, ends: encoded.ends))
  }
}

/// All ids of a batch, and how many there are; they stay until it is freed. NULL for no batch. Since 0.1.
@c(tok_batch_ids)
public func batchIDs(
  _ batch: TokBatch?, _ count: UnsafeMutablePointer<Int>?
) -> UnsafePointer<tok_id>? {
  let object = unsafe HandleTable.object(batch, as: BatchObject.self)
  if let count = unsafe count { unsafe count.pointee = object?.ids.count ?? 0 }
  return unsafe object?.ids.start
}

/// Where the ids of each text end among those of the batch, and how many texts there are; they stay until
/// it is freed. NULL for no batch. Since 0.1.
@c(tok_batch_ends)
public func batchEnds(
  _ batch: TokBatch?, _ count: UnsafeMutablePointer<Int>?
) -> UnsafePointer<Int>? {
  let object = unsafe HandleTable.object(batch, as: BatchObject.self)
  if let count = unsafe count { unsafe count.pointee = object?.ends.count ?? 0 }
  return unsafe object?.ends.start
}

/// Frees a batch; NULL is left alone. Returns TOK_E_HANDLE for what is none. Since 0.1.
@c(tok_batch_free)
public func freeBatch(_ batch: TokBatch?) -> Status {
  unsafe free(batch, as: BatchObject.self)
}
