import References
import TestSupport
import Testing

@testable import Tokenization

@Suite struct GreedyModelTests {
  static let allBytes: [[UInt8]] = (0...255 as ClosedRange<UInt8>).map { [$0] }

  /// Short enough for the reference.
  static let nasty = RandomText.nasty.map { Array($0.prefix(40)) }

  static func definition(_ tokens: [[UInt8]], unknown: TokenID?) -> GreedyDefinition {
    GreedyDefinition(
      tokens: ByteStrings(tokens), ids: tokens.indices.map { TokenID($0 * 3) }, unknown: unknown)
  }

  static func encode(_ text: [UInt8], _ model: GreedyModel) -> [PlacedToken] {
    PlacedToken.encoded(text) { model.encode($0, to: &$1, ranges: &$2) }
  }

  static func compare(_ tokens: [[UInt8]], unknown: TokenID?, _ texts: [[UInt8]]) throws {
    let model = try GreedyModel(definition(tokens, unknown: unknown))
    let ids = Dictionary(uniqueKeysWithValues: zip(tokens, tokens.indices.map { TokenID($0 * 3) }))
    let reference = ReferenceGreedy(ids: ids, unknown: unknown)
    for text in texts {
      let found = encode(text, model)
      let expected = reference.encode(text).map { PlacedToken(id: $0.id, range: $0.range) }
      guard found == expected else {
        Issue.record("\(text): \(found), not \(expected), by \(tokens)")
        return
      }
    }
  }

  @Test func `rows`() throws {
    let model = try GreedyModel(
      Self.definition(Self.allBytes + ["ab", "bc", "abcd"].map { Array($0.utf8) }, unknown: nil))
    let rows: [(String, [TokenID])] = [
      ("abc", [256, 99]), ("bcd", [257, 100]), ("abcd", [258]), ("abce", [256, 99, 101]), ("", []),
      ("é", [0xC3, 0xA9]),
    ]
    for (text, expected) in rows {
      #expect(Self.encode(Array(text.utf8), model).map(\.id) == expected.map { $0 * 3 })
    }
  }

  @Test func `an unknown character is one token`() throws {
    let model = try GreedyModel(Self.definition([[0x61], [0x9F, 0x98]], unknown: 99))
    let text = Array("a😀".utf8) + [0xF0, 0x9F, 0x98, 0x61, 0xFF]
    #expect(
      Self.encode(text, model).map(\.description) == [
        "0@0..<1", "99@1..<5", "99@5..<6", "3@6..<8", "0@8..<9", "99@9..<10",
      ])
  }

  @Test func `a byte that lacks its token is an error without an unknown token`() throws {
    var tokens = Self.allBytes
    tokens[200] = [200, 200]
    #expect(
      throws: VocabularyError(.missing, "no token for the byte 200, and no unknown token")
    ) { try GreedyModel(Self.definition(tokens, unknown: nil)) }
    _ = try GreedyModel(Self.definition(tokens, unknown: 0))
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `agrees with the reference on all short texts`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let alphabet: [UInt8] = [0x61, 0x62, 0xC3, 0xA9]
    let strings = Array(RandomText.all(over: alphabet, upTo: 4).dropFirst())
    let texts = RandomText.all(over: alphabet, upTo: 6)
    for round in 0..<6 {
      var tokens = Set(round % 2 == 0 ? Self.allBytes : [])
      for _ in 0..<Int.random(in: 1...20, using: &generator) {
        tokens.insert(strings.randomElement(using: &generator) ?? [0])
      }
      try Self.compare(
        tokens.shuffled(using: &generator),
        unknown: round % 2 == 0 ? nil : 1_000,
        Array(texts.shuffled(using: &generator).prefix(100)) + (round < 2 ? Self.nasty : []))
    }
  }

  @Test(.timeLimit(.minutes(10)))
  func `a million bytes`() throws {
    let tokens = [[0x61], [UInt8](repeating: 0x61, count: 16) + [0x62]]
    let model = try GreedyModel(Self.definition(tokens, unknown: 9))
    let count = 1 << 20
    for byte in [0x61, 0xF0] as [UInt8] {
      let text = [UInt8](repeating: byte, count: count)
      let found = PlacedToken.count(in: text) { model.encode($0, to: &$1, ranges: &$2) }
      #expect(found == count)
    }
  }
}
