public import SplitPatterns
public import Tokenization

extension Tokenizer {
  /// Loads a tokenizer from a file of any format that is read here, or a model's folder.
  ///
  /// What the file is shows its content, not its name: a compiled form, tokenizer.json, tekken.json,
  /// vocab.json (with merges.txt beside it), .tiktoken, a SentencePiece model, vocab.txt, GGUF, or
  /// CLIP's text. Of a folder the tokenizer is taken, and what stands beside it in
  /// `tokenizer_config.json` and `special_tokens_map.json`.
  ///
  /// - Parameters:
  ///   - path: the file or folder.
  ///   - pattern: for .tiktoken files that are not known, which do not hold one.
  ///   - specialTokens: for .tiktoken files, instead of the known ones.
  /// - Throws: what is wrong, with the file, the place in it, and what was found there.
  public init(
    contentsOf path: String, pattern: SplitPattern? = nil, specialTokens: [String: TokenID]? = nil
  ) throws(VocabularyError) {
    self = try TokenizerSource(contentsOf: path, pattern: pattern, specialTokens: specialTokens)
      .tokenizer()
  }

  /// Loads a tokenizer from bytes in memory, of every format but the two files of vocab.json.
  ///
  /// - Parameters:
  ///   - stem: the name of a .tiktoken file without its ending, by which it may be known.
  ///   - pattern: for .tiktoken files that are not known, which do not hold one.
  ///   - specialTokens: for .tiktoken files, instead of the known ones.
  public init(
    bytes: Span<UInt8>, stem: String? = nil, pattern: SplitPattern? = nil,
    specialTokens: [String: TokenID]? = nil
  ) throws(VocabularyError) {
    self = try TokenizerSource(
      bytes: bytes, stem: stem, pattern: pattern, specialTokens: specialTokens
    ).tokenizer()
  }

  /// Loads GPT-2's two files from bytes in memory.
  public init(vocabularyJSON: Span<UInt8>, merges: Span<UInt8>) throws(VocabularyError) {
    self = try TokenizerSource(vocabularyJSON: vocabularyJSON, merges: merges).tokenizer()
  }
}
