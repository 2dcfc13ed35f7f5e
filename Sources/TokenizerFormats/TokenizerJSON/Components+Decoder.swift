import SplitPatterns
import Tokenization

/// Reads `decoder`.
///
/// A `type` that the original does not know is ignored there, and then a few decoders are known by
/// their members: so are those of old files, which have no `type`.
func readDecoder(
  _ value: JSONValue, _ rules: ComponentRules
) throws(VocabularyError) -> TokenDecoder {
  if value == .null { return .spaced }
  _ = try value.members()
  let type = try value.optional("type") { (type) throws(VocabularyError) in try type.text() }
  if let type, let decoder = try readDecoder(type, value, rules) { return decoder }
  if value["suffix"] != nil { return try readSuffix(value) }
  if value["prefix"] != nil, value["cleanup"] != nil { return try readWordPiece(value) }
  if value["pad_token"] != nil, value["word_delimiter_token"] != nil, value["cleanup"] != nil {
    return try readConnectionist(value)
  }
  if value["pattern"] != nil, value["content"] != nil { return try readReplacement(value, rules) }
  if value["content"] != nil, value["start"] != nil, value["stop"] != nil {
    return try readStrip(value)
  }
  throw value.unsupported("decoder", try value.type())
}

/// Nil for a type that is not known.
private func readDecoder(
  _ type: String, _ value: JSONValue, _ rules: ComponentRules
) throws(VocabularyError) -> TokenDecoder? {
  switch type {
  case "BPEDecoder": return try readSuffix(value)
  case "ByteFallback": return .byteFallback
  case "ByteLevel":
    let flags = try ByteLevelFlags(value)
    return .byteLevel(
      addsPrefixSpace: flags.addsPrefixSpace, trimsRanges: flags.trimsRanges, splits: flags.splits)
  case "CTC": return try readConnectionist(value)
  case "Fuse": return .fuse
  case "Metaspace": return try readMetaspace(value)
  case "Replace": return try readReplacement(value, rules)
  case "Sequence":
    return .sequence(
      try value.required("decoders") { (parts) throws(VocabularyError) in
        try parts.each { (part) throws(VocabularyError) in
          // Only the whole file can be without a decoder.
          _ = try part.members()
          return try readDecoder(part, rules)
        }
      })
  case "Strip": return try readStrip(value)
  case "WordPiece": return try readWordPiece(value)
  case "tok:bytes" where rules == .ours: return .bytes
  case "tok:SentencePiece" where rules == .ours:
    return .sentencePiece(try readSentencePieceDecoder(value))
  case "tok:spaced" where rules == .ours: return .spaced
  default: return nil
  }
}

private func readSuffix(_ value: JSONValue) throws(VocabularyError) -> TokenDecoder {
  .bpe(suffix: try value.string("suffix"))
}

private func readWordPiece(_ value: JSONValue) throws(VocabularyError) -> TokenDecoder {
  .wordPiece(prefix: try value.string("prefix"), cleansUp: try value.flag("cleanup"))
}

private func readConnectionist(_ value: JSONValue) throws(VocabularyError) -> TokenDecoder {
  .ctc(
    pad: try value.string("pad_token"), wordDelimiter: try value.string("word_delimiter_token"),
    cleansUp: try value.flag("cleanup"))
}

private func readStrip(_ value: JSONValue) throws(VocabularyError) -> TokenDecoder {
  .strip(
    content: try value.required("content", readCharacter), start: try value.whole("start"),
    stop: try value.whole("stop"))
}

/// `add_prefix_space` is what came before `prepend_scheme`, and may not contradict it; `str_rep`, as
/// old, says nothing new.
private func readMetaspace(_ value: JSONValue) throws(VocabularyError) -> TokenDecoder {
  let replacement = try value.required("replacement", readCharacter)
  let addsPrefixSpace = try value.optional("add_prefix_space") { (flag) throws(VocabularyError) in
    try flag.boolean()
  }
  var scheme = TokenDecoder.MetaspaceScheme.always
  if value["prepend_scheme"] != nil { scheme = try value.choice("prepend_scheme") }
  if addsPrefixSpace == false, scheme != .never {
    throw VocabularyError(
      .malformed, "`add_prefix_space` is false, and `prepend_scheme` is `\(scheme.rawValue)`")
  }
  _ = try value.optional("str_rep") { (text) throws(VocabularyError) in try text.text() }
  let splits = try value.optional("split") { (flag) throws(VocabularyError) in
    try flag.boolean()
  }
  return .metaspace(replacement: replacement, scheme: scheme, splits: splits ?? true)
}

private func readReplacement(
  _ value: JSONValue, _ rules: ComponentRules
) throws(VocabularyError) -> TokenDecoder {
  let pattern = try value.required("pattern") { (pattern) throws(VocabularyError) in
    let members = try pattern.members()
    guard members.count == 1 else {
      throw VocabularyError(
        .malformed, "found \(members.count) members where `String` or `Regex` is expected")
    }
    return try pattern.required(members[0].key) { (source) throws(VocabularyError) in
      try readPattern(members[0].key, try source.text(), rules == .ours ? value : .null)
    }
  }
  return .replace(pattern, content: try value.string("content"))
}

/// - Parameter value: where our own keys may stand.
private func readPattern(
  _ kind: String, _ source: String, _ value: JSONValue
) throws(VocabularyError) -> TokenDecoder.ReplacedPattern {
  switch kind {
  case "String": return .string(source)
  case "Regex":
    let isRust = value["tok:dialect"] == .string(SplitPattern.Dialect.rust.rawValue)
    return .regex(try readSplitPattern(source, isRust ? .rust : .oniguruma))
  default:
    throw VocabularyError(.malformed, "found `\(kind)` where `String` or `Regex` is expected")
  }
}

private func readCharacter(_ value: JSONValue) throws(VocabularyError) -> Unicode.Scalar {
  let text = try value.text()
  guard let first = text.unicodeScalars.first, text.unicodeScalars.count == 1 else {
    throw VocabularyError(
      .malformed, "found `\(text)`, \(text.unicodeScalars.count) characters where one is expected")
  }
  return first
}

extension JSONValue {
  /// The required string `key`.
  fileprivate func string(_ key: String) throws(VocabularyError) -> String {
    try required(key) { (value) throws(VocabularyError) in try value.text() }
  }
}

// MARK: - Writing

/// `null` for the decoder that a file without one has.
func json(_ decoder: TokenDecoder) -> JSONValue {
  decoder == .spaced ? .null : part(decoder)
}

private func part(_ decoder: TokenDecoder) -> JSONValue {
  switch decoder {
  case .spaced: JSONValue(["type": "tok:spaced"])
  case .bytes: JSONValue(["type": "tok:bytes"])
  case .sentencePiece(let options): json(options)
  case .byteLevel(let addsPrefixSpace, let trimsRanges, let splits):
    ByteLevelFlags(addsPrefixSpace: addsPrefixSpace, trimsRanges: trimsRanges, splits: splits).json
  case .metaspace(let replacement, let scheme, let splits):
    JSONValue([
      "type": "Metaspace", "replacement": .string(String(replacement)),
      "prepend_scheme": .string(scheme.rawValue), "split": .bool(splits),
    ])
  case .wordPiece(let prefix, let cleansUp):
    JSONValue(["type": "WordPiece", "prefix": .string(prefix), "cleanup": .bool(cleansUp)])
  case .bpe(let suffix): JSONValue(["type": "BPEDecoder", "suffix": .string(suffix)])
  case .ctc(let pad, let wordDelimiter, let cleansUp):
    JSONValue([
      "type": "CTC", "pad_token": .string(pad), "word_delimiter_token": .string(wordDelimiter),
      "cleanup": .bool(cleansUp),
    ])
  case .fuse: JSONValue(["type": "Fuse"])
  case .strip(let content, let start, let stop):
    JSONValue([
      "type": "Strip", "content": .string(String(content)), "start": JSONValue(start),
      "stop": JSONValue(stop),
    ])
  case .replace(.string(let text), let content):
    JSONValue([
      "type": "Replace", "pattern": JSONValue(["String": .string(text)]),
      "content": .string(content),
    ])
  case .replace(.regex(let pattern), let content): json(pattern, content)
  case .byteFallback: JSONValue(["type": "ByteFallback"])
  case .sequence(let parts):
    JSONValue(["type": "Sequence", "decoders": .array(parts.map { part($0) })])
  }
}

private func json(_ pattern: SplitPattern, _ content: String) -> JSONValue {
  let source = JSONValue(["Regex": .string(pattern.source)])
  if pattern.dialect == .oniguruma {
    return JSONValue(["type": "Replace", "pattern": source, "content": .string(content)])
  }
  return JSONValue([
    "type": "Replace", "pattern": source, "content": .string(content),
    "tok:dialect": .string(pattern.dialect.rawValue),
  ])
}

private func readSentencePieceDecoder(
  _ value: JSONValue
) throws(VocabularyError) -> SentencePieceDecoder {
  SentencePieceDecoder(
    unknown: try value.required("unk_piece") { (text) throws(VocabularyError) in try text.text() },
    unknownSurface: try value.required("unk_surface") { (text) throws(VocabularyError) in
      try text.text()
    },
    dropsFirstSpace: try value.flag("add_dummy_prefix"),
    dropsAllFirstSpaces: try value.flag("remove_extra_whitespaces"),
    hasBytes: try value.flag("byte_fallback"),
    denormalizer: try value.optional("denormalizer", readSentencePiece))
}

private func json(_ decoder: SentencePieceDecoder) -> JSONValue {
  JSONValue([
    "type": "tok:SentencePiece", "unk_piece": .string(decoder.unknown),
    "unk_surface": .string(decoder.unknownSurface),
    "add_dummy_prefix": .bool(decoder.dropsFirstSpace),
    "remove_extra_whitespaces": .bool(decoder.dropsAllFirstSpaces),
    "byte_fallback": .bool(decoder.hasBytes),
    "denormalizer": decoder.denormalizer.map { json(Normalizer.sentencePiece($0)) } ?? .null,
  ])
}
