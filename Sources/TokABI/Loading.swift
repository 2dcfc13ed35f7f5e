public import CTokTypes
internal import DefaultVocabulary
internal import SplitPatterns
internal import Tok
internal import Tokenization
internal import TokenizerFormats

/// A tokenizer. It never changes, so that threads may share it.
public typealias TokTokenizer = OpaquePointer

final class TokenizerObject: HandleObject {
  static var kind: HandleKind { .tokenizer }
  let source: TokenizerSource
  let tokenizer: Tokenizer

  init(_ source: TokenizerSource) throws(VocabularyError) {
    self.source = source
    tokenizer = try source.tokenizer()
  }
}

/// For whose regular expressions a pattern is written.
@c(tok_dialect)
public enum Dialect: Int32, Sendable {
  /// Rust's `regex` and `fancy-regex`, as tiktoken has them.
  case rust = 0
  /// Oniguruma, as huggingface's tokenizers have it.
  case oniguruma = 1
}

/// Loads a vocabulary from a file or a model's folder: tokenizer.json, .tiktoken, SentencePiece's
/// .model, tekken.json, vocab.json with merges.txt beside it, vocab.txt, GGUF, or a compiled form.
///
/// The format is known by the content. Nothing is ever asked from a network.
///
/// @param path       UTF-8, NUL-terminated.
/// @param options    may be NULL.
/// @param tokenizer  the new tokenizer, to be freed with tok_tokenizer_free(); NULL on failure.
/// @param error      what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Since 0.1.
@c(tok_tokenizer_load)
public func loadTokenizer(
  _ path: UnsafePointer<CChar>?, _ options: UnsafePointer<tok_load_options>?,
  _ tokenizer: UnsafeMutablePointer<TokTokenizer?>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe load(tokenizer, error) { () throws(CallError) in
    guard let path = unsafe path else { throw .argument("path", "is NULL") }
    let options = try unsafe LoadOptions(options)
    do throws(VocabularyError) {
      return try TokenizerSource(
        contentsOf: unsafe String(cString: path), pattern: options.pattern,
        specialTokens: options.specialTokens)
    } catch { throw CallError(error) }
  }
}

/// Loads a vocabulary from memory, which may be freed afterwards.
///
/// All formats of tok_tokenizer_load() but vocab.json, which needs a second file.
///
/// @param options    may be NULL.
/// @param tokenizer  the new tokenizer, to be freed with tok_tokenizer_free(); NULL on failure.
/// @param error      what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Since 0.1.
@c(tok_tokenizer_load_memory)
public func loadTokenizer(
  memory bytes: UnsafeRawPointer?, _ length: Int, _ options: UnsafePointer<tok_load_options>?,
  _ tokenizer: UnsafeMutablePointer<TokTokenizer?>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe load(tokenizer, error) { () throws(CallError) in
    let memory = try unsafe Memory.read(bytes, length, "bytes")
    let options = try unsafe LoadOptions(options)
    do throws(VocabularyError) {
      return try TokenizerSource(
        bytes: unsafe memory.span, stem: options.stem, pattern: options.pattern,
        specialTokens: options.specialTokens)
    } catch { throw CallError(error) }
  }
}

/// Loads a vocabulary by its name: `o200k_base`, which is part of the library, or one that lies in a
/// folder of TOK_VOCABULARIES (an environment variable, separated by colons) or was installed.
///
/// @param name       UTF-8, NUL-terminated.
/// @param tokenizer  the new tokenizer, to be freed with tok_tokenizer_free(); NULL on failure.
/// @param error      what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Since 0.1.
@c(tok_tokenizer_load_name)
public func loadTokenizer(
  name: UnsafePointer<CChar>?, _ tokenizer: UnsafeMutablePointer<TokTokenizer?>?,
  _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe load(tokenizer, error) { () throws(CallError) in
    guard let name = unsafe name else { throw .argument("name", "is NULL") }
    let text = unsafe String(cString: name)
    if text == DefaultVocabulary.name { return TokenizerSource(.default) }
    guard let path = VocabularyCatalog.path(of: text) else {
      throw CallError(
        .unknownVocabulary, "no vocabulary `\(text)`: neither in the library nor in a folder of it")
    }
    do throws(VocabularyError) {
      return try TokenizerSource(contentsOf: path)
    } catch { throw CallError(error) }
  }
}

/// Frees a tokenizer; NULL is left alone. No call with it may still be going on.
///
/// Returns TOK_E_HANDLE for what is none. Since 0.1.
@c(tok_tokenizer_free)
public func freeTokenizer(_ tokenizer: TokTokenizer?) -> Status {
  unsafe free(tokenizer, as: TokenizerObject.self)
}

private func load(
  _ tokenizer: UnsafeMutablePointer<OpaquePointer?>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?,
  _ read: () throws(CallError) -> TokenizerSource
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    guard let tokenizer = unsafe tokenizer else { throw .argument("tokenizer", "is NULL") }
    unsafe tokenizer.pointee = nil
    let source = try read()
    let object: TokenizerObject
    do throws(VocabularyError) {
      object = try TokenizerObject(source)
    } catch { throw CallError(error) }
    unsafe tokenizer.pointee = try newHandle(object)
  }
}

/// - Throws: `limit`.
func newHandle<Object: HandleObject>(_ object: Object) throws(CallError) -> OpaquePointer {
  guard let handle = unsafe HandleTable.insert(object) else {
    throw CallError(.limit, "there are 16777216 handles already")
  }
  return unsafe handle
}

/// What the options of loading say, in Swift.
private struct LoadOptions {
  var pattern: SplitPattern?
  var stem: String?
  var specialTokens: [String: TokenID]?

  init(_ pointer: UnsafePointer<tok_load_options>?) throws(CallError) {
    guard let options = try unsafe Memory.options(pointer, tok_load_options()) else { return }
    guard let dialect = unsafe Dialect(rawValue: options.dialect) else {
      throw .argument("options.dialect", "is none of TOK_DIALECT")
    }
    if let text = unsafe options.pattern {
      do {
        pattern = try SplitPattern(
          unsafe String(cString: text), dialect: dialect == .rust ? .rust : .oniguruma)
      } catch { throw CallError(.malformed, "\(error)", place: "options.pattern") }
    }
    if let text = unsafe options.stem { stem = unsafe String(cString: text) }
    if let text = unsafe options.special_tokens {
      let bytes = Array(unsafe String(cString: text).utf8)
      do {
        var ids: [String: TokenID] = [:]
        for token in try readSpecialTokens(bytes.span) { ids[token.content] = token.id }
        specialTokens = ids
      } catch { throw CallError(error) }
    }
  }
}
