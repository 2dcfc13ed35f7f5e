import Testing
import Tokenization

@testable import TokenizerFormats

@Suite struct CLIPTextTests {
  static let file = "\"bpe_simple_vocab_16e6.txt#version: 0.2\ni n\nt h\nth e</w>\r\na b\n"

  static func read(_ text: String, mergeCount: Int = 3) throws(VocabularyError) -> CLIPText {
    try CLIPText(Array(text.utf8).span, mergeCount: mergeCount)
  }

  // Rows of openai/CLIP's vocabulary, which clip-vit-base's vocab.json has too.
  @Test func `tokens and merges`() throws {
    let text = try Self.read(Self.file)
    #expect(text.texts.count == 512 + 3 + 2)
    func token(_ id: Int) -> String { String(decoding: text.texts[id], as: UTF8.self) }
    #expect(token(0) == "!" && token(93) == "~" && token(94) == "¡" && token(187) == "ÿ")
    // The bytes that are not printable: 0 first, the space 32nd of them.
    #expect(token(188) == "Ā" && token(220) == "Ġ" && token(255) == "Ń")
    #expect(token(256) == "!</w>" && token(511) == "Ń</w>")
    #expect(token(512) == "in" && token(513) == "th" && token(514) == "the</w>")
    #expect(token(515) == "<|startoftext|>" && token(516) == "<|endoftext|>")
    #expect(text.beginning == 515 && text.end == 516)
    #expect(
      text.merges == [
        BytePairDefinition.Merge(left: 72, right: 77, result: 512),
        BytePairDefinition.Merge(left: 83, right: 71, result: 513),
        BytePairDefinition.Merge(left: 513, right: 324, result: 514),
      ])
  }

  @Test(
    arguments: [
      ("", .missing, ""), ("heading\ni n\nt h", .missing, ""),
      ("\ni n\nt h\ni n\n", .duplicate, "line 4"), ("\ni n\n\nt h\n", .malformed, "line 3"),
      ("\ni n\nt h\na  b\n", .malformed, "line 4"), ("\ni n\nt h\na \n", .malformed, "line 4"),
      ("\ni n\nt h\n b\n", .malformed, "line 4"), ("\ni n\nt h\na b c\n", .malformed, "line 4"),
      // A token of a line below; one that is none.
      ("\ni n\nth e\nt h\n", .unknownToken, "line 3"),
      ("\ni n\nt h\nthe x\n", .unknownToken, "line 4"),
    ] as [(String, VocabularyError.Reason, String)])
  func `refuses`(text: String, reason: VocabularyError.Reason, path: String) {
    let error = #expect(throws: VocabularyError.self) { try Self.read(text) }
    #expect(error?.reason == reason)
    #expect(error?.path == path)
  }

  @Test func `the whole file has lines enough`() {
    let error = #expect(throws: VocabularyError.self) {
      try Self.read(Self.file, mergeCount: CLIPText.mergeCount)
    }
    #expect(error?.message == "4 merges, where 48894 are expected")
  }
}
