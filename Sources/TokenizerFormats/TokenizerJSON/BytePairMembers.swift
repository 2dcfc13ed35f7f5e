import Tokenization

/// A model of type `BPE`: over bytes where the text comes in the byte alphabet, else over characters.
extension ModelMembers {
  func bytePair(afterByteLevel: Bool) throws(VocabularyError) -> any ModelDefinition {
    guard let texts else {
      throw VocabularyError(.missing, "the member `vocab` is missing", offset: offset)
    }
    guard let merges else {
      throw VocabularyError(.missing, "the member `merges` is missing", offset: offset)
    }
    let prefix = Array(try text("continuing_subword_prefix")?.utf8 ?? "".utf8)
    let suffix = Array(try text("end_of_word_suffix")?.utf8 ?? "".utf8)
    let fallsBack = try flag("byte_fallback")
    if afterByteLevel, prefix.isEmpty, suffix.isEmpty, !fallsBack {
      let model = try overBytes(texts, merges)
      // An unknown byte that merges is no byte of the text any more: such a model sees the alphabet.
      if !mergesUnknown(model, merges) { return model }
    }
    return CharacterPairDefinition(
      tokens: texts.index.strings, ids: texts.ids, merges: .listed(merges),
      continuingPrefix: prefix, endSuffix: suffix, fallsBackToBytes: fallsBack,
      unknown: try unknownID(texts), fusesUnknown: try flag("fuse_unk"),
      takesWholePretokens: try flag("ignore_merges"))
  }

  /// The rate of a BPE-dropout that the file asks for; nil for none.
  func dropout() throws(VocabularyError) -> Double? {
    let rate = try option("dropout") { (value) throws(VocabularyError) in try value.dropout() }
    return rate == 0 ? nil : rate
  }

  private func overBytes(
    _ texts: TokenTexts, _ merges: [BytePairDefinition.Merge]
  ) throws(VocabularyError) -> BytePairDefinition {
    let (tokens, unspelled) = texts.tokens()
    // Merges of tokens that no text produces never happen; their bytes would not fit together.
    let unreachable = Set(unspelled.map { texts.ids[$0] })
    let reachable =
      unreachable.isEmpty
      ? merges
      : merges.filter { !unreachable.contains($0.left) && !unreachable.contains($0.right) }
    return BytePairDefinition(
      tokens: tokens, ids: texts.ids, unspelled: unspelled, merges: .listed(reachable),
      takesWholePretokens: try flag("ignore_merges"),
      unknown: try unknownID(texts, tokens, unspelled), fusesUnknown: try flag("fuse_unk"))
  }

  /// Whether a byte may become the unknown token, and that may merge.
  private func mergesUnknown(
    _ model: BytePairDefinition, _ merges: [BytePairDefinition.Merge]
  ) -> Bool {
    guard let unknown = model.unknown,
      merges.contains(where: { $0.left == unknown || $0.right == unknown })
    else { return false }
    return !missingBytes(model.tokens, model.unspelled).isEmpty
  }

  /// The bytes without a token.
  private func missingBytes(_ tokens: ByteStrings, _ unspelled: [Int]) -> Set<UInt8> {
    var missing = Set(0...255 as ClosedRange<UInt8>)
    let outside = Set(unspelled)
    for place in 0..<tokens.count where tokens.range(place).count == 1 && !outside.contains(place) {
      missing.remove(tokens.bytes[tokens.range(place).lowerBound])
    }
    return missing
  }

  /// The original complains of an unknown token that it does not know when it needs it. We
  /// complain at once, unless it can never be needed: every byte is a token.
  private func unknownID(
    _ texts: TokenTexts, _ tokens: ByteStrings, _ unspelled: [Int]
  ) throws(VocabularyError) -> TokenID? {
    guard let unknownToken = try text("unk_token") else { return nil }
    let name = Array(unknownToken.utf8)
    if let place = texts.index[name.span] { return texts.ids[place] }
    let missing = missingBytes(tokens, unspelled)
    if missing.isEmpty { return nil }
    throw VocabularyError(
      .unknownToken,
      "`\(unknownToken)` is not in the vocabulary, which lacks \(missing.count) bytes",
      path: "unk_token")
  }

  /// The same for a model over characters, which any text can hold unless there is a token for every
  /// byte to fall back to.
  private func unknownID(_ texts: TokenTexts) throws(VocabularyError) -> TokenID? {
    guard let unknownToken = try text("unk_token") else { return nil }
    let name = Array(unknownToken.utf8)
    if let place = texts.index[name.span] { return texts.ids[place] }
    let hasAllBytes =
      try flag("byte_fallback")
      && (0...255 as ClosedRange<UInt8>).allSatisfy {
        let name = CharacterPairDefinition.nameOfByte($0)
        return texts.index[name.span] != nil
      }
    if hasAllBytes { return nil }
    throw VocabularyError(
      .unknownToken, "`\(unknownToken)` is not in the vocabulary", path: "unk_token")
  }
}

extension JSONValue {
  /// A rate from 0 to 1.
  func dropout() throws(VocabularyError) -> Double {
    guard case .number(let digits) = self, let rate = Double(digits) else {
      throw wrongType("a number or null")
    }
    guard rate >= 0, rate <= 1 else {
      throw VocabularyError(.malformed, "found `\(digits)` where 0 to 1 is expected")
    }
    return rate
  }
}
