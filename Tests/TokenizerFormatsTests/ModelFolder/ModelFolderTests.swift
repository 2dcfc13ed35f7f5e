import TestSupport
import Testing
import Tokenization

@testable import TokenizerFormats

@Suite struct ModelFolderTests {
  /// What is found in a folder of these files: the tokenizer's name and format.
  static func find(_ files: [String: [UInt8]]) throws -> (name: String, format: FileFormat)? {
    try Files.withFolder { path in
      for (name, bytes) in files { try Files.write(bytes, to: path + "/" + name) }
      do {
        let folder = try ModelFolder(path + "/")
        return (String(folder.tokenizer.dropFirst(path.utf8.count + 1)), folder.format)
      } catch let error as VocabularyError where error.reason == .missing { return nil }
    }
  }

  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  static let json = bytes(#"{"model":{}}"#)
  static let model = SentencePieceFileTests.sample()
  static let tiktoken = bytes("YQ== 0\n")
  static let words = bytes("[UNK]\na\n")

  @Test func `the likeliest file is the tokenizer`() throws {
    var files = [
      "tokenizer.json": Self.json, "tekken.json": Self.bytes(#"{"config":{}}"#),
      "spiece.model": Self.model, "tokenizer.model": Self.model,
      "vocab.json": Self.bytes(#"{"a":0}"#), "merges.txt": Self.bytes("#version\n"),
      "vocab.txt": Self.words, "b.tiktoken": Self.tiktoken, "a.tiktoken": Self.tiktoken,
      "bpe_simple_vocab_16e6.txt": Self.bytes("\"bpe_simple_vocab_16e6.txt#version: 0.2\n"),
      "x.gguf": Self.bytes("GGUF"), "README.md": [],
    ]
    for (name, format) in [
      ("tokenizer.json", .tokenizerJSON), ("tekken.json", .tekken),
      ("tokenizer.model", .sentencePiece), ("spiece.model", .sentencePiece),
      ("vocab.json", .vocabularyJSON), ("vocab.txt", .wordList),
      ("bpe_simple_vocab_16e6.txt", .clip), ("a.tiktoken", .tiktoken), ("b.tiktoken", .tiktoken),
      ("x.gguf", .gguf),
    ] as [(String, FileFormat)] {
      let found = try Self.find(files)
      #expect(found?.name == name)
      #expect(found?.format == format)
      files[name] = nil
    }
    #expect(try Self.find(files) == nil)
  }

  @Test func `a file is what it holds`() throws {
    let found = try Self.find(["tokenizer.model": Self.tiktoken])
    #expect(found?.name == "tokenizer.model" && found?.format == .tiktoken)
    // No tokenizer at all, so that the next is taken.
    let next = try Self.find(["a.model": [1, 2, 3], "vocab.txt": Self.words])
    #expect(next?.name == "vocab.txt")
    // A vocabulary without its merges.
    #expect(try Self.find(["vocab.json": Self.bytes(#"{"a":0}"#)]) == nil)
  }

  @Test func `what stands beside it`() throws {
    try Files.withFolder { path in
      try Files.write(Self.json, to: path + "/tokenizer.json")
      #expect(try ModelFolder(path).readConfiguration() == nil)
      try Files.write(Self.bytes(#"{"bos_token":"<s>"}"#), to: path + "/special_tokens_map.json")
      try Files.write(Self.bytes("{{ x }}"), to: path + "/chat_template.jinja")
      let found = try ModelFolder(path).readConfiguration()
      #expect(found?.specialTokens == [.beginning: .init("<s>")])
      #expect(found?.chatTemplate == "{{ x }}")
      try Files.write(Self.bytes(#"{"bos_token":1}"#), to: path + "/tokenizer_config.json")
      let error = #expect(throws: VocabularyError.self) {
        try ModelFolder(path).readConfiguration()
      }
      #expect(error?.file == path + "/tokenizer_config.json" && error?.path == "bos_token")
    }
  }

  @Test func `no folder`() {
    let error = #expect(throws: VocabularyError.self) { try ModelFolder("/nowhere/at/all") }
    #expect(error?.reason == .unreadable)
  }
}
