import SplitPatterns
package import Tokenization

extension TokenizerDefinition {
  /// The tokenizer in another format.
  ///
  /// What is written is read back, and must mean what this does: the same tokens under the same ids, the
  /// same steps, the same ids for every text. Which tokens have a part to play (``TokenRoles``) is told
  /// as far as the format can, and not counted as a loss.
  ///
  /// - Parameters:
  ///   - stem: the name that the file will have, without its ending; a .tiktoken file may be known by it.
  ///   - allowsLosses: whether to go on where the file cannot say everything.
  /// - Throws: `inexpressible`, with all that would be lost; also where the format has no such model,
  ///   whatever is allowed. Errors of building the tokenizer.
  /// - Complexity: that of loading the tokenizer twice.
  package func written(
    as format: WritableFormat, stem: String? = nil, allowsLosses: Bool = false
  ) throws(VocabularyError) -> WrittenTokenizer {
    var written = try write(as: format)
    if let said = try format.read(written, stem: stem) {
      written.losses = try losses(in: said)
    }
    if !allowsLosses, !written.losses.isEmpty {
      throw VocabularyError(
        .inexpressible,
        "a file of the format \(format.rawValue) would lose: "
          + written.losses.joined(separator: "; "))
    }
    return written
  }

  private func write(as format: WritableFormat) throws(VocabularyError) -> WrittenTokenizer {
    switch format {
    case .tokenizerJSON: WrittenTokenizer(bytes: try tokenizerJSON())
    case .tiktoken: WrittenTokenizer(bytes: try tiktokenRanks())
    case .sentencePiece: WrittenTokenizer(bytes: try sentencePieceModel())
    case .vocabularyText: WrittenTokenizer(bytes: try vocabularyText())
    case .vocabularyJSON: try wordLists()
    case .gguf: WrittenTokenizer(bytes: try ggufVocabulary().write())
    case .compiled: WrittenTokenizer(bytes: try Tokenizer(self).compiled())
    }
  }
}

extension WritableFormat {
  /// What a file says that was written in this format; nil for the compiled form, which says all.
  fileprivate func read(
    _ file: WrittenTokenizer, stem: String?
  ) throws(VocabularyError) -> TokenizerDefinition? {
    let bytes = file.bytes.span
    switch self {
    case .tokenizerJSON: return try readTokenizerJSON(bytes)
    case .sentencePiece: return try SentencePieceFile(bytes).tokenizer()
    case .vocabularyText: return try readBERTVocabulary(bytes)
    case .vocabularyJSON:
      let merges = file.merges ?? []
      return try readWordLists(vocabulary: bytes, merges: merges.span)
    case .gguf: return try GGUFVocabulary(bytes).tokenizer()
    case .tiktoken:
      do throws(VocabularyError) {
        return try readTiktoken(bytes, stem: stem, pattern: nil, specialTokens: nil)
      } catch {
        guard error.reason == .unknownVocabulary else { throw error }
        // A pattern that takes everything stands for the one that is not there.
        return try readTiktoken(
          bytes, stem: nil, pattern: readSplitPattern(#"(?s:.+)"#, .rust), specialTokens: [])
      }
    case .compiled: return nil
    }
  }
}

extension VocabularyError {
  /// The format has no such model.
  static func noModel(_ definition: TokenizerDefinition, in format: WritableFormat)
    -> VocabularyError
  {
    VocabularyError(
      .inexpressible,
      "the model is \(type(of: definition.model).kind.name), which the format \(format.rawValue) does not have"
    )
  }
}
