internal import SplitPatterns
internal import Tok
internal import Tokenization

/// Trains byte-level BPE whose tokens may reach over spaces: Liu, Hayase, Hofmann, Oh, Smith and Choi,
/// "SuperBPE: Space Travel for Language Models" (2025), sections 2.2 and 2.3, and the authors' scripts.
///
/// In the first stage the most frequent pair of neighbours is merged within words, as in any byte-level
/// BPE. In the second stage the text is cut into chunks that have many words, chunks are encoded by the
/// merges so far, and merging goes on in them: with `by`, ` the` and ` way` often together there will be
/// ` by the`, and then ` by the way`. Tokens of too many words, or with a colon before a space, are
/// skipped. Of equally frequent pairs the one of lower ids is merged first, as in huggingface's trainer,
/// which the authors changed.
///
/// The result is ordinary: one list of merges, with the pattern of the second stage.
///
/// Where we differ: the words of the first stage are cut from chunks, not from the text, so that the
/// text is read once; all 256 bytes are tokens; pairs in runs of one token are counted exactly.
public struct SuperBPETrainer: WordTrainer {
  public let options: SuperBPEOptions
  public let preprocessing: Preprocessing
  private let chunkSplitter: Splitter
  private let wordSplitter: Splitter

  /// - Throws: `option` for sizes that have no meaning, special tokens that are empty or stand twice,
  ///   and patterns that are none.
  public init(_ options: SuperBPEOptions = SuperBPEOptions()) throws(TrainingError) {
    self.options = options
    let least = 256 + options.specialTokens.count
    try Self.check(
      options.vocabularySize >= least && options.vocabularySize <= 1 << 21 - 2, "vocabularySize",
      "\(options.vocabularySize) is not from \(least), for bytes and special tokens, to 2097150")
    try Self.check(options.wordMerges >= 0, "wordMerges", "\(options.wordMerges) is below 0")
    try Self.check(
      options.wordLimit ?? 1 > 0, "wordLimit", "\(options.wordLimit ?? 0) is not above 0")
    try Self.check(
      (1...10_000).contains(options.chunkLength), "chunkLength",
      "\(options.chunkLength) is not from 1 to 10000")
    let special = Set(options.specialTokens)
    try Self.check(
      special.count == options.specialTokens.count && !special.contains(""), "specialTokens",
      "a token is empty or stands twice")

    wordSplitter = try Self.splitter([options.wordPattern], "wordPattern")
    chunkSplitter = try Self.splitter([options.chunkPattern], "chunkPattern")
    let length = options.chunkLength
    let pieces = #"[\s\S]{1,\#(length)}(?=\s|\z)|[\s\S]{1,\#(length)}"#
    preprocessing = Preprocessing(
      splitter: try Self.splitter([options.chunkPattern, pieces], "chunkPattern"),
      isByteLevel: true)
  }

  private static func check(
    _ condition: Bool, _ option: String, _ message: String
  ) throws(TrainingError) {
    guard condition else { throw TrainingError(.option, message, place: option) }
  }

  private static func splitter(
    _ patterns: [String], _ option: String
  ) throws(TrainingError) -> Splitter {
    var steps: [SplitStep] = []
    for pattern in patterns {
      do {
        let parsed = try SplitPattern(pattern, dialect: .oniguruma)
        steps.append(.pattern(parsed, .isolated, inverted: false))
      } catch {
        throw TrainingError(.option, "\(error)", place: option)
      }
    }
    return Splitter(steps + [.byteLevel(addsPrefixSpace: false, splits: false)])
  }

  /// Trains on chunks.
  ///
  /// - Throws: `checkpoint`, `unreadable`, `unwritable`; `limit` for counts that are too large.
  /// - Complexity: O(*n* log *n*) in the bytes of different chunks, more or less.
  public func train(
    on counts: consuming WordCounts, _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer {
    let training = try training(counts, run)
    var report = TrainingReport(
      requestedCount: options.vocabularySize,
      tokenCount: training.tokens.count + options.specialTokens.count)
    if report.tokenCount < options.vocabularySize { report.shortage = training.shortage }
    let wordMerges = training.wordMerges ?? training.merges.count
    report.remarks.append(
      "\(wordMerges) merges are within words, "
        + "\(training.merges.count - wordMerges) may join words")
    return TrainedTokenizer(definition(training), report: report)
  }

  /// Both stages, as far as they come.
  func training(
    _ counts: consuming WordCounts, _ run: TrainingRun
  ) throws(TrainingError) -> SuperBPETraining {
    var checkpoint = try TrainingCheckpoint(
      "superbpe", digest: { digest(of: counts) }, run)
    var training = SuperBPETraining(options, memoryLimit: run.memoryLimit)
    if var reader = try checkpoint?.reader() {
      try training.restore(from: &reader)
    } else {
      try training.begin(words: WordCounts(cutting: copy counts, by: wordSplitter))
    }
    if training.wordMerges == nil {
      try training.mergeAll(run, &checkpoint)
      if training.shortage == .stopped { return training }
      try training.begin(chunks: counts)
    }
    try training.mergeAll(run, &checkpoint)
    return training
  }

  private func digest(of counts: WordCounts) -> UInt64 {
    var digest = TrainingDigest()
    digest.add("\(options)")
    digest.add(counts)
    return digest.value
  }

  private func definition(_ training: borrowing SuperBPETraining) -> TokenizerDefinition {
    let first = TokenID(options.specialTokens.count)
    var tokens = ByteStrings()
    for text in training.tokens.texts { tokens.append(text) }
    return TokenizerDefinition(
      pipeline: Pipeline(
        addedTokens: options.specialTokens.enumerated().map { id, token in
          AddedToken(token, id: TokenID(id))
        },
        splitter: chunkSplitter,
        decoder: .byteLevel(addsPrefixSpace: true, trimsRanges: true, splits: true)),
      model: BytePairDefinition(
        tokens: tokens, ids: (0..<training.tokens.count).map { first + TokenID($0) },
        merges: .listed(
          training.merges.map {
            BytePairDefinition.Merge(
              left: first + $0.left, right: first + $0.right, result: first + $0.result)
          }),
        takesWholePretokens: false))
  }
}
