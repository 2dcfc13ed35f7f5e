import DefaultVocabulary
import TestSupport
import Testing
import Tok

@testable import TokView

struct TokenSpanTests {
  @Test(
    arguments: [
      // Tokens that are whole characters have a span each.
      ("ab c", [0..<1, 1..<2, 2..<4], [0..<1, 1..<2, 2..<4], [1, 1, 1]),
      // An emoji of four bytes, each a token; a mark that is a token of its own.
      ("😀a", [0..<1, 1..<3, 3..<4, 4..<5], [0..<4, 4..<5], [3, 1]),
      ("e\u{301}x", [0..<1, 1..<3, 3..<4], [0..<3, 3..<4], [2, 1]),
      // A token that ends within a character, and one that begins in it.
      ("aéb", [0..<2, 2..<4], [0..<4], [2]),
      // Template tokens stand alone, text of no token is left out.
      ("a  b", [0..<0, 0..<1, 3..<4, 4..<4], [0..<0, 0..<1, 3..<4, 4..<4], [1, 1, 1, 1]),
      // Ranges that overlap, as where a normalizer made two of one; an empty one within.
      ("ﬁx", [0..<3, 0..<3, 1..<1, 3..<4], [0..<3, 3..<4], [3, 1]),
      ("\r\n", [0..<1, 1..<2], [0..<2], [2]),
      ("", [0..<0, 0..<0], [0..<0, 0..<0], [1, 1]),
    ] as [(String, [Range<Int>], [Range<Int>], [Int])])
  func `are whole characters`(
    text: String, tokens: [Range<Int>], spans: [Range<Int>], counts: [Int]
  ) {
    let found = TokenSpan.spans(
      of: tokens.map { Token(id: 0, range: $0) }, in: Array(text.utf8).span)
    #expect(found.map(\.range) == spans)
    #expect(found.map(\.tokens.count) == counts)
    #expect(found.flatMap(\.tokens) == Array(tokens.indices))
  }

  /// Whatever the text: spans follow each other, have all tokens in order, and cover their ranges.
  @Test func `cover all tokens of any text`() throws {
    var generator = SeededGenerator(seed: 17)
    for _ in 0..<300 {
      let text = RandomText.mixture(40, using: &generator)
      let tokens = try Tokenizer.default.tokenize(text.span)
      let spans = TokenSpan.spans(of: tokens, in: text.span)
      #expect(spans.flatMap(\.tokens) == Array(tokens.indices))
      var end = 0
      for span in spans {
        #expect(span.range.lowerBound >= end)
        end = span.range.upperBound
        for token in tokens[span.tokens] {
          #expect(span.range.lowerBound <= token.range.lowerBound)
          #expect(token.range.upperBound <= span.range.upperBound)
        }
      }
    }
  }

  /// A browser would stack the marks; nobody could read them.
  @Test func `cut a character of a thousand marks`() throws {
    let text = "a" + String(repeating: "\u{301}", count: 1_000)
    let tokens = (0..<1_000).map { Token(id: 0, range: (1 + 2 * $0)..<(3 + 2 * $0)) }
    #expect(TokenSpan.spans(of: tokens, in: Array(text.utf8).span).count == 1_000)
  }
}
