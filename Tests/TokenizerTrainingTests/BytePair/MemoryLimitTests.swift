import TestSupport
import Testing
import Tok
import Tokenization

@testable import TokenizerTraining

/// What a limit on memory changes: nothing.
@Suite struct MemoryLimitTests {
  private struct Result: Equatable {
    var tokens: [[UInt8]]
    var merges: [[TokenID]]
  }

  private func train(
    _ words: WordCounts, _ options: BPETrainer.Options, isByteLevel: Bool = true,
    _ memoryLimit: Int?
  ) throws -> Result {
    var training = try BPETraining(
      options, isByteLevel: isByteLevel, words, memoryLimit: memoryLimit)
    var checkpoint: TrainingCheckpoint?
    _ = try training.mergeAll(TrainingRun(), &checkpoint)
    return Result(
      tokens: training.tokens.texts,
      merges: training.listedMerges.map { [$0.left, $0.right, $0.result] })
  }

  /// Few letters, so that the same text is often made of different pairs.
  private func randomWords(
    _ generator: inout SeededGenerator, letters: UInt8, count: Int, length: Int
  ) throws -> WordCounts {
    try WordCounts(
      (0..<count).map { _ in
        let length = Int.random(in: 1...length, using: &generator)
        let word = (0..<length).map { _ in 97 + UInt8.random(in: 0..<letters, using: &generator) }
        return (word: word, count: UInt64.random(in: 1...20, using: &generator))
      })
  }

  @Test(arguments: BPETrainer.Compatibility.allCases)
  func randomWordsAreMergedAlike(_ compatibility: BPETrainer.Compatibility) throws {
    var generator = SeededGenerator(seed: 31)
    for round in 0..<24 {
      let words = try randomWords(
        &generator, letters: UInt8.random(in: 1...5, using: &generator),
        count: Int.random(in: 1...80, using: &generator), length: 12)
      var options = BPETrainer.Options()
      options.compatibility = compatibility
      options.vocabularySize = Int.random(in: 2...100, using: &generator)
      if round.isMultiple(of: 3) {
        options.maximumTokenLength = Int.random(in: 1...9, using: &generator)
      }
      if round.isMultiple(of: 4), compatibility == .none {
        options.requiredTokens = ["abab", "ba"]
      }
      let whole = try train(words, options, nil)
      // Room for the process alone, for a few pairs, for some of them.
      for limit in [1, 48 << 20 + 4000, 48 << 20 + 20_000] {
        #expect(
          try train(words, options, limit) == whole,
          "round \(round), \(limit)")
      }
    }
  }

  @Test func affixesAreMergedAlike() throws {
    var generator = SeededGenerator(seed: 32)
    for round in 0..<15 {
      let words = try randomWords(&generator, letters: 3, count: 60, length: 12)
      var options = BPETrainer.Options()
      options.compatibility = round.isMultiple(of: 2) ? .huggingface : .none
      options.vocabularySize = 120
      // A prefix of a letter, so that a word's middle may be spelled like another's beginning.
      options.continuingSubwordPrefix = "a"
      if round.isMultiple(of: 3) { options.endOfWordSuffix = "b" }
      if round.isMultiple(of: 5) { options.maximumTokenLength = 4 }
      let whole = try train(words, options, isByteLevel: false, nil)
      #expect(
        try train(words, options, isByteLevel: false, 1) == whole, "round \(round)")
    }
  }

  /// Many words and few merges: most pairs are rare ones, also without a limit.
  @Test func aLimitOfPairsIsNoneOfMerges() throws {
    var generator = SeededGenerator(seed: 33)
    let words = try randomWords(&generator, letters: 20, count: 4000, length: 9)
    var options = BPETrainer.Options()
    options.vocabularySize = 300
    let few = try train(words, options, nil)
    options.compatibility = .huggingface
    #expect(try train(words, options, nil) == few)
    #expect(try train(words, options, 49 << 20) == few)
  }

  @Test func countsPassThirtyTwoBits() throws {
    let words: [(word: [UInt8], count: UInt64)] = [
      (word: Array("abab".utf8), count: 3), (word: Array("ab".utf8), count: 2),
      (word: Array("cab".utf8), count: 5), (word: Array("cc".utf8), count: 70_000),
    ]
    var options = BPETrainer.Options()
    options.vocabularySize = 8
    let small = try train(WordCounts(words), options, nil)
    for factor: UInt64 in [1 << 16, 1 << 33, 1 << 44] {
      let great = try WordCounts(words.map { (word: $0.word, count: $0.count * factor) })
      #expect(try train(great, options, nil) == small)
      #expect(try train(great, options, 1) == small)
    }
  }

  @Test func countsThatDoNotFitAreAnError() throws {
    let words = try WordCounts([
      (word: Array("ab".utf8), count: 1 << 62), (word: Array("abc".utf8), count: 1 << 61),
    ])
    for limit in [nil, 1] {
      do {
        _ = try train(words, BPETrainer.Options(), limit)
        Issue.record("an error was expected")
      } catch let error as TrainingError {
        #expect(error.reason == .limit)
      }
    }
  }
}
