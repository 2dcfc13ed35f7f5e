import SplitPatterns
import Testing

@Suite struct PatternErrorTests {
  static let both: [SplitPattern.Dialect] = [.rust, .oniguruma]

  @Test(
    arguments: [
      ("(", 0), (")", 0), ("a)", 1), ("[", 0), ("[a", 0), ("[]", 0), ("[b-a]", 1), (#"a\"#, 1),
      ("(?", 0), ("(?<", 3), ("(?<n", 3), ("(?z)", 2), ("*a", 0), ("a|*", 2), ("(+)", 1),
      (#"[a-\d]"#, 1), (#"\p{Foo}"#, 0), (#"\p{L"#, 3), ("(?=a)*", 5), ("(?i)*", 4),
      ("a(?i){2}", 5),
      (#"(a)\2"#, 3), (#"\k<n>"#, 0), ("a{3,2}", 1), (#"\x{110000}"#, 0), (#"\x{d800}"#, 0),
      ("é(", 2), ("(?#", 3), ("[[a]", 0),
    ] as [(String, Int)], both)
  func `malformed`(row: (String, Int), dialect: SplitPattern.Dialect) {
    let error = #expect(throws: PatternError.self) { try SplitPattern(row.0, dialect: dialect) }
    #expect(error?.reason == .malformed)
    #expect(error?.offset == row.1)
  }

  @Test(
    arguments: [
      "(?~ab)", "(a)(?(1)b|c)", #"(?<n>a)\g<n>"#, #"a\Kb"#, #"\Ga"#, "(?<=a*)b", "(?<=a+)b",
      #"(?i)(a)\1"#, "(?<n>a)(?<n>b)",
    ], both)
  func `unsupported`(pattern: String, dialect: SplitPattern.Dialect) {
    let error = #expect(throws: PatternError.self) { try SplitPattern(pattern, dialect: dialect) }
    #expect(error?.reason == .unsupported)
  }

  @Test(arguments: [
    "(?i:ss)", "(?i:first)", "(?i)\u{DF}", "(?i)[\u{DF}]", #"(?i)[\p{L}]"#, "(?i:\u{3B1}\u{3B9})",
    "(?i:e)(?i:f)(?i:f)",
  ])
  func `one character for several`(pattern: String) throws {
    let error = #expect(throws: PatternError.self) {
      try SplitPattern(pattern, dialect: .oniguruma)
    }
    #expect(error?.reason == .unsupported)
    _ = try SplitPattern(pattern, dialect: .rust)
  }

  @Test(
    arguments: [
      String(repeating: "(", count: 60_000), String(repeating: "(?:", count: 20_000),
      String(repeating: "[", count: 60_000), String(repeating: "(?=(?i)", count: 9_000),
      String(repeating: "a", count: 65_537), "a{65536}", "a{999999999999999999999}",
      String(repeating: "(", count: 65) + String(repeating: ")", count: 65),
      "(?:(?:(?:a{2}b){1000}){1000}){1000}",
    ], both)
  func `too large`(pattern: String, dialect: SplitPattern.Dialect) {
    let error = #expect(throws: PatternError.self) { try SplitPattern(pattern, dialect: dialect) }
    #expect(error?.reason == .tooLarge)
    #expect(error?.found.contains { $0.isNumber } == true)
    #expect(error?.expected.contains { $0.isNumber } == true)
  }

  @Test func `a row of quantifiers`() {
    let pattern = "a" + String(repeating: "*", count: 1_000)
    let error = #expect(throws: PatternError.self) {
      try SplitPattern(pattern, dialect: .oniguruma)
    }
    #expect(error?.reason == .tooLarge)
  }

  @Test func `nesting within the limit works`() throws {
    let pattern =
      String(repeating: "(?:(?>a|", count: 31) + "b" + String(repeating: ")|c)+", count: 31)
    #expect(try matchedTexts(pattern, .rust, in: "abcd") == ["abc"])
  }

  @Test func `too large for PCRE2`() throws {
    let pattern = try SplitPattern(#"(?:(?:[ab]c){100}){500}"#, dialect: .rust)
    let error = #expect(throws: PatternError.self) { try PatternMatcher(pattern) }
    #expect(error?.reason == .tooLarge)
  }

  @Test func `says what and where`() throws {
    let error = #expect(throws: PatternError.self) {
      try SplitPattern("a|(b", dialect: .rust)
    }
    #expect(
      error?.description == "malformed pattern: at byte 2, found `(b`, expected a `)` for this `(`")
  }
}
