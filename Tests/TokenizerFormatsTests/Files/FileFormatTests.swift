import TestSupport
import Testing

@testable import TokenizerFormats

@Suite struct FileFormatTests {
  @Test(
    arguments: [
      (#"{"version":"1.0","model":{}}"#, .tokenizerJSON), ("\n {\"model\":{}}", .tokenizerJSON),
      (#"{"other":[1,{}],"added_tokens":[]}"#, .tokenizerJSON),
      // It begins like one and goes wrong.
      ("{", .tokenizerJSON), (#"{"version"#, .tokenizerJSON), ("{]", .tokenizerJSON),
      (#"{"a":0,"b":1}"#, .vocabularyJSON), (#"{"version": 7}"#, .vocabularyJSON),
      (#"{"config":{},"vocab":[]}"#, .tekken), (#"{"image":{},"vocab":[]}"#, .tekken),
      ("{}", nil), (#"{"add_bos_token":true}"#, nil), ("[1]", nil), ("", nil),
      ("YQ== 0\nYg== 1", .tiktoken), ("\n\r\n= 17", .tiktoken), ("YQ== x", nil), ("YQ= 1", nil),
      ("#version: 0.2\na b\n", .merges),
      ("\"bpe_simple_vocab_16e6.txt#version: 0.2\na b\n", .clip),
      ("[PAD]\n[UNK]\n##s\n", .wordList), ("<unk>\r\na\r\n", .wordList), ("a\nb\n", nil),
      ("[UNK]\na\u{0}\n", nil), ("import x\n", nil),
    ] as [(String, FileFormat?)])
  func `texts`(text: String, expected: FileFormat?) {
    #expect(Self.format(Array(text.utf8)) == expected)
  }

  static func format(_ bytes: [UInt8]) -> FileFormat? { recognizeFormat(bytes.span) }

  @Test func `binary files`() {
    #expect(Self.format(SentencePieceFileTests.sample()) == .sentencePiece)
    #expect(Self.format(GGUFVocabularyTests.sample.bytes) == .gguf)
    #expect(Self.format(Array("GGUF".utf8)) == .gguf)
    #expect(Self.format(CompiledImage.magic) == .compiled)
    // A word list with a byte that is not UTF-8, and what only begins like a message.
    #expect(Self.format((Array("[UNK]\n".utf8) + [0xFF])) == nil)
    #expect(Self.format(([0x0A, 0x05, 0x61, 0x62])) == nil)
    #expect(Self.format(Array("\nabc\n".utf8)) == nil)
  }

  @Test func `files of the repository`() throws {
    for (name, expected) in [
      ("gpt2/vocab.json", .vocabularyJSON), ("gpt2/merges.txt", .merges),
      ("r50k_base/r50k_base.tiktoken", .tiktoken), ("gpt2/README.md", nil),
    ] as [(String, FileFormat?)] {
      let file = try FileBytes(Files.root + "/vocabularies/" + name)
      #expect(recognizeFormat(file.span) == expected)
    }
  }
}
