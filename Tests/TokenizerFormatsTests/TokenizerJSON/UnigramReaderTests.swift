import Testing
import Tokenization

@testable import TokenizerFormats

@Suite struct UnigramReaderTests {
  private static func read(_ text: String) throws(VocabularyError) -> ScoredTokens {
    try JSONReader.read(Array(text.utf8).span) { (reader) throws(VocabularyError) in
      try readScoredTokens(&reader)
    }
  }

  private static func score(_ text: String) throws(VocabularyError) -> Double {
    try JSONReader.read(Array(text.utf8).span) { (reader) throws(VocabularyError) in
      try reader.readScore()
    }
  }

  @Test func `reads tokens with their scores`() throws {
    let found = try Self.read(#" [ ["<unk>", 0.0], ["\u2581a", -2], ["",1e2] ] "#)
    #expect(found.tokens.count == 3)
    #expect(found.tokens[1] == Array("▁a".utf8))
    #expect(found.scores == [0, -2, 100])
    let definition = try found.definition(unknown: 2, byteFallback: true)
    #expect(definition.ids == [0, 1, 2] && definition.unknown == 2 && definition.byteFallback)
    #expect(throws: VocabularyError.self) {
      try found.definition(unknown: 3, byteFallback: false)
    }
  }

  // Observed from tokenizers 0.23.3: what it writes of a vocabulary that it has read.
  @Test(
    arguments: [
      ("-9.195762634277344", -9.195762634277344), ("-12.501171112060547", -12.501171112060549),
      ("0.30000000000000004", 0.30000000000000004), ("5e-324", .leastNonzeroMagnitude),
      ("123e-330", 0),
      ("123456789012345678901234567890", 1.2345678901234568e+29), ("0e999", 0), ("1E+2", 100),
      ("1844674407370955161.99", 1.8446744073709553e+18), ("-17", -17), ("-0", -0.0),
      ("18446744073709551619.05", 1.8446744073709552e+19), ("1e-5", 1e-05), ("17", 17),
      ("1.7976931348623157e308", .greatestFiniteMagnitude),
      ("0.1234567890123456789012", 0.12345678901234568),
      ("2.2250738585072011e-308", 2.2250738585072014e-308),
    ] as [(String, Double)])
  func `reads scores`(text: String, expected: Double) throws {
    let found = try Self.score(text)
    #expect(found == expected)
    #expect(found.sign == expected.sign)
  }

  @Test(arguments: [
    "[[\"a\"]]", "[[\"a\",1,2]]", "[\"a\"]", "[[1,\"a\"]]", "[[\"a\",null]]", "[[\"a\",1e999]]",
    "{}",
    "[[\"a\",1", "[[\"a\",-]]", "[[\"a\",1.]]",
    "[[\"a\",1.8e308]]", "[[\"a\",0.0000000000000000000000000000000000001e400]]",
  ])
  func `refuses what is no list of pairs`(text: String) {
    #expect(throws: VocabularyError.self) { try Self.read(text) }
  }
}
