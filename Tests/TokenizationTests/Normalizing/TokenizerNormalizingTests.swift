import SplitPatterns
import Testing
import Tokenization

/// Normalizers within a tokenizer whose tokens are the bytes.
@Suite struct TokenizerNormalizingTests {
  private static func tokens(_ text: String, _ normalizer: Normalizer) throws -> [String] {
    let tokenizer = try SmallVocabulary(merges: []).tokenizer(normalizer: normalizer)
    return try tokenizer.tokenize(text).map {
      "\(String(UInt8($0.id), radix: 16)) \($0.range.lowerBound)..<\($0.range.upperBound)"
    }
  }

  @Test func `ranges are of the text that came`() throws {
    #expect(try Self.tokens("A É", .lowercase) == ["61 0..<1", "20 1..<2", "c3 2..<3", "a9 3..<4"])
    #expect(try Self.tokens(" a ", .strip(left: true, right: true)) == ["61 1..<2"])
    #expect(try Self.tokens("É", .bert(.init())) == ["65 0..<2"])
    #expect(
      try Self.tokens("a b", .sequence([.prepend("_"), .replace(.literal(" "), "__")]))
        == ["5f 0..<0", "61 0..<1", "5f 1..<2", "5f 1..<2", "62 2..<3"])
    #expect(
      try Self.tokens(" a  b ", .sentencePiece(SentencePieceNormalizer(escapesSpaces: false)))
        == ["20 1..<1", "61 1..<2", "20 2..<3", "62 4..<5"])
  }

  @Test func `an added token is normalised by any normalizer`() throws {
    let tokenizer = try SmallVocabulary(merges: []).tokenizer(
      addedTokens: [AddedToken("<É>", id: 500, isNormalized: true)], normalizer: .bert(.init()))
    let tokens = try tokenizer.tokenize("x<e\u{301}>", specialTokens: .parse)
    #expect(tokens.map(\.id) == [0x78, 500])
    #expect(tokens.last?.range == 1..<6)
  }

  @Test func `a text that is too hard has its place`() throws {
    let pattern = try SplitPattern("(?:x|xx)+(?=y)", dialect: .oniguruma)
    let token = AddedToken("<s>", id: 500, isSpecial: true)
    let tokenizer = try SmallVocabulary(merges: []).tokenizer(
      addedTokens: [token],
      normalizer: .sequence([.prepend("___"), .replace(.pattern(pattern), "")]))
    let text = "<s>" + String(repeating: "x", count: 5_000)
    do throws(EncodingError) {
      _ = try tokenizer.encode(text, specialTokens: .parse)
      Issue.record("no limit was met")
    } catch {
      #expect(error.reason == .patternLimit)
      #expect(error.range.lowerBound >= 3 && error.range.upperBound == text.utf8.count)
    }
  }
}
