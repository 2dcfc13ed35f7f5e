import Tokenization

/// The member `config` of a tekken.json.
struct TekkenConfiguration {
  var pattern: String
  /// The number of ids, special ones included.
  var vocabularySize: Int
  /// The number of special tokens, which have the first ids.
  var specialCount: Int
  /// 3 for `v3`.
  var version: Int

  private static let versions = [1, 2, 3, 7, 11, 13, 15]

  init(_ value: JSONValue) throws(VocabularyError) {
    let limit = Int(TokenID.maximumInFiles) + 1
    pattern = try value.required("pattern") { (text) throws(VocabularyError) in try text.text() }
    vocabularySize = try value.required("default_vocab_size") { (size) throws(VocabularyError) in
      try size.integer(upTo: limit)
    }
    specialCount = try value.required("default_num_special_tokens") {
      (count) throws(VocabularyError) in try count.integer(upTo: limit)
    }
    version = try value.required("version") { (name) throws(VocabularyError) in
      let name = try name.text()
      guard let version = Self.versions.first(where: { sameBytes("v\($0)", name) }) else {
        let known = Self.versions.map { "`v\($0)`" }.joined(separator: ", ")
        throw VocabularyError(.version, "the version `\(name)`, where \(known) are read")
      }
      return version
    }
    guard specialCount + 256 <= vocabularySize else {
      throw VocabularyError(
        .malformed,
        "\(vocabularySize) ids, where \(specialCount) special tokens and 256 bytes need "
          + "\(specialCount + 256)", path: "default_vocab_size")
    }
  }
}

/// An entry of `special_tokens` of a tekken.json.
struct TekkenSpecialToken {
  var rank: Int
  var text: String

  init(rank: Int, text: String) {
    self.rank = rank
    self.text = text
  }

  init(_ value: JSONValue) throws(VocabularyError) {
    rank = try value.required("rank") { (rank) throws(VocabularyError) in
      try rank.integer(upTo: Int(TokenID.maximumInFiles))
    }
    text = try value.required("token_str") { (text) throws(VocabularyError) in try text.text() }
    guard !text.utf8.isEmpty else {
      throw VocabularyError(.malformed, "a special token without text", path: "token_str")
    }
  }

  /// Those of files that list none, as mistral_common has them.
  static let ofOld = [
    "<unk>", "<s>", "</s>", "[INST]", "[/INST]", "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]",
    "[TOOL_RESULTS]", "[/TOOL_RESULTS]", "[TOOL_CALLS]", "[IMG]", "<pad>", "[IMG_BREAK]",
    "[IMG_END]", "[PREFIX]", "[MIDDLE]", "[SUFFIX]", "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]",
    "[TOOL_CONTENT]",
  ]
}
