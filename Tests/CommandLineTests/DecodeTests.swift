import TestSupport
import Testing

@Suite(.enabled(if: TokProcess.isBuilt, "tok is not built"))
struct DecodeTests {
  @Test(
    arguments: [
      ([], "", ""),
      ([], "259 258 10\n", "in the\n"),
      ([], "259\n", "in"),
      ([], "259 ", "in"),
      (["--lines"], "259\n\n257", "in\n\nhe\n"),
      (["--nul"], "259\n257\n", "in\u{0}he\u{0}"),
      (["--from", "ids", "--lines"], "\t259  257\r\n", "inhe\n"),
      ([], "300 259 301\n", "in"),
      (["--keep-special"], "300 259 301\n", "<s>in</s>"),
      ([], "303 259\n", "<think>in"),
    ] as [([String], String, String)])
  func `turns ids into text`(arguments: [String], ids: String, text: String) throws {
    try Workshop.open { workshop in
      let result = try workshop.tok("decode", arguments, input: ids)
      #expect(result.text == text)
      #expect(result.error == "")
      #expect(result.status == 0)
    }
  }

  @Test(arguments: ["u16", "u32", "npy"])
  func `reads what encode writes`(format: String) throws {
    try Workshop.open { workshop in
      let text = Array("in the\n\nhe \u{1F600}\r\n\n".utf8) + [0xFF, 0x0A]
      try workshop.write(text, to: "text")
      _ = try workshop.tok(
        "encode", ["--lines", "--to", format, "--lengths", "n", "-o", "ids", "text"])
      let lines = try workshop.tok(
        "decode", ["--from", format, "--lengths", "n", "--lines", "ids"])
      #expect(lines.output == text)
      let whole = try workshop.tok("decode", ["--from", format, "ids"])
      #expect(whole.output == text.filter { $0 != 0x0A })
    }
  }

  @Test func `gives back any bytes, without normalisation`() throws {
    try Files.withFolder { folder in
      var generator = SeededGenerator(seed: 5)
      let text = RandomText.mixture(20_000, using: &generator)
      try Files.write(text, to: folder + "/text")
      let result = try TokProcess.shell(#""$TOK" encode text | "$TOK" decode"#, in: folder)
      #expect(result.output == text)
      #expect(result.error == "")
    }
  }

  @Test(
    arguments: [
      (["--from", "u16"], [1]),
      (["--from", "u32"], [1, 0, 0, 0, 0]),
      (["--from", "npy"], []),
      (["--from", "npy"], Array("not an array at all".utf8)),
      (["--from", "npy"], [0x93] + Array("NUMPY".utf8) + [1, 0, 0xFF, 0xFF, 0x20, 0x20]),
    ] as [([String], [UInt8])])
  func `refuses what is not in the format`(arguments: [String], bytes: [UInt8]) throws {
    try Workshop.open { workshop in
      let result = try workshop.tok("decode", arguments, input: bytes)
      #expect(result.status == 1)
      #expect(result.error.hasPrefix("tok: standard input: document 1: "))
      #expect(result.output == [])
    }
  }

  @Test(arguments: [
    [1], [1] + zeros(7) + [9] + zeros(7), [1] + zeros(7), [UInt8](repeating: 255, count: 8),
  ])
  func `refuses lengths that do not fit`(lengths: [UInt8]) throws {
    try Workshop.open { workshop in
      try workshop.write(lengths, to: "n")
      let result = try workshop.tok(
        "decode", ["--from", "u16", "--lengths", "n"], input: [3, 1, 1, 1])
      #expect(result.status == 1)
      #expect(result.error.hasPrefix("tok: n: "))
    }
  }
}

private func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }
