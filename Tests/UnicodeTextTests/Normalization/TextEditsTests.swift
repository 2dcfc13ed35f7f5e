import TestSupport
import Testing
import UnicodeText

@Suite struct TextEditsTests {
  /// `abﬁc` with a space sign in front and `ﬁ` taken apart, as in the documentation.
  static let example: TextEdits = {
    var edits = TextEdits()
    edits.replace(originalCount: 0, normalizedCount: 3)
    edits.keep(2)
    edits.replace(originalCount: 3, normalizedCount: 2)
    edits.keep(1)
    return edits
  }()

  @Test(
    arguments: [
      (0..<3, 0..<0), (1..<2, 0..<0), (0..<4, 0..<1), (2..<4, 0..<1), (3..<4, 0..<1),
      (3..<5, 0..<2), (4..<5, 1..<2), (5..<6, 2..<5), (6..<7, 2..<5), (4..<6, 1..<5),
      (6..<8, 2..<6), (7..<8, 5..<6), (0..<8, 0..<6), (3..<3, 0..<0), (4..<4, 1..<1),
      (5..<5, 2..<2), (6..<6, 2..<5), (7..<7, 5..<5), (8..<8, 6..<6), (0..<0, 0..<0),
    ] as [(Range<Int>, Range<Int>)])
  func `ranges lead back`(range: Range<Int>, expected: Range<Int>) {
    #expect(Self.example.originalRange(of: range) == expected)
  }

  @Test func `deleted bytes belong to what reaches over them`() {
    var edits = TextEdits()
    edits.keep(2)
    edits.replace(originalCount: 4, normalizedCount: 0)
    edits.keep(2)
    #expect(edits.originalRange(of: 0..<2) == 0..<2)
    #expect(edits.originalRange(of: 2..<4) == 6..<8)
    #expect(edits.originalRange(of: 1..<3) == 1..<7)
    #expect(edits.originalRange(of: 0..<4) == 0..<8)
  }

  @Test func `nothing done`() {
    var edits = TextEdits()
    #expect(edits.originalRange(of: 0..<0) == 0..<0)
    edits.keep(5)
    edits.replace(originalCount: 0, normalizedCount: 0)
    #expect(edits.isUntouched)
    #expect(edits.originalRange(of: 1..<4) == 1..<4)
  }

  @Test(
    arguments: [
      (0, 8, 6), (1, 7, 6), (2, 6, 6), (3, 5, 6), (4, 4, 6), (5, 3, 6), (6, 2, 6), (8, 0, 6),
    ] as [(Int, Int, Int)])
  func `the last bytes are taken out again`(count: Int, normalized: Int, original: Int) {
    var edits = Self.example
    edits.removeLast(count)
    #expect(edits.normalizedCount == normalized)
    #expect(edits.originalCount == original)
    for place in 0..<normalized {
      let range = place..<(place + 1)
      #expect(edits.originalRange(of: range) == Self.example.originalRange(of: range))
    }
    edits.keep(1)
    #expect(edits.originalRange(of: normalized..<(normalized + 1)) == original..<(original + 1))
  }

  /// Edits over a text of `count` bytes.
  private static func random(_ count: Int, _ generator: inout SeededGenerator) -> TextEdits {
    var edits = TextEdits()
    while edits.originalCount < count {
      let left = count - edits.originalCount
      if generator.next() % 2 == 0 {
        edits.keep(min(left, Int(generator.next() % 5)))
      } else {
        let taken = min(left, Int(generator.next() % 4))
        edits.replace(originalCount: taken, normalizedCount: Int(generator.next() % 4))
      }
    }
    return edits
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func `two steps as one`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let first = Self.random(Int(generator.next() % 40), &generator)
    let second = Self.random(first.normalizedCount, &generator)
    let both = second.following(first)
    #expect(both.originalCount == first.originalCount)
    #expect(both.normalizedCount == second.normalizedCount)
    for start in 0..<both.normalizedCount {
      for end in (start + 1)...both.normalizedCount {
        let middle = second.originalRange(of: start..<end)
        let direct = both.originalRange(of: start..<end)
        // Never less than step by step. More only where edits of both steps overlap in a chain.
        let steps = first.originalRange(of: middle)
        if !middle.isEmpty {
          #expect(direct.lowerBound <= steps.lowerBound && direct.upperBound >= steps.upperBound)
        }
      }
    }
  }

  @Test func `a space in front, then normalization`() {
    // e U+0301 x  becomes  ▁ e U+0301 x  becomes  ▁ é x
    var first = TextEdits()
    first.replace(originalCount: 0, normalizedCount: 3)
    first.keep(4)
    var second = TextEdits()
    second.keep(3)
    second.replace(originalCount: 3, normalizedCount: 2)
    second.keep(1)
    let both = second.following(first)
    #expect(both.originalRange(of: 0..<3) == 0..<0)
    #expect(both.originalRange(of: 3..<5) == 0..<3)
    #expect(both.originalRange(of: 5..<6) == 3..<4)
    #expect(both.originalRange(of: 0..<6) == 0..<4)
    #expect(both.changeCount == 2)
  }
}
