import References
import TestSupport
import Testing

@testable import Tokenization

@Suite struct AddedTokenMatcherTests {
  typealias Segment = AddedTokenMatcher.Segment

  private static func segments(
    _ text: [UInt8], _ tokens: [AddedToken]
  ) throws -> [Segment] {
    var segments: [Segment] = []
    try AddedTokenMatcher(tokens.map { ($0, Array($0.content.utf8)) }).appendSegments(
      of: text.span, to: &segments, trust: Trust(.parse))
    return segments
  }

  @Test(
    arguments: [
      ("x<s>y", [AddedToken("<s>", id: 1)], ["x", "1:<s>", "y"]),
      // The longest of those that begin at one place, the leftmost of all.
      ("abc", [AddedToken("ab", id: 1), AddedToken("abc", id: 2)], ["2:abc"]),
      ("abd", [AddedToken("ab", id: 1), AddedToken("abc", id: 2)], ["1:ab", "d"]),
      ("abc", [AddedToken("ab", id: 1), AddedToken("bc", id: 2)], ["1:ab", "c"]),
      ("aaa", [AddedToken("a", id: 1)], ["1:a", "1:a", "1:a"]),
      ("", [AddedToken("a", id: 1)], []), ("a", [], ["a"]), ("a", [AddedToken("", id: 1)], ["a"]),
      // Of equal ones the last counts.
      ("a", [AddedToken("a", id: 1), AddedToken("a", id: 2)], ["2:a"]),
      (
        "a <m> b", [AddedToken("<m>", id: 1, stripsLeft: true)], ["a", "1: <m>", " b"]
      ),
      (
        "a <m>\u{3000}\n b", [AddedToken("<m>", id: 1, stripsRight: true)],
        ["a ", "1:<m>\u{3000}\n ", "b"]
      ),
      ("  <m>  ", [AddedToken("<m>", id: 1, stripsLeft: true, stripsRight: true)], ["1:  <m>  "]),
      // Words: letters, digits, marks and the underscore.
      ("am", [AddedToken("a", id: 1, isSingleWord: true)], ["am"]),
      ("é-a-_a a", [AddedToken("a", id: 1, isSingleWord: true)], ["é-", "1:a", "-_a ", "1:a"]),
      ("a\u{301} a", [AddedToken("a", id: 1, isSingleWord: true)], ["a\u{301} ", "1:a"]),
      ("中a。a", [AddedToken("a", id: 1, isSingleWord: true)], ["中a。", "1:a"]),
    ] as [(String, [AddedToken], [String])])
  func `rows`(text: String, tokens: [AddedToken], expected: [String]) throws {
    let bytes = Array(text.utf8)
    let found = try Self.segments(bytes, tokens).map { segment in
      (segment.id.map { "\($0):" } ?? "") + String(decoding: bytes[segment.range], as: UTF8.self)
    }
    #expect(found.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `agrees with the reference`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let alphabet = Array("ab <_".utf8)
    var tokens: [AddedToken] = []
    for id in 0..<Int.random(in: 1...6, using: &generator) {
      let content = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? 0
      }
      tokens.append(
        AddedToken(
          String(decoding: content, as: UTF8.self), id: TokenID(id),
          isSingleWord: Int.random(in: 0..<4, using: &generator) == 0,
          stripsLeft: Int.random(in: 0..<3, using: &generator) == 0))
    }
    let reference = ReferenceAddedTokens(
      tokens.map {
        ReferenceAddedTokens.Token(
          bytes: Array($0.content.utf8), id: $0.id, isSingleWord: $0.isSingleWord,
          stripsLeft: $0.stripsLeft, stripsRight: $0.stripsRight)
      })
    for _ in 0..<60 {
      let text = (0..<Int.random(in: 0...30, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? 0
      }
      let found = try Self.segments(text, tokens)
      let expected = reference.segments(of: text).map { Segment(range: $0.range, id: $0.id) }
      #expect(found == expected, "\(String(decoding: text, as: UTF8.self)) \(tokens)")
    }
  }
}
