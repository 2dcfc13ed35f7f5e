import Testing
import Tokenization

@testable import TokenizerTraining

@Suite struct WordCountsTests {
  @Test func wordsStandInTheOrderOfTheirBytesAndOnce() throws {
    let pairs: [(word: [UInt8], count: UInt64)] = [
      (Array("b".utf8), 2), (Array("a".utf8), 1), ([], 5), (Array("b".utf8), 3), ([0xFF], 0),
    ]
    let counts = try WordCounts(pairs)
    #expect(counts.count == 2)
    #expect(counts.words[0] == Array("a".utf8) && counts.words[1] == Array("b".utf8))
    #expect(counts.counts == [1, 5])
  }

  @Test func aCountBeyondSixtyFourBitsIsAnError() throws {
    let pairs: [(word: [UInt8], count: UInt64)] = [([1], UInt64.max), ([1], 1)]
    #expect(throws: TrainingError.self) { try WordCounts(pairs) }
  }
}
