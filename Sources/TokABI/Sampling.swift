public import CTokTypes
internal import Tok
internal import Tokenization

/// How an encoding is drawn by chance, instead of the one that encoding gives.
@c(tok_drawing)
public enum DrawingKind: Int32, Sendable {
  /// BPE-dropout: a merge is left out with the probability `number`, from 0 to 1.
  case dropout = 0
  /// A segmentation of a Unigram model with its exact probability, raised to the power `number`: 1 for the
  /// model's own, 0 for all being equally likely.
  case segmentation = 1
}

/// Another way to cut words into the tokens of a vocabulary than its model has.
@c(tok_cutting)
public enum CuttingKind: Int32, Sendable {
  /// As few tokens as can be; of equally few the longer last one.
  case fewestTokens = 0
  /// The greatest sum of scores.
  case highestLikelihood = 1
}

/// Encodes a text by chance, for training models.
///
/// @param options  with a drawing and a seed: the same seed gives the same ids, also when a first call only
///                 measures. NULL draws nothing by chance.
///
/// The other arguments are those of tok_encode(). Returns TOK_E_UNSUPPORTED for a drawing that the model
/// does not know, or whose number is out of bounds. Since 0.1.
@c(tok_draw)
public func draw(
  _ tokenizer: TokTokenizer?, _ text: UnsafePointer<CChar>?, _ length: Int,
  _ options: UnsafePointer<tok_draw_options>?, _ ids: UnsafeMutablePointer<tok_id>?,
  _ capacity: Int, _ count: UnsafeMutablePointer<Int>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let tokenizer = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self).tokenizer
    let count = try unsafe Memory.place(count, "count")
    unsafe count.pointee = 0
    let bytes = try unsafe Memory.read(UnsafeRawPointer(text), length, "text")
    let room = try unsafe Memory.room(ids, capacity, "ids")
    let options = try unsafe Memory.options(options, tok_draw_options()) ?? tok_draw_options()
    guard let special = Special(rawValue: options.special) else {
      throw .argument("options.special", "is none of TOK_SPECIAL")
    }
    let drawing: Drawing
    switch DrawingKind(rawValue: options.drawing) {
    case .dropout: drawing = .dropout(options.number)
    case .segmentation: drawing = .segmentation(inverseTemperature: options.number)
    case nil: throw .argument("options.drawing", "is none of TOK_DRAWING")
    }
    var generator = SplitMix(state: options.seed)
    let found: [TokenID]
    do throws(EncodingError) {
      found = try unsafe tokenizer.draw(
        drawing, from: bytes.span, specialTokens: special.policy,
        addsTemplate: options.no_template == 0, using: &generator)
    } catch { throw CallError(error) }
    try unsafe write(found, to: room, count)
  }
}

/// The best encodings of a text by the scores of a Unigram model, best first; fewer than `limit` if there
/// are no more. The template and added tokens take no part.
///
/// @param limit      how many are wanted.
/// @param encodings  a text's place for each encoding, to be freed with tok_batch_free(); NULL on failure.
/// @param scores     room for `limit` scores, or NULL.
/// @param error      what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Returns TOK_OK; TOK_E_UNSUPPORTED for a model without scores. Since 0.1.
@c(tok_best_encodings)
public func bestEncodings(
  _ tokenizer: TokTokenizer?, _ text: UnsafePointer<CChar>?, _ length: Int, _ limit: Int,
  _ encodings: UnsafeMutablePointer<TokBatch?>?, _ scores: UnsafeMutablePointer<Double>?,
  _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let place = try unsafe Memory.place(encodings, "encodings")
    unsafe place.pointee = nil
    let tokenizer = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self).tokenizer
    let bytes = try unsafe Memory.read(UnsafeRawPointer(text), length, "text")
    guard limit >= 0, limit <= 1 << 16 else { throw .argument("limit", "is beyond 65536") }
    let room = unsafe try scores.map { (scores) throws(CallError) in
      try unsafe Memory.room(scores, limit, "scores")
    }
    let found: [ScoredEncoding]
    do throws(EncodingError) {
      found = try unsafe tokenizer.bestEncodings(of: bytes.span, count: limit)
    } catch { throw CallError(error) }
    var ids: [TokenID] = []
    var ends: [Int] = []
    for (index, encoding) in found.enumerated() {
      ids += encoding.ids
      ends.append(ids.count)
      if let room = unsafe room { unsafe room[index] = encoding.score }
    }
    unsafe place.pointee = try newHandle(BatchObject(ids: ids, ends: ends))
  }
}

/// Makes a tokenizer that cuts words in another way; normalizer, splitter, added tokens, template and decoder
/// stay.
///
/// @param cutting      a TOK_CUTTING.
/// @param scores       for TOK_CUTTING_HIGHEST_LIKELIHOOD one for each id; otherwise NULL.
/// @param score_count  how many: tok_id_count().
/// @param other        the new tokenizer, to be freed with tok_tokenizer_free(); NULL on failure. The old
///                     one stays.
/// @param error        what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Returns TOK_OK; TOK_E_UNSUPPORTED where tokens are spelled by their place in the word. Since 0.1.
@c(tok_tokenizer_cut)
public func cutTokenizer(
  _ tokenizer: TokTokenizer?, _ cutting: Int32, _ scores: UnsafePointer<Double>?,
  _ scoreCount: Int, _ other: UnsafeMutablePointer<TokTokenizer?>?,
  _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe makeTokenizer(other, "other", error) { () throws(CallError) in
    let tokenizer = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self).tokenizer
    let scores = try unsafe Array(Memory.read(scores, count: scoreCount, "scores"))
    let kind: Cutting
    switch CuttingKind(rawValue: cutting) {
    case .fewestTokens: kind = .fewestTokens
    case .highestLikelihood: kind = .highestLikelihood(scores: scores)
    case nil: throw .argument("cutting", "is none of TOK_CUTTING")
    }
    do throws(VocabularyError) {
      return try TokenizerSource(tokenizer.cutting(kind))
    } catch { throw CallError(error) }
  }
}
