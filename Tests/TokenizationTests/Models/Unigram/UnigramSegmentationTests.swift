import References
import TestSupport
import Testing

@testable import Tokenization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The best segmentations, and those drawn by chance.
@Suite struct UnigramSegmentationTests {
  private static let vocabulary = SmallUnigram([
    ("a", -1), ("b", -1.5), ("ab", -2.25), ("ba", -2), ("aba", -3.5), ("bab", -4), ("aa", -2),
  ])

  private static func texts(_ count: Int, seed: UInt64) -> [[UInt8]] {
    var generator = SeededGenerator(seed: seed)
    let parts = ["a", "b", "é", "☃x"].map { Array($0.utf8) }
    return (0..<count).map { _ in
      RandomText.made(
        of: parts, atLeast: Int.random(in: 1...9, using: &generator), using: &generator)
    }
  }

  // MARK: best

  /// The order that is promised: by score, then by the last token's length, then by the rest.
  private static func precedes(
    _ one: (ends: [Int], score: Double), _ two: (ends: [Int], score: Double),
    _ scores: [[Int]: Double]
  ) -> Bool {
    var (one, two) = (one.ends, two.ends)
    while true {
      let (first, second) = (scores[one] ?? 0, scores[two] ?? 0)
      if first != second { return first > second }
      if one.isEmpty || two.isEmpty { return false }
      one.removeLast()
      two.removeLast()
      let (start, other) = (one.last ?? 0, two.last ?? 0)
      if start != other { return start < other }
    }
  }

  @Test(arguments: [false, true])
  func `all segmentations come in order`(sentencePiece: Bool) throws {
    var generator = SeededGenerator(seed: 5)
    for round in 0..<30 {
      let vocabulary = SmallUnigram.random(
        sentencePiece: sentencePiece, alphabet: ["a", "b", "é"],
        tokenCount: Int.random(in: 3...16, using: &generator), using: &generator)
      let model = try vocabulary.model()
      let reference = vocabulary.reference
      for text in Self.texts(6, seed: UInt64(round)) {
        let all = reference.segmentations(text)
        // Scores of all beginnings, summed from the left as the search sums them.
        var scores: [[Int]: Double] = [:]
        for (ends, _) in all {
          var sum = 0.0
          var start = 0
          for (index, end) in ends.enumerated() {
            sum += reference.parts(text, at: start).first { $0.end == end }?.score ?? .nan
            scores[Array(ends[...index])] = sum
            start = end
          }
        }
        let expected = all.sorted { Self.precedes($0, $1, scores) }
        let found = try model.best(text, count: all.count + 1)
        #expect(found.map(\.ends) == expected.map(\.ends), "\(text) by \(vocabulary)")
        #expect(found.map(\.score) == expected.map { scores[$0.ends] ?? 0 })
        let few = try model.best(text, count: 3)
        #expect(few == Array(found.prefix(3)))
      }
    }
  }

  @Test func `the best one is what encoding finds`() throws {
    var generator = SeededGenerator(seed: 6)
    for round in 0..<30 {
      let vocabulary = SmallUnigram.random(
        sentencePiece: false, alphabet: ["a", "b", "é"], tokenCount: 12, using: &generator)
      var encoder = UnigramEncoder(try vocabulary.model())
      for text in Self.texts(6, seed: UInt64(round)) {
        let best = try encoder.model.best(text, count: 1)
        let expected = try encoder.encode(text)
        let found = encoder.ids(of: try #require(best.first), text)
        #expect(found.ids == expected.ids && found.ranges == expected.ranges)
      }
    }
  }

  @Test func `long texts have many best segmentations`() throws {
    let model = try Self.vocabulary.model()
    let text = Array(String(repeating: "ab", count: 5_000).utf8)
    let found = try model.best(text, count: 20)
    #expect(found.count == 20 && Set(found).count == 20)
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.score >= $1.score })
    #expect(try model.best([], count: 2).map(\.ends) == [[]])
    #expect(try model.best(text, count: 0).isEmpty)
  }

  // MARK: chance

  @Test(arguments: [0, 0.3, 1, 2.5] as [Double])
  func `probabilities are those of all segmentations`(inverseTemperature: Double) throws {
    let model = try Self.vocabulary.model()
    let reference = Self.vocabulary.reference
    for text in Self.texts(40, seed: 9) {
      let all = reference.segmentations(text)
      // Greatest first, so that far smaller terms do not count before it.
      let greatest = all.map { inverseTemperature * $0.score }.max() ?? 0
      let sum = all.reduce(0) { $0 + exp(inverseTemperature * $1.score - greatest) }
      let marginal = try model.logMarginal(text, inverseTemperature)
      #expect(abs(marginal - greatest - log(sum)) < 1e-10)
      for (ends, score) in all {
        let found = try model.logProbability(ends, text, inverseTemperature)
        #expect(abs(found - (inverseTemperature * score - greatest - log(sum))) < 1e-10)
      }
    }
  }

  @Test(arguments: [0, 0.5, 1] as [Double])
  func `segmentations are drawn as often as they should`(inverseTemperature: Double) throws {
    let model = try Self.vocabulary.model()
    let text = Array("abaab☃".utf8)
    let all = Self.vocabulary.reference.segmentations(text)
    var generator = SeededGenerator(seed: 21)
    var counts: [[Int]: Int] = [:]
    let count = 20_000
    for _ in 0..<count {
      let drawn = try model.draw(text, inverseTemperature, &generator)
      counts[drawn.ends, default: 0] += 1
    }
    var statistic = 0.0
    for (ends, _) in all {
      let logProbability = try model.logProbability(ends, text, inverseTemperature)
      let expected = exp(logProbability) * Double(count)
      let difference = Double(counts[ends] ?? 0) - expected
      statistic += difference * difference / expected
    }
    #expect(counts.keys.allSatisfy { ends in all.contains { $0.ends == ends } })
    // Chi-square: one in a thousand is above mean + 3.1 deviations or so; the seed is fixed.
    let freedom = Double(all.count - 1)
    #expect(statistic < freedom + 4 * (2 * freedom).squareRoot(), "\(statistic) of \(freedom)")
  }

  @Test func `the same numbers draw the same`() throws {
    let model = try Self.vocabulary.model()
    let text = Array(String(repeating: "abba", count: 50).utf8)
    var one = SeededGenerator(seed: 1)
    var two = SeededGenerator(seed: 1)
    let drawn = try model.draw(text, 1, &one)
    #expect(try model.draw(text, 1, &two) == drawn)
    #expect(try model.draw(text, 1, &one) != drawn)
    // Cold enough, the best is drawn.
    let best = try model.best(Array("abab☃".utf8), count: 1)
    #expect(
      try model.draw(Array("abab☃".utf8), 1e6, &one)
        == best.first)
  }

  @Test func `a text without segmentation is an error`() throws {
    let model = try SmallUnigram([("a", -1), ("bc", -1)], unknown: nil).model()
    var generator = SeededGenerator(seed: 1)
    let text = Array("abb".utf8)
    #expect(throws: EncodingError.self) {
      try model.draw(text, 1, &generator)
    }
    #expect(throws: EncodingError.self) { try model.best(text, count: 2) }
    #expect(try model.best(Array("abc".utf8), count: 2).map(\.ends) == [[1, 3]])
    #expect(try model.logProbability([1, 2], Array("abc".utf8), 1) == -.infinity)
    #expect(try model.logProbability([1], Array("abc".utf8), 1) == -.infinity)
  }
}
