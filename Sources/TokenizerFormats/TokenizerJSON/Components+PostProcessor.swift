import Tokenization

/// Reads `post_processor`.
///
/// As in the original, members count before the `type`: with `sep` and `cls` it is RoBERTa's if the
/// two flags are there, and BERT's if not, whatever the `type` says.
func readPostProcessor(_ value: JSONValue) throws(VocabularyError) -> PostProcessor {
  _ = try value.members()
  if value["sep"] != nil, value["cls"] != nil { return try readSeparated(value) }
  let isTemplate =
    value["single"] != nil && value["pair"] != nil && value["special_tokens"] != nil
  let type = isTemplate && value["type"] == nil ? "TemplateProcessing" : try value.type()
  switch type {
  case "ByteLevel":
    let flags = try ByteLevelFlags(value)
    return .byteLevel(
      addsPrefixSpace: flags.addsPrefixSpace, trimsRanges: flags.trimsRanges, splits: flags.splits)
  case "TemplateProcessing": return .template(try readTemplate(value))
  case "BertProcessing", "RobertaProcessing": return try readSeparated(value)
  case "Sequence":
    return .sequence(
      try value.required("processors") { (parts) throws(VocabularyError) in
        try parts.each { (part) throws(VocabularyError) in try readPostProcessor(part) }
      })
  default:
    if isTemplate { return .template(try readTemplate(value)) }
    throw value.unsupported("post-processor", type)
  }
}

private func readSeparated(_ value: JSONValue) throws(VocabularyError) -> PostProcessor {
  let separator = try value.required("sep", readInsertedToken)
  let classifier = try value.required("cls", readInsertedToken)
  guard case .bool(let trimsRanges)? = value["trim_offsets"],
    case .bool(let addsPrefixSpace)? = value["add_prefix_space"]
  else { return .bert(classifier: classifier, separator: separator) }
  return .roberta(
    classifier: classifier, separator: separator, trimsRanges: trimsRanges,
    addsPrefixSpace: addsPrefixSpace)
}

/// A token's text with its id, as an array.
private func readInsertedToken(
  _ value: JSONValue
) throws(VocabularyError) -> PostProcessor.InsertedToken {
  let elements = try value.elements()
  guard elements.count == 2 else {
    throw VocabularyError(
      .malformed, "found \(elements.count) elements where a token and its id are expected")
  }
  let text: String
  do { text = try elements[0].text() } catch { throw error.under("[0]") }
  do {
    return PostProcessor.InsertedToken(text, id: try elements[1].tokenID())
  } catch { throw error.under("[1]") }
}

// MARK: - Writing

func json(_ processor: PostProcessor) -> JSONValue {
  switch processor {
  case .byteLevel(let addsPrefixSpace, let trimsRanges, let splits):
    ByteLevelFlags(addsPrefixSpace: addsPrefixSpace, trimsRanges: trimsRanges, splits: splits).json
  case .template(let template): json(template)
  case .bert(let classifier, let separator):
    JSONValue(["type": "BertProcessing", "sep": json(separator), "cls": json(classifier)])
  case .roberta(let classifier, let separator, let trimsRanges, let addsPrefixSpace):
    JSONValue([
      "type": "RobertaProcessing", "sep": json(separator), "cls": json(classifier),
      "trim_offsets": .bool(trimsRanges), "add_prefix_space": .bool(addsPrefixSpace),
    ])
  case .sequence(let parts):
    JSONValue(["type": "Sequence", "processors": .array(parts.map { json($0) })])
  }
}

private func json(_ token: PostProcessor.InsertedToken) -> JSONValue {
  .array([.string(token.text), JSONValue(token.id)])
}

// MARK: - What a file's processors say of tokens

extension PostProcessor {
  /// All tokens that may be inserted, in order.
  var insertedTokens: [InsertedToken] {
    switch self {
    case .byteLevel: []
    case .template(let template):
      template.specialTokens.flatMap { token in
        token.ids.map { InsertedToken(token.name, id: $0) }
      }
    case .bert(let classifier, let separator), .roberta(let classifier, let separator, _, _):
      [separator, classifier]
    case .sequence(let parts): parts.flatMap(\.insertedTokens)
    }
  }

  /// The token before a single text, of the first processor that inserts tokens.
  var beginning: TokenID? {
    switch inserting {
    case .template(let template): template.beginning
    case .bert(let classifier, _), .roberta(let classifier, _, _, _): classifier.id
    default: nil
    }
  }

  /// The token behind a single text, of the first processor that inserts tokens.
  var end: TokenID? {
    switch inserting {
    case .template(let template): template.end
    case .bert(_, let separator), .roberta(_, let separator, _, _): separator.id
    default: nil
    }
  }

  private var inserting: PostProcessor? {
    switch self {
    case .byteLevel: return nil
    case .template, .bert, .roberta: return self
    case .sequence(let parts):
      for part in parts { if let inserting = part.inserting { return inserting } }
      return nil
    }
  }
}
