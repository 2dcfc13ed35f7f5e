import SplitPatterns
import TestSupport
import Testing

@testable import Tokenization

@Suite struct MatchRunsTests {
  static func pattern(_ source: String) throws -> SplitPattern {
    try SplitPattern(source, dialect: .oniguruma)
  }

  static func cut(_ text: String, _ pattern: SplitPattern, _ joined: String) throws -> [String] {
    let bytes = Array(text.utf8)
    let splitter = try GeneralSplitter([
      .matchRuns(pattern, joining: try Self.pattern(joined))
    ])
    return try splitter.ranges(of: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  @Test func `neighbours that match stay together`() throws {
    let words = try Self.pattern(#" ?[a-z]+|[0-9]{1,3}"#)
    let joined = #" ?[a-z][a-z]+"#
    let rows = [
      ("of the way", ["of the way"]), ("of a way", ["of", " a", " way"]), ("", []), ("a", ["a"]),
      // What lies between matches is a pretoken, and may be joined.
      ("ab cd, ef12345", ["ab cd", ",", " ef", "123", "45"]), ("ab  cd", ["ab", " ", " cd"]),
    ]
    for (text, expected) in rows { #expect(try Self.cut(text, words, joined) == expected) }
    #expect(try Self.cut("ab,cd", Self.pattern("b,"), "[a-z]") == ["a", "b,", "cd"])
    #expect(try Self.cut("ab,cd", Self.pattern("b"), "[,a-z]+") == ["ab,cd"])
  }

  @Test(arguments: ["gpt2", "cl100k", "o200k", "general"])
  func `is the pattern, joined`(name: String) throws {
    let joined = #"(?=.+\p{L})(?:\p{L}\p{M}*|[ _'’])+"#
    let pattern = try Self.known(name)
    let matcher = try PatternMatcher(try Self.pattern("\\A(?:\(joined))\\z"))
    let splitter = try GeneralSplitter([.pattern(pattern, .isolated, inverted: false)])
    let runs = try GeneralSplitter([
      .matchRuns(pattern, joining: try Self.pattern(joined))
    ])
    var generator = SeededGenerator(seed: 51)
    for _ in 0..<300 {
      let text = RandomText.mixture(Int.random(in: 0..<30, using: &generator), using: &generator)
      var expected: [Range<Int>] = []
      var lastJoins = false
      for range in try splitter.ranges(of: text) {
        var matches: [Range<Int>] = []
        try matcher.appendMatches(in: text[range].span, to: &matches)
        if !matches.isEmpty, lastJoins, let last = expected.popLast() {
          expected.append(last.lowerBound..<range.upperBound)
        } else {
          expected.append(range)
        }
        lastJoins = !matches.isEmpty
      }
      #expect(try runs.ranges(of: text) == expected, "\(text)")
    }
  }

  static func known(_ name: String) throws -> SplitPattern {
    switch name {
    case "gpt2":
      try pattern(
        #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#)
    case "cl100k":
      try pattern(
        #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"#
          + #"|\s*[\r\n]+|\s+(?!\S)|\s+"#)
    case "o200k":
      try pattern(
        #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"#
          + #"(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+"#
          + #"[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}"#
          + #"| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"#)
    default: try pattern(#" ?\p{L}+(?=\p{L}|\s)| ?[^\s]|\s+(?=\s)"#)
    }
  }

  @Test(arguments: ["gpt2", "cl100k", "o200k", "general"])
  func `texts in parts`(name: String) throws {
    let splitter = Splitter([
      .matchRuns(
        try Self.known(name), joining: try Self.pattern(#"(?=.+\p{L})(?:\p{L}\p{M}*|[ _'’])+"#))
    ])
    let tokenizer = try SmallVocabulary.trained.tokenizer(splitter: splitter)
    try StreamedTexts.check(tokenizer, name, seed: 3, count: 60)
    let parts = [
      " ab", " the", "a", "Ab", ".", " ", "\n", "'s", "’", "_a", "1", "é", "字", "\u{301}",
    ]
    try StreamedTexts.check(tokenizer, name, seed: 4, count: 150) {
      RandomText.made(of: parts.map { Array($0.utf8) }, atLeast: 14, using: &$0)
    }
  }

  @Test func `patterns that cannot be had`() throws {
    let looking = Splitter([
      .matchRuns(try Self.pattern("(?<=a)b"), joining: try Self.pattern("a"))
    ])
    let tokenizer = try SmallVocabulary.trained.tokenizer(splitter: looking)
    #expect(throws: StreamingError.self) { try tokenizer.streamingEncoder() }
  }
}
