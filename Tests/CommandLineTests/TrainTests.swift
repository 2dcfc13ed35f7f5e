import TestSupport
import Testing

@Suite(.enabled(if: TokProcess.isBuilt, "tok is not built"))
struct TrainTests {
  private static let text = String(
    repeating: "the cat sat on the mat\nthat is the hat of the cat\n", count: 20)

  private func train(_ workshop: Workshop, _ arguments: [String]) throws -> TokProcess.Result {
    try workshop.write(Self.text, to: "text")
    return try TokProcess.run(["train"] + arguments, in: workshop.folder)
  }

  @Test(arguments: [
    ["bpe", "-n", "270", "-o", "out.json"],
    ["bpe", "-n", "270", "--pattern", "o200k", "-o", "out.tok"],
    ["bpe", "-n", "270", "--compatibility", "huggingface", "-o", "out.json"],
    ["bpe", "-n", "30", "--characters", "-o", "out.json"],
    ["bpe", "-n", "270", "--picky", "0.6", "-o", "out.json"],
    ["bpe", "-n", "30", "--picky", "0.6", "--characters", "-o", "out.tok"],
    ["bpe", "-n", "30", "--compatibility", "sentencepiece", "-o", "out.model"],
    [
      "bpe", "-n", "300", "--compatibility", "sentencepiece", "--byte-fallback",
      "--auto-character-coverage", "--no-split-by-number", "-o", "out.model",
    ],
    ["wordpiece", "-n", "40", "-o", "out.json"],
    ["unigram", "-n", "30", "-o", "out.model"],
    ["lib", "--documents", "5", "-o", "out.tok"],
    ["superbpe", "-n", "280", "--word-merges", "8", "--word-limit", "3", "-o", "out.json"],
    ["boundless", "-n", "275", "--tau", "0.6", "-o", "out.json"],
    ["boundless", "-n", "280", "--pattern", "o200k", "--join-pattern", ".[a-z]+", "-o", "out.tok"],
  ])
  func `trains, writes by the name and gives the text back`(arguments: [String]) throws {
    try Workshop.open { workshop in
      let result = try train(workshop, arguments + ["-j", "2", "text"])
      #expect(result.status == 0, "\(result.error)")
      #expect(result.output == [])
      #expect(result.error.contains(" bytes a token on the end of text"))
      let name = arguments[arguments.count - 1]
      let first = try workshop.read(name)
      _ = try train(workshop, arguments + ["-j", "1", "text"])
      #expect(try workshop.read(name) == first)
      let line = "\"$TOK\" encode -v ./\(name) --lines text | \"$TOK\" decode -v ./\(name) --lines"
      let back = try TokProcess.shell(line + " | head -n 1", in: workshop.folder)
      #expect(back.text.contains("the cat sat on the mat"), "\(back.error)")
    }
  }

  @Test func `counts that were joined train as the texts would`() throws {
    try Workshop.open { workshop in
      let whole = try train(workshop, ["bpe", "-n", "280", "-o", "a.json", "text", "text"])
      #expect(whole.status == 0, "\(whole.error)")
      let line = """
        "$TOK" count-words -o 1 text && "$TOK" count-words --merge -o 2 1 1 \
        && "$TOK" train bpe -n 280 --counts -o b.json 2
        """
      let joined = try TokProcess.shell(line, in: workshop.folder)
      #expect(joined.status == 0, "\(joined.error)")
      #expect(try workshop.read("a.json") == workshop.read("b.json"))
    }
  }

  @Test func `progress and summary as lines of JSON`() throws {
    try Workshop.open { workshop in
      let result = try train(
        workshop, ["bpe", "-n", "270", "--progress", "json", "-o", "a.json", "text"])
      let lines = result.error.split(separator: "\n")
      #expect(lines.first?.hasPrefix(#"{"phase":"counting","completed":"#) == true)
      #expect(lines.last?.hasPrefix(#"{"file":"a.json","tokens":270,"requested":270,"#) == true)
    }
  }

  @Test(
    arguments: [
      (["bpe", "-o", "x", "text"], 2), (["bpe", "-o", "x.json", "--pattern", "(", "text"], 2),
      (["bpe", "-o", "x.json", "--weights", "1,2", "text"], 2),
      (["bpe", "-o", "x.json", "--memory", "4T", "text"], 2),
      (["bpe", "-o", "x.json", "-n", "0", "text"], 2), (["bpe", "-o", "x.json", "absent"], 1),
      (["bpe", "-o", "x.json", "--counts", "text"], 1),
      (["superbpe", "-n", "255", "-o", "x.json", "text"], 2),
      (["boundless", "-n", "255", "-o", "x.json", "text"], 2),
      (["boundless", "-n", "300", "--tau", "0", "-o", "x.json", "text"], 2),
      (["boundless", "-n", "300", "--join-pattern", "(", "-o", "x.json", "text"], 2),
      (
        [
          "bpe", "--compatibility", "sentencepiece", "--auto-character-coverage", "-o", "x.model",
          "text",
        ], 2
      ),
      (["lib", "-o", "x.tok", "--weights", "2", "text"], 2),
      (
        ["bpe", "--compatibility", "sentencepiece", "--pattern", "o200k", "-o", "x.json", "text"], 2
      ),
    ] as [([String], Int32)])
  func `refuses, and writes nothing`(arguments: [String], status: Int32) throws {
    try Workshop.open { workshop in
      let result = try train(workshop, arguments)
      #expect(result.status == status, "\(result.error)")
      #expect(try workshop.names() == ["small.json", "small.tiktoken", "text"])
    }
  }

  @Test func `what the format cannot hold is not lost`() throws {
    try Workshop.open { workshop in
      let result = try train(workshop, ["lib", "--documents", "2", "-o", "x.model", "text"])
      #expect(result.status == 1)
      #expect(result.error.contains("it is in x.model.tok instead"))
      #expect(try workshop.names().contains("x.model.tok"))
    }
  }
}
