internal import Tok
internal import Tokenization

/// Trains byte-pair encoding: the most frequent pair of neighbours becomes a token, again and again.
///
/// Sennrich, Haddow and Birch, "Neural Machine Translation of Rare Words with Subword Units", 2016.
///
/// Of equally frequent pairs the one of smaller ids comes first, the left one deciding. Ids: special
/// tokens in their order, then the alphabet by code points (bytes by those of the characters that stand
/// for them in files), then characters with affixes by their bytes, then merges. Where a
/// merge makes the text of a token that there is already, it makes that token.
public struct BPETrainer: WordTrainer {
  /// Whose output is to be had to the byte.
  public enum Compatibility: String, Hashable, Sendable, CaseIterable {
    /// A merged pair's count is gone with it, each pair is merged once and everywhere, and a token may be
    /// as long as the greatest length says.
    case none
    /// The model that huggingface's tokenizers 0.23.3 writes. The count of a merged pair stays; a pair that
    /// comes about again, by a token that there was already, may be merged twice, and the later merge is
    /// the one that is listed; a token is shorter than the greatest length. Where the original depends on
    /// the order of a hash table, words are taken in the order of their bytes. Its counts of pairs wrap at
    /// 2^31, ours do not.
    case huggingface
  }

  /// Characters that are tokens whether they are met or not.
  public enum Alphabet: Hashable, Sendable {
    case none
    /// All bytes, by the characters that stand for them.
    case byteLevel
    case characters([Unicode.Scalar])
  }

  /// What is trained, with the defaults of huggingface's trainer.
  public struct Options: Hashable, Sendable {
    /// How many tokens there will be, special ones and the alphabet included.
    public var vocabularySize = 30_000
    /// Pairs that stand there less often are not merged.
    public var minimumFrequency: UInt64 = 0
    /// Tokens that get the first ids and are never made of text.
    public var specialTokens: [String] = []
    /// One of the special tokens, for characters that have none; characters only.
    public var unknownToken: String?
    public var initialAlphabet = Alphabet.none
    /// How many characters the alphabet has at most: the most frequent ones, of equally frequent ones
    /// those of greater code points. Those of the initial alphabet come first.
    public var limitAlphabet: Int?
    /// The share of all characters of the text, from 0 to 1, that the alphabet covers; the rarest
    /// characters beyond are left out, as those beyond `limitAlphabet`.
    public var characterCoverage = 1.0
    /// Stands before every character of a word but the first, `##` for WordPiece; characters only.
    public var continuingSubwordPrefix: String?
    /// Stands behind the last character of a word, `</w>` for GPT-1; characters only.
    public var endOfWordSuffix: String?
    /// How many characters (bytes at byte level) of text a merged token has at most.
    public var maximumTokenLength: Int?
    /// Texts that must be tokens. Merges that make them, from the left, come before all counted ones.
    public var requiredTokens: [String] = []
    public var compatibility = Compatibility.none

    public init() {}
  }

  public let options: Options
  public let preprocessing: Preprocessing

  /// - Throws: `option` for options that have no meaning, or none together.
  public init(_ options: Options, _ preprocessing: Preprocessing) throws(TrainingError) {
    self.options = options
    self.preprocessing = preprocessing
    try check()
  }

  private func check() throws(TrainingError) {
    func refuse(_ place: String, _ message: String) -> TrainingError {
      TrainingError(.option, message, place: place)
    }
    guard 1...Self.sizeLimit ~= options.vocabularySize else {
      throw refuse(
        "vocabularySize", "\(options.vocabularySize) is not from 1 to \(Self.sizeLimit)")
    }
    guard options.characterCoverage >= 0, options.characterCoverage <= 1 else {
      throw refuse("characterCoverage", "\(options.characterCoverage) is not from 0 to 1")
    }
    if let limit = options.limitAlphabet, limit < 0 {
      throw refuse("limitAlphabet", "\(limit) is less than 0")
    }
    if let length = options.maximumTokenLength, length < 1 {
      throw refuse("maximumTokenLength", "\(length) is less than 1")
    }
    if let unknown = options.unknownToken, !options.specialTokens.contains(unknown) {
      throw refuse("unknownToken", "`\(unknown)` is none of the special tokens")
    }
    if options.specialTokens.contains("") {
      throw refuse("specialTokens", "a special token has no characters")
    }
    if options.compatibility == .huggingface, !options.requiredTokens.isEmpty {
      throw refuse("requiredTokens", "the original has no required tokens")
    }
    guard preprocessing.isByteLevel else { return }
    if options.continuingSubwordPrefix != nil {
      throw refuse("continuingSubwordPrefix", "bytes have no prefix")
    }
    if options.endOfWordSuffix != nil {
      throw refuse("endOfWordSuffix", "bytes have no suffix")
    }
  }

  private static let sizeLimit = 1 << 21 - 2

  /// Trains on words; an early end leaves fewer merges.
  ///
  /// - Throws: `limit` for more symbols than 2^32, or counts of 2^63; `checkpoint` for one of another training,
  ///   `unreadable` and `unwritable` for its files.
  /// - Complexity: O(*s*) at first, *s* being the bytes of all words, then O(*p* log *p*) for *p* places
  ///   that are merged.
  public func train(
    on counts: consuming WordCounts, _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer {
    try train(on: counts, run) { training, _ in model(training) }
  }

  /// A number for all that the result depends on.
  func digest(of counts: WordCounts) -> UInt64 {
    var digest = TrainingDigest()
    digest.add("\(options) \(preprocessing.isByteLevel)")
    digest.add(counts)
    return digest.value
  }

  /// Trains on words, and lets `model` make of the tokens what it is for.
  func train(
    on counts: consuming WordCounts, _ run: TrainingRun,
    _ model: (borrowing BPETraining, Pipeline) -> any ModelDefinition
  ) throws(TrainingError) -> TrainedTokenizer {
    var checkpoint = try TrainingCheckpoint("byte-pair", digest: { digest(of: counts) }, run)
    var training: BPETraining
    if var reader = try checkpoint?.reader() {
      training = BPETraining(
        options, isByteLevel: preprocessing.isByteLevel, memoryLimit: run.memoryLimit)
      try training.restore(from: &reader)
    } else {
      training = try BPETraining(
        options, isByteLevel: preprocessing.isByteLevel, counts, memoryLimit: run.memoryLimit)
    }
    let shortage = try training.mergeAll(run, &checkpoint)
    let report = report(training.tokens, shortage, training.remarks)
    let pipeline = pipeline(training)
    return TrainedTokenizer(
      TokenizerDefinition(pipeline: pipeline, model: model(training, pipeline)), report: report)
  }

  /// What is to be said of `tokens`.
  func report(
    _ tokens: TokenTexts, _ shortage: TrainingReport.Shortage?, _ remarks: [String]
  ) -> TrainingReport {
    var report = TrainingReport(
      requestedCount: options.vocabularySize, tokenCount: tokens.count, shortage: shortage,
      remarks: remarks)
    if tokens.count > options.vocabularySize {
      report.remarks.append(
        "special tokens and the alphabet alone are more than the \(options.vocabularySize) asked for"
      )
    }
    return report
  }
}

// MARK: - Results

extension BPETrainer {
  private func model(_ training: borrowing BPETraining) -> any ModelDefinition {
    var tokens = ByteStrings()
    for text in training.tokens.texts { tokens.append(text) }
    let ids = (0..<training.tokens.count).map { TokenID($0) }
    if preprocessing.isByteLevel {
      return BytePairDefinition(
        tokens: tokens, ids: ids, unspelled: training.tokens.unspelled,
        merges: .listed(training.listedMerges), takesWholePretokens: false)
    }
    return CharacterPairDefinition(
      tokens: tokens, ids: ids, merges: .listed(training.listedMerges),
      continuingPrefix: Array((options.continuingSubwordPrefix ?? "").utf8),
      endSuffix: Array((options.endOfWordSuffix ?? "").utf8), fallsBackToBytes: false,
      unknown: options.unknownToken.flatMap { training.tokens.id(of: Array($0.utf8)) })
  }

  private func pipeline(_ training: borrowing BPETraining) -> Pipeline {
    let special = training.specialTokens.map { AddedToken($0.text, id: $0.id) }
    return Pipeline(
      addedTokens: special, normalizer: preprocessing.normalizer,
      splitter: preprocessing.splitter, decoder: decoder,
      roles: TokenRoles(
        unknown: options.unknownToken.flatMap { training.tokens.id(of: Array($0.utf8)) }))
  }

  var decoder: TokenDecoder {
    if preprocessing.isByteLevel {
      return .byteLevel(addsPrefixSpace: true, trimsRanges: true, splits: true)
    }
    if let prefix = options.continuingSubwordPrefix {
      return .wordPiece(prefix: prefix, cleansUp: true)
    }
    if let suffix = options.endOfWordSuffix { return .bpe(suffix: suffix) }
    for case .metaspace(let replacement, let scheme, let splits) in preprocessing.splitter.steps {
      let decoded: TokenDecoder.MetaspaceScheme =
        switch scheme {
        case .always: .always
        case .first: .first
        case .never: .never
        }
      return .metaspace(replacement: replacement, scheme: decoded, splits: splits)
    }
    return .fuse
  }
}
