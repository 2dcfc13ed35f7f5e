public import CTokTypes
internal import SplitPatterns
internal import Tok
internal import TokICU
internal import Tokenization
internal import TokenizerFormats

/// A tokenizer. It never changes, so that threads may share it.
public typealias TokTokenizer = OpaquePointer

final class TokenizerObject: HandleObject {
  static var kind: HandleKind { .tokenizer }
  let source: TokenizerSource
  /// To be used where it lies: it has many parts, each of which a copy would retain.
  let tokenizer: Tokenizer
  /// The texts of the added tokens.
  let addedTexts: [CText]

  init(_ source: TokenizerSource) throws(VocabularyError) {
    self.source = source
    tokenizer = try source.tokenizer()
    addedTexts = tokenizer.pipeline.addedTokens.map { CText($0.content) }
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
  unsafe makeTokenizer(tokenizer, "tokenizer", error) { () throws(CallError) in
    guard let path = try unsafe Memory.text(path, "path") else {
      throw .argument("path", "is NULL")
    }
    let options = try unsafe LoadOptions(options)
    do throws(VocabularyError) {
      return try TokenizerSource(
        contentsOf: path, pattern: options.pattern,
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
  unsafe makeTokenizer(tokenizer, "tokenizer", error) { () throws(CallError) in
    let memory = try unsafe Memory.read(bytes, length, "bytes")
    let options = try unsafe LoadOptions(options)
    do throws(VocabularyError) {
      return try TokenizerSource(
        bytes: unsafe memory.span, stem: options.stem, pattern: options.pattern,
        specialTokens: options.specialTokens)
    } catch { throw CallError(error) }
  }
}

/// Loads GPT-2's two files from memory, which may be freed afterwards: vocab.json and merges.txt.
///
/// The rest is as with tok_tokenizer_load(), tok_tokenizer_free() included. Since 0.1.
@c(tok_tokenizer_load_vocab_json)
public func loadTokenizer(
  vocabulary: UnsafeRawPointer?, _ vocabularyLength: Int, _ merges: UnsafeRawPointer?,
  _ mergesLength: Int, _ tokenizer: UnsafeMutablePointer<TokTokenizer?>?,
  _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe makeTokenizer(tokenizer, "tokenizer", error) { () throws(CallError) in
    let vocabulary = try unsafe Memory.read(vocabulary, vocabularyLength, "vocabulary")
    let merges = try unsafe Memory.read(merges, mergesLength, "merges")
    do throws(VocabularyError) {
      return try TokenizerSource(
        vocabularyJSON: unsafe vocabulary.span, merges: unsafe merges.span)
    } catch { throw CallError(error) }
  }
}

/// Loads a vocabulary by its name: `o200k_base`, which is part of the library, or one that lies in a
/// folder of TOK_VOCABULARIES (an environment variable, separated by colons) or was installed beside the
/// program or the library.
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
  unsafe makeTokenizer(tokenizer, "tokenizer", error) { () throws(CallError) in
    guard let text = try unsafe Memory.text(name, "name") else {
      throw .argument("name", "is NULL")
    }
    return try Catalog.source(text)
  }
}

/// Lets ICU find the borders of words, by its dictionaries, for tokenizers with the step `tok:Words` that are
/// loaded from now on. ICU is opened at run time: this library does not bring it, and its 31 MB are not
/// loaded unless this is called.
///
/// @param error  what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Returns TOK_OK; TOK_E_UNSUPPORTED where there is no ICU. Since 0.1.
@c(tok_use_icu)
public func useICU(_ error: UnsafeMutablePointer<TokError?>?) -> Status {
  unsafe answer(error) { () throws(CallError) in
    guard ICUWordBreaker.isAvailable else {
      throw CallError(.unsupported, "there is no ICU that could be opened")
    }
    ICUWordBreaker.use()
  }
}

/// Frees a tokenizer; NULL is left alone. No call with it may still be going on.
///
/// Returns TOK_E_HANDLE for what is none. Since 0.1.
@c(tok_tokenizer_free)
public func freeTokenizer(_ tokenizer: TokTokenizer?) -> Status {
  unsafe free(tokenizer, as: TokenizerObject.self)
}

/// Builds the tokenizer that `read` says all of, and puts its handle into the caller's place.
func makeTokenizer(
  _ tokenizer: UnsafeMutablePointer<OpaquePointer?>?, _ name: StaticString,
  _ error: UnsafeMutablePointer<OpaquePointer?>?,
  _ read: () throws(CallError) -> TokenizerSource
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let place = try unsafe Memory.place(tokenizer, name)
    unsafe place.pointee = nil
    unsafe place.pointee = try newTokenizer(read())
  }
}

func newTokenizer(_ source: TokenizerSource) throws(CallError) -> OpaquePointer {
  let object: TokenizerObject
  do throws(VocabularyError) {
    object = try TokenizerObject(source)
  } catch { throw CallError(error) }
  return try unsafe newHandle(object)
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
    if let text = try unsafe Memory.text(options.pattern, "options.pattern") {
      do {
        pattern = try SplitPattern(
          text, dialect: dialect == .rust ? .rust : .oniguruma)
      } catch { throw CallError(.malformed, "\(error)", place: "options.pattern") }
    }
    stem = try unsafe Memory.text(options.stem, "options.stem")
    if let text = try unsafe Memory.text(options.special_tokens, "options.special_tokens") {
      let bytes = Array(text.utf8)
      do {
        var ids: [String: TokenID] = [:]
        for token in try readSpecialTokens(bytes.span) { ids[token.content] = token.id }
        specialTokens = ids
      } catch { throw CallError(error) }
    }
  }
}
