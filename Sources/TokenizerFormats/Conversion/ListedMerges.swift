package import Tokenization

extension BytePairDefinition {
  /// Merges that give the same ids if they are listed: those of the file, or of merges by id the one for
  /// each token that can happen.
  package func listedMerges() throws(VocabularyError) -> [Merge] {
    switch merges {
    case .listed(let merges): merges
    case .byID: try possibleMerges()
    }
  }

  /// The merges that can happen, in order of rank.
  package func possibleMerges() throws(VocabularyError) -> [Merge] {
    let places = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
    return try BytePairModel(self).possibleMerges { id in
      places[id].map { tokens.bytes[tokens.range($0)] } ?? []
    }
  }

  /// The tokens in the byte alphabet. Those that no text spells are in the file as they are.
  func textsInByteAlphabet() -> ByteStrings {
    var texts = ByteStrings()
    texts.reserve(strings: tokens.count, bytes: tokens.bytes.count * 2)
    var outside = unspelled[...]
    var text: [UInt8] = []
    for place in 0..<tokens.count {
      text.removeAll(keepingCapacity: true)
      let bytes = tokens.bytes[tokens.range(place)]
      if outside.first == place {
        outside.removeFirst()
        text += bytes
      } else {
        ByteAlphabet.appendText(of: bytes.span, to: &text)
      }
      texts.append(text)
    }
    return texts
  }
}

extension CharacterPairDefinition {
  /// The merges that can happen, in order, where their halves are tokens.
  package func listedMerges() throws(VocabularyError) -> [BytePairDefinition.Merge] {
    let index = ByteStringIndex(tokens)
    return try CharacterPairModel(self).possibleMerges(self).compactMap { merge in
      guard let left = index[merge.left.span], let right = index[merge.right.span] else {
        return nil
      }
      return BytePairDefinition.Merge(left: ids[left], right: ids[right], result: merge.result)
    }
  }
}
