import SplitPatterns
import Testing

/// What a pattern matches where the dialects differ, or where they and PCRE2 do.
///
/// Observed: Rust with tiktoken 0.14.0, Oniguruma with tokenizers 0.23.3.
@Suite struct DialectTests {
  @Test(
    arguments: [
      // Anchors and the dot.
      ("^.", "a\nb\n\nc", ["a"], ["a", "b", "c"]),
      (".$", "a\nb\n", [], ["a", "b"]),
      ("(?m).+", "a\nb", ["a", "b"], ["a\nb"]),
      (".+", "a\nb\r\u{2028}c", ["a", "b\r\u{2028}c"], ["a", "b\r\u{2028}c"]),
      (#"a\Z"#, "a\n\n", ["a"], []),
      (#"a\Z"#, "a\n", ["a"], ["a"]),
      (#"a\z"#, "a\n", [], []),
      // Quantifiers.
      ("a{1,2}+a", "aaaa", ["aaa"], ["aaaa"]),
      ("a{2}+a", "aaaa", ["aaa"], ["aaa"]),
      ("a++a", "aaa", [], []),
      ("a{2,3}?", "aaaa", ["aa", "aa"], ["aa", "aa"]),
      ("a{,2}b", "aaab", ["aab"], ["aab"]),
      ("a{,}b", "aa{,}b", ["b"], ["a{,}b"]),
      ("a{x}", "a{x}", ["a{x}"], ["a{x}"]),
      ("a{2}{x}", "aa{x}", ["aa{x}"], ["aa{x}"]),
      ("a(?#c)+", "aa", ["aa"], ["aa"]),
      // Flags in the middle.
      ("a(?i)b|c", "aBaCcC", ["aB", "C", "c", "C"], ["aB", "aC"]),
      ("((?i)a)b", "AB Ab", ["AB", "Ab"], ["Ab"]),
      ("(?:(?i)a)b", "AB Ab", ["Ab"], ["Ab"]),
      ("(?x) a b # c", "ab", ["ab"], ["ab"]),
      ("(?x)[a b]+", "a b", ["a b"], ["a b"]),
      // Case.
      ("(?i:k)", "kK\u{212A}", ["k", "K", "\u{212A}"], ["k", "K", "\u{212A}"]),
      ("(?i:'s)", "'\u{17F}'S's", ["'\u{17F}", "'S", "'s"], ["'\u{17F}", "'S", "'s"]),
      (#"(?i)\p{Lu}"#, "aA1", ["a", "A"], ["A"]),
      (#"(?i)\P{Lu}"#, "aA1", ["1"], ["a", "1"]),
      ("(?i)[^a]", "aAb", ["b"], ["b"]),
      ("(?i)[a-c&&[A]]", "aAb", ["a", "A"], []),
      // Classes.
      (#"\w+"#, "a\u{E9}_\u{B7}\u{200D}\u{B2}", ["a\u{E9}_", "\u{200D}"], ["a\u{E9}_", "\u{B2}"]),
      (#"[\w]+"#, "\u{B2}a\u{E9}", ["a\u{E9}"], ["a\u{E9}"]),
      (#"\s+"#, " \u{B}\u{A0}\u{85}\u{180E}", [" \u{B}\u{A0}\u{85}"], [" \u{B}\u{A0}\u{85}"]),
      (#"\d+"#, "1\u{663}\u{B2}", ["1\u{663}"], ["1\u{663}"]),
      (#"\h+"#, "0afg", ["0af"], ["0af"]),
      ("[[:alpha:]]+", "a\u{E9}1", ["a"], ["a\u{E9}"]),
      ("[[:punct:]]+", "!$+\u{AB}\u{AC}", ["!$+"], ["!$+\u{AB}\u{AC}"]),
      (#"\p{Punct}+"#, "a!$", ["!"], ["!"]),
      ("[[:^alpha:]]+", "a\u{E9}1", ["\u{E9}1"], ["1"]),
      (#"\pL+"#, "apL", ["apL"], ["pL"]),
      (#"\p{^L}+"#, "a1", ["1"], ["1"]),
      ("[a-z&&[^aeiou]]+", "abce", ["bc"], ["bc"]),
      ("[^a-z&&[^aeiou]]+", "abce1", ["a", "e1"], ["a", "e1"]),
      ("[a&&]", "a&", [], []),
      ("[]a]+", "]a", ["]a"], ["]a"]),
      ("[a-c-e]+", "abcde-", ["abc", "e-"], ["abc", "e-"]),
      ("[+--]+", "+,-", ["+"], ["+,-"]),
      // Letters of the newest Unicode: U+1C8A is of 16.0, U+180E no white space.
      (#"\p{Ll}+"#, "\u{1C8A}", ["\u{1C8A}"], ["\u{1C8A}"]),
      // Escapes.
      (#"\R"#, "\r\n\n\u{2028}", ["\r\n", "\n", "\u{2028}"], ["\r\n", "\n", "\u{2028}"]),
      (#"\v+"#, "\u{B}\n\u{85}", ["\u{B}"], ["\u{B}"]),
      (#"\<a"#, "<a", ["a"], ["<a"]),
      (#"\x{41}\u0041"#, "AA", ["AA"], ["AA"]),
      // Look-behind, references.
      ("(?<=(?:a|bc))x", "axbcx", ["x", "x"], ["x", "x"]),
      ("(?<=a{1,3})x", "aax", ["x"], ["x"]),
      (
        #"(a|\p{Han})\1"#, "aab\u{4E2D}\u{6587}\u{6587}", ["aa", "\u{6587}\u{6587}"],
        ["aa", "\u{6587}\u{6587}"]
      ),
      (#"(?<n>a)\k<n>"#, "aa", ["aa"], ["aa"]),
      (#"\1(a)"#, "aa", [], []),
      // Empty matches count, but not directly behind a match.
      ("a*", "baac", ["", "aa", ""], ["", "aa", ""]),
      ("a*|b", "abba", ["a", "", "a"], ["a", "", "a"]),
      ("a||b", "ab", ["a", ""], ["a", ""]),
    ] as [(String, String, [String], [String])])
  func `matches as the original`(
    pattern: String, text: String, rust: [String], oniguruma: [String]
  ) throws {
    #expect(try matchedTexts(pattern, .rust, in: text) == rust)
    #expect(try matchedTexts(pattern, .oniguruma, in: text) == oniguruma)
  }

  @Test(
    arguments: [
      (#"\p{Script=Greek}"#, "\u{3B1}a", ["\u{3B1}"]),
      ("[a-z--[aeiou]]+", "abce-", ["bc"]),
      ("[a-g~~[c-j]]+", "abcdefghij", ["ab", "hij"]),
      ("(?U)a+", "aaa", ["a", "a", "a"]),
      ("(?s).+", "a\nb", ["a\nb"]),
      (#"\b{start}a"#, "a ba", ["a"]),
      ("(?P<n>a)(?P=n)", "aa", ["aa"]),
      ("^*", "a", ["", ""]),
      ("{2}a", "{2}a", ["{2}a"]),
    ] as [(String, String, [String])])
  func `what only Rust has`(pattern: String, text: String, expected: [String]) throws {
    #expect(try matchedTexts(pattern, .rust, in: text) == expected)
    if pattern != #"\b{start}a"#, pattern != "[a-g~~[c-j]]+" {
      #expect(throws: PatternError.self) { try SplitPattern(pattern, dialect: .oniguruma) }
    }
  }

  @Test(
    arguments: [
      ("a**", "aaa", ["aaa", ""]), ("a+?+", "aab", ["aa"]), (#"\101\07"#, "A\u{7}", ["A\u{7}"]),
      (#"\x4g"#, "\u{4}g", ["\u{4}g"]), (#"\j\Q"#, "jQ", ["jQ"]), ("(?-)a", "a", ["a"]),
      (#"[\R\z]"#, "R", ["R"]), ("a{2}?", "aaa", ["aa", ""]),
    ] as [(String, String, [String])])
  func `what only Oniguruma has`(pattern: String, text: String, expected: [String]) throws {
    let found = try matchedTexts(pattern, .oniguruma, in: text)
    // Of empty matches only the cuts can be observed.
    #expect(found.filter { !$0.isEmpty } == expected.filter { !$0.isEmpty })
    if pattern != "a{2}?" {
      #expect(throws: PatternError.self) { try SplitPattern(pattern, dialect: .rust) }
    }
  }
}
