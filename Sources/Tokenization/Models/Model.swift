/// Turns pretokens into ids.
package enum Model: Sendable {
  case bytePair(BytePairModel)
  case characterPair(CharacterPairModel)

  /// - Throws: whatever is wrong with the definition, see the models.
  package init(_ definition: ModelDefinition) throws(VocabularyError) {
    switch definition {
    case .bytePair(let definition):
      self = .bytePair(try BytePairBuilder.model(for: definition))
    case .characterPair(let definition):
      self = .characterPair(try CharacterPairModel(definition))
    }
  }

  /// Whether each id covers as many bytes of its pretoken as its token has, so that ranges need not
  /// be asked for.
  var hasExactLengths: Bool {
    switch self {
    case .bytePair(let model): model.options.hasAllBytes
    case .characterPair: false
    }
  }

  /// Appends the ids of the pretoken `text[start..<end]`, which is not empty, to `ids`, which has room
  /// for one a byte; where they lie, if that is wanted and ``hasExactLengths`` is false.
  func encode(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, vocabulary: Vocabulary, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch
  ) {
    let pretoken = text.extracting(start..<end)
    switch self {
    case .bytePair(let model):
      model.encode(
        pretoken, vocabulary: vocabulary, to: &ids, ranges: &ranges, using: &scratch.bytePair)
    case .characterPair(let model):
      model.encode(pretoken, to: &ids, ranges: &ranges, using: &scratch.characterPair)
    }
  }
}

/// Memory that models need, kept for the next pretoken.
struct ModelScratch {
  var bytePair = BytePairScratch()
  var characterPair = CharacterPairScratch()
}
