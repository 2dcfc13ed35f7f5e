import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: TokProcess.isBuilt, "tok is not built"))
struct EncodeTests {
  struct Row: Sendable, CustomStringConvertible {
    var arguments: [String]
    var input: String
    var output: String

    init(_ arguments: [String], _ input: String, _ output: String) {
      self.arguments = arguments
      self.input = input
      self.output = output
    }

    var description: String { "\(arguments) \(input.debugDescription)" }
  }

  @Test(arguments: [
    // A file is a document; an empty one has a line too.
    Row([], "", "300 301\n"),
    Row(["--no-template"], "", "\n"),
    Row(["--no-template"], "in the\n", "259 258 10\n"),
    Row([], "the", "300 116 257 301\n"),
    // What follows the last separator is a document unless it is empty; a CR belongs to the text.
    Row(["--lines", "--no-template"], "", ""),
    Row(["--lines", "--no-template"], "\n", "\n"),
    Row(["--lines", "--no-template"], "in\n\nhe", "259\n\n257\n"),
    Row(["--lines", "--no-template"], "in\r\nhe\n", "259 13\n257\n"),
    Row(["--nul", "--no-template"], "in\nhe\u{0}\u{0}he", "259 10 257\n\n257\n"),
    Row(["--lines"], "he\nin\n", "300 257 301\n300 259 301\n"),
    // The text is normalised as the file says.
    Row(["--no-template"], "e\u{301}", "195 169\n"),
    // JSON by lines; dots lead inwards, escapes are text.
    Row(
      ["--jsonl", "t", "--no-template"], "{\"t\":\"in\"}\n{\"x\":1,\"t\":\"h\\u0065\"}",
      "259\n257\n"),
    Row(["--jsonl", "a.b", "--no-template"], #"{"a":{"c":0,"b":"\n"}}"# + "\r\n", "10\n"),
    Row(["--jsonl", "t", "--no-template"], #"{"t":"\ud83d\ude00"}"#, "240 159 152 128\n"),
    // Special tokens in the text.
    Row(["--no-template"], "<s>", "60 115 62\n"),
    Row(["--no-template", "--special", "text"], "<s>", "60 115 62\n"),
    Row(["--no-template", "--special", "parse"], "he<s>in", "257 300 259\n"),
    Row(["--no-template"], "<think>", "303\n"),
    Row(["--no-template", "--special", "error"], "<think>", "303\n"),
    // Tokens are JSON strings; what is not a whole character is U+FFFD.
    Row(["--to", "tokens", "--no-template"], "in the\n", "\"in\"\n\" the\"\n\"\\n\"\n"),
    Row(["--to", "tokens"], "\"\\", "\"<s>\"\n\"\\\"\"\n\"\\\\\"\n\"</s>\"\n"),
    Row(["--to", "tokens", "--no-template"], "é", "\"\u{FFFD}\"\n\"\u{FFFD}\"\n"),
    Row(["--to", "tokens", "--color", "never", "--no-template"], "he", "\"he\"\n"),
    Row(
      ["--to", "json"], "in the",
      #"{"ids":[300,259,258,301],"tokens":["<s>","in"," the","</s>"],"#
        + #""ranges":[[0,0],[0,2],[2,6],[6,6]]}"# + "\n"),
    Row(
      ["--to", "json", "--lines", "--no-template"], "he\n\n",
      #"{"ids":[257],"tokens":["he"],"ranges":[[0,2]]}"# + "\n"
        + #"{"ids":[],"tokens":[],"ranges":[]}"# + "\n"),
  ])
  func `writes what the options ask for`(row: Row) throws {
    try Workshop.open { workshop in
      let result = try workshop.tok("encode", row.arguments, input: row.input)
      #expect(result.text == row.output)
      #expect(result.error == "")
      #expect(result.status == 0)
    }
  }

  @Test func `takes bytes that are not UTF-8 as bytes`() throws {
    try Workshop.open { workshop in
      let result = try workshop.tok(
        "encode", ["--nul", "--no-template"], input: [0xFF, 0x80, 0x00, 0xC3])
      #expect(result.text == "255 128\n195\n")
    }
  }

  @Test func `shows tokens in colour when told to`() throws {
    try Workshop.open { workshop in
      let result = try workshop.tok(
        "encode", ["--to", "tokens", "--color", "always", "--no-template"],
        input: "in\u{1B}he")
      #expect(result.text.contains("in"))
      #expect(result.text.contains("he"))
      // The text's own control character does not reach the terminal.
      #expect(!result.text.contains("\u{1B}\u{1B}"))
      #expect(result.text.split(separator: "\u{1B}[30;48;5;").count == 3)
      #expect(result.text.hasSuffix("\n"))
    }
  }

  @Test func `reads files in order, and standard input among them`() throws {
    try Workshop.open { workshop in
      try workshop.write("in", to: "a")
      try workshop.write("", to: "b")
      let result = try workshop.tok(
        "encode", ["--no-template", "a", "-", "b", "a"], input: "he")
      #expect(result.text == "259\n257\n\n259\n")
    }
  }

  @Test func `writes numbers with the lowest byte first`() throws {
    try Workshop.open { workshop in
      let short = try workshop.tok("encode", ["--lines", "--to", "u16"], input: "in\n\n")
      #expect(short.output == [44, 1, 3, 1, 45, 1, 44, 1, 45, 1])
      let long = try workshop.tok("encode", ["--lines", "--to", "u32"], input: "in\n")
      #expect(long.output == [44, 1, 0, 0, 3, 1, 0, 0, 45, 1, 0, 0])
    }
  }

  @Test func `writes the number of ids of each document`() throws {
    try Workshop.open { workshop in
      _ = try workshop.tok(
        "encode", ["--lines", "--no-template", "--to", "u16", "--lengths", "n", "-o", "ids"],
        input: "in\n\nhehe")
      #expect(try workshop.read("ids") == [3, 1, 1, 1, 1, 1])
      #expect(
        try workshop.read("n") == [1] + zeros(7) + zeros(8) + [2] + zeros(7))
    }
  }

  private func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }

  @Test(arguments: [[], ["-o", "ids.npy"]]) func `writes an array for NumPy`(to: [String]) throws {
    try Workshop.open { workshop in
      let result = try workshop.tok(
        "encode", ["--lines", "--no-template", "--to", "npy"] + to, input: "in\nhe\n")
      let bytes = to.isEmpty ? result.output : try workshop.read("ids.npy")
      try #require(bytes.count > 10)
      #expect(bytes[..<8].elementsEqual([0x93] + Array("NUMPY".utf8) + [1, 0]))
      let length = Int(bytes[8]) | Int(bytes[9]) << 8
      #expect((10 + length) % 64 == 0)
      try #require(bytes.count == 10 + length + 8)
      let header = String(decoding: bytes[10..<(10 + length)], as: UTF8.self)
      #expect(header.hasPrefix("{'descr': '<u4', 'fortran_order': False, 'shape': (2,), }"))
      #expect(header.hasSuffix("\n"))
      #expect(bytes.suffix(8).elementsEqual([3, 1, 0, 0, 1, 1, 0, 0]))
    }
  }

  @Test func `gives the same for any number of threads`() throws {
    try Workshop.open { workshop in
      var generator = SeededGenerator(seed: 11)
      var corpus: [UInt8] = []
      for _ in 0..<3_000 {
        corpus += RandomText.mixture(
          Int.random(in: 0..<60, using: &generator), using: &generator
        ).filter { $0 != 0 }
        corpus.append(0)
      }
      try workshop.write(corpus, to: "corpus")
      let one = try workshop.tok("encode", ["--nul", "-j", "1", "corpus"])
      for jobs in ["2", "7"] {
        let many = try workshop.tok("encode", ["--nul", "-j", jobs, "corpus"])
        #expect(many.output == one.output)
      }
      #expect(one.output.count { $0 == 0x0A } == 3_000)
    }
  }

  /// More than what is read at once, in documents short and long.
  @Test func `loses nothing between chunks`() throws {
    try Workshop.open { workshop in
      var corpus: [UInt8] = []
      var expected: [UInt8] = []
      for index in 0..<9 {
        let count = index == 4 ? 5_000_000 : 300_000
        corpus += [UInt8](repeating: 0x69, count: count) + [0x0A]
        expected += "\(count)\n".utf8
      }
      try workshop.write(corpus, to: "corpus")
      let result = try workshop.tok("count", ["--lines", "--no-template", "corpus"])
      #expect(result.output == expected)
    }
  }
}
