import TestSupport
import Testing

@testable import Tokenization

struct VocabularyMakeupTests {
  @Test func `counts lengths, scripts and kinds`() throws {
    let tokens = [" the", "дом", "東京", "  ", "12", "\u{301}a", "aбв", "aб"]
    var bytes = ByteStrings()
    for byte in 0...255 as ClosedRange<UInt8> { bytes.append([byte]) }
    for token in tokens { bytes.append(token.utf8) }
    bytes.append([0xE4, 0xBD])
    let definition = BytePairDefinition(
      tokens: bytes, ids: (0..<TokenID(256 + tokens.count)).map { $0 } + [270],
      merges: .listed([]), takesWholePretokens: true)
    let tokenizer = try Tokenizer(
      TokenizerDefinition(
        pipeline: Pipeline(
          addedTokens: [AddedToken("<s>", id: 280)],
          splitter: Splitter([
            .byteLevel(addsPrefixSpace: false, splits: false)
          ]), decoder: .bytes),
        model: definition))
    let makeup = tokenizer.makeup()
    #expect(makeup.bytes == 256)
    #expect(makeup.added == 1)
    #expect(makeup.special == 1)
    #expect(makeup.holes == 281 - 256 - tokens.count - 2)
    #expect(makeup.lengths == [0, 256, 3, 3, 1, 1, 2])
    #expect(makeup.lengths.reduce(0, +) + makeup.holes == tokenizer.idCount)
    // Half of the bytes are not text; the letters of ASCII are Latin.
    #expect(makeup.partsOfCharacters == 128 + 1)
    #expect(makeup.wordBeginnings == 1)
    let scripts = Dictionary(uniqueKeysWithValues: makeup.scripts.map { ($0.name, $0.tokens) })
    #expect(scripts == ["Latin": 52 + 3, "Cyrillic": 2, "Han": 1])
    #expect(makeup.scripts.first?.name == "Latin")
  }
}
