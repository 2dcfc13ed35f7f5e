import Tokenization

extension GGUFVocabulary {
  /// The tokenizer of a vocabulary whose model is ``Model/unigram``.
  ///
  /// SentencePiece adds scores in 32 bits, which decides otherwise only between segmentations of nearly
  /// the same score.
  func unigramTokenizer() throws(VocabularyError) -> TokenizerDefinition {
    let settings = try settings()
    try requireUnknown(settings)
    var charsmap: PrecompiledCharsmap?
    if !precompiledCharsMap.isEmpty {
      do {
        charsmap = try PrecompiledCharsmap(precompiledCharsMap)
      } catch {
        throw error.under("tokenizer.ggml.precompiled_charsmap")
      }
    }
    return TokenizerDefinition(
      pipeline: Pipeline(
        addedTokens: addedTokens(),
        normalizer: .sentencePiece(
          SentencePieceNormalizer(
            charsmap: charsmap,
            // Where spaces in a row become one, llama.cpp has one before each word.
            addsDummySpace: settings.addsSpacePrefix || settings.removesExtraWhitespaces,
            removesExtraSpaces: settings.removesExtraWhitespaces,
            escapesSpaces: settings.escapesWhitespaces,
            userSymbols: types.indices.filter { types[$0] == .userDefined }.map(text))),
        splitter: Splitter([]), postProcessor: template(settings),
        decoder: escapedDecoder(settings, dropsFirstSpace: settings.addsSpacePrefix),
        roles: roles(settings)),
      model: UnigramDefinition(
        tokens: texts,
        scores: scores.isEmpty
          ? Array(repeating: 0, count: texts.count) : scores.map { Double($0) },
        unknown: settings.unknown,
        rules: .llamaCPP(kinds: (0..<texts.count).map { kind($0, settings) })))
  }

  private func kind(_ place: Int, _ settings: Settings) -> UnigramDefinition.Kind {
    if TokenID(place) == settings.unknown { return .unknown }
    return switch type(place) {
    case .normal, .undefined: .normal
    // None of these is made by text. There is no byte fallback.
    case .unknown, .control, .byte: .control
    case .userDefined: .userDefined
    case .unused: .unused
    }
  }
}
