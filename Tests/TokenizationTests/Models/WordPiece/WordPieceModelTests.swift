import References
import TestSupport
import Testing

@testable import Tokenization

@Suite struct WordPieceModelTests {
  /// The model of `tokens`, whose first is the unknown one, with ids from 10 on.
  static func definition(
    _ tokens: [[UInt8]], prefix: String = "##", limit: Int = 100
  ) -> WordPieceDefinition {
    WordPieceDefinition(
      tokens: ByteStrings(tokens), ids: tokens.indices.map { TokenID($0 + 10) }, unknown: 10,
      continuingPrefix: Array(prefix.utf8), maximumCharacterCount: limit)
  }

  static func model(
    _ tokens: [String], prefix: String = "##", limit: Int = 100
  ) throws -> WordPieceModel {
    try WordPieceModel(definition(tokens.map { Array($0.utf8) }, prefix: prefix, limit: limit))
  }

  static func encode(_ text: [UInt8], _ model: WordPieceModel) -> [PlacedToken] {
    PlacedToken.encoded(text) { model.encode($0, to: &$1, ranges: &$2) }
  }

  static func encode(_ text: String, _ model: WordPieceModel) -> [String] {
    encode(Array(text.utf8), model).map(\.description)
  }

  // MARK: rows

  // Each as tokenizers 0.23.3 gives it, ids and offsets.
  @Test(
    arguments: [
      ("unaffable", ["11@0..<2", "12@2..<5", "13@5..<9"]), ("un", ["11@0..<2"]), ("", []),
      // What was cut already is not reconsidered; one part that fails makes all unknown.
      ("unaffect", ["10@0..<8"]), ("xun", ["10@0..<3"]), ("unx", ["10@0..<3"]),
      // A continuing token's text is found where a pretoken begins, and nowhere else.
      ("##aff", ["12@0..<5"]), ("##affun", ["10@0..<7"]), ("##affable", ["12@0..<5", "13@5..<9"]),
      ("un##aff", ["10@0..<7"]), ("##", ["14@0..<2"]), ("[UNK]", ["10@0..<5"]), ("é", ["15@0..<2"]),
      ("éé", ["15@0..<2", "16@2..<4"]), ("ééa", ["10@0..<5"]),
    ] as [(String, [String])])
  func `rows`(text: String, expected: [String]) throws {
    let model = try Self.model(["[UNK]", "un", "##aff", "##able", "##", "é", "##é"])
    #expect(Self.encode(text, model) == expected)
  }

  @Test(
    arguments: [
      ("", "ab", ["11@0..<1", "12@1..<2"]), ("", "ba", ["12@0..<1", "11@1..<2"]),
      ("b", "ab", ["10@0..<2"]), ("b", "aa", ["10@0..<2"]), ("a", "ab", ["10@0..<2"]),
      ("zz", "a", ["11@0..<1"]), ("zz", "aa", ["10@0..<2"]),
    ] as [(String, String, [String])])
  func `prefixes`(prefix: String, text: String, expected: [String]) throws {
    #expect(Self.encode(text, try Self.model(["[UNK]", "a", "b"], prefix: prefix)) == expected)
  }

  @Test(
    arguments: [
      (3, "aaa", 3), (3, "aaaa", 1), (3, "ééé", 3), (3, "éééé", 1), (0, "a", 1), (1, "a", 1),
      (3, "ééa", 3), (2, "ééa", 1),
    ] as [(Int, String, Int)])
  func `the limit counts characters`(limit: Int, text: String, count: Int) throws {
    let model = try Self.model(["[UNK]", "a", "##a", "é", "##é"], limit: limit)
    let found = Self.encode(Array(text.utf8), model)
    #expect(found.count == count)
    if count == 1, text.utf8.count > 1 { #expect(found.first?.id == 10) }
    if limit == 0 { #expect(found.first?.id == 10) }
  }

  @Test func `the limit counts bytes that are not UTF-8 as characters`() throws {
    let tokens: [[UInt8]] = [[0x3F], [0xFF], [0x23, 0x23, 0xFF]]
    for (limit, ids) in [(2, [11, 12]), (1, [10])] as [(Int, [TokenID])] {
      let model = try WordPieceModel(Self.definition(tokens, limit: limit))
      #expect(Self.encode([0xFF, 0xFF], model).map(\.id) == ids)
    }
  }

  // MARK: agreement

  static func reference(_ definition: WordPieceDefinition) -> ReferenceWordPiece {
    var ids: [[UInt8]: TokenID] = [:]
    for index in 0..<definition.tokens.count {
      ids[definition.tokens[index]] = definition.ids[index]
    }
    return ReferenceWordPiece(
      ids: ids, unknown: definition.unknown, continuingPrefix: definition.continuingPrefix,
      maximumCharacterCount: definition.maximumCharacterCount)
  }

  static func compare(_ definition: WordPieceDefinition, _ texts: [[UInt8]]) throws {
    let model = try WordPieceModel(definition)
    let reference = reference(definition)
    for text in texts {
      let found = encode(text, model)
      let expected = reference.encode(text).map { PlacedToken(id: $0.id, range: $0.range) }
      guard found == expected else {
        Issue.record("\(text): \(found), not \(expected), by \(definition)")
        return
      }
    }
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `agrees with the reference on all short texts`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let texts = RandomText.all(over: Array("ab#".utf8), upTo: 6)
    let strings = RandomText.all(over: Array("ab#".utf8), upTo: 4).dropFirst()
    for _ in 0..<6 {
      var tokens: Set<[UInt8]> = []
      for _ in 0..<Int.random(in: 1...25, using: &generator) {
        let prefix: [UInt8] = Bool.random(using: &generator) ? [0x23] : []
        tokens.insert(prefix + (strings.randomElement(using: &generator) ?? []))
      }
      let prefix = ["#", "##", "", "a", "x"].randomElement(using: &generator) ?? ""
      let sorted = tokens.sorted { $0.lexicographicallyPrecedes($1) }
      try Self.compare(
        Self.definition(
          [Array("?".utf8)] + sorted, prefix: prefix,
          limit: Int.random(in: 3...7, using: &generator)),
        Array(texts.shuffled(using: &generator).prefix(400)))
    }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `agrees with the reference on troublesome texts`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var tokens: Set<[UInt8]> = []
    for text in RandomText.troublesome {
      let bytes = Array(text.utf8)
      if Bool.random(using: &generator) { tokens.insert(bytes) }
      if Bool.random(using: &generator) { tokens.insert(Array("##".utf8) + bytes) }
    }
    let sorted = tokens.sorted { $0.lexicographicallyPrecedes($1) }
    let definition = Self.definition([Array("[UNK]".utf8)] + sorted, limit: 6)
    var texts = RandomText.nasty
    for _ in 0..<200 { texts.append(RandomText.mixture(4, using: &generator)) }
    try Self.compare(definition, texts)
  }

  // MARK: worst cases

  @Test(.timeLimit(.minutes(10)))
  func `a million bytes`() throws {
    let text = [UInt8](repeating: 0x61, count: 1 << 20)
    let tokens = ["[UNK]", "a", "##a", "aaaa", "##aaaaaaaa", "##aaaaaaab"]
    #expect(Self.encode(text, try Self.model(tokens)).count == 1)
    let found = Self.encode(text, try Self.model(tokens, limit: 1 << 20))
    #expect(found.count == 1 + ((1 << 17) - 1) + 4)
    #expect(found.last?.range.upperBound == text.count)
    // The last byte has no token, so that all that was cut is taken back.
    let unknown = Self.encode(text + [0x62], try Self.model(tokens, limit: 1 << 30))
    #expect(unknown == [PlacedToken(id: 10, range: 0..<(1 << 20 + 1))])
    let invalid = [UInt8](repeating: 0xE2, count: 1 << 20)
    #expect(Self.encode(invalid, try Self.model(tokens, limit: 1 << 20)).count == 1)
  }
}
