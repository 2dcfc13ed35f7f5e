import References
import SplitPatterns
import TestSupport
import Testing
import Tok
import Tokenization
import TokenizerFormats

@testable import TokenizerTraining

@Suite struct SuperBPETrainerTests {
  private func options(
    size: Int, wordMerges: Int, wordLimit: Int? = 4, special: [String] = []
  ) -> SuperBPEOptions {
    var options = SuperBPEOptions()
    options.vocabularySize = size
    options.wordMerges = wordMerges
    options.wordLimit = wordLimit
    options.specialTokens = special
    return options
  }

  private func definition(
    _ trained: TrainedTokenizer
  ) throws -> (model: BytePairDefinition, pipeline: Pipeline) {
    let file = try trained.source.written(as: .tokenizerJSON).bytes
    let definition = try readTokenizerJSON(file.span)
    return (try #require(definition.model as? BytePairDefinition), definition.pipeline)
  }

  private func train(
    _ text: String, _ options: SuperBPEOptions, _ run: TrainingRun = TrainingRun()
  ) throws -> TrainedTokenizer {
    try SuperBPETrainer(options).train(
      on: [TrainingSource(.buffer(Array(text.utf8)))], run)
  }

  private func merges(_ trained: TrainedTokenizer) throws -> [String] {
    let model = try definition(trained).model
    guard case .listed(let merges) = model.merges else { return [] }
    let first = model.ids[0]
    return merges.map { String(decoding: model.tokens[Int($0.result - first)], as: UTF8.self) }
  }

  @Test func superwordsComeBehindWords() throws {
    let trained = try train(
      String(repeating: "by the way\n", count: 3), options(size: 270, wordMerges: 6))
    let tokens = try merges(trained)
    #expect(tokens[..<6].allSatisfy { $0.dropFirst().allSatisfy { $0 != " " } })
    #expect(tokens.contains("by the way\n"))
    #expect(trained.report.shortage == .exhausted)
  }

  @Test func tooManyWordsAndColonsAreLeftOut() throws {
    let text = String(repeating: "a: b c d e f g\n", count: 4)
    let tokens = try merges(train(text, options(size: 400, wordMerges: 0, wordLimit: 2)))
    #expect(!tokens.contains { $0.contains(": ") })
    #expect(tokens.allSatisfy { $0.split(separator: " ").count <= 2 })
    #expect(try train(text, options(size: 400, wordMerges: 0)).report.shortage == .notAllowed)
  }

  @Test func digitsAndPunctuationStayApart() throws {
    let text = String(repeating: "in 12345 ... or\n", count: 5)
    let tokens = try merges(train(text, options(size: 400, wordMerges: 3)))
    #expect(!tokens.contains { $0.contains("1234") || $0.contains("...") && $0.contains("o") })
  }

  /// Texts of few letters, so that there are runs, equal counts and tokens that come about twice.
  @Test(arguments: 0..<24) func theReferenceLearnsTheSame(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let letters = Array("aaabb :  .1\n".utf8)
    let bytes = (0..<Int.random(in: 0..<400, using: &generator)).map { _ in
      letters[Int.random(in: 0..<letters.count, using: &generator)]
    }
    var options = options(
      size: 256 + Int.random(in: 0..<24, using: &generator),
      wordMerges: Int.random(in: 0..<30, using: &generator),
      wordLimit: [nil, 1, 2, 4][Int.random(in: 0..<4, using: &generator)])
    options.minimumFrequency = UInt64.random(in: 0..<4, using: &generator)
    options.keepsColonsOut = Bool.random(using: &generator)
    options.chunkLength = [3, 1000][Int.random(in: 0..<2, using: &generator)]
    let trainer = try SuperBPETrainer(options)
    let counts = try WordCounter(trainer.preprocessing).count([TrainingSource(.buffer(bytes))])
    let trained = try trainer.training(counts, TrainingRun())
    let tokens = trained.tokens.texts

    var reference = ReferencePairTraining(alphabet: (0..<256).map { tokens[$0] })
    func pairs(_ counts: WordCounts) -> [(word: [UInt8], count: UInt64)] {
      (0..<counts.count).map { (counts.words[$0], counts.counts[$0]) }
    }
    let wordSplitter = Preprocessing(
      splitter: Splitter([
        .pattern(
          try SplitPattern(options.wordPattern, dialect: .oniguruma), .isolated, inverted: false)
      ]), isByteLevel: true
    ).splitter
    reference.start(pairs(try WordCounts(cutting: counts, by: wordSplitter)))
    reference.merge(
      mergeLimit: options.wordMerges, tokenLimit: options.vocabularySize,
      minimumFrequency: options.minimumFrequency, where: { _ in true })
    reference.start(pairs(counts))
    reference.merge(
      mergeLimit: .max, tokenLimit: options.vocabularySize,
      minimumFrequency: options.minimumFrequency
    ) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      if options.keepsColonsOut, text.contains(": ") { return false }
      return options.wordLimit.map { text.split(separator: " ").count <= $0 } ?? true
    }
    #expect(tokens == reference.tokens)
    let merges = trained.merges
    #expect(
      merges.map { [$0.left, $0.right, $0.result] }
        == reference.merges.map { [$0.left, $0.right, $0.result] })
  }

  @Test func specialTokensComeFirst() throws {
    let trained = try train("a b a b", options(size: 300, wordMerges: 9, special: ["<s>", "</s>"]))
    let (model, pipeline) = try definition(trained)
    #expect(pipeline.addedTokens.map(\.id) == [0, 1] && model.ids.last == 262)
    let tokenizer = try Tokenizer(TokenizerDefinition(pipeline: pipeline, model: model))
    #expect(try tokenizer.decode(tokenizer.encode("a b: 12  c")) == "a b: 12  c")
    #expect(trained.report.tokenCount == 263)
  }

  @Test func smallTextsAreTrainedOn() throws {
    for text in ["", "\n", "a", "aaaaaaaa", "a b", String(repeating: "x", count: 5000)] {
      let trained = try train(text, options(size: 300, wordMerges: 20))
      let (model, pipeline) = try definition(trained)
      let tokenizer = try Tokenizer(TokenizerDefinition(pipeline: pipeline, model: model))
      #expect(try tokenizer.decode(tokenizer.encode(text)) == text)
    }
    #expect(try train("a b", options(size: 256, wordMerges: 0)).report.shortage == nil)
  }

  @Test func optionsWithoutMeaningAreErrors() {
    var options = SuperBPEOptions()
    options.vocabularySize = 255
    #expect(throws: TrainingError.self) { try SuperBPETrainer(options) }
    options = SuperBPEOptions()
    options.chunkPattern = "("
    #expect(throws: TrainingError.self) { try SuperBPETrainer(options) }
    options = SuperBPEOptions()
    options.specialTokens = ["a", "a"]
    #expect(throws: TrainingError.self) { try SuperBPETrainer(options) }
    options = SuperBPEOptions()
    options.wordLimit = 0
    #expect(throws: TrainingError.self) { try SuperBPETrainer(options) }
  }

  @Test func aStoppedTrainingGoesOnToTheSameResult() throws {
    let text = (0..<300).map { "word\($0 % 7) of the \($0 % 11)th: way by the way\n" }.joined()
    let options = options(size: 1200, wordMerges: 20)
    let whole = try train(text, options)
    for stop in [256, 270, 290] {
      try Files.withFolder { folder in
        var run = TrainingRun(checkpoint: CheckpointFolder(folder + "/checkpoint"))
        run.progress = { $0.completed >= stop ? .stop : .goOn }
        let part = try train(text, options, run)
        #expect(part.report.shortage == .stopped || part.report.shortage == whole.report.shortage)
        run.progress = nil
        for _ in 0..<2 {
          let rest = try train(text, options, run)
          #expect(try merges(rest) == merges(whole))
          #expect(rest.report == whole.report)
        }
        #expect(throws: TrainingError.self) { try train(text + "x", options, run) }
      }
    }
  }
}
