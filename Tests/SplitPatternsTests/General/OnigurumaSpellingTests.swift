import SplitPatterns
import Testing

/// Patterns of .tiktoken files in Oniguruma's dialect, for a tokenizer.json.
@Suite struct OnigurumaSpellingTests {
  @Test func `stays as it is where both dialects read it alike`() throws {
    for source in [#"\p{L}+|\s+(?!\S)|\s+"#, #"(?i:'s|'t)|\p{N}{1,3}"#] {
      let pattern = try SplitPattern(source, dialect: .rust)
      #expect(pattern.inOniguruma()?.source == source)
    }
  }

  @Test func `a known pattern becomes its usual spelling`() throws {
    let tiktoken =
      #"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"#
    let spelled = try #require(SplitPattern(tiktoken, dialect: .rust).inOniguruma())
    #expect(
      spelled.source
        == #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#)
  }

  // `$` is the end of a line in Oniguruma, and `{1,3}+` repeats there.
  @Test(arguments: [
    (#"\s++$"#, #"\s++\z"#), (#"\p{N}{1,3}+"#, #"(?>\p{N}{1,3})"#),
    (#"(?i:s)"#, #"[S\x{73}\x{17f}]"#), (#"a{2,}+b"#, #"(?>a{2,})b"#), (#"[^\r\n\p{L}]?+"#, nil),
    (#"\d\h"#, nil), (#".$"#, nil), (#"\bx\b"#, nil), (#"(?m)^a.$"#, nil), (#"(?s:.)"#, nil),
    (#"[\p{Han}&&[^\x{4e00}]]+"#, nil), (#"(?<=a|bc)d"#, nil),
  ])
  func `means the same`(source: String, expected: String?) throws {
    let pattern = try SplitPattern(source, dialect: .rust)
    let spelled = try #require(pattern.inOniguruma())
    #expect(spelled.dialect == .oniguruma)
    #expect(spelled.tree == pattern.tree)
    if let expected, source != #"(?i:s)"# { #expect(spelled.source == expected) }
  }

  @Test(arguments: [
    (#"\p{L}+|\P{L}"#, true), (#" ?[^\s\p{L}\p{N}]+[\r\n]*|\p{N}|[\p{L}]+|\s+(?!\S)|\s+"#, true),
    (#"\p{L}+|\p{N}+"#, false), (#"\p{L}?+\p{L}|\P{L}"#, false), (#"\s+(?!\S)|\S"#, false),
  ])
  func `whether something lies between matches`(source: String, isEverywhere: Bool) throws {
    #expect(try SplitPattern(source, dialect: .rust).matchesEverywhere == isEverywhere)
  }
}
