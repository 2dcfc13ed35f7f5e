import TestSupport
import Testing

@Suite(.enabled(if: TokProcess.isBuilt, "tok is not built"))
struct ErrorTests {
  @Test(arguments: [
    [], ["--help"], ["--version"], ["help", "encode"], ["encode", "--help"], ["decode", "--help"],
    ["count", "--help"], ["view", "--help"], ["inspect", "--help"], ["vocabularies", "--help"],
    ["compile", "--help"],
    ["convert", "--help"],
  ])
  func `answers questions on standard output`(arguments: [String]) throws {
    try Workshop.open { workshop in
      let result = try TokProcess.run(arguments, in: workshop.folder)
      #expect(result.status == 0)
      #expect(result.error == "")
      #expect(!result.output.isEmpty)
      if arguments.count == 2 { #expect(result.text.contains("Example:")) }
    }
  }

  @Test(arguments: [
    ["encode", "--lines", "--nul"], ["encode", "--jsonl", "t", "--lines"], ["encode", "-j", "0"],
    ["encode", "-j", "x"], ["encode", "--to", "u64"], ["encode", "--special", "no"],
    ["encode", "--nonsense"], ["encode", "--color", "blue"], ["decode", "--lines", "--nul"],
    ["decode", "--lengths", "n"], ["decode", "--from", "json"], ["compile"], ["compile", "a"],
    ["inspect", "a"], ["nonsense"],
  ])
  func `calls bad usage 2`(arguments: [String]) throws {
    try Workshop.open { workshop in
      let result = try TokProcess.run(arguments, in: workshop.folder)
      #expect(result.status == 2)
      #expect(result.output == [])
      #expect(result.error.hasPrefix("Error: "))
    }
  }

  struct Row: Sendable, CustomStringConvertible {
    var verb: String
    var arguments: [String]
    var input: String
    /// What the message begins with, behind `tok: `.
    var message: String
    /// What is written before the error shows.
    var output = ""

    var description: String { "\(verb) \(arguments) \(input.debugDescription)" }
  }

  @Test(arguments: [
    Row(
      verb: "encode", arguments: ["--lines", "--special", "error"], input: "he\nin <s>",
      message: "standard input: document 2: byte 3: "),
    Row(
      verb: "count", arguments: ["--special", "error"], input: "<s>",
      message: "standard input: document 1: byte 0: "),
    Row(
      verb: "encode", arguments: ["--to", "json", "--nul", "--special", "error"],
      input: "a\u{0}b<pad>", message: "standard input: document 2: byte 1: "),
    Row(
      verb: "encode", arguments: ["missing"], input: "", message: "missing: No such file"),
    Row(verb: "encode", arguments: ["."], input: "", message: ".: Is a directory"),
    Row(
      verb: "encode", arguments: ["-o", "no/such/folder"], input: "",
      message: "no/such/folder: No such file"),
    Row(
      verb: "encode", arguments: ["--jsonl", "t"], input: #"{"t":3}"#,
      message: "standard input: line 1: byte 0: the member `t` is not a string"),
    Row(
      verb: "encode", arguments: ["--jsonl", "t.u"], input: #"{"t":"x"}"#,
      message: "standard input: line 1: byte 0: no member `t.u`"),
    Row(
      verb: "encode", arguments: ["--jsonl", "t"], input: "{\"t\":\"x\"}\n{\"t\":",
      message: "standard input: line 2: byte 1"),
    Row(
      verb: "encode", arguments: ["--jsonl", "t"], input: #"{"t":"\ud800"}"#,
      message: "standard input: line 1: byte "),
    Row(
      verb: "decode", arguments: [], input: "104 x",
      message: "standard input: document 1: byte 4: "),
    Row(
      verb: "decode", arguments: ["--lines"], input: "104\n105 99999999999999999999\n",
      message: "standard input: document 2: byte ", output: "h\n"),
    Row(
      verb: "decode", arguments: ["--lines"], input: "104\n105 299\n",
      message: "standard input: document 2: no token has the id 299, at place 1", output: "h\n"),
    Row(
      verb: "decode", arguments: [], input: "-1",
      message: "standard input: document 1: byte 0: "),
  ])
  func `says where bad input is, in a line`(row: Row) throws {
    try Workshop.open { workshop in
      let result = try workshop.tok(row.verb, row.arguments, input: row.input)
      #expect(result.status == 1)
      #expect(result.error.hasPrefix("tok: " + row.message))
      #expect(result.error.hasSuffix("\n"))
      #expect(result.error.count { $0 == "\n" } == 1)
      #expect(result.text == row.output || result.text == "")
    }
  }

  @Test func `refuses two bytes for large ids before it reads`() throws {
    try Workshop.open { workshop in
      let result = try TokProcess.run(
        ["encode", "--to", "u16", "-o", "ids", "missing"], in: workshop.folder)
      #expect(result.status != 0)
      #expect(result.error.hasPrefix("tok: --to u16: "))
      #expect(result.error.contains("200018"))
      #expect(try workshop.names() == ["small.json", "small.tiktoken"])
    }
  }

  @Test(arguments: [
    ("./missing.json", "tok: ./missing.json: "), ("./broken.json", "tok: ./broken.json: "),
    ("no-such-name", "tok: no vocabulary "), ("./small.tiktoken", "tok: ./small.tiktoken: "),
    ("./broken.tok", "tok: ./broken.tok: "),
  ])
  func `says what is wrong with a vocabulary`(vocabulary: String, message: String) throws {
    try Workshop.open { workshop in
      try workshop.write(#"{"version":"1.0","#, to: "broken.json")
      _ = try TokProcess.run(["compile", "./small.json", "whole.tok"], in: workshop.folder)
      try workshop.write(Array(try workshop.read("whole.tok").dropLast()), to: "broken.tok")
      let result = try TokProcess.run(["count", "-v", vocabulary], in: workshop.folder)
      // A name that there is not is bad usage, a file bad input.
      #expect(result.status == (vocabulary.hasPrefix("./") ? 1 : 2))
      #expect(result.error.hasPrefix(message))
      #expect(result.error.count { $0 == "\n" } == 1)
    }
  }
}
