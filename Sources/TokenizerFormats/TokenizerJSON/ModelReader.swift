import Tokenization

/// What `model` holds, while it is read: its members may come in any order.
struct ModelReader {
  private var type: String?
  private var texts: TokenTexts?
  private var merges: [BytePairDefinition.Merge]?
  /// Where `merges` stands, if it came before the vocabulary.
  private var mergesOffset: Int?
  /// The vocabulary is there, but not as an object: that of another model.
  private var vocabularyError: VocabularyError?
  private var unknownToken: String?
  private var fusesUnknown = false
  private var takesWholePretokens = false

  /// Reads the model and the ids of its texts. Errors are placed below `model`.
  static func read(
    _ reader: inout JSONReader
  ) throws(VocabularyError) -> (model: BytePairDefinition, texts: TokenTexts) {
    var model = ModelReader()
    let start = reader.offset
    var keys: Set<String> = []
    try reader.enterObject()
    while let name = try reader.nextKey() {
      let key = reader.text(name)
      if !keys.insert(key).inserted {
        throw reader.error(.duplicate, "the key `\(key)` stands twice", at: name.range.lowerBound)
          .under(key)
      }
      do { try model.readMember(key, &reader) } catch { throw error.under(key) }
    }
    let end = reader.offset
    if let offset = model.mergesOffset, let texts = model.texts {
      reader.move(to: offset)
      do { model.merges = try readMerges(&reader, texts) } catch { throw error.under("merges") }
      reader.move(to: end)
    }
    return try model.finish(start)
  }

  private mutating func readMember(
    _ key: String, _ reader: inout JSONReader
  ) throws(VocabularyError) {
    switch key {
    case "type":
      let offset = reader.offset
      let name = reader.text(try reader.readString())
      if name != "BPE" {
        throw reader.error(.unsupported, "the model `\(name)`; only `BPE` is read", at: offset)
      }
      type = name
    case "vocab":
      let offset = reader.offset
      if reader.next == UInt8(ascii: "{") {
        texts = try readVocabulary(&reader)
      } else {
        vocabularyError = reader.wrongType("an object")
        reader.move(to: offset)
        try reader.skipValue()
      }
    case "merges":
      if let texts {
        merges = try readMerges(&reader, texts)
      } else {
        mergesOffset = reader.offset
        try reader.skipValue()
      }
    default:
      let offset = reader.offset
      let value = try reader.readValue()
      do { try readOption(key, value) } catch { throw error.at(offset) }
    }
  }

  private mutating func readOption(
    _ key: String, _ value: JSONValue
  ) throws(VocabularyError) {
    if value == .null { return }
    switch key {
    case "dropout":
      guard case .number(let digits) = value, let rate = Double(digits) else {
        throw value.wrongType("a number or null")
      }
      guard rate >= 0, rate <= 1 else {
        throw VocabularyError(.malformed, "found `\(digits)` where 0 to 1 is expected")
      }
      if rate > 0 { throw VocabularyError(.unsupported, "merges left out by chance (`\(digits)`)") }
    case "continuing_subword_prefix", "end_of_word_suffix":
      let affix = try value.text()
      if !affix.utf8.isEmpty { throw VocabularyError(.unsupported, "the affix `\(affix)`") }
    case "byte_fallback":
      if try value.boolean() {
        throw VocabularyError(.unsupported, "byte fallback; only byte-level models are read")
      }
    case "unk_token": unknownToken = try value.text()
    case "fuse_unk": fusesUnknown = try value.boolean()
    case "ignore_merges": takesWholePretokens = try value.boolean()
    default: break
    }
  }

  private func finish(
    _ start: Int
  ) throws(VocabularyError) -> (model: BytePairDefinition, texts: TokenTexts) {
    // Without a type the original tries its models in turn; only BPE has vocab and merges.
    if type == nil, merges == nil || texts == nil {
      throw VocabularyError(
        .unsupported,
        "a model without `type`, `vocab` and `merges` as BPE has them; only BPE is read",
        offset: start)
    }
    if let vocabularyError { throw vocabularyError.under("vocab") }
    guard let texts else {
      throw VocabularyError(.missing, "the member `vocab` is missing", offset: start)
    }
    guard let merges else {
      throw VocabularyError(.missing, "the member `merges` is missing", offset: start)
    }
    let (tokens, unspelled) = texts.tokens()
    // Merges of tokens that no text produces never happen; their bytes would not fit together.
    let unreachable = Set(unspelled.map { texts.ids[$0] })
    let reachable =
      unreachable.isEmpty
      ? merges
      : merges.filter { !unreachable.contains($0.left) && !unreachable.contains($0.right) }
    let model = BytePairDefinition(
      tokens: tokens, ids: texts.ids, unspelled: unspelled, merges: .listed(reachable),
      takesWholePretokens: takesWholePretokens, unknown: try unknownID(texts, tokens, unspelled),
      fusesUnknown: fusesUnknown)
    return (model, texts)
  }

  /// The original complains of an unknown token that it does not know when it needs it. We
  /// complain at once, unless it can never be needed: every byte is a token.
  private func unknownID(
    _ texts: TokenTexts, _ tokens: ByteStrings, _ unspelled: [Int]
  ) throws(VocabularyError) -> TokenID? {
    guard let unknownToken else { return nil }
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
}
