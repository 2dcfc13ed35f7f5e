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
  if value == .null {
    if rules == .tokenizerJSON {
      throw VocabularyError(
        .unsupported, "no pre-tokenizer, so that the model is not byte-level")
    }
    return Splitter([])
  }
  var steps: [SplitStep] = []
  try appendSteps(value, rules, to: &steps)
  if rules == .tokenizerJSON, !steps.contains(where: \.isByteLevel) {
    throw VocabularyError(
      .unsupported, "no step `ByteLevel` in the pre-tokenizer, so that the model is not byte-level")
  }
  return Splitter(steps)
}

private func appendSteps(
  _ value: JSONValue, _ rules: ComponentRules, to steps: inout [SplitStep]
) throws(VocabularyError) {
  let type = try value.type()
  if type == "Sequence" {
    let parts = try value.required("pretokenizers") { (parts) throws(VocabularyError) in
      try parts.elements()
    }
    for (place, part) in parts.enumerated() {
      do { try appendSteps(part, rules, to: &steps) } catch {
        throw error.under("pretokenizers[\(place)]")
      }
    }
    return
  }
  let step = try readStep(type, value, rules)
  if rules == .tokenizerJSON, steps.contains(where: \.isByteLevel) {
    throw VocabularyError(
      .unsupported,
      "`\(type)` behind `ByteLevel`, where it would see the byte alphabet instead of the text")
  }
  steps.append(step)
}

private func readStep(
  _ type: String, _ value: JSONValue, _ rules: ComponentRules
) throws(VocabularyError) -> SplitStep {
  switch type {
  case "ByteLevel":
    let flags = try ByteLevelFlags(value)
    return .byteLevel(addsPrefixSpace: flags.addsPrefixSpace, splits: flags.splits)
  case "Digits":
    return .digits(individually: try value.flag("individual_digits"))
  case "Split":
    let behavior: SplitBehavior = try value.choice("behavior")
    let inverted = try value.flag("invert")
    let dialect: SplitPattern.Dialect =
      rules == .ours
      ? try value.optional("tok:dialect") { (name) throws(VocabularyError) in
        try readDialect(name)
      } ?? .oniguruma
      : .oniguruma
    return try value.required("pattern") { (pattern) throws(VocabularyError) in
      let members = try pattern.members()
      guard members.count == 1 else {
        throw VocabularyError(
          .malformed, "found \(members.count) members where `String` or `Regex` is expected")
      }
      return try pattern.readPattern(members[0], dialect, behavior, inverted)
    }
  default:
    throw value.unsupported("pre-tokenizer", type)
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

extension SplitStep {
  fileprivate var isByteLevel: Bool {
    if case .byteLevel = self { return true }
    return false
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
    return JSONValue([
      "type": "Split", "pattern": JSONValue(["String": .string(text)]),
      "behavior": .string(behavior.rawValue), "invert": .bool(inverted),
    ])
  case .pattern(let pattern, let behavior, let inverted):
    let split: KeyValuePairs<String, JSONValue> = [
      "type": "Split", "pattern": JSONValue(["Regex": .string(pattern.source)]),
      "behavior": .string(behavior.rawValue), "invert": .bool(inverted),
    ]
    guard case .object(var members) = JSONValue(split) else { return .null }
    if pattern.dialect != .oniguruma {
      let dialect = JSONValue.string(pattern.dialect.rawValue)
      members.append(JSONValue.Member(key: "tok:dialect", value: dialect))
    }
    return .object(members)
  }
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
