internal import Tokenization
internal import TokenizerFormats

/// Tokens that come behind those of a model.
struct VocabularyExtension {
  var tokens: [[UInt8]] = []
  var ids: [TokenID] = []
  /// Those that make ``tokens``, and perhaps tokens of the model, in order.
  var merges: [BytePairDefinition.Merge] = []
}

/// A model that can get more tokens.
protocol ExtendableDefinition: ModelDefinition {
  /// The indices of tokens that merge with no other, and whose texts no other token may have.
  var unmergeable: Set<Int> { get }
  /// What the text of a token begins with that does not begin a word, if such tokens are marked.
  var continuingPrefix: [UInt8] { get }
  /// The merges of the file where it lists them.
  var fileMerges: [BytePairDefinition.Merge] { get }

  func extended(by added: VocabularyExtension) -> any ModelDefinition
}

extension BytePairDefinition: ExtendableDefinition {
  var unmergeable: Set<Int> { Set(unspelled) }
  var continuingPrefix: [UInt8] { [] }
  var fileMerges: [Merge] {
    if case .listed(let merges) = merges { merges } else { [] }
  }

  func extended(by added: VocabularyExtension) -> any ModelDefinition {
    var model = self
    for token in added.tokens { model.tokens.append(token) }
    model.ids += added.ids
    if case .listed(let merges) = merges { model.merges = .listed(merges + added.merges) }
    return model
  }
}

extension CharacterPairDefinition: ExtendableDefinition {
  var unmergeable: Set<Int> {
    var places = Set(unmatched + userDefined + unused)
    guard fallsBackToBytes else { return places }
    let bytes = Set((0...255 as ClosedRange<UInt8>).map { Self.nameOfByte($0) })
    for place in 0..<tokens.count where bytes.contains(tokens[place]) { places.insert(place) }
    return places
  }
  var fileMerges: [BytePairDefinition.Merge] {
    if case .listed(let merges) = merges { merges } else { [] }
  }

  func extended(by added: VocabularyExtension) -> any ModelDefinition {
    var model = self
    for token in added.tokens { model.tokens.append(token) }
    model.ids += added.ids
    switch merges {
    case .listed(let merges): model.merges = .listed(merges + added.merges)
    case .byScore(let scores):
      // Each is below all before it, as those of sentencepiece are.
      let least = scores.min() ?? 0
      model.merges = .byScore(scores + added.ids.indices.map { least - Float($0 + 1) })
    }
    return model
  }
}

extension WordPieceDefinition: ExtendableDefinition {
  var unmergeable: Set<Int> { [] }
  var fileMerges: [BytePairDefinition.Merge] { [] }

  func extended(by added: VocabularyExtension) -> any ModelDefinition {
    var model = self
    for token in added.tokens { model.tokens.append(token) }
    model.ids += added.ids
    return model
  }
}
