import SplitPatterns
import TestSupport
import Testing

@Suite struct KnownPatternTests {
  @Test func `cuts as the original`() throws {
    for known in KnownPattern.allCases {
      let matcher = try PatternMatcher(SplitPattern(known.source, dialect: known.dialect))
      for row in KnownPattern.cuts where row.pattern == known {
        let pieces = row.cuts.utf8.split(separator: [0xC2, 0xA6]).map(Array.init)
        let text = pieces.flatMap { $0 }
        var cuts: Set<Int> = [0, text.count]
        for range in try matches(of: matcher, in: text) {
          cuts.formUnion([range.lowerBound, range.upperBound])
        }
        var expected: Set<Int> = [0]
        for piece in pieces { expected.insert(expected.max()! + piece.count) }
        #expect(cuts == expected, "\(known): \(row.cuts)")
      }
    }
  }

  @Test(arguments: KnownPattern.allCases)
  func `a million equal characters are quick`(known: KnownPattern) throws {
    let matcher = try PatternMatcher(SplitPattern(known.source, dialect: known.dialect))
    for unit in ["a", " ", "!", "\u{4E2D}"] {
      let count = 1_000_000 / unit.utf8.count
      let text = Array(String(repeating: unit, count: count).utf8)
      let found = try matches(of: matcher, in: text + Array("x".utf8))
      #expect(found.count <= text.count + 1)
    }
  }

  @Test(arguments: KnownPattern.allCases)
  func `every byte and invalid UTF-8`(known: KnownPattern) throws {
    let matcher = try PatternMatcher(SplitPattern(known.source, dialect: known.dialect))
    // DeepSeek's cut one after the other, and none of them matches everywhere.
    let covers = ![.deepSeek1, .deepSeek2, .deepSeek3].contains(known)
    var generator = SeededGenerator(seed: 11)
    for length in 0..<200 {
      let text = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      var end = 0
      for range in try matches(of: matcher, in: text) {
        #expect(covers ? range.lowerBound == end : range.lowerBound >= end)
        end = range.upperBound
      }
      #expect(covers ? end == length : end <= length)
    }
  }
}
