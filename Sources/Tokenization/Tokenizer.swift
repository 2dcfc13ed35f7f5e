internal import Synchronization
internal import UnicodeText

/// Turns text into ids and back, exactly as the tokenizer it was loaded from does.
///
/// A value that never changes; threads may share it. Text is UTF-8; bytes that are not are encoded as
/// the bytes they are.
public struct Tokenizer: Sendable {
  /// What happens to a text before and behind the model, as the file says.
  public private(set) var pipeline: Pipeline

  let vocabulary: Vocabulary
  let model: any Model
  let split: SplitPlan
  let addsPrefixSpace: Bool
  let normalization: NormalizationPlan
  /// Does the same but for U+2581, which the model takes spaces for where no ranges are wanted.
  let spacedNormalization: NormalizationPlan?
  /// Does what normalisation and split do, where they are recognised.
  let spacedWords: SpacedWordPlan?
  /// Added tokens that are looked for in the text as it came.
  let rawMatcher: AddedTokenMatcher
  /// Added tokens that are looked for in the normalised text.
  let normalizedMatcher: AddedTokenMatcher
  let template: TemplatePlan
  let trimmer: RangeTrimmer
  let decoding: DecodingPlan
  /// One bit for each id that is special.
  let specialBits: [UInt64]
  let contexts = ContextPool()
  /// Tells tokenizers apart where a context remembers which one it served.
  let serial: UInt64

  private static let serials = Atomic<UInt64>(1)

  /// Puts together what a file or a compiled form holds.
  ///
  /// - Throws: `malformed` for a pattern that no engine takes, `unknownToken` for an added token
  ///   without a place in the vocabulary, `unsupported` for steps that cannot be joined.
  package init(
    pipeline: Pipeline, model: any Model, vocabulary: Vocabulary
  ) throws(VocabularyError) {
    self.pipeline = pipeline
    if case .sentencePiece(let options) = pipeline.normalizer, pipeline.splitter.steps.isEmpty,
      options.escapesSpaces, let model = model.takingSpacesForMarks()
    {
      self.model = model
      spacedNormalization = try NormalizationPlan(leavingSpaces: options)
    } else {
      self.model = model
      spacedNormalization = nil
    }
    self.vocabulary = vocabulary
    for (index, token) in pipeline.addedTokens.enumerated() {
      guard vocabulary.contains(token.id) else {
        throw VocabularyError(
          .unknownToken, "no token has the id \(token.id)", path: "added_tokens[\(index)]")
      }
    }
    split = try SplitPlan(
      pipeline.splitter, mapsBytes: !model.isByteLevel, allowsWordCuts: model.allowsWordCuts)
    addsPrefixSpace = split.needsPrefixSpace(pipeline.splitter)
    let normalization = try NormalizationPlan(pipeline.normalizer)
    self.normalization = normalization
    spacedWords =
      model.allowsWordCuts
      ? SpacedWordPlan(pipeline.normalizer, pipeline.splitter, joins: model.byteJoins())
      : nil
    rawMatcher = try AddedTokenMatcher(
      pipeline.addedTokens.filter { !$0.isNormalized }.map { ($0, Array($0.content.utf8)) })
    let normalizedTokens = try pipeline.addedTokens.filter(\.isNormalized).map {
      (token) throws(VocabularyError) in
      (token, try normalization.normalized(Array(token.content.utf8)))
    }
    normalizedMatcher = try AddedTokenMatcher(normalizedTokens)
    template = try TemplatePlan(pipeline.postProcessor)
    trimmer = RangeTrimmer(
      vocabulary, spellsTokens: model.isByteLevel, addedTokens: pipeline.addedTokens)
    decoding = try DecodingPlan(
      pipeline.decoder, isByteLevel: model.isByteLevel,
      otherTexts: Self.textsUnlikeTheModel(normalizedTokens, vocabulary))
    var bits = [UInt64](repeating: 0, count: vocabulary.idCount / 64 + 1)
    for token in pipeline.addedTokens where token.isSpecial {
      bits[Int(token.id) / 64] |= 1 << UInt64(token.id % 64)
    }
    specialBits = bits
    serial = Self.serials.wrappingAdd(1, ordering: .relaxed).oldValue
  }

  /// Builds the tables that encoding needs from what a file says.
  ///
  /// - Complexity: O(*b* + *m*) in the bytes of all tokens and the merges.
  package init(_ definition: TokenizerDefinition) throws(VocabularyError) {
    let normalization = try NormalizationPlan(definition.pipeline.normalizer)
    let vocabulary = try Vocabulary(
      model: definition.model, addedTokens: definition.pipeline.addedTokens
    ) { (token) throws(VocabularyError) in
      try Self.text(
        of: token, normalization,
        isByteLevel: definition.model.isByteLevel && definition.pipeline.decoder.isByteLevel)
    }
    try self.init(
      pipeline: definition.pipeline, model: definition.model.model(),
      vocabulary: vocabulary)
  }
}

extension Tokenizer {
  /// What normalized added tokens decode to, where the model has the token with another text. The
  /// original decodes an added token from what it looks for in the text, the model's or not.
  private static func textsUnlikeTheModel(
    _ normalizedTokens: [(AddedToken, [UInt8])], _ vocabulary: Vocabulary
  ) -> [TokenID: [UInt8]] {
    var texts: [TokenID: [UInt8]] = [:]
    for (token, text) in normalizedTokens where text != Array(token.content.utf8) {
      let known = vocabulary.bytes.span.extracting(vocabulary.range(of: token.id))
      var bytes: [UInt8] = []
      let isAlphabet = ByteAlphabet.appendBytes(of: text.span, to: &bytes)
      if known.isEqual(to: text.span) || isAlphabet && known.isEqual(to: bytes.span) { continue }
      texts[token.id] = text
    }
    return texts
  }
}

// MARK: - Looking up

extension Tokenizer {
  /// What kind of model it is, as users call it: `byte-level BPE`, `WordPiece`.
  public var modelName: String { type(of: model).kind.name }

  /// One more than the greatest id. Ids below it may have no token.
  public var idCount: Int { vocabulary.idCount }

  /// The number of tokens, added ones included.
  public var tokenCount: Int {
    var count = 0
    for index in 0..<vocabulary.present.count {
      count += vocabulary.present[index].nonzeroBitCount
    }
    return count
  }

  /// Whether there is a token with this id.
  public func contains(_ id: TokenID) -> Bool { vocabulary.contains(id) }

  /// The bytes that decoding gives for `id`, or nil if there is no such token.
  public func bytes(of id: TokenID) -> [UInt8]? {
    guard vocabulary.contains(id) else { return nil }
    var bytes: [UInt8] = []
    for index in vocabulary.range(of: id) { bytes.append(vocabulary.bytes[index]) }
    return bytes
  }

  /// The token whose bytes are those of `text`, or nil. An added token of that text comes first.
  public func id(of text: String) -> TokenID? {
    if let added = pipeline.addedTokens.last(where: { Array($0.content.utf8) == Array(text.utf8) })
    {
      return added.id
    }
    return id(of: Array(text.utf8).span)
  }

  /// The token whose bytes are `bytes`, or nil; a token of the model before an added one.
  public func id(of bytes: Span<UInt8>) -> TokenID? { vocabulary.id(of: bytes) }

  /// Whether `id` is a special token.
  public func isSpecial(_ id: TokenID) -> Bool {
    Int(id) / 64 < specialBits.count && specialBits[Int(id) / 64] >> UInt64(id % 64) & 1 == 1
  }

  /// The token that begins a text, where the file names one.
  public var beginningID: TokenID? { pipeline.roles.beginning }
  /// The token that ends a text, where the file names one.
  public var endID: TokenID? { pipeline.roles.end }
  /// The token that fills short texts, where the file names one.
  public var paddingID: TokenID? { pipeline.roles.padding }
  /// The token for what has none, where the file names one.
  public var unknownID: TokenID? { pipeline.roles.unknown }
}

extension Tokenizer {
  /// Takes roles from what stands beside a file, where the file itself names none.
  package mutating func addRoles(_ roles: TokenRoles) {
    let own = pipeline.roles
    pipeline.roles = TokenRoles(
      beginning: own.beginning ?? roles.beginning, end: own.end ?? roles.end,
      padding: own.padding ?? roles.padding, unknown: own.unknown ?? roles.unknown)
  }
}

// MARK: - For compiled forms

extension Tokenizer {
  package var packageVocabulary: Vocabulary { vocabulary }
  package var packageModel: any Model { model }
}
