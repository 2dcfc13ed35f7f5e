internal import Tok
internal import Tokenization
internal import TokenizerFormats

/// A format that tokenizers are written in.
@c(tok_format)
public enum Format: Int32, Sendable {
  case tokenizerJSON = 0
  case tiktoken = 1
  /// A .model.
  case sentencePiece = 2
  /// A token on each line: BERT's vocab.txt.
  case vocabularyText = 3
  /// GPT-2's vocab.json with its merges.txt.
  case vocabularyJSON = 4
  /// The keys of the vocabulary, without a model.
  case gguf = 5
  /// Our own form, which opens without being parsed.
  case compiled = 6

  var format: WritableFormat {
    switch self {
    case .tokenizerJSON: .tokenizerJSON
    case .tiktoken: .tiktoken
    case .sentencePiece: .sentencePiece
    case .vocabularyText: .vocabularyText
    case .vocabularyJSON: .vocabularyJSON
    case .gguf: .gguf
    case .compiled: .compiled
    }
  }
}

/// Writes a tokenizer as a file in memory, which gives the same ids for every text.
///
/// @param format   a TOK_FORMAT.
/// @param stem     the name that a .tiktoken file will have, without its ending, by which it may be known;
///                 or NULL.
/// @param lossy    true: goes on where the format cannot say everything.
/// @param file     the file, to be freed with tok_bytes_free(); NULL on failure.
/// @param merges   the second file of TOK_FORMAT_VOCABULARY_JSON, otherwise set to NULL; may be NULL.
/// @param losses   what the file does not say, a sentence on each line, otherwise set to NULL; may be NULL.
/// @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Returns TOK_OK; TOK_E_INEXPRESSIBLE, with all that would be lost. Since 0.1.
@c(tok_tokenizer_write)
public func writeTokenizer(
  _ tokenizer: TokTokenizer?, _ format: Int32, _ stem: UnsafePointer<CChar>?, _ lossy: Bool,
  _ file: UnsafeMutablePointer<TokBytes?>?, _ merges: UnsafeMutablePointer<TokBytes?>?,
  _ losses: UnsafeMutablePointer<TokBytes?>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    _ = try unsafe Memory.place(file, "file")
    let places = unsafe (
      file: try WantedBytes(file, "file"), merges: try WantedBytes(merges, "merges"),
      losses: try WantedBytes(losses, "losses")
    )
    let source = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self).source
    guard let format = Format(rawValue: format)?.format else {
      throw .argument("format", "is none of TOK_FORMAT")
    }
    let stem = try unsafe Memory.text(stem, "stem")
    let written = try written(source, format, stem: stem, lossy)
    do throws(CallError) {
      try places.file.set(written.bytes)
      if let merges = written.merges { try places.merges.set(merges) }
      if !written.losses.isEmpty { try places.losses.set(lines(written.losses)) }
    } catch {
      for place in [places.file, places.merges, places.losses] { place.clear() }
      throw error
    }
  }
}

/// Writes a tokenizer to a file whose name tells the format: tokenizer.json, NAME.tiktoken, NAME.model,
/// NAME.gguf, NAME.tok, vocab.txt, or vocab.json with merges.txt beside it.
///
/// The file is written beside its place, synced and renamed: what was there before is untouched on failure.
///
/// @param path    UTF-8, NUL-terminated.
/// @param lossy   true: goes on where the format cannot say everything.
/// @param losses  what the file does not say, a sentence on each line, to be freed with tok_bytes_free();
///                NULL if nothing is lost; may be NULL.
/// @param error   what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Returns TOK_OK; TOK_E_ARGUMENT for a name that tells no format, TOK_E_INEXPRESSIBLE, TOK_E_UNWRITABLE.
/// Since 0.1.
@c(tok_tokenizer_save)
public func saveTokenizer(
  _ tokenizer: TokTokenizer?, _ path: UnsafePointer<CChar>?, _ lossy: Bool,
  _ losses: UnsafeMutablePointer<TokBytes?>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let losses = try unsafe WantedBytes(losses, "losses")
    let source = try unsafe object(tokenizer, "tokenizer", as: TokenizerObject.self).source
    guard let path = try unsafe Memory.text(path, "path") else {
      throw .argument("path", "is NULL")
    }
    guard let format = WritableFormat(fileName: path) else {
      throw CallError(.argument, "the file's name tells no format", place: path)
    }
    let name = FileName(path)
    let written: WrittenTokenizer
    do throws(CallError) {
      written = try TokABI.written(source, format, stem: name.stem, lossy)
    } catch {
      var error = error
      if error.place.isEmpty { error.place = path }
      throw error
    }
    do throws(VocabularyError) {
      // The merges first: a vocabulary without its merges is not found whole by anyone.
      if let merges = written.merges { try replaceFile(name.mergesBeside, with: merges) }
      try replaceFile(path, with: written.bytes)
    } catch { throw CallError(error) }
    if !written.losses.isEmpty { try losses.set(lines(written.losses)) }
  }
}

private func written(
  _ source: TokenizerSource, _ format: WritableFormat, stem: String?, _ allowsLosses: Bool
) throws(CallError) -> WrittenTokenizer {
  do throws(VocabularyError) {
    return try source.written(as: format, stem: stem, allowsLosses: allowsLosses)
  } catch { throw CallError(error) }
}

private func lines(_ sentences: [String]) -> [UInt8] {
  Array(sentences.joined(separator: "\n").utf8)
}
