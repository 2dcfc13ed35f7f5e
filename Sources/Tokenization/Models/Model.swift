package import SplitPatterns

/// Turns pretokens into ids.
package protocol Model: Sendable {
  static var kind: ModelKind { get }

  /// Each id covers as many bytes of its pretoken as its token has, so that ranges need not be asked
  /// for.
  var hasExactLengths: Bool { get }
  /// Tokens are bytes of the text itself.
  var isByteLevel: Bool { get }
  /// A text may be cut before each U+2581 behind another character, and its parts be encoded alone.
  var allowsWordCuts: Bool { get }
  /// A text may be encoded in parts, cut where ``lastCut(in:)`` says.
  var allowsParts: Bool { get }
  /// The last place of a text that may go on where it can be cut: what stands behind it changes nothing
  /// before it, and the other way round but for what the scratch memory carries. 0 if there is none.
  func lastCut(in text: Span<UInt8>) -> Int
  /// Which bytes are neighbours in tokens, 0x20 in U+2581's place too, if a text that allows such cuts
  /// may also be cut between characters whose bytes are none; nil if it may not.
  func byteJoins() -> ByteJoins?
  /// The same model for texts whose spaces were left where U+2581 is meant, if it can do without that
  /// rewriting as long as no ranges are wanted; nil if not.
  func takingSpacesForMarks() -> (any Model)?
  /// Whether a text may be one that it knows nothing to do with.
  var mayFail: Bool { get }

  /// Appends the ids of `pretoken`, which is not empty, to `ids`, which has room for one a byte; where
  /// they lie in it, if that is wanted and ``hasExactLengths`` is false.
  ///
  /// - Throws: `unknownCharacter` for a character that the model knows nothing to do with.
  func encode(
    _ pretoken: Span<UInt8>, vocabulary: Vocabulary, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch
  ) throws(EncodingError)

  /// A token's text is the same wherever in a word it stands.
  var spellsTokensAlike: Bool { get }
  /// Whether ``draw(_:_:to:ranges:using:by:)`` draws so.
  func knows(_ drawing: Drawing) -> Bool
  /// The same by chance.
  func draw(
    _ drawing: Drawing, _ pretoken: Span<UInt8>, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch,
    by generator: inout any RandomNumberGenerator
  ) throws(EncodingError)
  /// Whether encodings have scores, so that there are best ones.
  var hasScores: Bool { get }
  /// The best encodings of a pretoken, best first.
  func bestEncodings(
    of pretoken: Span<UInt8>, count: Int
  ) throws(EncodingError) -> [ScoredEncoding]

  /// Adds the tables that a compiled form keeps.
  func add(to tables: inout ModelTables)
  /// Reads the same tables. Numbers in them are not checked here, but wherever they are used.
  ///
  /// - Throws: `malformed` for tables of other kinds or sizes.
  init(_ tables: inout ModelTables) throws(VocabularyError)
}

extension Model {
  package var hasExactLengths: Bool { false }
  package var isByteLevel: Bool { false }
  package var spellsTokensAlike: Bool { true }
  package var allowsWordCuts: Bool { false }
  package var allowsParts: Bool { false }
  package func lastCut(in text: Span<UInt8>) -> Int { 0 }
  package func byteJoins() -> ByteJoins? { nil }
  package func takingSpacesForMarks() -> (any Model)? { nil }
  package var mayFail: Bool { false }
}

/// Which model; the numbers are part of the compiled form and never change.
package enum ModelKind: UInt32, Sendable, CaseIterable {
  case bytePair = 0
  case characterPair = 1
  case wordPiece = 2
  case unigram = 3
  case wordLevel = 4
  case bytes = 5
  case characters = 6
  case greedy = 7
  case lattice = 8
  case lessIsBetter = 9
  case mergeEvents = 10
  case boundless = 11

  package var type: any Model.Type {
    switch self {
    case .bytePair: BytePairModel.self
    case .characterPair: CharacterPairModel.self
    case .wordPiece: WordPieceModel.self
    case .unigram: UnigramModel.self
    case .wordLevel: WordLevelModel.self
    case .bytes: BytesModel.self
    case .characters: CharactersModel.self
    case .greedy: GreedyModel.self
    case .lattice: LatticeModel.self
    case .lessIsBetter: LessIsBetterModel.self
    case .mergeEvents: MergeEventsModel.self
    case .boundless: BoundlessModel.self
    }
  }

  /// What users call it.
  package var name: String {
    switch self {
    case .bytePair: "byte-level BPE"
    case .characterPair: "BPE over characters"
    case .wordPiece: "WordPiece"
    case .unigram: "Unigram"
    case .wordLevel: "WordLevel"
    case .bytes: "bytes"
    case .characters: "characters"
    case .greedy: "longest match"
    case .lattice: "best path"
    case .lessIsBetter: "Less-is-Better"
    case .mergeEvents: "merges and splits"
    case .boundless: "merges within and across pretokens"
    }
  }
}

/// Memory that models need, kept for the next pretoken.
package struct ModelScratch: ~Copyable {
  var boundless = BoundlessScratch()
  var bytePair = BytePairScratch()
  var characterPair = CharacterPairScratch()
  var lattice = LatticeScratch()
  var lessIsBetter = LessIsBetterScratch()
  var mergeEvents = MergeEventsScratch()
  var unigram = UnigramScratch()
  /// Made when it is first needed: what other models remember is in the context's cache.
  var words: UnigramWords?

  /// Forgets what belongs to the model that was used.
  mutating func forget() {
    words = nil
    characterPair.forget()
  }
}
