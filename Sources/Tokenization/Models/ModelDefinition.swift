/// What a file says of a model, before anything is derived from it.
package protocol ModelDefinition: Sendable {
  static var kind: ModelKind { get }
  /// The tokens of the model in the order of the file: the bytes that decoding makes of each, or the
  /// text that a decoder goes on with.
  var tokens: ByteStrings { get }
  /// The id of each of ``tokens``; any order, holes allowed, none twice.
  var ids: [TokenID] { get }
  /// The indices into ``tokens``, ascending, of tokens that no text can spell byte for byte.
  var unspelled: [Int] { get }
  /// The token for what has none.
  var unknownToken: TokenID? { get }
  /// Tokens are bytes of the text itself, not texts in the byte alphabet or with marks for spaces.
  var isByteLevel: Bool { get }

  /// Builds the tables.
  ///
  /// - Throws: whatever is wrong with the definition.
  func model() throws(VocabularyError) -> any Model
}

extension ModelDefinition {
  package var unspelled: [Int] { [] }
  package var isByteLevel: Bool { false }
}

extension BytePairDefinition: ModelDefinition {
  package static var kind: ModelKind { .bytePair }
  package var unknownToken: TokenID? { unknown }
  package var isByteLevel: Bool { true }
  package func model() throws(VocabularyError) -> any Model {
    try BytePairBuilder.model(for: self)
  }
}

extension CharacterPairDefinition: ModelDefinition {
  package static var kind: ModelKind { .characterPair }
  package var unspelled: [Int] { unmatched.sorted() }
  package var unknownToken: TokenID? { unknown }
  package func model() throws(VocabularyError) -> any Model { try CharacterPairModel(self) }
}

extension UnigramDefinition: ModelDefinition {
  package static var kind: ModelKind { .unigram }
  package var unknownToken: TokenID? { unknown }
  package func model() throws(VocabularyError) -> any Model { try UnigramModel(self) }
}

extension WordPieceDefinition: ModelDefinition {
  package static var kind: ModelKind { .wordPiece }
  package var unknownToken: TokenID? { unknown }
  package func model() throws(VocabularyError) -> any Model { try WordPieceModel(self) }
}

extension WordLevelDefinition: ModelDefinition {
  package static var kind: ModelKind { .wordLevel }
  package var unknownToken: TokenID? { unknown }
  package func model() throws(VocabularyError) -> any Model { WordLevelModel(self) }
}

extension BytesDefinition: ModelDefinition {
  package static var kind: ModelKind { .bytes }
  package var tokens: ByteStrings {
    var tokens = ByteStrings()
    for byte in 0...255 as ClosedRange<UInt8> { tokens.append([byte]) }
    return tokens
  }
  package var ids: [TokenID] { (0...255).map { offset + $0 } }
  package var unknownToken: TokenID? { nil }
  package var isByteLevel: Bool { true }
  package func model() throws(VocabularyError) -> any Model { try BytesModel(self) }
}

extension CharactersDefinition: ModelDefinition {
  package static var kind: ModelKind { .characters }
  package var unknownToken: TokenID? { unknown }
  package func model() throws(VocabularyError) -> any Model { CharactersModel(self) }
}

extension GreedyDefinition: ModelDefinition {
  package static var kind: ModelKind { .greedy }
  package var unknownToken: TokenID? { unknown }
  package var isByteLevel: Bool { true }
  package func model() throws(VocabularyError) -> any Model { try GreedyModel(self) }
}

extension LatticeDefinition: ModelDefinition {
  package static var kind: ModelKind { .lattice }
  package var unknownToken: TokenID? { unknown }
  package var isByteLevel: Bool { true }
  package func model() throws(VocabularyError) -> any Model { try LatticeModel(self) }
}

extension LessIsBetterDefinition: ModelDefinition {
  package static var kind: ModelKind { .lessIsBetter }
  package var unknownToken: TokenID? { unknown }
  package var isByteLevel: Bool { true }
  package func model() throws(VocabularyError) -> any Model { try LessIsBetterModel(self) }
}

extension MergeEventsDefinition: ModelDefinition {
  package static var kind: ModelKind { .mergeEvents }
  package var unspelled: [Int] { unmatched.sorted() }
  package var unknownToken: TokenID? { unknown }
  package var isByteLevel: Bool { unit == .bytes }
  package func model() throws(VocabularyError) -> any Model { try MergeEventsModel(self) }
}

extension BoundlessDefinition: ModelDefinition {
  package static var kind: ModelKind { .boundless }
  package var tokens: ByteStrings { words.tokens }
  package var ids: [TokenID] { words.ids }
  package var unknownToken: TokenID? { nil }
  package var isByteLevel: Bool { true }
  package func model() throws(VocabularyError) -> any Model { try BoundlessModel(self) }
}
