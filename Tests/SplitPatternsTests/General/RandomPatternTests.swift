import TestSupport
import Testing

@testable import SplitPatterns

/// No pattern and no text crashes, and both ways of searching agree.
@Suite struct RandomPatternTests {
  private static let parts = [
    "a", "b", "A", "1", " ", "k", "s", "\u{E9}", "\u{DF}", ".", "^", "$", "|", "|", "(", "(", ")",
    ")", ")",
    "(?:", "(?>", "(?=", "(?!", "(?<=", "(?<!", "(?i)", "(?i:", "(?m:", "(?x)", "(?<n>", "(?#c)",
    "*", "+",
    "?", "{2}", "{1,3}", "{,2}", "{", "}", "[", "[^", "]", "]", "-", "&&", "--", "~~", "[:alpha:]",
    #"\w"#,
    #"\s"#, #"\d"#, #"\p{L}"#, #"\P{Lu}"#, #"\p{"#, #"\b"#, #"\B"#, #"\A"#, #"\Z"#, #"\R"#, #"\1"#,
    #"\k<n>"#,
    #"\x{41}"#, #"\x"#, #"\"#, "\u{4E2D}", "\u{0}", "#", "\n", "'", ">", "<", "=", "!", "P", ":",
    ",", "9",
  ]
  private static let characters: [[UInt8]] =
    [
      "a", "b", "A", "1", " ", "k", "\u{212A}", "s", "\u{17F}", "\u{E9}", "\u{DF}", "\n", "\r",
      "\u{4E2D}",
    ]
    .map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80]]

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `agree or fail`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var limits = MatchLimits()
    limits.steps = 100_000
    for _ in 0..<120 {
      let count = Int.random(in: 1...10, using: &generator)
      let source = (0..<count).map { _ in Self.parts.randomElement(using: &generator)! }.joined()
      let dialect: SplitPattern.Dialect = Bool.random(using: &generator) ? .rust : .oniguruma
      guard let pattern = try? SplitPattern(source, dialect: dialect),
        let usual = try? PatternMatcher(pattern.tree, limits: limits, asUTF8: false),
        let other = try? PatternMatcher(pattern.tree, limits: limits, asUTF8: true)
      else { continue }
      for _ in 0..<5 {
        let length = Int.random(in: 0...12, using: &generator)
        let text = (0..<length).flatMap { _ in Self.characters.randomElement(using: &generator)! }
        let found = try? matches(of: usual, in: text)
        let wanted = try? matches(of: other, in: text)
        #expect(found == wanted, "\(dialect) \(source) on \(text)")
      }
    }
  }

  @Test(arguments: KnownPattern.allCases)
  func `both ways agree on known patterns`(known: KnownPattern) throws {
    let tree = try SplitPattern(known.source, dialect: known.dialect).tree
    let usual = try PatternMatcher(tree, limits: MatchLimits(), asUTF8: false)
    // Many large sets written as ranges are too much for PCRE2.
    guard let other = try? PatternMatcher(tree, limits: MatchLimits(), asUTF8: true) else { return }
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<200 {
      var text: [UInt8] = []
      for _ in 0..<Int.random(in: 0...40, using: &generator) {
        if Bool.random(using: &generator) {
          text += Self.characters.randomElement(using: &generator)!
        } else {
          let value = UInt32.random(in: 0...0x1FFFF, using: &generator)
          text += String(Unicode.Scalar(value) ?? "'").utf8
        }
      }
      #expect(try matches(of: usual, in: text) == matches(of: other, in: text))
    }
  }
}
