import Testing
import Tok
import Tokenization
import TokenizerFormats

@testable import TokenizerTraining

@Suite struct UnigramTrainerTests {
  private static let syllables = ["lo", "w", "er", "est", "new", "wi", "de", "th", "in", "g", "ä"]

  /// Seeded words of syllables, and one so long that probabilities must be raised.
  private static func counts(words: Int) throws -> WordCounts {
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var pairs: [(word: [UInt8], count: UInt64)] = []
    for _ in 0..<words {
      let word = "▁" + (0...next(4)).map { _ in syllables[next(syllables.count)] }.joined()
      pairs.append((Array(word.utf8), UInt64(1 + next(20))))
    }
    let long = "▁" + (0..<900).map { _ in syllables[next(syllables.count)] }.joined()
    pairs.append((Array(long.utf8), 1))
    return try WordCounts(pairs)
  }

  private static func trainer(_ size: Int) throws -> UnigramTrainer {
    var options = UnigramTrainingOptions()
    options.sentencePiece.vocabSize = size
    return try UnigramTrainer(options)
  }

  private static func estimation(_ counts: WordCounts) throws -> UnigramEstimation {
    let options = SentencePieceTrainingOptions()
    let words = SentencePieceWords(counts, options, try SentencePieceReserved(options))
    let alphabet = try SentencePieceAlphabet(words, options).byFrequency.sorted()
    let forest = try SuffixForest(SentencePieceCorpus(words), alphabet: alphabet)
    let seeds = UnigramSeeds(forest, limit: 500, maximalLength: 8) { _ in true }
    return UnigramEstimation(forest, seeds, maximalLength: 8, threads: 1)
  }

  /// Every seed is counted again by looking at all places, and every lattice by comparing characters.
  @Test func seedsAndLatticesAreThoseOfAPlainSearch() throws {
    let estimation = try Self.estimation(Self.counts(words: 60))
    let forest = estimation.forest
    var expected: [[UInt32]: UInt32] = [:]
    for (number, token) in estimation.tokens.enumerated() {
      expected[forest.codePoints(of: Int(token.node), Int(token.length))] = UInt32(number)
    }
    #expect(expected.count == estimation.tokens.count)
    for tree in 0..<forest.treeCount {
      for node in forest.tree(tree).dropFirst() {
        let length = Int(forest.nodes[node].length)
        let found = Self.edges(of: node, estimation)
        let all = forest.codePoints(of: node, length)
        let plain = (1...8).compactMap { $0 > length ? nil : expected[Array(all[..<$0])] }
        #expect(found.map(\.token) == plain)
        for edge in found {
          let rest = Int(estimation.tokens[Int(edge.token)].length)
          let target = node - Int(edge.distance)
          #expect(forest.codePoints(of: target, length - rest) == Array(all[rest...]))
        }
      }
    }
  }

  private static func edges(
    of node: Int, _ estimation: UnigramEstimation
  ) -> ArraySlice<UnigramLattices.Edge> {
    estimation.lattices.edges[estimation.lattices.ends[node - 1]..<estimation.lattices.ends[node]]
  }

  /// Sums over all ways to cut a word, in plain recursion.
  @Test func expectedCountsAreThoseOfAllWaysToCut() throws {
    var counts = try Self.counts(words: 40)
    counts = try WordCounts(
      (0..<counts.count).map { (word: counts.words[$0], count: counts.counts[$0]) }
        .filter { $0.word.count < 24 })
    let estimation = try Self.estimation(counts)
    let forest = estimation.forest
    var expected = [Double](repeating: 0, count: estimation.tokens.count)
    for word in 0..<forest.count where forest.counts[word] > 0 {
      var ways: [(tokens: [Int], weight: Double)] = []
      func cut(_ node: Int, _ tokens: [Int], _ score: Double) {
        if forest.nodes[node].length == 0 {
          ways.append((tokens, RealFunctions.exponential(score)))
          return
        }
        for edge in Self.edges(of: node, estimation) {
          let token = Int(edge.token)
          cut(node - Int(edge.distance), tokens + [token], score + estimation.tokens[token].score)
        }
      }
      cut(word, [], 0)
      let all = ways.reduce(0) { $0 + $1.weight }
      for way in ways {
        for token in way.tokens {
          expected[token] += way.weight / all * Double(forest.counts[word])
        }
      }
    }
    let found = estimation.expectedCounts()
    for token in expected.indices { #expect(abs(found[token] - expected[token]) < 1e-6) }
  }

  /// The counts of all characters covered add up to the text, in words of any length.
  @Test func expectedCountsCoverTheWholeText() throws {
    let estimation = try Self.estimation(Self.counts(words: 100))
    let found = estimation.expectedCounts()
    let covered = estimation.tokens.indices.reduce(0.0) {
      $0 + found[$1] * Double(estimation.tokens[$1].length)
    }
    #expect(abs(covered - Double(estimation.forest.total)) < 1e-3)
  }

  @Test func anyNumberOfThreadsGivesTheSame() throws {
    let counts = try Self.counts(words: 400)
    let one = try Self.trainer(60).train(on: counts, TrainingRun())
    #expect(one.report.tokenCount == 60)
    for threads in [2, 3, 8] {
      let many = try Self.trainer(60).train(on: counts, TrainingRun(threads: threads))
      #expect(try Self.model(many) == Self.model(one))
    }
  }

  /// The file in sentencepiece's format.
  private static func model(_ trained: TrainedTokenizer) throws -> [UInt8] {
    try trained.source.written(as: .sentencePiece, stem: "", allowsLosses: true).bytes
  }

  @Test func whatCannotBeMadeIsAnError() throws {
    #expect(throws: TrainingError.self) { try Self.train(Self.counts(words: 20), 5) }
    #expect(throws: TrainingError.self) { try Self.train(Self.counts(words: 20), 5000) }
    #expect(throws: TrainingError.self) {
      try Self.train(WordCounts(sortedWords: .init(), counts: []), 50)
    }
    var options = UnigramTrainingOptions()
    options.shrinkingFactor = .nan
    #expect(throws: TrainingError.self) { try UnigramTrainer(options) }
  }

  private static func train(_ counts: WordCounts, _ size: Int) throws {
    _ = try trainer(size).train(on: counts, TrainingRun())
  }
}
