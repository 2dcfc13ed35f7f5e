import Testing
import Tokenization

@testable import TokenizerFormats

@Suite struct VocabularyTextTests {
  static func read(_ text: String) throws -> WordPieceDefinition {
    let bytes = Array(text.utf8)
    return try readVocabularyText(bytes.span)
  }

  static func tokens(_ definition: WordPieceDefinition) -> [String: TokenID] {
    var tokens: [String: TokenID] = [:]
    for (place, id) in definition.ids.enumerated() {
      tokens[String(decoding: definition.tokens[place], as: UTF8.self)] = id
    }
    return tokens
  }

  // Each as `WordPiece.read_file` of tokenizers 0.23.3 gives it.
  @Test(
    arguments: [
      ("[UNK]\na\n##b\n", ["[UNK]": 0, "a": 1, "##b": 2]),
      ("[UNK]\na\n##b", ["[UNK]": 0, "a": 1, "##b": 2]),
      ("[UNK]\r\na\r\n", ["[UNK]": 0, "a": 1]),
      (
        "[UNK]\n a \t\nb\u{A0}\u{2003}\nc\u{200B}\n",
        ["[UNK]": 0, " a": 1, "b": 2, "c\u{200B}": 3]
      ),
      ("a\n\n[UNK]\n\nb\n", ["a": 0, "": 3, "[UNK]": 2, "b": 4]),
      ("a\n[UNK]\na\n[UNK]\n", ["a": 2, "[UNK]": 3]),
      ("\u{FEFF}a\n[UNK]", ["\u{FEFF}a": 0, "[UNK]": 1]),
      ("a\rb\n[UNK]", ["a\rb": 0, "[UNK]": 1]),
    ] as [(String, [String: TokenID])])
  func `reads`(text: String, expected: [String: TokenID]) throws {
    let definition = try Self.read(text)
    #expect(Self.tokens(definition) == expected)
    #expect(definition.unknown == expected["[UNK]"])
  }

  @Test func `has BERT's options`() throws {
    let definition = try Self.read("[UNK]\n")
    #expect(definition.continuingPrefix == Array("##".utf8))
    #expect(definition.maximumCharacterCount == 100)
  }

  @Test func `refuses`() {
    let missing = #expect(throws: VocabularyError.self) { try Self.read("a\nb\n") }
    #expect(missing?.reason == .unknownToken)
    #expect(#expect(throws: VocabularyError.self) { try Self.read("") }?.reason == .unknownToken)
    let bytes = Array("[UNK]\n".utf8) + [0xC3, 0x0A]
    let malformed = #expect(throws: VocabularyError.self) { try readVocabularyText(bytes.span) }
    #expect(malformed?.reason == .malformed)
    #expect(malformed?.offset == 6)
  }
}
