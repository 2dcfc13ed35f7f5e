import Tokenization

extension TokenizerDefinition {
  /// A .tiktoken file: a token in base64 and its rank, which is its id, on each line, in the order of
  /// ranks. Tokens that no text is made into are left out; the format has no place for them.
  func tiktokenRanks() throws(VocabularyError) -> [UInt8] {
    guard let model = model as? BytePairDefinition else {
      throw VocabularyError.noModel(self, in: .tiktoken)
    }
    if let byte = model.missingByte {
      throw VocabularyError(
        .inexpressible,
        "there is no token for the byte \(byte), and the format tiktoken asks for every byte's")
    }
    let made = Set(try model.possibleMerges().map(\.result))
    let added = Set(pipeline.addedTokens.map(\.id))
    let outside = Set(model.unspelled)
    var file: [UInt8] = []
    for place in model.ids.indices.sorted(by: { model.ids[$0] < model.ids[$1] }) {
      let id = model.ids[place]
      let range = model.tokens.range(place)
      let isMade = range.count == 1 || made.contains(id)
      if range.isEmpty {
        // As Whisper's multilingual file has its token without bytes.
        file += Array("= \(id)\n".utf8)
      } else if !outside.contains(place), isMade || !added.contains(id) {
        file += Array(Base64.encode(model.tokens.bytes[range].span).utf8)
        file += Array(" \(id)\n".utf8)
      }
    }
    return file
  }
}

extension BytePairDefinition {
  /// The first byte that is no token; nil if each is one.
  fileprivate var missingByte: UInt8? {
    var found = [Bool](repeating: false, count: 256)
    let outside = Set(unspelled)
    for place in 0..<tokens.count where tokens.range(place).count == 1 && !outside.contains(place) {
      found[Int(tokens.bytes[tokens.range(place).lowerBound])] = true
    }
    return found.firstIndex(of: false).map { UInt8($0) }
  }
}
