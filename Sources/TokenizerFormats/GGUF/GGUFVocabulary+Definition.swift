package import Tokenization

extension GGUFVocabulary {
  /// The tokenizer of the vocabulary, with what its keys put around a text.
  ///
  /// It does to a text what llama.cpp does, but for what each kind says of itself. Control tokens and the
  /// unknown token are special, and no other text makes them; those that a user defined are found in
  /// every text.
  package func tokenizer() throws(VocabularyError) -> TokenizerDefinition {
    switch model {
    case .bytePair:
      let settings = try settings()
      return settings.pre?.usesByteAlphabet == false
        ? try escapedBytePairTokenizer() : try bytePairTokenizer()
    case .scoredBytePair: return try scoredBytePairTokenizer()
    case .wordPiece: return try wordPieceTokenizer()
    case .unigram: return try unigramTokenizer()
    case .longestMatch: return try longestMatchTokenizer()
    case .escapedBytePair: return try escapedBytePairTokenizer()
    }
  }
}
