import Tokenization

/// A model of type `BPE`: over bytes where the text comes in the byte alphabet, else over characters.
extension ModelMembers {
  func bytePair(afterByteLevel: Bool) throws(VocabularyError) -> any ModelDefinition {
    try refuseDropout()
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
      return try overBytes(texts, merges)
    }
    return CharacterPairDefinition(
      tokens: texts.index.strings, ids: texts.ids, merges: .listed(merges),
      continuingPrefix: prefix, endSuffix: suffix, fallsBackToBytes: fallsBack,
      unknown: try unknownID(texts), fusesUnknown: try flag("fuse_unk"),
      takesWholePretokens: try flag("ignore_merges"))
  }

  private func refuseDropout() throws(VocabularyError) {
    try option("dropout") { (value) throws(VocabularyError) in
      guard case .number(let digits) = value, let rate = Double(digits) else {
        throw value.wrongType("a number or null")
      }
      guard rate >= 0, rate <= 1 else {
        throw VocabularyError(.malformed, "found `\(digits)` where 0 to 1 is expected")
      }
      if rate > 0 { throw VocabularyError(.unsupported, "merges left out by chance (`\(digits)`)") }
    }
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

  /// The original complains of an unknown token that it does not know when it needs it. We
  /// complain at once, unless it can never be needed: every byte is a token.
  private func unknownID(
    _ texts: TokenTexts, _ tokens: ByteStrings, _ unspelled: [Int]
  ) throws(VocabularyError) -> TokenID? {
    guard let unknownToken = try text("unk_token") else { return nil }
    let name = Array(unknownToken.utf8)
    if let place = texts.index[name.span] { return texts.ids[place] }
    var missing = Set(0...255 as ClosedRange<UInt8>)
    let outside = Set(unspelled)
    for place in 0..<tokens.count where tokens.range(place).count == 1 && !outside.contains(place) {
      missing.remove(tokens.bytes[tokens.range(place).lowerBound])
    }
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
