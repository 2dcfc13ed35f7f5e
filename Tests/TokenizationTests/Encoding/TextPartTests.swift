import SplitPatterns
import TestSupport
import Testing
import UnicodeText

@testable import Tokenization

@Suite struct TextPartTests {
  /// Bytes, and the special tokens `<s>` 300, `<s>!` 301, and 302, an e with its accent, which is
  /// looked for in the normalised text.
  private static func tokenizer(_ normalizer: Normalizer? = nil) throws -> Tokenizer {
    try SmallVocabulary(merges: []).tokenizer(
      addedTokens: [
        AddedToken("<s>", id: 300, isSpecial: true), AddedToken("<s>!", id: 301, isSpecial: true),
        AddedToken("e\u{301}", id: 302, isSpecial: true, isNormalized: true),
      ], normalizer: normalizer)
  }

  @Test(
    arguments: [
      // What users wrote stays text.
      ([TextPart("<s>", specialTokens: .parse), TextPart("a<s>")], [300, 97, 60, 115, 62]),
      // A token does not reach from one part into another, whoever wrote them.
      ([TextPart("<s", specialTokens: .parse), TextPart(">")], [60, 115, 62]),
      (
        [TextPart("<s", specialTokens: .parse), TextPart(">", specialTokens: .parse)],
        [60, 115, 62]
      ),
      // A shorter token that lies within its part is found.
      ([TextPart("<s>", specialTokens: .parse), TextPart("!")], [300, 33]),
      ([TextPart("<s>!", specialTokens: .parse)], [301]),
      ([TextPart("<"), TextPart("<s>", specialTokens: .parse)], [60, 300]),
      ([], []), ([TextPart("")], []), ([TextPart(""), TextPart("a")], [97]),
    ] as [([TextPart], [TokenID])])
  func `each part has its own trust`(parts: [TextPart], expected: [TokenID]) throws {
    #expect(try Self.tokenizer().encode(parts: parts) == expected)
  }

  @Test func `ranges are of the whole text`() throws {
    let parts = [TextPart("a"), TextPart("<s>", specialTokens: .parse), TextPart("b")]
    let tokens = try Self.tokenizer().tokenize(parts: parts)
    #expect(tokens.map(\.range) == [0..<1, 1..<4, 4..<5])
  }

  @Test func `a refused token is placed in the whole text`() throws {
    let parts = [TextPart("<s>", specialTokens: .parse), TextPart("x<s>", specialTokens: .refuse)]
    let tokenizer = try Self.tokenizer()
    let error = #expect(throws: EncodingError.self) { try tokenizer.encode(parts: parts) }
    #expect(error?.range == 4..<7)
  }

  // The normaliser makes one letter of an e and its accent.
  @Test func `trust goes through normalising`() throws {
    let tokenizer = try Self.tokenizer(.form(.nfc))
    let mark = "\u{301}"
    let whole: [TokenID] = [0xC3, 0xA9]
    #expect(try tokenizer.encode(parts: [TextPart("e\(mark)", specialTokens: .parse)]) == [302])
    #expect(try tokenizer.encode(parts: [TextPart("e\(mark)")]) == whole)
    #expect(
      try tokenizer.encode(parts: [TextPart("x"), TextPart("e\(mark)", specialTokens: .parse)])
        == [120, 302])
    #expect(
      try tokenizer.encode(parts: [TextPart("e", specialTokens: .parse), TextPart(mark)]) == whole)
  }

  @Test func `trusting all or nothing is as without parts`() throws {
    let tokenizer = try Self.tokenizer(.form(.nfc))
    var generator = SeededGenerator(seed: 5)
    let pieces = ["<s>", "<s>!", "e\u{301}", "é", "a", " ", "!", "<"]
    for _ in 0..<300 {
      let texts = (0..<6).map { _ in pieces.randomElement(using: &generator)! }
      let whole = texts.joined()
      #expect(try tokenizer.encode(parts: texts.map { TextPart($0) }) == tokenizer.encode(whole))
      #expect(
        try tokenizer.encode(parts: [TextPart(whole, specialTokens: .parse)])
          == tokenizer.encode(whole, specialTokens: .parse))
    }
  }
}
