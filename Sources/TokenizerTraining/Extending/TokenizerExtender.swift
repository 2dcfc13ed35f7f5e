internal import SplitPatterns
public import Tok
internal import Tokenization
internal import TokenizerFormats

/// Goes on from a tokenizer to a larger vocabulary on other text.
///
/// All of the tokenizer stays as it is: its tokens with their ids, its merges in their order, the scores of its
/// tokens, its added tokens, normaliser, splitter, templates and decoder. New tokens get the ids behind the
/// greatest one.
///
/// With pairs, over bytes or characters, and with word pieces, words are encoded by the tokenizer, and then
/// the most frequent pair of neighbours becomes a token again and again, as in ``BPETrainer``; of equally
/// frequent pairs the one of smaller ids comes first. Ids are in the order in which tokens were made. So a text
/// is encoded as before, and then by the new merges. How the new tokens take part:
/// - where merges are listed, the new ones come behind the old ones. A new merge may make an old token.
/// - Where any two neighbours merge whose text together is a token (.tiktoken by ids, .model by
///   scores), the new tokens come last. What has a new token's text in another cut merges as well.
/// - WordPiece takes the longest token at each place, so that a word may be cut otherwise than before.
///
/// What such a tokenizer has no token for stays so, and tokens of single bytes beside those of characters
/// never merge.
///
/// With unigram models the new tokens are those that a training as by ``UnigramTrainer`` finds which has
/// the old ones, with their scores, from the beginning to the end; ids are in the order of scores, the best
/// first. So a text in which no new token stands is encoded as before. Characters without a token become tokens
/// first, the most frequent ones of 99.95 % of the text. New tokens keep to the rules that all old ones keep to:
/// letters of one script, digits, spaces.
///
/// Where the tokenizer cuts no words, but has no token that reaches over a space, new tokens do not
/// either. No new token has the text of an added token or of one that no text makes.
public struct TokenizerExtender: WordTrainer {
  public let preprocessing: Preprocessing
  private let definition: TokenizerDefinition
  private let base: Base
  private let vocabularySize: Int
  /// How many tokens are to be new.
  private let newCount: Int
  private let minimumFrequency: UInt64
  private let maximumTokenLength: Int?

  private enum Base {
    case pairs(BaseVocabulary)
    case unigram(UnigramExtension)
  }

  /// - Parameters:
  ///   - vocabularySize: how many tokens there will be, old and added ones included.
  ///   - minimumFrequency: what stands there less often becomes no token.
  ///   - maximumTokenLength: how many characters (bytes at byte level) a new token has at most, marks such
  ///     as `##` included; nil for any length, and for 16 in unigram models.
  /// - Throws: `vocabulary` for other models, and for a tokenizer that cannot be built; `option` for a size
  ///   below that of the tokenizer, and a length below 1.
  /// - Complexity: that of building the tokenizer twice.
  public init(
    _ source: TokenizerSource, to vocabularySize: Int, minimumFrequency: UInt64 = 0,
    maximumTokenLength: Int? = nil
  ) throws(TrainingError) {
    guard maximumTokenLength ?? 1 > 0 else {
      throw TrainingError(
        .option, "\(maximumTokenLength ?? 0) is less than 1", place: "maximumTokenLength")
    }
    do throws(VocabularyError) {
      definition = try source.definition()
      if let model = definition.model as? UnigramDefinition {
        _ = try model.model()
        base = .unigram(
          UnigramExtension(
            model, definition.pipeline.addedTokens, maximalLength: maximumTokenLength ?? 16))
      } else {
        base = .pairs(try BaseVocabulary(definition))
      }
    } catch { throw TrainingError(error) }
    let count = Set(definition.model.ids + definition.pipeline.addedTokens.map(\.id)).count
    guard vocabularySize >= count else {
      throw TrainingError(
        .option, "\(vocabularySize) where the tokenizer has \(count) tokens",
        place: "vocabularySize")
    }
    self.vocabularySize = vocabularySize
    newCount = vocabularySize - count
    self.minimumFrequency = minimumFrequency
    self.maximumTokenLength = maximumTokenLength
    let allowsWordCuts =
      switch base {
      case .pairs(let base): base.allowsWordCuts
      case .unigram(let base):
        base.rules.splitByWhitespace && !base.rules.treatWhitespaceAsSuffix
      }
    preprocessing = Preprocessing(
      normalizer: definition.pipeline.normalizer,
      splitter: allowsWordCuts
        ? try definition.pipeline.splitter.cuttingAtSpaceMarks() : definition.pipeline.splitter,
      isByteLevel: definition.model.isByteLevel, cutsAtSpaceMarks: allowsWordCuts)
  }

  /// Trains on words.
  ///
  /// - Throws: `limit`; `checkpoint`, `unreadable`, `unwritable`; `input` where the tokenizer cannot encode
  ///   a word.
  /// - Complexity: as ``BPETrainer/train(on:_:)``, or ``UnigramTrainer/train(on:_:)``.
  public func train(
    on counts: WordCounts, _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer {
    var extended = definition
    let lastID = (definition.model.ids + definition.pipeline.addedTokens.map(\.id)).max()
    let count: Int
    let shortage: TrainingReport.Shortage?
    switch base {
    case .pairs(let base):
      let made: VocabularyExtension
      (made, shortage) = try pairs(base, behind: lastID ?? 0, counts, run)
      count = made.tokens.count
      extended.model = base.model.extended(by: made)
    case .unigram(let base):
      let tokens: [UnigramTraining.ScoredToken]
      (tokens, shortage) = try base.train(
        on: counts, count: newCount, minimumFrequency: minimumFrequency, run)
      count = tokens.count
      extended.model = base.extended(by: tokens, behind: lastID ?? 0)
    }
    return TrainedTokenizer(
      extended,
      report: TrainingReport(
        requestedCount: vocabularySize, tokenCount: vocabularySize - newCount + count,
        shortage: shortage, remarks: ["\(count) tokens are new"]))
  }

  /// What a training of pairs finds.
  private func pairs(
    _ base: BaseVocabulary, behind lastID: TokenID, _ counts: WordCounts, _ run: TrainingRun
  ) throws(TrainingError) -> (VocabularyExtension, TrainingReport.Shortage?) {
    var options = BPETrainer.Options()
    options.vocabularySize = base.ids.count + newCount
    options.minimumFrequency = minimumFrequency
    options.maximumTokenLength = maximumTokenLength
    options.continuingSubwordPrefix =
      base.continuingPrefix.isEmpty ? nil : String(decoding: base.continuingPrefix, as: UTF8.self)
    var checkpoint = try TrainingCheckpoint(
      "extended", digest: { digest(of: counts, base, options) }, run)
    var training = BPETraining(options, goingOnFrom: base, memoryLimit: run.memoryLimit)
    if var reader = try checkpoint?.reader() {
      try training.restore(from: &reader)
    } else {
      try training.setWords(base.words(counts), memoryLimit: run.memoryLimit)
    }
    let shortage = try training.mergeAll(run, &checkpoint)
    var made = VocabularyExtension()
    for symbol in base.ids.count..<training.tokens.count {
      made.tokens.append(training.tokens.texts[symbol])
      made.ids.append(lastID + TokenID(made.ids.count) + 1)
    }
    let ids = base.ids + made.ids
    made.merges = training.listedMerges.map { merge in
      BytePairDefinition.Merge(
        left: ids[Int(merge.left)], right: ids[Int(merge.right)], result: ids[Int(merge.result)])
    }
    return (made, shortage)
  }

  private func digest(
    of counts: WordCounts, _ base: BaseVocabulary, _ options: BPETrainer.Options
  ) -> UInt64 {
    var digest = base.digest
    digest.add("\(options)")
    digest.add(counts)
    return digest.value
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
