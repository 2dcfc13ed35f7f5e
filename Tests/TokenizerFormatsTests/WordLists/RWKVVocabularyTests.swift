import Testing
import Tokenization

@testable import TokenizerFormats

@Suite struct RWKVVocabularyTests {
  static func read(_ text: String) throws -> GreedyDefinition {
    let bytes = Array(text.utf8)
    return try readRWKVVocabulary(bytes.span)
  }

  // Lines of rwkv_vocab_v20230424.txt as package `rwkv` 0.8.32 reads them, and their like.
  @Test(
    arguments: [
      (#"1 '\x00' 1"#, 1, [0]), (#"12 '\x0b' 1"#, 12, [0x0B]), (#"10 '\t' 1"#, 10, [9]),
      (#"40 "'" 1"#, 40, [0x27]), (#"35 '"' 1"#, 35, [0x22]), (#"129 b'\x80' 1"#, 129, [0x80]),
      (#"7 '\\' 1"#, 7, [0x5C]), (#"7 '\'"' 2"#, 7, [0x27, 0x22]), ("7 ' ' 1", 7, [0x20]),
      ("7 '   ' 3", 7, [0x20, 0x20, 0x20]), (#"7 '\r\n' 2"#, 7, [13, 10]),
      ("7 'é' 2", 7, [0xC3, 0xA9]),
      (#"7 '\xe9' 2"#, 7, [0xC3, 0xA9]), (#"7 b'\xe9' 1"#, 7, [0xE9]),
      (#"7 '\u200b' 3"#, 7, [0xE2, 0x80, 0x8B]),
      (#"7 '\U0001F600' 4"#, 7, [0xF0, 0x9F, 0x98, 0x80]), ("7 b'a' 1", 7, [0x61]),
    ] as [(String, TokenID, [UInt8])])
  func `reads a line`(line: String, id: TokenID, token: [UInt8]) throws {
    for end in ["", "\n", "\r\n"] {
      let definition = try Self.read(line + end)
      #expect(definition.ids == [id])
      #expect(definition.tokens[0] == token)
    }
  }

  @Test func `a token twice has the later id`() throws {
    let definition = try Self.read("1 'a' 1\n2 'b' 1\n3 'a' 1\n")
    #expect(definition.ids == [3, 2])
    #expect(definition.tokens[0] == [0x61])
    #expect(definition.unknown == nil)
  }

  @Test(
    arguments: [
      "", " ", "1", "1 'a'", "1 'a' 2", "'a' 1", "x 'a' 1", "1 'a' x", "1 a 1", "1 'a\" 1",
      "1 'a 1", "1 ' 1", "1 b 1", "1 b' 1", #"1 '\' 1"#, #"1 '\q' 1"#, #"1 '\x4' 1"#,
      #"1 '\xg0' 1"#,
      #"1 '\ud800' 3"#, #"1 '\U00110000' 4"#, #"1 b'\u0041' 1"#, "1 b'é' 2", "1 '''' 2",
      "1 '\t' 1", "-1 'a' 1", "1  'a' 1", "4194303 'a' 1", "99999999999999999999 'a' 1",
    ])
  func `refuses a line`(line: String) {
    let error = #expect(throws: VocabularyError.self) {
      try Self.read("5 'x' 1\n" + line + "\n6 'y' 1\n")
    }
    #expect(error?.path == "line 2")
    #expect(error?.offset == 8)
  }

  @Test func `refuses an id that stands twice, and bytes that are not UTF-8`() {
    let twice = #expect(throws: VocabularyError.self) { try Self.read("1 'a' 1\n1 'b' 1\n") }
    #expect(twice?.reason == .duplicate)
    let invalid = Array("1 '".utf8) + [0xFF, 0x27, 0x20, 0x31]
    let error = #expect(throws: VocabularyError.self) { try readRWKVVocabulary(invalid.span) }
    #expect(error?.offset == 3)
  }

  @Test func `every truncation is read or refused`() {
    let bytes = Array(#"1 '\x00' 1\#n2 b'\xff' 1\#r\#n3 '\U0001F600é' 6\#n"#.utf8)
    for count in bytes.indices { _ = try? readRWKVVocabulary(bytes.span.extracting(..<count)) }
    #expect((try? readRWKVVocabulary(bytes.span))?.ids == [1, 2, 3])
  }
}
