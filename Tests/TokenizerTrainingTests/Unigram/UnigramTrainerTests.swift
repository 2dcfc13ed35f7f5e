import Testing
import Tokenization

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
    let corpus = SentencePieceCorpus(counts, options, try SentencePieceReserved(options))
    let alphabet = try SentencePieceAlphabet(corpus, options).byFrequency.sorted()
    let text = try TrainingText(corpus, alphabet: alphabet)
    let seeds = UnigramSeeds(text, limit: 500, maximalLength: 8) { _ in true }
    return UnigramEstimation(text, seeds, maximalLength: 8, threads: 1)
  }

  @Test func suffixesStandInTheirOrder() {
    var characters: [UInt32] = []
    for step in 0..<600 { characters.append(UInt32(step * step / 7 % 5 % 4)) }
    let suffixes = SuffixArray(characters, depth: 600)
    let naive = characters.indices.sorted {
      characters[$0...].lexicographicallyPrecedes(characters[$1...])
    }
    #expect(suffixes.places.map { Int($0) } == naive)
    for index in naive.indices.dropFirst() {
      let pairs = zip(characters[naive[index - 1]...], characters[naive[index]...])
      let common = pairs.prefix { $0 == $1 && $0 != TrainingText.end }.count
      #expect(Int(suffixes.common[index]) == common)
    }
  }

  /// Every seed is counted again by looking at all places, and every lattice by comparing characters.
  @Test func seedsAndLatticesAreThoseOfAPlainSearch() throws {
    let estimation = try Self.estimation(Self.counts(words: 60))
    let text = estimation.text
    var expected: [[UInt32]: UInt32] = [:]
    for (number, token) in estimation.tokens.enumerated() {
      expected[Array(text.characters[token.places])] = UInt32(number)
    }
    #expect(expected.count == estimation.tokens.count)
    for word in 0..<text.wordCount {
      let range = text.range(word)
      for place in range {
        let found = estimation.lattices.edges[
          estimation.lattices.starts[place]..<estimation.lattices.starts[place + 1]]
        let plain = (1...8).compactMap { length in
          place + length > range.upperBound
            ? nil : expected[Array(text.characters[place..<place + length])]
        }
        #expect(found.map(\.token) == plain)
      }
    }
  }

  /// Sums over all ways to cut a word, in plain recursion.
  @Test func expectedCountsAreThoseOfAllWaysToCut() throws {
    var counts = try Self.counts(words: 40)
    counts = try WordCounts(
      (0..<counts.count).map { (word: counts.words[$0], count: counts.counts[$0]) }
        .filter { $0.word.count < 24 })
    let estimation = try Self.estimation(counts)
    let text = estimation.text
    var expected = [Double](repeating: 0, count: estimation.tokens.count)
    for word in 0..<text.wordCount {
      var ways: [(tokens: [Int], weight: Double)] = []
      func cut(_ place: Int, _ tokens: [Int], _ score: Double) {
        if place == text.range(word).upperBound {
          ways.append((tokens, RealFunctions.exponential(score)))
          return
        }
        let starts = estimation.lattices.starts
        for edge in estimation.lattices.edges[starts[place]..<starts[place + 1]] {
          let token = Int(edge.token)
          cut(place + Int(edge.length), tokens + [token], score + estimation.tokens[token].score)
        }
      }
      cut(text.range(word).lowerBound, [], 0)
      let all = ways.reduce(0) { $0 + $1.weight }
      for way in ways {
        for token in way.tokens { expected[token] += way.weight / all * Double(text.counts[word]) }
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
    #expect(abs(covered - Double(estimation.text.total)) < 1e-3)
  }

  @Test func anyNumberOfThreadsGivesTheSame() throws {
    let counts = try Self.counts(words: 400)
    let one = try train(counts, 60, TrainingRun())
    #expect(one.count == 60)
    for threads in [2, 3, 8] {
      #expect(try train(counts, 60, TrainingRun(threads: threads)) == one)
    }
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

  /// The tokens with their scores.
  private func train(
    _ counts: WordCounts, _ size: Int, _ run: TrainingRun
  ) throws -> [UnigramTraining.ScoredToken] {
    let options = try Self.trainer(size).options
    let corpus = SentencePieceCorpus(
      counts, options.sentencePiece, try SentencePieceReserved(options.sentencePiece))
    let alphabet = try SentencePieceAlphabet(corpus, options.sentencePiece)
    let training = UnigramTraining(
      options: options, room: size, requiredCharacters: alphabet.byFrequency)
    return try training.train(on: corpus, digest: 0, run).tokens
  }
}
