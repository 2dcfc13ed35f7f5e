import Tokenization

/// Makes a WordPiece model of what `model` holds: the entries of `vocab` and an object of the other
/// members, of which three are required and those that are not known are ignored, as by the original.
///
/// The original complains of an unknown token that it does not know when it needs it. Some pretoken
/// always does, so that we complain at once.
func readWordPiece(
  _ texts: TokenTexts, _ members: JSONValue
) throws(VocabularyError) -> WordPieceDefinition {
  let unknown = try readUnknownID(texts, members)
  let prefix = try members.required("continuing_subword_prefix") {
    (value) throws(VocabularyError) in try value.text()
  }
  let limit = try members.required("max_input_chars_per_word") {
    (value) throws(VocabularyError) in try value.count()
  }
  return WordPieceDefinition(
    tokens: texts.index.strings, ids: texts.ids, unknown: unknown,
    continuingPrefix: Array(prefix.utf8), maximumCharacterCount: limit)
}

/// Makes a WordLevel model of the entries of `vocab` and an object of the other members, of which
/// one is required. A missing unknown token is treated as for WordPiece.
func readWordLevel(
  _ texts: TokenTexts, _ members: JSONValue
) throws(VocabularyError) -> WordLevelDefinition {
  WordLevelDefinition(
    tokens: texts.index.strings, ids: texts.ids, unknown: try readUnknownID(texts, members))
}

private func readUnknownID(
  _ texts: TokenTexts, _ members: JSONValue
) throws(VocabularyError) -> TokenID {
  try members.required("unk_token") { (value) throws(VocabularyError) in
    try texts.unknownID(try value.text())
  }
}

extension TokenTexts {
  /// The id of the unknown token, which must be in the vocabulary.
  func unknownID(_ text: String) throws(VocabularyError) -> TokenID {
    let bytes = Array(text.utf8)
    guard let place = index[bytes.span] else {
      throw VocabularyError(
        .unknownToken, "the unknown token `\(text)` is not in the vocabulary")
    }
    return ids[place]
  }
}

extension JSONValue {
  /// A number of up to 64 bits without sign, as the original reads a count; those beyond Int are as
  /// good as its greatest.
  fileprivate func count() throws(VocabularyError) -> Int {
    if case .number(let digits) = self, let value = UInt64(digits), digits.utf8.first != 0x2B {
      return Int(clamping: value)
    }
    return try integer()
  }
}
