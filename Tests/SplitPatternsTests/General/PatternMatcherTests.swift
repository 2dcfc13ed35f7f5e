import TestSupport
import Testing

@testable import SplitPatterns

@Suite struct PatternMatcherTests {
  @Test(
    arguments: [
      (#"\p{L}+"#, [[97]]), (#"\P{L}+"#, [[0xFF, 0xFE]]), (#"[^a]+"#, [[0xFF, 0xFE]]),
      (".+", [[97, 0xFF, 0xFE]]), (".", [[97], [0xFF], [0xFE]]), (#"\s"#, []),
      (#"\W"#, [[0xFF], [0xFE]]),
      (#"\p{Cn}"#, []), (#"[\x{0}-\x{10FFFF}]"#, [[97]]), (#"[^\P{L}]"#, [[97]]),
      (#"[\s\S]"#, [[97], [0xFF], [0xFE]]), (#"(.)\1|(?<=a)[^b]"#, [[0xFF]]),
    ] as [(String, [[UInt8]])])
  func `a byte that is not UTF-8 is a character of no class`(
    pattern: String, expected: [[UInt8]]
  ) throws {
    let text: [UInt8] = [97, 0xFF, 0xFE]
    #expect(try matches(pattern, .rust, in: text).map { Array(text[$0]) } == expected)
  }

  @Test func `a noncharacter is not an invalid byte`() throws {
    #expect(try matchedTexts(#"\p{Cn}"#, .rust, in: "a\u{10FFFF}") == ["\u{10FFFF}"])
  }

  @Test func `ranges are in bytes of the text`() throws {
    let text: [UInt8] = [
      0xC3, 0xA9, 0xFF, 0xE4, 0xB8, 0xAD, 0xF0, 0x9F, 0x98, 0x80, 0xF0, 0x9F, 97,
    ]
    let expected = [0..<2, 2..<3, 3..<6, 6..<10, 10..<11, 11..<12, 12..<13]
    #expect(try matches("(?s).", .rust, in: text) == expected)
    #expect(try matches(#"(?s)(?:(x)\1)?."#, .rust, in: text) == expected)
  }

  @Test func `nothing in an empty text but empty matches`() throws {
    #expect(try matches("a", .rust, in: []) == [])
    #expect(try matches("a*", .rust, in: []) == [0..<0])
    #expect(try matches(#"(a)\1|"#, .oniguruma, in: []) == [0..<0])
  }

  @Test(arguments: [
    "(a+)+b", "(a|a)*b", "(?:a*)*b", "(a|aa)+b", "(?:.*.*.*.*)b", #"(a*)*\1b"#,
  ])
  func `catastrophic patterns end quickly`(pattern: String) throws {
    let matcher = try PatternMatcher(SplitPattern(pattern, dialect: .rust))
    let text = Array(("ab" + String(repeating: "a", count: 5_000) + "cb").utf8)
    var ranges: [Range<Int>] = []
    do {
      try matcher.appendMatches(in: text.span, to: &ranges)
    } catch let error {
      #expect(error.limit != .other)
      #expect((0...text.count).contains(error.offset))
    }
  }

  @Test func `exponential work is an error`() throws {
    let matcher = try PatternMatcher(SplitPattern("(?:a|a)*b", dialect: .rust))
    // PCRE2 notices if there is no b at all.
    let text = Array(String(repeating: "a", count: 64).utf8) + Array("cb".utf8)
    let error = #expect(throws: MatchError.self) { try matches(of: matcher, in: text) }
    #expect(error == MatchError(limit: .steps, offset: 0))
  }

  @Test func `quadratic work is an error in the end`() throws {
    var limits = MatchLimits()
    limits.milliseconds = 50
    limits.bytesForMillisecond = 1_000_000
    let tree = try SplitPattern("x(?=x*y)", dialect: .rust).tree
    let matcher = try PatternMatcher(tree, limits: limits, asUTF8: false)
    let text = [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000) + Array("zy".utf8)
    let error = #expect(throws: MatchError.self) { try matches(of: matcher, in: text) }
    #expect(error?.limit == .time)
  }

  @Test func `matches are far apart`() throws {
    var text = [UInt8](repeating: UInt8(ascii: "x"), count: 3_000_000)
    for place in [0, 255, 256, 257, 100_000, 2_999_999] { text[place] = UInt8(ascii: "1") }
    let expected = [0..<1, 255..<258, 100_000..<100_001, 2_999_999..<3_000_000]
    #expect(try matches(#"\d+"#, .rust, in: text) == expected)
    #expect(try matches(#"(?:(q)\1)?\d+"#, .rust, in: text) == expected)
  }

  @Test func `deep recursion falls back and is bounded`() throws {
    let text = Array(String(repeating: "ab", count: 500_000).utf8)
    let matcher = try PatternMatcher(SplitPattern("(?:a|b)*c|(?:ab)+", dialect: .rust))
    do {
      #expect(try matches(of: matcher, in: text) == [0..<1_000_000])
    } catch let error as MatchError {
      #expect(error.limit == .memory)
      #expect(error.offset == 0)
    }
  }

  @Test func `threads share a matcher`() async throws {
    let matcher = try PatternMatcher(
      SplitPattern(KnownPattern.o200k.source, dialect: .rust))
    let text = Array(
      String(repeating: "Hello \u{E9}t\u{E9} \u{4E2D}\u{6587} 1234 ", count: 500).utf8)
    let expected = try matches(of: matcher, in: text)
    try await withThrowingTaskGroup(of: [Range<Int>].self) { group in
      for _ in 0..<16 { group.addTask { try matches(of: matcher, in: text) } }
      for try await found in group { #expect(found == expected) }
    }
  }
}
