import SplitPatterns
import Tokenization

/// Which files a pipeline may come from.
enum ComponentRules {
  /// A tokenizer.json: what the reader does not know is an error.
  case tokenizerJSON
  /// A pipeline written by ``pipelineJSON(_:)``, with keys of our own.
  case ours
}

extension JSONValue {
  /// The member `type`, which says what a component is.
  func type() throws(VocabularyError) -> String {
    try required("type") { (type) throws(VocabularyError) in try type.text() }
  }

  func unsupported(_ component: String, _ type: String) -> VocabularyError {
    VocabularyError(.unsupported, "the \(component) `\(type)` is not supported")
  }

  /// The required member `key`, one of the raw values of `Choice`.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String
  ) throws(VocabularyError) -> Choice where Choice.RawValue == String {
    try required(key) { (value) throws(VocabularyError) in try value.choice() }
  }

  func choice<Choice: RawRepresentable & CaseIterable>() throws(VocabularyError) -> Choice
  where Choice.RawValue == String {
    let name = try text()
    if let choice = Choice.allCases.first(where: { sameBytes($0.rawValue, name) }) { return choice }
    let names = Choice.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    throw VocabularyError(.malformed, "found `\(name)` where one of \(names) is expected")
  }
}

// MARK: pre_tokenizer

/// The steps of `pre_tokenizer`, sequences within each other made one.
func readSplitter(
  _ value: JSONValue, _ rules: ComponentRules
) throws(VocabularyError) -> Splitter {
  if value == .null { return Splitter([]) }
  var steps: [SplitStep] = []
  try appendSteps(value, rules, to: &steps)
  return Splitter(steps)
}

private func appendSteps(
  _ value: JSONValue, _ rules: ComponentRules, to steps: inout [SplitStep]
) throws(VocabularyError) {
  let type = try value.type()
  guard type == "Sequence" else {
    steps.append(try readStep(type, value, rules))
    return
  }
  let parts = try value.required("pretokenizers") { (parts) throws(VocabularyError) in
    try parts.elements()
  }
  for (place, part) in parts.enumerated() {
    do { try appendSteps(part, rules, to: &steps) } catch {
      throw error.under("pretokenizers[\(place)]")
    }
  }
}

private func readStep(
  _ type: String, _ value: JSONValue, _ rules: ComponentRules
) throws(VocabularyError) -> SplitStep {
  switch type {
  case "BertPreTokenizer": return .bert
  case "ByteLevel":
    let flags = try ByteLevelFlags(value)
    return .byteLevel(addsPrefixSpace: flags.addsPrefixSpace, splits: flags.splits)
  // The original writes this name, and fails to read its other one, `Delimiter`.
  case "CharDelimiterSplit": return .characterDelimiter(try value.scalar("delimiter"))
  case "Digits": return .digits(individually: try value.flag("individual_digits"))
  case "FixedLength": return .fixedLength(try value.length("length") ?? 5)
  case "Metaspace": return try readMetaspace(value)
  case "Punctuation":
    return .punctuation(value["behavior"] == nil ? .isolated : try value.choice("behavior"))
  case "Split": return try readSplit(value, rules)
  case "UnicodeScripts": return .unicodeScripts
  case "Whitespace": return .whitespace
  case "WhitespaceSplit": return .whitespaceSplit
  case "tok:DigitGroups": return .digitGroups(try value.length("length") ?? 3)
  case "tok:MatchRuns":
    let pattern = { (pattern: JSONValue) throws(VocabularyError) in
      try pattern.splitPattern(rules)
    }
    return .matchRuns(
      try value.required("pattern", pattern), joining: try value.required("joined", pattern))
  case "tok:Words": return .words
  default: throw value.unsupported("pre-tokenizer", type)
  }
}

/// `add_prefix_space` is older than `prepend_scheme`, and only ever agrees with it; `str_rep` was once
/// written beside `replacement`. The original looks at the types of both.
private func readMetaspace(_ value: JSONValue) throws(VocabularyError) -> SplitStep {
  let replacement = try value.scalar("replacement")
  let scheme: MetaspaceScheme =
    value["prepend_scheme"] == nil ? .always : try value.choice("prepend_scheme")
  let boolean = { (flag: JSONValue) throws(VocabularyError) in try flag.boolean() }
  if try value.optional("add_prefix_space", boolean) == false, scheme != .never {
    throw VocabularyError(
      .malformed, "`add_prefix_space` is false and `prepend_scheme` is `\(scheme.rawValue)`")
  }
  _ = try value.optional("str_rep") { (text) throws(VocabularyError) in try text.text() }
  let splits = try value.optional("split", boolean) ?? true
  return .metaspace(replacement: replacement, scheme: scheme, splits: splits)
}

private func readSplit(
  _ value: JSONValue, _ rules: ComponentRules
) throws(VocabularyError) -> SplitStep {
  let behavior: SplitBehavior = try value.choice("behavior")
  let inverted = try value.flag("invert")
  let dialect = try value.dialect(rules)
  return try value.required("pattern") { (pattern) throws(VocabularyError) in
    let members = try pattern.members()
    guard members.count == 1 else {
      throw VocabularyError(
        .malformed, "found \(members.count) members where `String` or `Regex` is expected")
    }
    return try pattern.readPattern(members[0], dialect, behavior, inverted)
  }
}

extension JSONValue {
  /// The dialect of the patterns that stand in it, which a tokenizer.json does not say.
  fileprivate func dialect(
    _ rules: ComponentRules
  ) throws(VocabularyError) -> SplitPattern.Dialect {
    guard rules == .ours else { return .oniguruma }
    return try optional("tok:dialect") { (name) throws(VocabularyError) in
      try readDialect(name)
    } ?? .oniguruma
  }

  /// A pattern: `{"Regex": "…"}`.
  func splitPattern(_ rules: ComponentRules) throws(VocabularyError) -> SplitPattern {
    let dialect = try dialect(rules)
    return try required("Regex") { (source) throws(VocabularyError) in
      try readSplitPattern(try source.text(), dialect)
    }
  }
}

private func readDialect(_ name: JSONValue) throws(VocabularyError) -> SplitPattern.Dialect {
  let text = try name.text()
  guard let dialect = SplitPattern.Dialect(rawValue: text) else {
    throw VocabularyError(.unsupported, "the dialect `\(text)` is not supported")
  }
  return dialect
}

extension JSONValue {
  /// The required member `key`, one character.
  fileprivate func scalar(_ key: String) throws(VocabularyError) -> Unicode.Scalar {
    try required(key) { (value) throws(VocabularyError) in
      let text = try value.text()
      guard text.unicodeScalars.count == 1, let scalar = text.unicodeScalars.first else {
        throw VocabularyError(.malformed, "found `\(text)` where one character is expected")
      }
      return scalar
    }
  }

  /// The member `key`, a whole number of at least 1, or `nil` if there is none.
  fileprivate func length(_ key: String) throws(VocabularyError) -> Int? {
    guard self[key] != nil else { return nil }
    return try required(key) { (value) throws(VocabularyError) in
      let length = try value.integer()
      guard length >= 1 else {
        throw VocabularyError(.malformed, "found `\(length)` where 1 is the least allowed")
      }
      return length
    }
  }

  fileprivate func readPattern(
    _ member: Member, _ dialect: SplitPattern.Dialect, _ behavior: SplitBehavior, _ inverted: Bool
  ) throws(VocabularyError) -> SplitStep {
    do throws(VocabularyError) {
      let text = try member.value.text()
      switch member.key {
      case "String": return .literal(text, behavior, inverted: inverted)
      case "Regex":
        let pattern = try readSplitPattern(text, dialect)
        return .pattern(pattern, behavior, inverted: inverted)
      default:
        throw VocabularyError(
          .malformed, "found `\(member.key)` where `String` or `Regex` is expected")
      }
    } catch { throw error.under(member.key) }
  }
}

/// A pattern, its errors turned into those of a vocabulary.
func readSplitPattern(
  _ source: String, _ dialect: SplitPattern.Dialect
) throws(VocabularyError) -> SplitPattern {
  do throws(PatternError) {
    return try SplitPattern(source, dialect: dialect)
  } catch {
    throw VocabularyError(.malformed, "the pattern `\(source)` cannot be used: \(error)")
  }
}

func json(_ splitter: Splitter) -> JSONValue {
  if splitter.steps.count == 1 { return json(splitter.steps[0]) }
  return JSONValue([
    "type": "Sequence", "pretokenizers": .array(splitter.steps.map { json($0) }),
  ])
}

private func json(_ step: SplitStep) -> JSONValue {
  switch step {
  case .byteLevel(let addsPrefixSpace, let splits):
    // The original wants `trim_offsets` here too, and does nothing with it.
    return ByteLevelFlags(addsPrefixSpace: addsPrefixSpace, trimsRanges: true, splits: splits).json
  case .digits(let individually):
    return JSONValue(["type": "Digits", "individual_digits": .bool(individually)])
  case .literal(let text, let behavior, let inverted):
    return json(JSONValue(["String": .string(text)]), behavior, inverted)
  case .pattern(let pattern, let behavior, let inverted):
    let split = json(JSONValue(["Regex": .string(pattern.source)]), behavior, inverted)
    guard case .object(var members) = split else { return .null }
    if pattern.dialect != .oniguruma {
      let dialect = JSONValue.string(pattern.dialect.rawValue)
      members.append(JSONValue.Member(key: "tok:dialect", value: dialect))
    }
    return .object(members)
  case .whitespace: return JSONValue(["type": "Whitespace"])
  case .whitespaceSplit: return JSONValue(["type": "WhitespaceSplit"])
  case .bert: return JSONValue(["type": "BertPreTokenizer"])
  case .punctuation(let behavior):
    return JSONValue(["type": "Punctuation", "behavior": .string(behavior.rawValue)])
  case .metaspace(let replacement, let scheme, let splits):
    return JSONValue([
      "type": "Metaspace", "replacement": .string(String(Character(replacement))),
      "prepend_scheme": .string(scheme.rawValue), "split": .bool(splits),
    ])
  case .unicodeScripts: return JSONValue(["type": "UnicodeScripts"])
  case .characterDelimiter(let delimiter):
    let text = String(Character(delimiter))
    return JSONValue(["type": "CharDelimiterSplit", "delimiter": .string(text)])
  case .fixedLength(let length):
    return JSONValue(["type": "FixedLength", "length": JSONValue(length)])
  case .digitGroups(let length):
    return JSONValue(["type": "tok:DigitGroups", "length": JSONValue(length)])
  case .matchRuns(let pattern, let joined):
    return JSONValue([
      "type": "tok:MatchRuns", "pattern": json(pattern), "joined": json(joined),
    ])
  case .words: return JSONValue(["type": "tok:Words"])
  }
}

/// A pattern as ``JSONValue/splitPattern(_:)`` reads it.
func json(_ pattern: SplitPattern) -> JSONValue {
  var members = [JSONValue.Member(key: "Regex", value: .string(pattern.source))]
  if pattern.dialect != .oniguruma {
    let dialect = JSONValue.string(pattern.dialect.rawValue)
    members.append(JSONValue.Member(key: "tok:dialect", value: dialect))
  }
  return .object(members)
}

private func json(
  _ pattern: JSONValue, _ behavior: SplitBehavior, _ inverted: Bool
) -> JSONValue {
  JSONValue([
    "type": "Split", "pattern": pattern, "behavior": .string(behavior.rawValue),
    "invert": .bool(inverted),
  ])
}

extension JSONValue: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self = .string(value) }
}

/// The members of a component `ByteLevel`, whichever list it stands in.
struct ByteLevelFlags {
  var addsPrefixSpace: Bool
  var trimsRanges: Bool
  var splits: Bool

  init(addsPrefixSpace: Bool, trimsRanges: Bool, splits: Bool) {
    self.addsPrefixSpace = addsPrefixSpace
    self.trimsRanges = trimsRanges
    self.splits = splits
  }

  /// `use_regex` came later, and is true where it is missing.
  init(_ value: JSONValue) throws(VocabularyError) {
    addsPrefixSpace = try value.flag("add_prefix_space")
    trimsRanges = try value.flag("trim_offsets")
    splits = value["use_regex"] == nil ? true : try value.flag("use_regex")
  }

  var json: JSONValue {
    JSONValue([
      "type": "ByteLevel", "add_prefix_space": .bool(addsPrefixSpace),
      "trim_offsets": .bool(trimsRanges), "use_regex": .bool(splits),
    ])
  }
}
