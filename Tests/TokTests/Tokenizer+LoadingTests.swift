import TestSupport
import Testing
import Tok

@Suite struct TokenizerLoadingTests {
  private static func error(_ body: () throws -> Tokenizer) -> VocabularyError? {
    do {
      _ = try body()
      return nil
    } catch { return error as? VocabularyError }
  }

  @Test func `every format, by file and by folder`() throws {
    let expected = try SmallFiles.tokenizer().encode("in the <e> reason")
    try Files.withFolder { folder in
      try Files.write(SmallFiles.json, to: folder + "/tokenizer.json")
      let byFile = try Tokenizer(contentsOf: folder + "/tokenizer.json")
      #expect(try byFile.encode("in the <e> reason") == expected)
      #expect(try Tokenizer(contentsOf: folder).pipeline == byFile.pipeline)
      #expect(try Tokenizer(contentsOf: folder + "//").pipeline == byFile.pipeline)

      // A compiled form is known by its content, whatever its name.
      try Files.write(byFile.compiled(), to: folder + "/compiled.json")
      let compiled = try Tokenizer(contentsOf: folder + "/compiled.json")
      #expect(try compiled.encode("in the <e> reason") == expected)
    }
    try Files.withFolder { folder in
      for prefix in ["", "small-", "small."] {
        try Files.write(SmallFiles.vocabularyJSON, to: folder + "/\(prefix)vocab.json")
        try Files.write(SmallFiles.mergesText, to: folder + "/\(prefix)merges.txt")
        let lists = try Tokenizer(contentsOf: folder + "/\(prefix)vocab.json")
        #expect(try lists.encode("in the <e> reason") == expected)
      }
      #expect(try Tokenizer(contentsOf: folder).encode(" the") == [258])
    }
    try Files.withFolder { folder in
      try Files.makeFolder(folder + "/cl100k_base")
      let file = folder + "/cl100k_base/cl100k_base.tiktoken"
      try Files.write(SmallFiles.tiktoken, to: file)
      #expect(try Tokenizer(contentsOf: file).encode(" the") == [258])
      #expect(try Tokenizer(contentsOf: folder + "/cl100k_base").encode(" the") == [258])
    }
  }

  @Test func `tokens that only a folder's configuration adds`() throws {
    let configuration = #"""
      {"added_tokens_decoder":{
        "300":{"content":"<x>","special":true},"301":{"content":"<f>","special":true},
        "104":{"content":"<g>","special":true}}}
      """#
    try Files.withFolder { folder in
      try Files.write(SmallFiles.json, to: folder + "/tokenizer.json")
      try Files.write(Array(configuration.utf8), to: folder + "/tokenizer_config.json")
      let tokenizer = try Tokenizer(contentsOf: folder)
      // The ids 300 and 104 are taken.
      #expect(try tokenizer.encode("<e><f> the", specialTokens: .parse) == [300, 301, 258])
      #expect(tokenizer.pipeline.addedTokens.map(\.id) == [300, 301])
      #expect(tokenizer.isSpecial(301))
    }
  }

  @Test func `bytes in memory`() throws {
    let json = SmallFiles.json
    #expect(try Tokenizer(bytes: json.span).encode(" the") == [258])
    let spaced = Array(" \r\n\t".utf8) + SmallFiles.json
    #expect(try Tokenizer(bytes: spaced.span).encode(" the") == [258])
    let (vocabulary, merges) = (SmallFiles.vocabularyJSON, SmallFiles.mergesText)
    let lists = try Tokenizer(
      vocabularyJSON: vocabulary.span, merges: merges.span)
    #expect(try lists.encode(" the") == [258])
    let pattern = try SplitPattern(#"\s*\w+"#, dialect: .rust)
    let ranks = SmallFiles.tiktoken
    let tiktoken = try Tokenizer(
      bytes: ranks.span, pattern: pattern, specialTokens: ["<e>": 400])
    #expect(try tiktoken.encode(" the<e>", specialTokens: .parse) == [258, 400])
  }

  @Test func `what is no tokenizer`() throws {
    try Files.withFolder { folder in
      try Files.write([], to: folder + "/empty.tiktoken")
      try Files.write(SmallFiles.vocabularyJSON, to: folder + "/vocab.json")
      try Files.write(SmallFiles.tiktoken, to: folder + "/unknown.tiktoken")
      try Files.write(Array("{}".utf8), to: folder + "/tokenizer.json")
      try Files.makeFolder(folder + "/nothing")
      let rows: [(String, VocabularyError.Reason)] = [
        ("/absent.json", .unreadable), ("/nothing", .missing),
        ("/empty.tiktoken", .missing), ("/unknown.tiktoken", .unknownVocabulary),
        ("/vocab.json", .unreadable), ("/tokenizer.json", .missing),
      ]
      for (name, reason) in rows {
        let error = Self.error { try Tokenizer(contentsOf: folder + name) }
        #expect(error?.reason == reason, "\(name): \(error?.description ?? "accepted")")
        #expect(error?.description.hasPrefix(folder) == true, "\(error?.description ?? "")")
      }
    }
  }

  @Test func `descriptions say where and what`() throws {
    let rows: [(VocabularyError, String)] = [
      (VocabularyError(.missing, "no token"), "no token"),
      (
        VocabularyError(.limit, "7, of at most 3", path: "model.vocab"),
        "model.vocab: 7, of at most 3"
      ),
      (
        VocabularyError(.malformed, "`x` found", path: "model", offset: 12, file: "a.json"),
        "a.json: model: byte 12: `x` found"
      ),
      (VocabularyError(.checksum, "differs", offset: 24), "byte 24: differs"),
    ]
    for (error, expected) in rows { #expect(error.description == expected) }
    let ranks = SmallFiles.tiktoken
    let unknown = Self.error { try Tokenizer(bytes: ranks.span) }
    #expect(unknown?.description.contains("`--pattern`") == true)
    let absent = Self.error { try Tokenizer(contentsOf: "/absent/file.json") }
    #expect(absent?.description == "/absent/file.json: No such file or directory")
  }
}
