import Tokenization

func readTemplate(_ value: JSONValue) throws(VocabularyError) -> Template {
  let template = Template(
    single: try value.required("single") { (parts) throws(VocabularyError) in
      try parts.each { (part) throws(VocabularyError) in try readPart(part) }
    },
    pair: try value.required("pair") { (parts) throws(VocabularyError) in
      try parts.each { (part) throws(VocabularyError) in try readPart(part) }
    },
    specialTokens: try value.required("special_tokens") { (tokens) throws(VocabularyError) in
      try readSpecialTokens(tokens)
    })
  try check(template.single, "single", template)
  try check(template.pair, "pair", template)
  // Of other templates the original crashes on `B`, doubles the text, or leaves it out.
  let sequences = template.single.filter(\.isSequence)
  guard sequences.count == 1, case .sequence(.a, _)? = sequences.first else {
    throw VocabularyError(
      .unsupported, "a template for one sequence that does not hold the sequence `A` once",
      path: "single")
  }
  return template
}

private func readPart(_ value: JSONValue) throws(VocabularyError) -> Template.Part {
  let members = try value.members()
  guard members.count == 1 else {
    throw VocabularyError(
      .malformed,
      "found \(members.count) members where `SpecialToken` or `Sequence` is expected")
  }
  return try value.required(members[0].key) { (part) throws(VocabularyError) in
    let id = try part.required("id") { (id) throws(VocabularyError) in try id.text() }
    let typeID = try part.required("type_id") { (number) throws(VocabularyError) in
      try number.integer(upTo: Int(UInt32.max))
    }
    switch members[0].key {
    case "SpecialToken": return .special(id, typeID: typeID)
    case "Sequence":
      guard let sequence = Template.Sequence(rawValue: id) else {
        throw VocabularyError(
          .malformed, "found `\(id)` where `A` or `B` is expected", path: "id")
      }
      return .sequence(sequence, typeID: typeID)
    default:
      throw VocabularyError(
        .malformed, "found `\(members[0].key)` where `SpecialToken` or `Sequence` is expected")
    }
  }
}

/// A special token goes by the key it has, as in the original, whatever its `id` says.
private func readSpecialTokens(
  _ value: JSONValue
) throws(VocabularyError) -> [Template.SpecialToken] {
  var tokens: [Template.SpecialToken] = []
  for member in try value.members() {
    do throws(VocabularyError) {
      let ids = try member.value.required("ids") { (ids) throws(VocabularyError) in
        try ids.each { (id) throws(VocabularyError) in try id.tokenID() }
      }
      let texts = try member.value.required("tokens") { (texts) throws(VocabularyError) in
        try texts.each { (text) throws(VocabularyError) in try text.text() }
      }
      guard ids.count == texts.count else {
        throw VocabularyError(.malformed, "found \(ids.count) ids and \(texts.count) tokens")
      }
      tokens.append(Template.SpecialToken(name: member.key, ids: ids, tokens: texts))
    } catch { throw error.under(member.key) }
  }
  return tokens
}

/// The original looks the names up when it encodes, and crashes if one is missing.
private func check(
  _ parts: [Template.Part], _ form: String, _ template: Template
) throws(VocabularyError) {
  for (place, part) in parts.enumerated() {
    guard case .special(let name, _) = part else { continue }
    if !template.specialTokens.contains(where: { sameBytes($0.name, name) }) {
      throw VocabularyError(
        .unknownToken, "`\(name)` is not among `special_tokens`", path: "\(form)[\(place)]")
    }
  }
}

func json(_ template: Template) -> JSONValue {
  JSONValue([
    "type": "TemplateProcessing", "single": .array(template.single.map { json($0) }),
    "pair": .array(template.pair.map { json($0) }),
    "special_tokens": .object(
      template.specialTokens.map { token in
        JSONValue.Member(
          key: token.name,
          value: JSONValue([
            "id": .string(token.name), "ids": .array(token.ids.map { JSONValue($0) }),
            "tokens": .array(token.tokens.map { .string($0) }),
          ]))
      }),
  ])
}

private func json(_ part: Template.Part) -> JSONValue {
  switch part {
  case .special(let name, let typeID):
    JSONValue(["SpecialToken": JSONValue(["id": .string(name), "type_id": JSONValue(typeID)])])
  case .sequence(let sequence, let typeID):
    JSONValue([
      "Sequence": JSONValue(["id": .string(sequence.rawValue), "type_id": JSONValue(typeID)])
    ])
  }
}

extension Template {
  /// The token that the form for one sequence begins with, before the sequence.
  var beginning: TokenID? {
    guard case .special(let name, _)? = single.first else { return nil }
    return ids(of: name)?.first
  }

  /// The token that the form for one sequence ends with, behind the sequence.
  var end: TokenID? {
    guard case .special(let name, _)? = single.last else { return nil }
    return ids(of: name)?.last
  }

  private func ids(of name: String) -> [TokenID]? {
    specialTokens.first { sameBytes($0.name, name) }?.ids
  }
}

extension Template.Part {
  fileprivate var isSequence: Bool {
    if case .sequence = self { return true }
    return false
  }
}
