import TestSupport
import Testing

@Suite(.enabled(if: TokProcess.isBuilt, "tok is not built"))
struct ChatTests {
  private static let template =
    "{{ bos_token }}{% for m in messages %}{{ m.role }}: {{ m.content }}</s>\n{% endfor %}"
    + "{% if add_generation_prompt %}a:{% endif %}{% if tools %}{{ tools|length }}{% endif %}"
  private static let messages = #"[{"role": "u", "content": "in <s>"}]"#

  private func run(
    _ arguments: [String], _ input: String = messages
  ) throws -> TokProcess.Result {
    var result: TokProcess.Result?
    try Workshop.open { workshop in
      try workshop.write(Self.template, to: "t.jinja")
      try workshop.write(#"[{"name": "f"}]"#, to: "tools.json")
      result = try workshop.tok("chat", ["--template", "t.jinja"] + arguments, input: input)
    }
    return try #require(result)
  }

  @Test func `writes what the model sees`() throws {
    #expect(try run([]).text == "u: in <s></s>\n")
    #expect(
      try run(["--generation-prompt", "--token", "bos_token=<s>"]).text == "<s>u: in <s></s>\na:")
    #expect(try run(["--tools", "tools.json"]).text == "u: in <s></s>\n1")
    let object = #"{"messages": \#(Self.messages), "add_generation_prompt": true, "tools": [1, 2]}"#
    #expect(try run([], object).text == "u: in <s></s>\na:2")
  }

  @Test func `writes ids, where a user's special token is text`() throws {
    #expect(try run(["--to", "ids"]).text == "117 58 32 259 32 60 115 62 301 10\n")
    #expect(try run(["--to", "ids", "--special", "parse"]).text == "117 58 32 259 32 300 301 10\n")
    #expect(try run(["--to", "ids", "--special", "error"]).status == 1)
  }

  @Test func `writes who wrote what`() throws {
    let lines = try run(["--to", "parts"]).text.split(separator: "\n")
    #expect(lines.first == #"{"from":"user","text":"u"}"#)
    #expect(lines.last == #"{"from":"template","text":"</s>\n"}"#)
  }

  @Test func `says what is wrong`() throws {
    #expect(try run([], "[{").status == 1)
    #expect(try run([], #"{"messages": 5}"#).error.contains("messages"))
    #expect(try run([], "1").status == 1)
    #expect(try run(["--date", "x"]).status == 2)
    #expect(try run(["--token", "x"]).status == 2)
    #expect(try run(["--name", "x"]).status == 1)
    try Files.withFolder { folder in
      let result = try TokProcess.run(["chat"], input: Array(Self.messages.utf8), in: folder)
      #expect(result.status == 2)
      #expect(result.error.contains("--template"))
    }
  }
}
