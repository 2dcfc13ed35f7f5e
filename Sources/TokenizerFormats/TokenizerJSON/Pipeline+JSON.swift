package import Tokenization

/// Everything of `pipeline` in the words of tokenizer.json, and in five of our own: a pattern that
/// is not Oniguruma's has its dialect under `tok:dialect`, the roles stand under `tok:roles`, tokens
/// that are bytes in the file too have the decoder `tok:bytes`, the normalizer of a SentencePiece
/// model is `tok:SentencePiece`, and a rate of merges left out, which is the model's there, stands
/// under `tok:dropout`.
///
/// ``readPipeline(_:)`` reads it back.
package func pipelineJSON(_ pipeline: Pipeline) -> JSONValue {
  let roles = pipeline.roles
  let named: [(String, TokenID?)] = [
    ("beginning", roles.beginning), ("end", roles.end), ("padding", roles.padding),
    ("unknown", roles.unknown),
  ]
  let value = JSONValue([
    "truncation": pipeline.truncation.map { json($0) } ?? .null,
    "padding": pipeline.padding.map { json($0) } ?? .null,
    "added_tokens": .array(pipeline.addedTokens.map { json($0) }),
    "normalizer": pipeline.normalizer.map { json($0) } ?? .null,
    "pre_tokenizer": json(pipeline.splitter),
    "post_processor": pipeline.postProcessor.map { json($0) } ?? .null,
    "decoder": json(pipeline.decoder),
    "tok:roles": .object(
      named.compactMap { name, id in
        id.map { JSONValue.Member(key: name, value: JSONValue($0)) }
      }),
  ])
  guard let rate = pipeline.dropout, case .object(var members) = value else { return value }
  members.append(JSONValue.Member(key: "tok:dropout", value: .number("\(rate)")))
  return .object(members)
}

/// The pipeline that ``pipelineJSON(_:)`` wrote. Ids are taken as they stand.
package func readPipeline(_ value: JSONValue) throws(VocabularyError) -> Pipeline {
  _ = try value.members()
  return Pipeline(
    addedTokens: try value.required("added_tokens") { (tokens) throws(VocabularyError) in
      try tokens.each { (token) throws(VocabularyError) in try readAddedToken(token) }
    },
    normalizer: try value.optional("normalizer") { (normalizer) throws(VocabularyError) in
      try readNormalizer(normalizer, .ours)
    },
    splitter: try value.required("pre_tokenizer") { (steps) throws(VocabularyError) in
      try readSplitter(steps, .ours)
    },
    postProcessor: try value.optional("post_processor", readPostProcessor),
    decoder: try value.required("decoder") { (decoder) throws(VocabularyError) in
      try readDecoder(decoder, .ours)
    },
    truncation: try value.optional("truncation", readTruncation),
    padding: try value.optional("padding", readPadding),
    roles: try value.required("tok:roles", readRoles),
    dropout: try value.optional("tok:dropout") { (rate) throws(VocabularyError) in
      try rate.dropout()
    })
}

private func readRoles(_ value: JSONValue) throws(VocabularyError) -> TokenRoles {
  let id = { (id: JSONValue) throws(VocabularyError) in try id.tokenID() }
  return TokenRoles(
    beginning: try value.optional("beginning", id), end: try value.optional("end", id),
    padding: try value.optional("padding", id), unknown: try value.optional("unknown", id))
}
