import Tokenization

/// One entry of `added_tokens`; every member is required, as in the original.
func readAddedToken(_ value: JSONValue) throws(VocabularyError) -> AddedToken {
  AddedToken(
    try value.required("content") { (content) throws(VocabularyError) in try content.text() },
    id: try value.required("id") { (id) throws(VocabularyError) in try id.tokenID() },
    isSpecial: try value.flag("special"), isSingleWord: try value.flag("single_word"),
    stripsLeft: try value.flag("lstrip"), stripsRight: try value.flag("rstrip"),
    isNormalized: try value.flag("normalized"))
}

func json(_ token: AddedToken) -> JSONValue {
  JSONValue([
    "id": JSONValue(token.id), "content": .string(token.content),
    "single_word": .bool(token.isSingleWord), "lstrip": .bool(token.stripsLeft),
    "rstrip": .bool(token.stripsRight), "normalized": .bool(token.isNormalized),
    "special": .bool(token.isSpecial),
  ])
}

/// Decides the ids of a file's added tokens, given the ids of its model.
///
/// The original takes the model's id where the model has the token, and otherwise numbers the
/// tokens itself, from the size of the vocabulary on: behind a gap in the ids that gives each
/// another id than the file says, silently. Here the id in the file holds.
///
/// | the file | the original | here |
/// |---|---|---|
/// | the model has the content, under another id | the model's id | the model's id |
/// | the id belongs to another token of the model | the next free id | error |
/// | the id leaves a gap, or lies in one | the next free id | the id in the file |
/// | two contents, one id | the next free id | error |
/// | one content twice, all else equal | once | once |
/// | one content twice, with other flags or ids | the flags of the last | error |
/// | an empty content | left out | left out |
func placedAddedTokens(
  _ tokens: [AddedToken], vocabulary: TokenTexts
) throws(VocabularyError) -> [AddedToken] {
  var placed: [AddedToken] = []
  var contents: [[UInt8]: Int] = [:]
  var contentsByID: [TokenID: String] = [:]
  for (place, original) in tokens.enumerated() where !original.content.utf8.isEmpty {
    var token = original
    let text = Array(token.content.utf8)
    let path = "added_tokens[\(place)]"
    let known = vocabulary.index[text.span].map { vocabulary.ids[$0] }
    if let known { token.id = known }
    if let earlier = contents[text] {
      if placed[earlier] == token { continue }
      throw VocabularyError(
        .duplicate, "`\(token.content)` is added twice, not the same both times", path: path)
    }
    if let other = contentsByID[token.id] {
      throw VocabularyError(
        .duplicate, "the id \(token.id) is given to `\(other)` and `\(token.content)`", path: path)
    }
    if known == nil, let other = vocabulary.index(of: token.id) {
      throw VocabularyError(
        .duplicate,
        "the id \(token.id) of `\(token.content)` is that of `\(vocabulary.text(other))` in the "
          + "vocabulary",
        path: path)
    }
    contents[text] = placed.count
    contentsByID[token.id] = token.content
    placed.append(token)
  }
  return placed
}

extension JSONValue {
  /// The required boolean `key`.
  func flag(_ key: String) throws(VocabularyError) -> Bool {
    try required(key) { (value) throws(VocabularyError) in try value.boolean() }
  }
}
