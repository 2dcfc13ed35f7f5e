package import Tokenization

extension SentencePieceFile {
  /// The tokenizer of the model, as sentencepiece's `encode` has it: no token is put before or behind a
  /// text, and control tokens are never made by one.
  ///
  /// - Throws: `unsupported` for what the original does and we do not: unused pieces of byte-pair models,
  ///   and symbols of the user in models of words or characters.
  package func tokenizer() throws(VocabularyError) -> TokenizerDefinition {
    TokenizerDefinition(
      pipeline: Pipeline(
        addedTokens: places(of: .control).map {
          AddedToken(text($0), id: TokenID($0), isSpecial: true)
        },
        normalizer: .sentencePiece(try sentencePieceNormalizer()), splitter: try splitter(),
        decoder: .sentencePiece(try decoder()), roles: roles),
      model: try model())
  }

  private func places(of type: TokenType) -> [Int] { types.indices.filter { types[$0] == type } }

  private func text(_ place: Int) -> String { String(decoding: texts[place], as: UTF8.self) }

  // MARK: - Text

  private func sentencePieceNormalizer() throws(VocabularyError) -> SentencePieceNormalizer {
    SentencePieceNormalizer(
      charsmap: try charsmap(normalizer, "normalizer_spec"),
      addsDummySpace: normalizer.addsDummyPrefix,
      removesExtraSpaces: normalizer.removesExtraWhitespaces,
      escapesSpaces: normalizer.escapesWhitespaces,
      addsSpaceBehind: trainer.treatsWhitespaceAsSuffix,
      userSymbols: places(of: .userDefined).map(text))
  }

  private func charsmap(
    _ normalizer: Normalizer, _ name: String
  ) throws(VocabularyError) -> PrecompiledCharsmap? {
    if normalizer.precompiledCharsMap.isEmpty { return nil }
    do {
      return try PrecompiledCharsmap(normalizer.precompiledCharsMap)
    } catch {
      throw error.under("\(name).precompiled_charsmap")
    }
  }

  private func decoder() throws(VocabularyError) -> SentencePieceDecoder {
    var denormalization: SentencePieceNormalizer?
    if let denormalizer {
      denormalization = SentencePieceNormalizer(
        charsmap: try charsmap(denormalizer, "denormalizer_spec"),
        addsDummySpace: denormalizer.addsDummyPrefix,
        removesExtraSpaces: denormalizer.removesExtraWhitespaces,
        escapesSpaces: denormalizer.escapesWhitespaces)
    }
    return SentencePieceDecoder(
      unknown: text(Int(unknown)),
      unknownSurface: String(decoding: trainer.unknownSurface, as: UTF8.self),
      dropsFirstSpace: normalizer.addsDummyPrefix,
      dropsAllFirstSpaces: normalizer.removesExtraWhitespaces, hasBytes: !byteTokens.isEmpty,
      denormalizer: denormalization)
  }

  /// Models of words see words; the others see the whole text.
  private func splitter() throws(VocabularyError) -> Splitter {
    guard trainer.modelType == .word else { return Splitter([]) }
    let behavior: SplitBehavior =
      trainer.treatsWhitespaceAsSuffix ? .mergedWithPrevious : .mergedWithNext
    return Splitter([.literal("\u{2581}", behavior, inverted: false)])
  }

  // MARK: - Model

  private func model() throws(VocabularyError) -> any ModelDefinition {
    let ids = (0..<texts.count).map { TokenID($0) }
    switch trainer.modelType {
    case .unigram:
      return UnigramDefinition(
        tokens: texts, scores: scores.map { Double($0) }, unknown: unknown,
        byteFallback: !byteTokens.isEmpty, rules: .sentencePiece(kinds: types.map(\.kind)))
    case .bytePair:
      if let place = types.firstIndex(of: .unused) {
        throw VocabularyError(
          .unsupported, "an unused piece, `\(text(place))`, in a byte-pair model",
          path: "pieces[\(place)]")
      }
      return CharacterPairDefinition(
        tokens: texts, ids: ids, merges: .byScore(scores),
        unmatched: types.indices.filter { !types[$0].isOfText },
        userDefined: places(of: .userDefined), fallsBackToBytes: !byteTokens.isEmpty,
        unknown: unknown, fusesUnknown: true)
    case .word:
      try refuseUserSymbols()
      return WordLevelDefinition(tokens: texts, ids: ids, unknown: unknown)
    case .character:
      try refuseUserSymbols()
      return CharactersDefinition(tokens: texts, ids: ids, unknown: unknown)
    }
  }

  private func refuseUserSymbols() throws(VocabularyError) {
    guard let place = types.firstIndex(of: .userDefined) else { return }
    throw VocabularyError(
      .unsupported, "a symbol of the user, `\(text(place))`, in a model of words or characters",
      path: "pieces[\(place)]")
  }
}

extension SentencePieceFile.TokenType {
  fileprivate var kind: UnigramDefinition.Kind {
    switch self {
    case .normal: .normal
    case .unknown: .unknown
    case .control: .control
    case .userDefined: .userDefined
    case .unused: .unused
    case .byte: .byte
    }
  }
}
