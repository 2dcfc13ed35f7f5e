package import Tokenization
internal import UnicodeText

extension GGUFVocabulary {
  /// Reads the metadata of a GGUF file, version 2 or 3, of either byte order. What lies behind the
  /// metadata is not looked at: the beginning of a file will do.
  ///
  /// - Throws: for a value of another type than llama.cpp asks for, a key that stands twice, lists
  ///   with fewer entries than tokens, and a token that stands twice, as it does; and, unlike there,
  ///   for a score that is not finite and a map of characters without room for what it says it
  ///   holds. An id outside the vocabulary is left out, and a token without text is given one, as
  ///   there.
  /// - Complexity: O(*n*) in the bytes of the metadata.
  package init(_ file: Span<UInt8>) throws(VocabularyError) {
    var reader = try GGUFReader(file)
    var keys: Set<[UInt8]> = []
    var fields = Fields()
    for _ in 0..<reader.pairCount {
      let start = reader.offset
      let name = try reader.readKey()
      let key = String(decoding: name, as: UTF8.self)
      guard keys.insert(name).inserted else {
        throw VocabularyError(.duplicate, "the key stands twice", path: key, offset: start)
      }
      do throws(VocabularyError) {
        let type = try reader.readType()
        if try !readText(key, type, &reader), try !readList(key, type, &reader),
          try !fields.read(key, type, &reader)
        {
          try reader.skip(type)
        }
      } catch { throw error.under(key) }
    }
    try take(fields)
  }

  /// Reads a value that is a text; `false`, and nothing is read, for other keys.
  private mutating func readText(
    _ key: String, _ type: GGUFReader.ValueType, _ reader: inout GGUFReader
  ) throws(VocabularyError) -> Bool {
    switch key {
    case "general.architecture": architecture = try reader.readText(type)
    case "general.name": name = try reader.readText(type)
    case "tokenizer.ggml.model":
      let start = reader.offset
      modelName = try reader.readText(type)
      guard let known = Model(name: modelName) else {
        throw VocabularyError(
          .unsupported, "the model `\(modelName)` is not supported", offset: start)
      }
      model = known
    case "tokenizer.ggml.pre": pre = try reader.readText(type)
    case "tokenizer.chat_template": chatTemplate = try reader.readText(type)
    default: return false
    }
    return true
  }

  /// Reads a value that is an array; `false`, and nothing is read, for other keys.
  private mutating func readList(
    _ key: String, _ type: GGUFReader.ValueType, _ reader: inout GGUFReader
  ) throws(VocabularyError) -> Bool {
    switch key {
    case "tokenizer.ggml.tokens":
      texts = try reader.readStrings(type, limit: Int(TokenID.maximumInFiles) + 1)
    case "tokenizer.ggml.merges":
      merges = try reader.readStrings(type, limit: Int(UInt32.max >> 1))
    case "tokenizer.ggml.scores": scores = try reader.readScores(type)
    case "tokenizer.ggml.token_type":
      types = try reader.readTokenTypes(type)
    case "tokenizer.ggml.precompiled_charsmap":
      let start = reader.offset
      precompiledCharsMap = try reader.readBytes(type)
      try checkCharsMap(precompiledCharsMap, offset: start)
    default: return false
    }
    return true
  }

  /// Takes over the fields that need the whole vocabulary to be checked.
  private mutating func take(_ fields: Fields) throws(VocabularyError) {
    guard !modelName.isEmpty else {
      throw VocabularyError(.missing, "the key `tokenizer.ggml.model` is missing")
    }
    guard texts.count > 0 else {
      throw VocabularyError(.missing, "no token", path: "tokenizer.ggml.tokens")
    }
    if !scores.isEmpty { try cut(&scores, "tokenizer.ggml.scores") }
    if !types.isEmpty { try cut(&types, "tokenizer.ggml.token_type") }
    nameEmptyTexts()
    let index = ByteStringIndex(texts)
    if let again = index.duplicates.first, let first = index[texts[again].span] {
      throw VocabularyError(
        .duplicate,
        "the token `\(String(decoding: texts[again], as: UTF8.self))` has the id \(first) too",
        path: "tokenizer.ggml.tokens[\(again)]")
    }
    for (key, id) in fields.ids where id < UInt64(texts.count) {
      guard let property = Fields.roles[key] else { continue }
      roles[keyPath: property] = TokenID(id)
    }
    for (key, value) in fields.flags {
      guard let property = Fields.properties[key] else { continue }
      self[keyPath: property] = value
    }
  }

  /// Leaves an element for each token; more may be there, fewer not.
  private func cut<Element>(_ list: inout [Element], _ key: String) throws(VocabularyError) {
    guard list.count >= texts.count else {
      throw VocabularyError(
        .malformed, "\(list.count) elements for \(texts.count) tokens", path: key)
    }
    list.removeLast(list.count - texts.count)
  }

  /// Gives tokens without text the texts that llama.cpp gives them.
  private mutating func nameEmptyTexts() {
    guard (0..<texts.count).contains(where: { texts.range($0).isEmpty }) else { return }
    var named = ByteStrings()
    for place in 0..<texts.count {
      let text = texts[place]
      named.append(text.isEmpty ? Array("[EMPTY_\(place)]".utf8) : text)
    }
    texts = named
  }
}

/// Values that are a number or a truth, by their keys.
private struct Fields {
  var ids: [String: UInt64] = [:]
  var flags: [String: Bool] = [:]

  /// Reads a value of a key in the tables below; `false`, and nothing is read, for other keys.
  mutating func read(
    _ key: String, _ type: GGUFReader.ValueType, _ reader: inout GGUFReader
  ) throws(VocabularyError) -> Bool {
    if Self.roles[key] != nil {
      ids[key] = try reader.readID(type)
    } else if Self.properties[key] != nil {
      flags[key] = try reader.readFlag(type)
    } else {
      return false
    }
    return true
  }

  // The misspelling is the format's.
  static let roles: [String: any WritableKeyPath<GGUFVocabulary.Roles, TokenID?> & Sendable] = [
    "tokenizer.ggml.bos_token_id": \.beginning, "tokenizer.ggml.eos_token_id": \.end,
    "tokenizer.ggml.eot_token_id": \.endOfTurn, "tokenizer.ggml.unknown_token_id": \.unknown,
    "tokenizer.ggml.seperator_token_id": \.separator, "tokenizer.ggml.padding_token_id": \.padding,
    "tokenizer.ggml.cls_token_id": \.classification, "tokenizer.ggml.mask_token_id": \.mask,
  ]
  static let properties: [String: any WritableKeyPath<GGUFVocabulary, Bool?> & Sendable] = [
    "tokenizer.ggml.add_bos_token": \.addsBeginning, "tokenizer.ggml.add_eos_token": \.addsEnd,
    "tokenizer.ggml.add_sep_token": \.addsSeparator,
    "tokenizer.ggml.add_space_prefix": \.addsSpacePrefix,
    "tokenizer.ggml.remove_extra_whitespaces": \.removesExtraWhitespaces,
    "tokenizer.ggml.normalizer.lowercase": \.lowercases,
    "tokenizer.ggml.normalizer.strip_accents": \.stripsAccents,
  ]
}

// MARK: Values of a type

extension GGUFReader {
  fileprivate mutating func readText(_ type: ValueType) throws(VocabularyError) -> String {
    try require([.string], type)
    let range = try readString()
    var bytes: [UInt8] = []
    bytes.append(contentsOf: file.extracting(range))
    return String(decoding: bytes, as: UTF8.self)
  }

  fileprivate mutating func readFlag(_ type: ValueType) throws(VocabularyError) -> Bool {
    try require([.bool], type)
    return try readInteger(1, "a truth value") != 0
  }

  fileprivate mutating func readID(_ type: ValueType) throws(VocabularyError) -> UInt64 {
    try require([.uint32, .int32, .uint64, .int64, .uint16, .uint8], type)
    return try readInteger(type.minimumSize, "an id")
  }

  fileprivate mutating func readStrings(
    _ type: ValueType, limit: Int
  ) throws(VocabularyError) -> ByteStrings {
    let start = offset
    let count = try readArrayHead(type, [.string])
    guard count <= limit else {
      throw VocabularyError(.limit, "\(count) strings, of at most \(limit)", offset: start)
    }
    var bytes: [UInt8] = []
    var ends: [UInt32] = []
    ends.reserveCapacity(count)
    for place in 0..<count {
      let start = offset
      do throws(VocabularyError) {
        let range = try readString()
        guard bytes.count + range.count <= UInt32.max else {
          throw VocabularyError(
            .limit, "\(bytes.count + range.count) bytes of strings, of at most \(UInt32.max)",
            offset: start)
        }
        bytes.append(contentsOf: file.extracting(range))
        ends.append(UInt32(bytes.count))
      } catch { throw error.under("[\(place)]") }
    }
    return ByteStrings(bytes: bytes, ends: ends)
  }

  fileprivate mutating func readScores(_ type: ValueType) throws(VocabularyError) -> [Float] {
    let (elementType, count) = try readTypedArrayHead(type, [.float32, .int32])
    var scores: [Float] = []
    scores.reserveCapacity(count)
    for place in 0..<count {
      let start = offset
      let bits = UInt32(truncatingIfNeeded: try readInteger(4, "a score"))
      let score =
        elementType == .int32 ? Float(Int32(bitPattern: bits)) : Float(bitPattern: bits)
      guard score.isFinite else {
        throw VocabularyError(
          .malformed, "the score `\(score)` where a finite number is expected",
          path: "[\(place)]", offset: start)
      }
      scores.append(score)
    }
    return scores
  }

  /// Types that have no meaning are ``GGUFVocabulary/TokenType/undefined``.
  fileprivate mutating func readTokenTypes(
    _ type: ValueType
  ) throws(VocabularyError) -> [GGUFVocabulary.TokenType] {
    let count = try readArrayHead(type, [.int32])
    var types: [GGUFVocabulary.TokenType] = []
    types.reserveCapacity(count)
    for _ in 0..<count {
      let number = try readInteger(4, "a type of token")
      types.append(UInt8(exactly: number).flatMap(GGUFVocabulary.TokenType.init) ?? .undefined)
    }
    return types
  }

  fileprivate mutating func readBytes(_ type: ValueType) throws(VocabularyError) -> [UInt8] {
    let count = try readArrayHead(type, [.uint8, .int8])
    return try read(bytes: count)
  }

  private mutating func readArrayHead(
    _ type: ValueType, _ types: [ValueType]
  ) throws(VocabularyError) -> Int {
    try readTypedArrayHead(type, types).count
  }

  private mutating func readTypedArrayHead(
    _ type: ValueType, _ types: [ValueType]
  ) throws(VocabularyError) -> (type: ValueType, count: Int) {
    try require([.array], type)
    let start = offset
    let (elementType, count) = try readArrayHead()
    guard types.contains(elementType) else { throw wrongType(types, elementType, at: start) }
    return (elementType, count)
  }

  private func require(_ types: [ValueType], _ type: ValueType) throws(VocabularyError) {
    guard types.contains(type) else { throw wrongType(types, type, at: offset - 4) }
  }

  private func wrongType(
    _ expected: [ValueType], _ found: ValueType, at start: Int
  ) -> VocabularyError {
    VocabularyError(
      .wrongType,
      "found the type `\(found)` where \(expected.map { "`\($0)`" }.joined(separator: " or ")) is "
        + "expected", offset: start)
  }
}
