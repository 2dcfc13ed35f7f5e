import SplitPatterns
import Tokenization
import UnicodeText

/// Reads a normalizer.
///
/// Where `type` is missing or not known, the original goes by the members that are there, in the
/// order of its types; `Bert` it takes for `BertNormalizer`.
func readNormalizer(
  _ value: JSONValue, _ rules: ComponentRules
) throws(VocabularyError) -> Normalizer {
  _ = try value.members()
  let type = try value.optional("type") { (type) throws(VocabularyError) in try type.text() }
  if let type, let normalizer = try readNormalizer(value, type: type, rules) { return normalizer }
  for (name, keys) in typesByMembers where keys.allSatisfy({ value[$0] != nil }) {
    if let normalizer = try readNormalizer(value, type: name, rules) { return normalizer }
  }
  throw value.unsupported("normalizer", try value.type())
}

private let typesByMembers: [(type: String, keys: [String])] = [
  ("BertNormalizer", ["clean_text", "handle_chinese_chars", "lowercase"]),
  ("Strip", ["strip_left", "strip_right"]), ("Sequence", ["normalizers"]),
  ("Precompiled", ["precompiled_charsmap"]), ("Replace", ["pattern", "content"]),
  ("Prepend", ["prepend"]),
]

/// The normalizer of the type; nil for a type that is not known.
private func readNormalizer(
  _ value: JSONValue, type: String, _ rules: ComponentRules
) throws(VocabularyError) -> Normalizer? {
  if let form = NormalizationForm(rawValue: type) { return .form(form) }
  switch type {
  case "Lowercase": return .lowercase
  case "StripAccents": return .stripAccents
  case "Nmt": return .nmt
  case "ByteLevel": return .byteLevel
  case "Bert", "BertNormalizer": return .bert(try readBertOptions(value))
  case "Strip":
    return .strip(left: try value.flag("strip_left"), right: try value.flag("strip_right"))
  case "Prepend":
    return .prepend(
      try value.required("prepend") { (text) throws(VocabularyError) in try text.text() })
  case "Replace":
    return .replace(
      try value.required("pattern") { (pattern) throws(VocabularyError) in
        try readTextPattern(pattern, try value.dialect(rules))
      },
      try value.required("content") { (text) throws(VocabularyError) in try text.text() })
  case "Precompiled":
    return .precompiled(try value.required("precompiled_charsmap", readCharsmap))
  case "Sequence":
    return .sequence(
      try value.required("normalizers") { (parts) throws(VocabularyError) in
        try parts.each { (part) throws(VocabularyError) in try readNormalizer(part, rules) }
      })
  case "tok:SentencePiece" where rules == .ours: return .sentencePiece(try readSentencePiece(value))
  default: return nil
  }
}

private func readBertOptions(
  _ value: JSONValue
) throws(VocabularyError) -> Normalizer.BertOptions {
  Normalizer.BertOptions(
    cleansText: try value.flag("clean_text"),
    separatesIdeographs: try value.flag("handle_chinese_chars"),
    stripsAccents: try value.optional("strip_accents") { (flag) throws(VocabularyError) in
      try flag.boolean()
    },
    lowercases: try value.flag("lowercase"))
}

private func readTextPattern(
  _ value: JSONValue, _ dialect: SplitPattern.Dialect
) throws(VocabularyError) -> TextPattern {
  let members = try value.members()
  guard members.count == 1 else {
    throw VocabularyError(
      .malformed, "found \(members.count) members where `String` or `Regex` is expected")
  }
  return try value.required(members[0].key) { (member) throws(VocabularyError) in
    let text = try member.text()
    switch members[0].key {
    case "String": return .literal(text)
    case "Regex": return .pattern(try readSplitPattern(text, dialect))
    default:
      throw VocabularyError(
        .malformed, "found `\(members[0].key)` where `String` or `Regex` is expected")
    }
  }
}

extension JSONValue {
  /// The dialect of a component's pattern.
  fileprivate func dialect(
    _ rules: ComponentRules
  ) throws(VocabularyError) -> SplitPattern.Dialect {
    guard rules == .ours else { return .oniguruma }
    let dialect = try optional("tok:dialect") { (name) throws(VocabularyError) in
      let text = try name.text()
      guard let dialect = SplitPattern.Dialect(rawValue: text) else {
        throw VocabularyError(.unsupported, "the dialect `\(text)` is not supported")
      }
      return dialect
    }
    return dialect ?? .oniguruma
  }
}

private func readCharsmap(_ value: JSONValue) throws(VocabularyError) -> PrecompiledCharsmap {
  var bytes: [UInt8] = []
  let text = Array(try value.text().utf8)
  guard Base64.decode(text.span, to: &bytes) else {
    throw VocabularyError(.malformed, "the charsmap is not base64")
  }
  return try PrecompiledCharsmap(bytes)
}

func readSentencePiece(
  _ value: JSONValue
) throws(VocabularyError) -> SentencePieceNormalizer {
  SentencePieceNormalizer(
    charsmap: try value.optional("precompiled_charsmap", readCharsmap),
    addsDummySpace: try value.flag("add_dummy_prefix"),
    removesExtraSpaces: try value.flag("remove_extra_whitespaces"),
    escapesSpaces: try value.flag("escape_whitespaces"),
    addsSpaceBehind: try value.flag("treat_whitespace_as_suffix"),
    userSymbols: try value.required("user_defined_symbols") { (symbols) throws(VocabularyError) in
      try symbols.each { (symbol) throws(VocabularyError) in try symbol.text() }
    })
}

// MARK: - Writing

func json(_ normalizer: Normalizer) -> JSONValue {
  switch normalizer {
  case .form(let form): JSONValue(["type": .string(form.rawValue)])
  case .lowercase: JSONValue(["type": "Lowercase"])
  case .stripAccents: JSONValue(["type": "StripAccents"])
  case .nmt: JSONValue(["type": "Nmt"])
  case .byteLevel: JSONValue(["type": "ByteLevel"])
  case .bert(let options):
    JSONValue([
      "type": "BertNormalizer", "clean_text": .bool(options.cleansText),
      "handle_chinese_chars": .bool(options.separatesIdeographs),
      "strip_accents": options.stripsAccents.map { .bool($0) } ?? .null,
      "lowercase": .bool(options.lowercases),
    ])
  case .strip(let left, let right):
    JSONValue(["type": "Strip", "strip_left": .bool(left), "strip_right": .bool(right)])
  case .prepend(let text): JSONValue(["type": "Prepend", "prepend": .string(text)])
  case .replace(let pattern, let content): json(pattern, content)
  case .precompiled(let charsmap):
    JSONValue([
      "type": "Precompiled", "precompiled_charsmap": .string(Base64.encode(charsmap.bytes.span)),
    ])
  case .sentencePiece(let options): json(options)
  case .sequence(let parts):
    JSONValue(["type": "Sequence", "normalizers": .array(parts.map { json($0) })])
  }
}

private func json(_ pattern: TextPattern, _ content: String) -> JSONValue {
  let text: JSONValue
  var dialect = SplitPattern.Dialect.oniguruma
  switch pattern {
  case .literal(let literal): text = JSONValue(["String": .string(literal)])
  case .pattern(let pattern):
    text = JSONValue(["Regex": .string(pattern.source)])
    dialect = pattern.dialect
  }
  var members = [
    JSONValue.Member(key: "type", value: "Replace"), JSONValue.Member(key: "pattern", value: text),
    JSONValue.Member(key: "content", value: .string(content)),
  ]
  if dialect != .oniguruma {
    members.append(JSONValue.Member(key: "tok:dialect", value: .string(dialect.rawValue)))
  }
  return .object(members)
}

private func json(_ options: SentencePieceNormalizer) -> JSONValue {
  JSONValue([
    "type": "tok:SentencePiece",
    "precompiled_charsmap": options.charsmap.map { .string(Base64.encode($0.bytes.span)) } ?? .null,
    "add_dummy_prefix": .bool(options.addsDummySpace),
    "remove_extra_whitespaces": .bool(options.removesExtraSpaces),
    "escape_whitespaces": .bool(options.escapesSpaces),
    "treat_whitespace_as_suffix": .bool(options.addsSpaceBehind),
    "user_defined_symbols": .array(options.userSymbols.map { .string($0) }),
  ])
}
