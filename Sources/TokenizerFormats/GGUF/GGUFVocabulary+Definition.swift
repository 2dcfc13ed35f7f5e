package import Tokenization

extension GGUFVocabulary {
  /// The tokenizer of the vocabulary, with what its keys put around a text.
  ///
  /// - Throws: `unsupported` for models that are not read yet.
  package func tokenizer() throws(VocabularyError) -> TokenizerDefinition {
    switch model {
    case .bytePair: return try bytePairTokenizer()
    default:
      throw VocabularyError(
        .unsupported, "the model `\(modelName)`", path: "tokenizer.ggml.model")
    }
  }
}
