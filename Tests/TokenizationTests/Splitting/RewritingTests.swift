import SplitPatterns
import Testing
import UnicodeText

@testable import Tokenization

/// Splitters that rewrite, within a tokenizer.
@Suite struct RewritingTests {
  static let mark: Unicode.Scalar = "\u{2581}"

  static func pretokens(
    _ steps: [SplitStep], _ text: String, startCount: Int = 1, mapsBytes: Bool = false
  ) throws -> [String] {
    var pretokens = Pretokens()
    let bytes = Array(text.utf8)
    try GeneralSplitter(steps, mapsBytes: mapsBytes).split(
      bytes.span, startCount: startCount, wantsEdits: true, into: &pretokens)
    return pretokens.bytes(of: bytes.span).map { String(decoding: $0, as: UTF8.self) }
  }

  // Falcon's file has such steps; observed of tokenizers 0.23.3.
  @Test func `a prefix space behind other steps`() throws {
    let steps: [SplitStep] = [
      .digits(individually: true), .byteLevel(addsPrefixSpace: true, splits: true),
    ]
    #expect(
      try Self.pretokens(steps, " ab 12 cd", mapsBytes: true)
        == ["Ġab", "Ġ", "Ġ1", "Ġ2", "Ġcd"])
    #expect(try Self.pretokens(steps, " ab 12 cd") == [" ab", " ", " 1", " 2", " cd"])
    let tokenizer = try SmallVocabulary(merges: [" +1", "a+b"]).tokenizer(splitter: Splitter(steps))
    let tokens = try tokenizer.tokenize("ab12")
    #expect(tokens.map(\.id) == [32, 257, 256, 32, 50])
    // What is put there comes from nowhere.
    #expect(tokens.map(\.range) == [0..<0, 0..<2, 2..<3, 3..<3, 3..<4])
    #expect(try tokenizer.encode("ab12") == tokens.map(\.id))
    #expect(!tokenizer.addsPrefixSpace)
  }

  @Test(
    arguments: [
      (.always, "a b", ["▁a", "▁b"]), (.first, "a b", ["▁a", "▁b"]), (.never, "a b", ["a", "▁b"]),
      (.always, " ", ["▁"]), (.always, "", []), (.always, "▁a", ["▁a"]),
    ] as [(MetaspaceScheme, String, [String])])
  func `rows of Metaspace`(scheme: MetaspaceScheme, text: String, expected: [String]) throws {
    let step = SplitStep.metaspace(replacement: Self.mark, scheme: scheme, splits: true)
    #expect(try Self.pretokens([step], text) == expected)
  }

  // Observed: each character that comes from the first of the text stands at its start.
  @Test func `the first of a text, also when it becomes several`() throws {
    let first = SplitStep.metaspace(replacement: Self.mark, scheme: .first, splits: true)
    let always = SplitStep.metaspace(replacement: Self.mark, scheme: .always, splits: true)
    #expect(
      try Self.pretokens([always, .fixedLength(1), first], "éa b") == ["▁", "▁é", "a", "▁", "b"])
    #expect(
      try Self.pretokens(
        [.byteLevel(addsPrefixSpace: false, splits: false), .fixedLength(1), first], "éa b",
        mapsBytes: true) == ["▁Ã", "▁©", "a", "Ġ", "b"])
    #expect(try Self.pretokens([.whitespaceSplit, first], " a b") == ["a", "b"])
    #expect(try Self.pretokens([first], "a b", startCount: 0) == ["a", "▁b"])
  }

  @Test func `the first of a text behind an added token and a normaliser`() throws {
    let step = SplitStep.metaspace(replacement: Self.mark, scheme: .first, splits: true)
    let vocabulary = SmallVocabulary(merges: [])
    let tokenizer = try vocabulary.tokenizer(
      splitter: Splitter([step]), addedTokens: [AddedToken("<s>", id: 256)],
      normalizer: .form(.nfkc))
    let marked: [TokenID] = [0xE2, 0x96, 0x81, 0x61]
    #expect(try tokenizer.encode("a", specialTokens: .parse) == marked)
    #expect(try tokenizer.encode("<s>a", specialTokens: .parse) == [256, 0x61])
    #expect(try tokenizer.encode("a<s>a", specialTokens: .parse) == marked + [256, 0x61])
    #expect(try tokenizer.encode("ﬁ") == marked.dropLast() + Array("fi".utf8.map(TokenID.init)))
    #expect(
      try tokenizer.tokenize("ﬁ").map(\.range) == [0..<0, 0..<0, 0..<0, 0..<3, 0..<3])
  }

  @Test func `an error behind a rewriting step says a place of the text`() throws {
    let pattern = try SplitPattern(#"(?:a|aa)+(?=b)"#, dialect: .rust)
    let splitter = Splitter([
      .metaspace(replacement: Self.mark, scheme: .always, splits: true),
      .pattern(pattern, .isolated, inverted: false),
    ])
    let tokenizer = try SmallVocabulary(merges: []).tokenizer(splitter: splitter)
    let text = "x x " + String(repeating: "a", count: 5_000)
    do throws(EncodingError) {
      _ = try tokenizer.encode(text)
      Issue.record("no limit was met")
    } catch {
      #expect(error.reason == .patternLimit)
      #expect(error.range.lowerBound >= 3 && error.range.upperBound == text.utf8.count)
    }
  }
}
