import TestSupport
import Testing
import Tok
import Tokenization

@testable import TokenizerFormats
@testable import TokenizerTraining

@Suite struct WordPieceTrainerTests {
  private static let words = Preprocessing(
    splitter: Splitter([.whitespace]), isByteLevel: false)

  private func tokens(
    _ counts: WordCounts, _ options: BPETrainer.Options, _ score: WordPieceTrainer.Score
  ) throws -> (tokens: [String], report: TrainingReport) {
    let trained = try WordPieceTrainer(options, score: score, Self.words)
      .train(on: counts, TrainingRun())
    let file = try trained.source.written(as: .tokenizerJSON).bytes
    let model = try #require(try readTokenizerJSON(file.span).model as? WordPieceDefinition)
    let tokens = (0..<model.tokens.count).map { String(decoding: model.tokens[$0], as: UTF8.self) }
    return (tokens, trained.report)
  }

  private func options(size: Int) -> BPETrainer.Options {
    var options = BPETrainer.Options()
    options.vocabularySize = size
    return options
  }

  /// `Tests/Conformance/training_likelihood.py --rows`: a plain trainer that counts all anew for each
  /// merge, on random words; counts up to 2^50.
  @Test func likelihoodIsThatOfThePlainTrainer() throws {
    let rows = try Files.read("\(Files.root)/Tests/Conformance/training_likelihood.jsonl")
    for line in rows.split(separator: 0x0A) {
      let content = Array(line)
      let row = try JSONValue(parsing: content.span)
      var options = options(size: try #require(row["size"]).integer())
      options.minimumFrequency = UInt64(try #require(row["minimum"]).integer())
      let longest = try #require(row["longest"])
      options.maximumTokenLength = longest == .null ? nil : try longest.integer()
      let words = try #require(row["words"]).members().map { word in
        (word: Array(word.key.utf8), count: UInt64(try word.value.integer()))
      }
      let trained = try tokens(try WordCounts(words), options, .likelihood)
      #expect(trained.tokens == (try #require(row["tokens"]).elements().map { try $0.text() }))
      #expect((trained.report.shortage == nil) == (trained.tokens.count >= options.vocabularySize))
    }
  }

  private static func counts(_ words: [(String, UInt64)]) throws -> WordCounts {
    try WordCounts(words.map { (word: Array($0.0.utf8), count: $0.1) })
  }

  /// The example of `LikelihoodMerger`.
  @Test func partsThatAreSeldomApartComeFirst() throws {
    let counts = try Self.counts([
      ("bun", 4), ("hug", 10),
      ("hugs", 5),
      ("pug", 5), ("pun", 12),
    ])
    let alphabet = ["[UNK]", "b", "g", "h", "n", "p", "s", "u", "##g", "##n", "##s", "##u"]
    #expect(try tokens(counts, options(size: 13), .likelihood).tokens == alphabet + ["##gs"])
    #expect(try tokens(counts, options(size: 13), .counts).tokens == alphabet + ["##ug"])
  }

  @Test func saysWhyTokensAreFewer() throws {
    let counts = try Self.counts([
      ("ab", 3), ("cde", 1),
    ])
    var options = options(size: 100)
    #expect(try tokens(counts, options, .likelihood).report.shortage == .exhausted)
    options.minimumFrequency = 2
    #expect(try tokens(counts, options, .likelihood).report.shortage == .tooRare)
    options.minimumFrequency = 0
    options.maximumTokenLength = 2
    #expect(try tokens(counts, options, .likelihood).report.shortage == .tooLong)
    #expect(try tokens(counts, options, .counts).report.shortage == .tooLong)
    options.maximumTokenLength = 3
    #expect(try tokens(counts, options, .likelihood).report.shortage == .exhausted)
    #expect(try tokens(counts, options, .counts).report.shortage == .exhausted)
  }

  @Test func requiredTokensAreThere() throws {
    let counts = try Self.counts([
      ("walking", 3), ("sing", 1),
    ])
    var options = options(size: 40)
    options.requiredTokens = ["##ing", "si"]
    let trained = try tokens(counts, options, .likelihood).tokens
    #expect(trained.contains("##ing") && trained.contains("si"))
  }

  @Test func refusesWhatItHasNot() throws {
    var other = options(size: 40)
    other.compatibility = .huggingface
    #expect(throws: TrainingError.self) {
      try WordPieceTrainer(other, score: .likelihood, Self.words)
    }
    let trainer = try WordPieceTrainer(options(size: 40), score: .likelihood, Self.words)
    let tooMany = try Self.counts([
      ("ab", UInt64.max / 2), ("c", 9),
    ])
    #expect(throws: TrainingError.self) { try trainer.train(on: tooMany, TrainingRun()) }
  }
}
