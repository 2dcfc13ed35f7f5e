import SplitPatterns
import Testing

@Suite struct PatternTreeTests {
  @Test(
    arguments: [
      ("(?:a)(?:(?:bc))", "abc"), ("(a)b", "ab"), ("(?:a|(?:b|c))", "a|b|c"), ("[a]", "a"),
      (#"\x{61}"#, "a"), ("(?i:s)", "[sS\u{17F}]"), (#"[^\S]"#, #"\s"#), (#"[\p{L}]"#, #"\p{L}"#),
      ("(?>a+)", "a++"), ("a{1}", "a"), ("a{0,}", "a*"), ("a{1,}", "a+"), ("a{0,1}", "a?"),
      ("(?:(?:))a", "a"), (#"[\s\S]"#, #"[\w\W]"#), (#"\p{Lu}|x"#, #"\p{Uppercase_Letter}|x"#),
      ("(?#note)a", "a"), (#"(?<unused>a)(b)\k<used>(?<used>c)"#, #"ab\k<n>(?<n>c)"#),
      ("(?i:'s|'t|'re)", "(?i:'s)|(?i:'t)|(?i:'re)"), ("a{2}?b", "a{2}b"),
    ] as [(String, String)])
  func `respelled patterns are equal`(one: String, other: String) throws {
    let (left, right) = try (SplitPattern(one, dialect: .rust), SplitPattern(other, dialect: .rust))
    #expect(left.tree == right.tree)
  }

  @Test(
    arguments: [
      ("ab", "ba"), ("a+", "a++"), ("a+", "a+?"), ("(?=a)", "(?!a)"), ("(?=a)", "(?<=a)"),
      (#"(a)\1"#, "aa"), ("^a", "(?m)^a"), ("[^a]", "a"),
    ] as [(String, String)])
  func `different patterns are not`(one: String, other: String) throws {
    let (left, right) = try (SplitPattern(one, dialect: .rust), SplitPattern(other, dialect: .rust))
    #expect(left.tree != right.tree)
  }

  @Test(arguments: KnownPattern.allCases)
  func `known patterns mean the same in both dialects`(known: KnownPattern) throws {
    // Of them only cl100k_base and r50k_base have what the dialects read differently.
    let trees = try [SplitPattern.Dialect.rust, .oniguruma].map {
      try SplitPattern(known.source, dialect: $0).tree
    }
    #expect((trees[0] == trees[1]) == (known != .cl100k && known != .r50k))
  }

  @Test func `the dialects differ`() throws {
    let source = "a$"
    #expect(
      try SplitPattern(source, dialect: .rust).tree
        != SplitPattern(source, dialect: .oniguruma).tree)
  }
}
