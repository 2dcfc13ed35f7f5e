extension Tokenizer {
  /// The tokenizer with more added tokens. The model, and all ids there were, stay as they are.
  ///
  /// A token whose id has no token yet becomes a new one; rows of an embedding are then missing below
  /// ``idCount``. One whose id is that of a token there is already is from now on found in text before
  /// the model sees it; that token's text must be the same.
  ///
  /// - Throws: `duplicate` for an id whose token has another text, or a text that is added twice;
  ///   `malformed` for a text of no characters; `limit` for an id too great; what the steps of the
  ///   tokenizer say of the token.
  /// - Complexity: O(*b*) in the bytes of all tokens.
  public func adding(_ tokens: [AddedToken]) throws(VocabularyError) -> Tokenizer {
    var pipeline = pipeline
    var texts: [TokenID: [UInt8]] = [:]
    for (index, token) in tokens.enumerated() {
      do throws(VocabularyError) {
        let text = try text(of: token)
        let other = texts[token.id] ?? bytes(of: token.id)
        guard other == nil || other == text || other == Array(token.content.utf8) else {
          throw VocabularyError(
            .duplicate,
            "the id \(token.id) is that of another token, `\(token.content)` is to be added")
        }
        if other == nil { texts[token.id] = text }
        guard
          !pipeline.addedTokens.contains(where: { $0.isSpelledLike(token) && $0.id != token.id })
        else { throw VocabularyError(.duplicate, "`\(token.content)` is an added token already") }
        pipeline.addedTokens.removeAll { $0.id == token.id }
        pipeline.addedTokens.append(token)
      } catch {
        var error = error
        error.path = "added_tokens[\(index)]"
        throw error
      }
    }
    return try Tokenizer(
      pipeline: pipeline, model: model, vocabulary: vocabulary.adding(texts))
  }

  /// The id that a new token with this text gets: that of the token with this text, where there is one,
  /// otherwise one more than the greatest.
  public func idForAdding(_ text: String) -> TokenID { id(of: text) ?? TokenID(idCount) }

  /// What decoding gives for an added token.
  private func text(of token: AddedToken) throws(VocabularyError) -> [UInt8] {
    guard !token.content.isEmpty else {
      throw VocabularyError(.malformed, "an added token has no characters")
    }
    return try Self.text(
      of: token, normalization, isByteLevel: model.isByteLevel && pipeline.decoder.isByteLevel)
  }

  /// What decoding gives for an added token: the original decodes it from what it looks for in the text.
  static func text(
    of token: AddedToken, _ normalization: NormalizationPlan, isByteLevel: Bool
  ) throws(VocabularyError) -> [UInt8] {
    let content = Array(token.content.utf8)
    let text = token.isNormalized ? try normalization.normalized(content) : content
    guard isByteLevel else { return text }
    var bytes: [UInt8] = []
    return ByteAlphabet.appendBytes(of: text.span, to: &bytes) ? bytes : text
  }
}

extension AddedToken {
  /// Two texts can be equal for Swift and different for a tokenizer.
  fileprivate func isSpelledLike(_ other: AddedToken) -> Bool {
    content.utf8.elementsEqual(other.content.utf8)
  }
}

extension Vocabulary {
  /// The vocabulary with tokens for ids that had none.
  ///
  /// - Throws: `limit` for an id too great.
  func adding(_ texts: [TokenID: [UInt8]]) throws(VocabularyError) -> Vocabulary {
    guard let greatest = texts.keys.max() else { return self }
    guard greatest < Self.idLimit else {
      throw VocabularyError(.limit, "the id \(greatest), of at most \(Self.idLimit - 1)")
    }
    let count = max(idCount, Int(greatest) + 1)
    var bytes: [UInt8] = []
    var ends: [UInt32] = []
    ends.reserveCapacity(count)
    var present = [UInt64](repeating: 0, count: (count + 63) / 64)
    var spelled = present
    for id in 0..<TokenID(count) {
      if let text = texts[id] {
        bytes += text
      } else {
        for place in range(of: id) { bytes.append(self.bytes[place]) }
      }
      ends.append(UInt32(bytes.count))
      let bit: UInt64 = 1 << UInt64(id % 64)
      if contains(id) || texts[id] != nil { present[Int(id) / 64] |= bit }
      if isSpelled(id) { spelled[Int(id) / 64] |= bit }
    }
    return Vocabulary(bytes: bytes, ends: ends, present: present, spelled: spelled)
  }
}
