import References
import TestSupport
import Testing

@testable import Tokenization

@Suite struct CharactersModelTests {
  static func encode(_ text: [UInt8], _ model: CharactersModel) -> [PlacedToken] {
    PlacedToken.encoded(text) { model.encode($0, to: &$1, ranges: &$2) }
  }

  @Test func `rows`() {
    let tokens: [[UInt8]] = [
      Array("<unk>".utf8), Array("a".utf8), Array("é".utf8), Array("日".utf8),
      Array("😀".utf8), [0xFF], Array("\u{10FFFF}".utf8), Array("é".utf8) + [0x80], [], [0],
    ]
    var definition = CharactersDefinition(
      tokens: ByteStrings(tokens), ids: tokens.indices.map { TokenID($0 * 2) }, unknown: 0)
    let text = Array("aé日😀b".utf8) + [0xFF, 0xFE, 0] + Array("\u{10FFFF}".utf8)
    #expect(
      Self.encode(text, CharactersModel(definition)).map(\.description) == [
        "2@0..<1", "4@1..<3", "6@3..<6", "8@6..<10", "0@10..<11", "10@11..<12", "0@12..<13",
        "18@13..<14", "12@14..<18",
      ])
    definition.unknown = nil
    #expect(
      Self.encode(text, CharactersModel(definition)).map(\.id) == [2, 4, 6, 8, 10, 18, 12])
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `agrees with a dictionary`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var ids: [[UInt8]: TokenID] = [:]
    for id in 1..<3_000 as Range<TokenID> {
      let character = Array(String(RandomText.scalar(using: &generator)).utf8)
      if ids[character] == nil { ids[character] = id }
    }
    let tokens = ids.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let model = CharactersModel(
      CharactersDefinition(
        tokens: ByteStrings(tokens), ids: tokens.map { ids[$0] ?? 0 }, unknown: 0))
    var texts = RandomText.nasty
    for _ in 0..<300 { texts.append(RandomText.mixture(10, using: &generator)) }
    texts.append(RandomText.anyScalars(3_000, using: &generator))
    texts.append(RandomText.bytes(3_000, using: &generator))
    for text in texts {
      var start = 0
      let expected = ReferenceCharacters.ends(of: text).map { end in
        defer { start = end }
        return PlacedToken(id: ids[Array(text[start..<end])] ?? 0, range: start..<end)
      }
      #expect(Self.encode(text, model) == expected)
    }
  }
}
