package import Tokenization

extension TokenizerConfiguration {
  /// Reads what is given of `tokenizer_config.json`, `special_tokens_map.json` and
  /// `chat_template.jinja`.
  ///
  /// The map's special tokens hold where the configuration has no `added_tokens_decoder`; otherwise
  /// the map is not looked at, as in transformers. A template in a file of its own holds over that
  /// in the configuration. Keys may stand twice, as in published files; the last one holds.
  ///
  /// - Complexity: O(*n*) in the bytes of all.
  package init(
    configuration: Span<UInt8>? = nil, specialTokensMap: Span<UInt8>? = nil,
    chatTemplate: Span<UInt8>? = nil
  ) throws(VocabularyError) {
    if let configuration {
      do {
        try readConfiguration(JSONValue(parsing: configuration, keepsLastOfSameKey: true))
      } catch {
        throw error.inFile("tokenizer_config.json")
      }
    }
    if addedTokens == nil, let specialTokensMap {
      do {
        try readSpecialTokens(JSONValue(parsing: specialTokensMap, keepsLastOfSameKey: true))
      } catch {
        throw error.inFile("special_tokens_map.json")
      }
    }
    if let chatTemplate {
      var bytes: [UInt8] = []
      for index in chatTemplate.indices { bytes.append(chatTemplate[index]) }
      self.chatTemplate = String(decoding: bytes, as: UTF8.self)
    }
  }

  private mutating func readConfiguration(_ value: JSONValue) throws(VocabularyError) {
    try readSpecialTokens(value)
    tokenizerClass = try value.optional("tokenizer_class") { (name) throws(VocabularyError) in
      try name.text()
    }
    addsBeginning = try value.optionalFlag("add_bos_token")
    addsEnd = try value.optionalFlag("add_eos_token")
    addsPrefixSpace = try value.optionalFlag("add_prefix_space")
    lowercases = try value.optionalFlag("do_lower_case")
    stripsAccents = try value.optionalFlag("strip_accents")
    separatesIdeographs = try value.optionalFlag("tokenize_chinese_chars")
    isLegacy = try value.optionalFlag("legacy")
    cleansUpSpaces = try value.optionalFlag("clean_up_tokenization_spaces")
    if let length = value["model_max_length"], length != .null {
      do { maximumLength = try Self.maximumLength(length) } catch {
        throw error.under("model_max_length")
      }
    }
    addedTokens = try value.optional("added_tokens_decoder") { (tokens) throws(VocabularyError) in
      try Self.addedTokens(tokens)
    }
    guard let templates = value["chat_template"] else { return }
    do { try readTemplates(templates) } catch { throw error.under("chat_template") }
  }

  /// Members that name special tokens; one that is null names none.
  private mutating func readSpecialTokens(_ value: JSONValue) throws(VocabularyError) {
    for role in Role.allCases {
      let token = try value.optional(role.rawValue) { (token) throws(VocabularyError) in
        try SpecialToken(token)
      }
      if let token { specialTokens[role] = token }
    }
    // The newer name comes first; an object there names tokens of one class of tokenizers.
    var name = "additional_special_tokens"
    if case .array = value["extra_special_tokens"] { name = "extra_special_tokens" }
    let additional = try value.optional(name) { (tokens) throws(VocabularyError) in
      try tokens.each { (token) throws(VocabularyError) in try SpecialToken(token) }
    }
    if let additional { additionalSpecialTokens = additional }
  }

  /// A whole number; one beyond 2⁵³, as 1e30 that transformers writes, is no limit. The number may
  /// have a fraction or an exponent.
  private static func maximumLength(_ value: JSONValue) throws(VocabularyError) -> Int? {
    guard case .number(let digits) = value, let number = Double(digits), number >= 0 else {
      throw value.wrongType("a number from 0 on")
    }
    return number <= 9_007_199_254_740_992 ? Int(number) : nil
  }

  private static func addedTokens(_ value: JSONValue) throws(VocabularyError) -> [AddedToken] {
    var tokens: [AddedToken] = []
    for member in try value.members() {
      do throws(VocabularyError) {
        let id = try JSONValue.number(member.key).tokenID()
        let token = try SpecialToken(member.value)
        let isSpecial = try member.value.optionalFlag("special") ?? false
        let isNormalized = try member.value.optionalFlag("normalized") ?? !isSpecial
        tokens.append(
          AddedToken(
            token.text, id: id, isSpecial: isSpecial, isSingleWord: token.isSingleWord,
            stripsLeft: token.stripsLeft, stripsRight: token.stripsRight,
            isNormalized: isNormalized))
      } catch { throw error.under(member.key) }
    }
    // Ids are unique where keys are, unless one is written with zeros in front.
    tokens.sort { $0.id < $1.id }
    for (one, next) in zip(tokens, tokens.dropFirst()) where one.id == next.id {
      throw VocabularyError(
        .duplicate, "the id \(one.id) is given to `\(one.content)` and `\(next.content)`")
    }
    return tokens
  }

  /// One template, or several with names.
  private mutating func readTemplates(_ value: JSONValue) throws(VocabularyError) {
    switch value {
    case .null: return
    case .string(let text): chatTemplate = text
    case .array:
      let named = try value.each { (entry) throws(VocabularyError) in
        let name = try entry.required("name") { (name) throws(VocabularyError) in try name.text() }
        let text = try entry.required("template") { (text) throws(VocabularyError) in
          try text.text()
        }
        return (name, text)
      }
      for (name, text) in named {
        if sameBytes(name, "default") {
          chatTemplate = text
        } else {
          namedChatTemplates[name] = text
        }
      }
    default: throw value.wrongType("a text or a list of named texts")
    }
  }
}

extension TokenizerConfiguration.SpecialToken {
  /// A text, or an object that holds it with its flags, which are false unless they stand there.
  init(_ value: JSONValue) throws(VocabularyError) {
    if case .string(let text) = value {
      self.init(text)
      return
    }
    guard case .object = value else { throw value.wrongType("a text or a token") }
    self.init(
      try value.required("content") { (text) throws(VocabularyError) in try text.text() })
    stripsLeft = try value.optionalFlag("lstrip") ?? false
    stripsRight = try value.optionalFlag("rstrip") ?? false
    isSingleWord = try value.optionalFlag("single_word") ?? false
    isNormalized = try value.optionalFlag("normalized") ?? false
  }
}

extension JSONValue {
  fileprivate func optionalFlag(_ key: String) throws(VocabularyError) -> Bool? {
    try optional(key) { (value) throws(VocabularyError) in try value.boolean() }
  }
}
