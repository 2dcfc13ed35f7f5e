import Tokenization

/// Byte pairs over characters: SentencePiece's, by score, and those of Gemma 4, by listed merges.
extension GGUFVocabulary {
  /// The tokenizer of a vocabulary whose model is ``Model/scoredBytePair``.
  ///
  /// As in llama.cpp, and other than in SentencePiece, characters stay as they are, so do spaces in a
  /// row, and a space is put before each stretch of text between special tokens. There the name of a
  /// control token can still be put together from its parts; here it cannot.
  ///
  /// - Throws: `missing` where there are neither tokens for all bytes nor an unknown token.
  func scoredBytePairTokenizer() throws(VocabularyError) -> TokenizerDefinition {
    let settings = try settings()
    let hasBytes = hasByteTokens
    if !hasBytes { try requireUnknown(settings) }
    return TokenizerDefinition(
      pipeline: Pipeline(
        addedTokens: addedTokens(),
        normalizer: escaping(addsPrefix: settings.addsSpacePrefix), splitter: Splitter([]),
        postProcessor: template(settings),
        decoder: escapedDecoder(settings, dropsFirstSpace: settings.addsSpacePrefix),
        roles: roles(settings)),
      model: CharacterPairDefinition(
        tokens: texts, ids: ids,
        merges: .byScore(scores.isEmpty ? Array(repeating: 0, count: texts.count) : scores),
        unmatched: unmatchedPlaces, fallsBackToBytes: hasBytes,
        unknown: hasBytes ? nil : settings.unknown))
  }

  /// The tokenizer of a vocabulary whose model is ``Model/escapedBytePair``, or whose way to cut says
  /// that spaces are escaped.
  ///
  /// Of several newlines in Gemma's texts as many as are a token become that token, without merges; in
  /// llama.cpp only if that is all of them.
  func escapedBytePairTokenizer() throws(VocabularyError) -> TokenizerDefinition {
    let settings = try settings()
    guard let pre = settings.pre, let merges = try readMerges(TokenTexts(texts, ids: ids)) else {
      throw VocabularyError(.missing, "the key is missing", path: "tokenizer.ggml.merges")
    }
    return TokenizerDefinition(
      pipeline: Pipeline(
        addedTokens: addedTokens(), normalizer: escaping(addsPrefix: false),
        splitter: try pre.splitter(), postProcessor: template(settings),
        decoder: escapedDecoder(settings, dropsFirstSpace: false), roles: roles(settings)),
      model: CharacterPairDefinition(
        tokens: texts, ids: ids, merges: .listed(merges),
        userDefined: pre.name == "gemma4" ? newlineTokens : [], fallsBackToBytes: true,
        takesWholePretokens: settings.takesWholePretokens))
  }

  private var newlineTokens: [Int] {
    (0..<texts.count).filter { place in
      texts.range(place).count > 1 && texts.bytes[texts.range(place)].allSatisfy { $0 == 0x0A }
    }
  }

  var ids: [TokenID] { (0..<texts.count).map { TokenID($0) } }

  /// Tokens that no text is made into.
  var unmatchedPlaces: [Int] {
    types.indices.filter { [.control, .unknown, .byte].contains(types[$0]) }
  }

  func requireUnknown(_ settings: Settings) throws(VocabularyError) {
    guard settings.unknown == nil else { return }
    throw VocabularyError(
      .missing, "there is no unknown token", path: "tokenizer.ggml.unknown_token_id")
  }

  private var hasByteTokens: Bool {
    let index = ByteStringIndex(texts)
    return (0...255 as ClosedRange<UInt8>).allSatisfy {
      let name = CharacterPairDefinition.nameOfByte($0)
      return index[name.span] != nil
    }
  }

  private func escaping(addsPrefix: Bool) -> Normalizer {
    let escaping = Normalizer.replace(.literal(" "), "\u{2581}")
    return addsPrefix ? .sequence([.prepend("\u{2581}"), escaping]) : escaping
  }

  /// U+2581 to spaces and bytes to characters. llama.cpp gives bytes that are no character as they
  /// are, for which U+FFFD stands here, and special tokens by their names.
  func escapedDecoder(_ settings: Settings, dropsFirstSpace: Bool) -> TokenDecoder {
    let unknown = settings.unknown.map { text(Int($0)) } ?? ""
    return .sentencePiece(
      SentencePieceDecoder(
        unknown: unknown, unknownSurface: unknown, dropsFirstSpace: dropsFirstSpace,
        dropsAllFirstSpaces: false, hasBytes: true))
  }
}
