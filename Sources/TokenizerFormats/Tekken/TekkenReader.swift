internal import SplitPatterns
package import Tokenization

/// Reads a tekken.json of Mistral.
///
/// The file lists more tokens than the vocabulary takes: of `default_vocab_size` ids the first
/// `default_num_special_tokens` are special, the others, in order of rank, the first of the list. A
/// special token that the file does not list is called `<SPECIAL_id>`; files up to version 7 list
/// none and have those of old. A control token is only found in a text where special tokens are
/// parsed; the original never does that.
///
/// - Throws: where mistral_common (1.13) refuses the file: a rank that is not the place, one of the
///   first 256 tokens that is not the byte of its rank, a token that stands twice, fewer tokens than
///   the vocabulary takes, special tokens that stand twice or out of their order.
/// - Complexity: O(*n*) in `bytes`.
package func readTekken(_ bytes: Span<UInt8>) throws(VocabularyError) -> TokenizerDefinition {
  try JSONReader.read(bytes) { (reader) throws(VocabularyError) in
    var file = TekkenFile()
    var keys: Set<String> = []
    try reader.enterObject()
    while let name = try reader.nextKey() {
      let key = reader.text(name)
      if !keys.insert(key).inserted {
        throw reader.error(.duplicate, "the key `\(key)` stands twice", at: name.range.lowerBound)
          .under(key)
      }
      let offset = reader.offset
      do throws(VocabularyError) { try file.readMember(key, &reader) } catch {
        throw error.at(offset).under(key)
      }
    }
    return try file.definition()
  }
}

/// The members of a tekken.json, as far as they have been read.
private struct TekkenFile {
  var config: TekkenConfiguration?
  var tokens: TekkenTokens?
  var special: [TekkenSpecialToken]?

  mutating func readMember(_ key: String, _ reader: inout JSONReader) throws(VocabularyError) {
    switch key {
    case "config": config = try TekkenConfiguration(try reader.readValue())
    case "vocab": tokens = try TekkenTokens(&reader)
    case "special_tokens":
      let value = try reader.readValue()
      if value != .null {
        special = try value.each { (token) throws(VocabularyError) in
          try TekkenSpecialToken(token)
        }
      }
    default: try reader.skipValue()
    }
  }

  func definition() throws(VocabularyError) -> TokenizerDefinition {
    guard let config else { throw VocabularyError(.missing, "the member `config` is missing") }
    guard var tokens else { throw VocabularyError(.missing, "the member `vocab` is missing") }
    let ordinary = config.vocabularySize - config.specialCount
    guard tokens.strings.count >= ordinary else {
      throw VocabularyError(
        .missing, "\(tokens.strings.count) tokens, where the vocabulary takes \(ordinary)",
        path: "vocab")
    }
    tokens.cut(to: ordinary)
    try tokens.check()
    let added = try specialTokens(config)
    let id = { (text: String) in added.first { sameBytes($0.content, text) }?.id }
    let pattern = try readPattern(config)
    return TokenizerDefinition(
      pipeline: Pipeline(
        addedTokens: added,
        splitter: Splitter([
          .pattern(pattern, .removed, inverted: true),
          .byteLevel(addsPrefixSpace: false, splits: false),
        ]),
        decoder: .bytes,
        roles: TokenRoles(
          beginning: id("<s>"), end: id("</s>"), padding: id("<pad>"), unknown: id("<unk>"))),
      model: BytePairDefinition(
        tokens: tokens.strings, ids: (0..<ordinary).map { TokenID($0 + config.specialCount) },
        merges: .byID, takesWholePretokens: true))
  }

  private func readPattern(_ config: TekkenConfiguration) throws(VocabularyError) -> SplitPattern {
    do { return try readSplitPattern(config.pattern, .rust) } catch {
      throw error.under("config.pattern")
    }
  }

  /// One for each id below the number of special tokens.
  private func specialTokens(
    _ config: TekkenConfiguration
  ) throws(VocabularyError) -> [AddedToken] {
    guard special != nil || config.version <= 7 else {
      throw VocabularyError(
        .missing, "no special tokens, which files of version \(config.version) must list",
        path: "special_tokens")
    }
    var tokens =
      special
      ?? TekkenSpecialToken.ofOld.enumerated().map {
        TekkenSpecialToken(rank: $0.offset, text: $0.element)
      }
    guard tokens.count <= config.specialCount else {
      throw VocabularyError(
        .limit, "\(tokens.count) special tokens, where there is room for \(config.specialCount)",
        path: "special_tokens")
    }
    for place in tokens.count..<config.specialCount {
      tokens.append(TekkenSpecialToken(rank: place, text: "<SPECIAL_\(place)>"))
    }
    var places: [[UInt8]: Int] = [:]
    for (place, token) in tokens.enumerated() {
      let path = "special_tokens[\(place)]"
      guard token.rank == place else {
        throw VocabularyError(
          .malformed, "the rank \(token.rank) where \(place) is expected", path: path)
      }
      if let other = places.updateValue(place, forKey: Array(token.text.utf8)) {
        throw VocabularyError(
          .duplicate, "`\(token.text)` stands at special_tokens[\(other)] too", path: path)
      }
    }
    return tokens.map { AddedToken($0.text, id: TokenID($0.rank)) }
  }
}
