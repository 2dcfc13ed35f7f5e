import TestSupport
import Testing

@Suite(.enabled(if: TokProcess.isBuilt, "tok is not built"))
struct ExtendTests {
  private static let text = String(
    repeating: "the cat sat on the mat\nthat is the hat of the cat\n", count: 20)

  @Test func `a vocabulary gets more tokens, and goes on from its checkpoint`() throws {
    try Workshop.open { workshop in
      try workshop.write(Self.text, to: "text")
      let line = """
        "$TOK" train bpe -n 260 -o base.json text && \
        "$TOK" extend ./base.json -n 270 --checkpoint folder --checkpoint-every 0 -o a.json text && \
        "$TOK" extend ./base.json -n 270 --checkpoint folder -o b.json text && \
        "$TOK" extend ./base.json -n 260 -o same.json text
        """
      let result = try TokProcess.shell(line, in: workshop.folder)
      #expect(result.status == 0, "\(result.error)")
      #expect(result.error.contains("10 tokens are new"))
      #expect(try workshop.read("a.json") == workshop.read("b.json"))
      #expect(try workshop.read("same.json") == workshop.read("base.json"))
      #expect(try workshop.names().contains("folder"))
      let other = try TokProcess.run(
        ["extend", "./base.json", "-n", "265", "--checkpoint", "folder", "-o", "c.json", "text"],
        in: workshop.folder)
      #expect(other.status == 1 && other.error.contains("the checkpoint is of a training with"))
    }
  }

  @Test func `counting keeps a checkpoint`() throws {
    try Workshop.open { workshop in
      try workshop.write(Self.text, to: "text")
      let line = """
        "$TOK" count-words --checkpoint folder -o a text && \
        "$TOK" count-words --checkpoint folder -o b text && "$TOK" count-words -o c text
        """
      let result = try TokProcess.shell(line, in: workshop.folder)
      #expect(result.status == 0, "\(result.error)")
      #expect(try workshop.read("a") == workshop.read("b"))
      #expect(try workshop.read("a") == workshop.read("c"))
    }
  }

  @Test(
    arguments: [
      ["extend", "./small.json", "-n", "3", "-o", "x.json", "text"],
      ["extend", "./small.json", "-n", "999", "-o", "x", "text"],
      ["train", "bpe", "--checkpoint-every", "2", "-o", "x.json", "text"],
    ])
  func `refuses, and writes nothing`(arguments: [String]) throws {
    try Workshop.open { workshop in
      try workshop.write(Self.text, to: "text")
      let result = try TokProcess.run(arguments, in: workshop.folder)
      #expect(result.status == 2, "\(result.error)")
      #expect(try workshop.names() == ["small.json", "small.tiktoken", "text"])
    }
  }
}
