import TestSupport
import Testing

@testable import Tokenization

@Suite struct WordLevelModelTests {
  static func encode(_ text: [UInt8], _ model: WordLevelModel) -> [PlacedToken] {
    PlacedToken.encoded(text) { model.encode($0, to: &$1, ranges: &$2) }
  }

  // As tokenizers 0.23.3.
  @Test(
    arguments: [("a", 1), ("ab", 2), ("b", 0), ("aba", 0), ("<unk>", 0), ("A", 0)]
      as [(String, TokenID)])
  func `rows`(text: String, id: TokenID) {
    let model = WordLevelModel(
      WordLevelDefinition(tokens: ByteStrings(["<unk>", "a", "ab"]), ids: [0, 1, 2], unknown: 0))
    let bytes = Array(text.utf8)
    #expect(Self.encode(bytes, model) == [PlacedToken(id: id, range: 0..<bytes.count)])
  }

  // As sentencepiece 0.2.3 with a model of words.
  @Test func `words that begin with a mark`() {
    var definition = WordLevelDefinition(
      tokens: ByteStrings(["<unk>", "<s>", "▁a", "▁", "b", "▁c"]), ids: [0, 1, 2, 3, 4, 5],
      unknown: 0, unmatched: [0, 1, 5], cutsAtSpaceMarks: true)
    let rows: [(text: String, ids: [TokenID], ends: [Int])] = [
      ("▁a", [2], [4]), ("b▁a▁", [4, 2, 3], [1, 5, 8]), ("▁▁a", [3, 2], [3, 7]),
      ("▁x▁y▁a", [0, 2], [8, 12]), ("<s>▁c", [0], [7]), ("x▁▁y", [0, 3, 0], [1, 4, 8]),
    ]
    for row in rows {
      let found = Self.encode(Array(row.text.utf8), WordLevelModel(definition))
      #expect(found.map(\.id) == row.ids && found.map(\.range.upperBound) == row.ends)
    }
    definition.byteTokens = (0..<256).map { $0 + 10 }
    let found = Self.encode(Array("▁ab▁a".utf8), WordLevelModel(definition))
    #expect(found.map(\.id) == [0xE2, 0x96, 0x81, 0x61, 0x62].map { $0 + 10 } + [2])
    #expect(found.map(\.range.upperBound) == [1, 2, 3, 4, 5, 9])
  }

  @Test func `the unknown token need not be one of the tokens`() {
    let model = WordLevelModel(
      WordLevelDefinition(tokens: ByteStrings(), ids: [], unknown: 9))
    for text in RandomText.nasty {
      #expect(Self.encode(text, model) == [PlacedToken(id: 9, range: 0..<text.count)])
    }
  }

  @Test(arguments: [1, 2] as [UInt64])
  func `agrees with a dictionary`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var ids: [[UInt8]: TokenID] = [:]
    for count in 0..<2_000 as Range<TokenID> {
      let text = RandomText.mixture(Int.random(in: 0...3, using: &generator), using: &generator)
      if ids[text] == nil { ids[text] = count }
    }
    ids[[UInt8](repeating: 0x61, count: 1 << 20)] = 5_000
    let tokens = ids.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let model = WordLevelModel(
      WordLevelDefinition(
        tokens: ByteStrings(tokens), ids: tokens.map { ids[$0] ?? 0 }, unknown: 9_000))
    var texts = tokens + RandomText.nasty
    for _ in 0..<1_000 { texts.append(RandomText.mixture(3, using: &generator)) }
    for text in texts {
      let expected = PlacedToken(id: ids[text] ?? 9_000, range: 0..<text.count)
      #expect(Self.encode(text, model) == [expected])
    }
  }
}
