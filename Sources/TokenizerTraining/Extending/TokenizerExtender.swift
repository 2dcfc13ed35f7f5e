internal import SplitPatterns
public import Tok
internal import Tokenization
internal import TokenizerFormats

/// Goes on from a tokenizer of pairs, over bytes or characters, or of word pieces to a larger vocabulary
/// on other text.
///
/// All of the tokenizer stays as it is: its tokens with their ids, its merges in their order, its added
/// tokens, normaliser, splitter, templates and decoder. Words are encoded by it, and then the most frequent
/// pair of neighbours becomes a token again and again, as in ``BPETrainer``; of equally frequent pairs the one
/// of smaller ids comes first. New tokens get the ids behind the greatest one, in the order in which they
/// were made. So a text is encoded as before, and then by the new merges.
///
/// How the new tokens take part:
/// - where merges are listed, the new ones come behind the old ones. A new merge may make an old token.
/// - Where any two neighbours merge whose text together is a token (.tiktoken by ids, .model by
///   scores), the new tokens come last. What has a new token's text in another cut merges as well.
/// - WordPiece takes the longest token at each place, so that a word may be cut otherwise than before.
///
/// Where the tokenizer cuts no words, but has no token that reaches over a space, new tokens do not
/// either. No new token has the text of an added token or of one that no text makes. What the tokenizer has no
/// token for stays so, and tokens of single bytes beside those of characters never merge.
public struct TokenizerExtender: WordTrainer {
  public let preprocessing: Preprocessing
  private let definition: TokenizerDefinition
  private let base: BaseVocabulary
  private let vocabularySize: Int
  private let options: BPETrainer.Options

  /// - Parameters:
  ///   - vocabularySize: how many tokens there will be, old and added ones included.
  ///   - minimumFrequency: pairs that stand there less often are not merged.
  ///   - maximumTokenLength: how many characters (bytes at byte level) a new token has at most, marks such
  ///     as `##` included.
  /// - Throws: `vocabulary` for other models, and for a tokenizer that cannot be built; `option` for a size
  ///   below that of the tokenizer, and a length below 1.
  /// - Complexity: that of building the tokenizer twice.
  public init(
    _ source: TokenizerSource, to vocabularySize: Int, minimumFrequency: UInt64 = 0,
    maximumTokenLength: Int? = nil
  ) throws(TrainingError) {
    do throws(VocabularyError) {
      definition = try source.definition()
      base = try BaseVocabulary(definition)
    } catch { throw TrainingError(error) }
    let count = Set(base.ids + definition.pipeline.addedTokens.map(\.id)).count
    guard vocabularySize >= count else {
      throw TrainingError(
        .option, "\(vocabularySize) where the tokenizer has \(count) tokens",
        place: "vocabularySize")
    }
    guard maximumTokenLength ?? 1 > 0 else {
      throw TrainingError(
        .option, "\(maximumTokenLength ?? 0) is less than 1", place: "maximumTokenLength")
    }
    self.vocabularySize = vocabularySize
    preprocessing = Preprocessing(
      normalizer: definition.pipeline.normalizer,
      splitter: base.allowsWordCuts
        ? try definition.pipeline.splitter.cuttingAtSpaceMarks() : definition.pipeline.splitter,
      isByteLevel: base.isByteLevel, cutsAtSpaceMarks: base.allowsWordCuts)
    var options = BPETrainer.Options()
    options.vocabularySize = base.ids.count + vocabularySize - count
    options.minimumFrequency = minimumFrequency
    options.maximumTokenLength = maximumTokenLength
    options.continuingSubwordPrefix =
      base.continuingPrefix.isEmpty ? nil : String(decoding: base.continuingPrefix, as: UTF8.self)
    self.options = options
  }

  /// Trains on words.
  ///
  /// - Throws: `limit`; `checkpoint`, `unreadable`, `unwritable`; `input` where the tokenizer cannot encode
  ///   a word.
  /// - Complexity: as ``BPETrainer/train(on:_:)``.
  public func train(
    on counts: WordCounts, _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer {
    var checkpoint = try TrainingCheckpoint("extended", digest: { digest(of: counts) }, run)
    var training = BPETraining(options, goingOnFrom: base, memoryLimit: run.memoryLimit)
    if var reader = try checkpoint?.reader() {
      try training.restore(from: &reader)
    } else {
      try training.setWords(base.words(counts), memoryLimit: run.memoryLimit)
    }
    let shortage = try training.mergeAll(run, &checkpoint)
    let newCount = training.tokens.count - base.ids.count
    let report = TrainingReport(
      requestedCount: vocabularySize,
      tokenCount: vocabularySize - (options.vocabularySize - training.tokens.count),
      shortage: shortage, remarks: ["\(newCount) tokens are new"])
    return TrainedTokenizer(extended(training), report: report)
  }

  private func digest(of counts: WordCounts) -> UInt64 {
    var digest = base.digest
    digest.add("\(options)")
    digest.add(counts)
    return digest.value
  }

  private func extended(_ training: borrowing BPETraining) -> TokenizerDefinition {
    let lastID = (base.ids + definition.pipeline.addedTokens.map(\.id)).max() ?? 0
    var added = VocabularyExtension()
    for symbol in base.ids.count..<training.tokens.count {
      added.tokens.append(training.tokens.texts[symbol])
      added.ids.append(lastID + TokenID(added.ids.count) + 1)
    }
    let ids = base.ids + added.ids
    added.merges = training.listedMerges.map { merge in
      BytePairDefinition.Merge(
        left: ids[Int(merge.left)], right: ids[Int(merge.right)], result: ids[Int(merge.result)])
    }
    var extended = definition
    extended.model = base.model.extended(by: added)
    return extended
  }
}

extension Splitter {
  /// The same with words that begin at runs of U+2581, where spaces become that and nothing is cut.
  fileprivate func cuttingAtSpaceMarks() throws(TrainingError) -> Splitter {
    let marksOnly = steps.contains { step in
      if case .metaspace(_, _, splits: false) = step { true } else { false }
    }
    guard marksOnly else { return self }
    do {
      let words = try SplitPattern("\u{2581}+[^\u{2581}]*|[^\u{2581}]+", dialect: .oniguruma)
      return Splitter(steps + [.pattern(words, .isolated, inverted: false)])
    } catch { throw TrainingError(.option, "\(error)") }
  }
}
