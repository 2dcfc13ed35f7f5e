import Tokenization

/// The members of `model`, which may come in any order and mean something only together.
struct ModelMembers {
  /// The name of the model; files of old versions leave it out.
  var type: String?
  var texts: TokenTexts?
  /// The tokens of a Unigram model, which come with scores; ``texts`` has them as well.
  var scoredTokens: ScoredTokens?
  var merges: [BytePairDefinition.Merge]?
  var lexicon: Lexicon?
  var events: TextEvents?
  /// All other members.
  private(set) var options: [String: Option] = [:]
  /// Where the model stands.
  let offset: Int

  struct Option {
    var value: JSONValue
    var offset: Int
  }

  /// Reads the model. Errors are placed below `model`.
  init(_ reader: inout JSONReader) throws(VocabularyError) {
    offset = reader.offset
    /// Where `merges` stands, if it came before the vocabulary or the prefix that it is read with.
    var mergesOffset: Int?
    /// Where `lexicon` and `events` stand, which only types of our own have.
    var lexiconOffset: Int?
    var eventsOffset: Int?
    var keys: Set<String> = []
    try reader.enterObject()
    while let name = try reader.nextKey() {
      let key = reader.text(name)
      if !keys.insert(key).inserted {
        throw reader.error(.duplicate, "the key `\(key)` stands twice", at: name.range.lowerBound)
          .under(key)
      }
      do {
        switch key {
        case "type": try readType(&reader)
        case "vocab": try readTexts(&reader)
        case "merges":
          if let texts, keys.contains("continuing_subword_prefix") {
            merges = try readMerges(&reader, texts, prefixLength: prefixLength)
          } else {
            mergesOffset = reader.offset
            try reader.skipValue()
          }
        case "lexicon":
          lexiconOffset = reader.offset
          try reader.skipValue()
        case "events":
          eventsOffset = reader.offset
          try reader.skipValue()
        default:
          let offset = reader.offset
          options[key] = Option(value: try reader.readValue(), offset: offset)
        }
      } catch { throw error.under(key) }
    }
    let end = reader.offset
    if let mergesOffset, let texts {
      reader.move(to: mergesOffset)
      do {
        merges = try readMerges(&reader, texts, prefixLength: prefixLength)
      } catch { throw error.under("merges") }
      reader.move(to: end)
    }
    let hasEvents = type == Self.mergeEvents || type == Self.boundless
    if let lexiconOffset, type == Self.lessIsBetter || hasEvents {
      reader.move(to: lexiconOffset)
      do { lexicon = try readLexicon(&reader) } catch { throw error.under("lexicon") }
    }
    if let eventsOffset, let lexicon, hasEvents {
      reader.move(to: eventsOffset)
      do {
        events = try readEvents(&reader, lexicon, allowsJoins: type == Self.boundless)
      } catch { throw error.under("events") }
    } else if let eventsOffset {
      options["events"] = Option(value: .null, offset: eventsOffset)
    }
    reader.move(to: end)
  }

  /// How many bytes the prefix of a token that goes on has.
  private var prefixLength: Int {
    if case .string(let prefix) = options["continuing_subword_prefix"]?.value {
      return prefix.utf8.count
    }
    return 0
  }

  private mutating func readType(_ reader: inout JSONReader) throws(VocabularyError) {
    let offset = reader.offset
    let name = reader.text(try reader.readString())
    guard Self.names.contains(name) else {
      throw reader.error(
        .unsupported, "the model `\(name)`; read are \(Self.names.joined(separator: ", "))",
        at: offset)
    }
    type = name
  }

  private static let names = [
    "BPE", "WordPiece", "WordLevel", "Unigram", lessIsBetter, mergeEvents, boundless,
  ]

  private mutating func readTexts(_ reader: inout JSONReader) throws(VocabularyError) {
    reader.skipSpace()
    guard reader.next == UInt8(ascii: "[") else {
      texts = try readVocabulary(&reader)
      return
    }
    let tokens = try readScoredTokens(&reader)
    // Of a text that stands twice the later id holds, as in the original's map.
    texts = try TokenTexts(tokens.tokens, ids: (0..<tokens.scores.count).map { TokenID($0) })
    scoredTokens = tokens
  }

  /// What the members say, where the pre-tokenizer turns bytes into the byte alphabet or not.
  func definition(afterByteLevel: Bool) throws(VocabularyError) -> any ModelDefinition {
    switch type ?? impliedType {
    case "BPE": return try bytePair(afterByteLevel: afterByteLevel)
    case "Unigram": return try unigram()
    case Self.lessIsBetter: return try lessIsBetter()
    case Self.mergeEvents: return try mergeEvents()
    case Self.boundless: return try boundless()
    case "WordPiece": return try readWordPiece(requiredTexts(), .object(members))
    case "WordLevel": return try readWordLevel(requiredTexts(), .object(members))
    default:
      throw VocabularyError(
        .unsupported, "a model without `type` and without the members of one that is read",
        offset: offset)
    }
  }

  /// The model of a file without `type`: the original tries them in this order.
  private var impliedType: String? {
    if texts != nil, merges != nil { return "BPE" }
    if scoredTokens != nil { return "Unigram" }
    let keys = Set(options.keys)
    if keys.isSuperset(of: ["unk_token", "continuing_subword_prefix", "max_input_chars_per_word"]) {
      return "WordPiece"
    }
    return keys.contains("unk_token") ? "WordLevel" : nil
  }

  private func unigram() throws(VocabularyError) -> UnigramDefinition {
    guard let scoredTokens else {
      throw VocabularyError(
        .missing, "no `vocab` with tokens and their scores", offset: offset)
    }
    return try scoredTokens.definition(
      unknown: try option("unk_id") { (id) throws(VocabularyError) in try id.tokenID() },
      byteFallback: try flag("byte_fallback"))
  }

  /// The texts by which added tokens are found: those of `vocab`, or the bytes of a lexicon.
  func texts(of model: any ModelDefinition) throws(VocabularyError) -> TokenTexts {
    guard lexicon != nil else { return try requiredTexts() }
    return try TokenTexts(model.tokens, ids: model.ids)
  }

  /// Complains of members that the type `name` does not have.
  func refuseMembers(of name: String, besides known: [String]) throws(VocabularyError) {
    let other = options.filter { !known.contains($0.key) }.min { $0.value.offset < $1.value.offset }
    guard texts == nil, other == nil else {
      throw VocabularyError(
        .unsupported,
        "the member `\(other?.key ?? "vocab")`, which a model \(name) does not have",
        offset: other?.value.offset ?? offset)
    }
  }

  func requiredTexts() throws(VocabularyError) -> TokenTexts {
    guard let texts else {
      throw VocabularyError(.missing, "the member `vocab` is missing", offset: offset)
    }
    return texts
  }

  private var members: [JSONValue.Member] {
    options.map { JSONValue.Member(key: $0.key, value: $0.value.value) }
  }
}

// MARK: - Options

extension ModelMembers {
  /// What `body` makes of the option `key`, or nil where it is missing or null.
  func option<Value>(
    _ key: String, _ body: (JSONValue) throws(VocabularyError) -> Value
  ) throws(VocabularyError) -> Value? {
    guard let option = options[key], option.value != .null else { return nil }
    do { return try body(option.value) } catch { throw error.at(option.offset).under(key) }
  }

  func text(_ key: String) throws(VocabularyError) -> String? {
    try option(key) { (value) throws(VocabularyError) in try value.text() }
  }

  func flag(_ key: String) throws(VocabularyError) -> Bool {
    try option(key) { (value) throws(VocabularyError) in try value.boolean() } ?? false
  }
}
