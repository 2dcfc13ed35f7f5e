package import Tokenization

extension SentencePieceFile {
  /// The tokenizer of the model, as sentencepiece's `encode` has it: no token is put before or behind a
  /// text, and control tokens are never made by one.
  package func tokenizer() throws(VocabularyError) -> TokenizerDefinition {
    TokenizerDefinition(
      pipeline: Pipeline(
        addedTokens: places(of: .control).map {
          AddedToken(text($0), id: TokenID($0), isSpecial: true)
        },
        normalizer: .sentencePiece(try sentencePieceNormalizer()), splitter: Splitter([]),
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

  // MARK: - Model

  private func model() throws(VocabularyError) -> any ModelDefinition {
    let ids = (0..<texts.count).map { TokenID($0) }
    switch trainer.modelType {
    case .unigram:
      return UnigramDefinition(
        tokens: texts, scores: scores.map { Double($0) }, unknown: unknown,
        byteFallback: !byteTokens.isEmpty, rules: .sentencePiece(kinds: types.map(\.kind)))
    case .bytePair:
      return CharacterPairDefinition(
        tokens: texts, ids: ids, merges: .byScore(scores),
        unmatched: types.indices.filter { !types[$0].isOfText },
        userDefined: places(of: .userDefined),
        unused: places(of: .unused), fallsBackToBytes: !byteTokens.isEmpty,
        unknown: unknown, fusesUnknown: true)
    case .word:
      return WordLevelDefinition(
        tokens: texts, ids: ids, unknown: unknown,
        unmatched: types.indices.filter { types[$0] == .unused || !types[$0].isOfText },
        cutsAtSpaceMarks: true, byteTokens: byteTokens)
    case .character:
      // Characters are symbols that do not merge: longer tokens are made by the user's symbols only.
      return CharacterPairDefinition(
        tokens: texts, ids: ids, merges: .byScore(scores),
        unmatched: types.indices.filter {
          types[$0] != .userDefined && (types[$0] != .normal || characterCount($0) > 1)
        },
        userDefined: places(of: .userDefined), fallsBackToBytes: !byteTokens.isEmpty,
        unknown: unknown, fusesUnknown: true)
    }
  }

  /// The number of characters of the token at `place`.
  private func characterCount(_ place: Int) -> Int { text(place).unicodeScalars.count }
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
