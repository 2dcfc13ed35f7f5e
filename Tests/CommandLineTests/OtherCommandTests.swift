import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: TokProcess.isBuilt, "tok is not built"))
struct CountTests {
  @Test(
    arguments: [
      ([], "in the", "4\n"),
      (["--no-template"], "in the", "2\n"),
      (["--no-template"], "", "0\n"),
      (["--no-template", "--lines"], "in\n\nthe", "1\n0\n2\n"),
      (["--no-template", "--nul"], "in\u{0}the\u{0}", "1\n2\n"),
      (["--no-template", "--jsonl", "t"], #"{"t":"in the"}"#, "2\n"),
      (["--no-template", "--special", "parse"], "<s>", "1\n"),
    ] as [([String], String, String)])
  func `counts each document`(arguments: [String], input: String, output: String) throws {
    try Workshop.open { workshop in
      let result = try workshop.tok("count", arguments, input: input)
      #expect(result.text == output)
      #expect(result.status == 0)
    }
  }

  @Test func `names several files, and adds them up`() throws {
    try Workshop.open { workshop in
      try workshop.write("in the", to: "a")
      try workshop.write("he", to: "b c")
      let result = try workshop.tok("count", ["--no-template", "a", "b c"])
      let rows = result.text.split(separator: "\n").map { line in
        line.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
      }
      #expect(rows == [["2", "a"], ["1", "b c"], ["3", "total"]])
    }
  }
}

@Suite(.enabled(if: TokProcess.isBuilt, "tok is not built"))
struct InspectTests {
  @Test func `shows each part of a tokenizer`() throws {
    try Workshop.open { workshop in
      let text = try workshop.tok("inspect").text
      for part in [
        "BPE", "264 tokens", "303", "NFC", "GPT-2", "<s>", "</s>", "<pad>", "truncation", "to 3",
      ] {
        #expect(text.contains(part), "\(part)")
      }
    }
  }

  @Test func `shows the pattern of the embedded vocabulary`() throws {
    try Files.withFolder { folder in
      let result = try TokProcess.run(["inspect"], in: folder)
      #expect(result.text.contains("o200k_base"))
      #expect(result.text.contains(#"[^\r\n\p{L}\p{N}]?"#))
      #expect(result.text.contains("<|endoftext|>"))
    }
  }

  @Test func `writes JSON that loses nothing`() throws {
    try Workshop.open { workshop in
      let result = try workshop.tok("inspect", ["--json"])
      let parsed = try JSONSerialization.jsonObject(with: Data(result.output))
      let object = try #require(parsed as? [String: Any])
      #expect(object["vocabulary"] as? String == "./small.json")
      #expect(object["tokens"] as? Int == 264)
      let pipeline = try #require(object["pipeline"] as? [String: Any])
      #expect((pipeline["added_tokens"] as? [Any])?.count == 4)
      #expect((pipeline["truncation"] as? [String: Any])?["max_length"] as? Int == 3)
      #expect((pipeline["padding"] as? [String: Any])?["pad_id"] as? Int == 302)
      #expect((pipeline["normalizer"] as? [String: Any])?["type"] as? String == "NFC")
      #expect(result.output.count { $0 == 0x0A } == 1)
    }
  }
}

@Suite(.enabled(if: TokProcess.isBuilt, "tok is not built"))
struct VocabularyTests {
  @Test func `finds vocabularies by name`() throws {
    try Workshop.open { workshop in
      try Files.makeFolder(workshop.folder + "/mine")
      try workshop.write(SmallVocabulary.json, to: "mine/tokenizer.json")
      let environment = ["TOK_VOCABULARIES": "/no/such/folder:\(workshop.folder)"]
      let list = try TokProcess.run(
        ["vocabularies"], in: workshop.folder, environment: environment)
      let names = list.text.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
      #expect(names.contains("mine"))
      #expect(names.contains("o200k_base"))
      #expect(list.text.contains("\(workshop.folder)/mine/tokenizer.json"))
      try Files.makeFolder(workshop.folder + "/elsewhere")
      let result = try TokProcess.run(
        ["encode", "-v", "mine"], input: Array("he".utf8), in: workshop.folder + "/elsewhere",
        environment: environment)
      #expect(result.text == "300 257 301\n")
    }
  }

  @Test func `encodes with the embedded vocabulary by default`() throws {
    try Files.withFolder { folder in
      let plain = try TokProcess.run(["encode"], input: Array("Hello, world\n".utf8), in: folder)
      #expect(plain.text == "13225 11 2375 198\n")
      let named = try TokProcess.run(
        ["encode", "-v", "o200k_base", "--special", "parse"], input: Array("<|endoftext|>".utf8),
        in: folder)
      #expect(named.text == "199999\n")
    }
  }

  @Test func `takes pattern and special tokens of a .tiktoken file`() throws {
    try Workshop.open { workshop in
      try workshop.write(#"{"<x>": 300}"#, to: "special.json")
      let options = [
        "-v", "./small.tiktoken", "--pattern", #"\S+|\s+\S*"#, "--special-tokens", "special.json",
      ]
      let result = try TokProcess.run(
        ["encode", "--special", "parse"] + options, input: Array("he t<x>".utf8),
        in: workshop.folder)
      #expect(result.error == "")
      #expect(result.text == "257 256 300\n")
      let bad = try TokProcess.run(
        ["encode", "-v", "./small.tiktoken", "--pattern", "(", "--special-tokens", "special.json"],
        in: workshop.folder)
      #expect(bad.status != 0)
      #expect(bad.error.hasPrefix("tok: --pattern: "))
      // `\h` is a hexadecimal digit for Oniguruma only.
      let dialect = try TokProcess.run(
        ["encode", "--dialect", "oniguruma", "-v", "./small.tiktoken", "--pattern", #"\h+|\H+"#]
          + ["--special-tokens", "special.json"], input: Array("he".utf8), in: workshop.folder)
      #expect(dialect.text == "104 101\n")
    }
  }

  @Test func `compiles to a form that gives the same`() throws {
    try Workshop.open { workshop in
      let compiled = try TokProcess.run(
        ["compile", "./small.json", "small.tok"], in: workshop.folder)
      #expect(compiled.status == 0)
      #expect(compiled.output == [])
      let text = RandomText.nasty.flatMap(\.self)
      let one = try workshop.tok("encode", [], input: text)
      let two = try TokProcess.run(
        ["encode", "-v", "./small.tok"], input: text, in: workshop.folder)
      #expect(one.output == two.output)
      let inspected = try TokProcess.run(
        ["inspect", "--json", "-v", "./small.tok"], in: workshop.folder)
      #expect(
        inspected.text.replacing("./small.tok", with: "./small.json")
          == (try workshop.tok("inspect", ["--json"]).text))
      let piped = try TokProcess.run(["compile", "./small.json", "-"], in: workshop.folder)
      #expect(try piped.output == workshop.read("small.tok"))
    }
  }

  @Test func `compiles a .tiktoken file with what it lacks`() throws {
    try Workshop.open { workshop in
      try workshop.write("{}", to: "none.json")
      let result = try TokProcess.run(
        [
          "compile", "--pattern", #"\S+|\s+\S*"#, "--special-tokens", "none.json",
          "./small.tiktoken", "small.tok",
        ], in: workshop.folder)
      #expect(result.error == "")
      let encoded = try TokProcess.run(
        ["encode", "-v", "./small.tok"], input: Array("he t".utf8), in: workshop.folder)
      #expect(encoded.text == "257 256\n")
    }
  }
}
