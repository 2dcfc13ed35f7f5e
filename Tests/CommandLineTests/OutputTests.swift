import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: TokProcess.isBuilt, "tok is not built"))
struct OutputTests {
  private let vocabularies = ["small.json", "small.tiktoken"]

  @Test func `puts a whole file in the place of another`() throws {
    try Workshop.open { workshop in
      try workshop.write("old", to: "ids")
      let result = try workshop.tok("encode", ["--no-template", "-o", "ids"], input: "he")
      #expect(result.status == 0)
      #expect(result.output == [])
      #expect(try workshop.read("ids") == Array("257\n".utf8))
      #expect(try workshop.names() == ["ids"] + vocabularies)
    }
  }

  @Test func `may write what it reads`() throws {
    try Workshop.open { workshop in
      try workshop.write("he", to: "text")
      _ = try workshop.tok("encode", ["--no-template", "-o", "text", "text"])
      #expect(try workshop.read("text") == Array("257\n".utf8))
    }
  }

  @Test(arguments: [
    ["encode", "--special", "error", "--lines"],
    ["encode", "--special", "error", "--lines", "--to", "u32", "--lengths", "n"],
    ["encode", "--special", "error", "--lines", "--to", "npy", "--lengths", "n"],
    ["decode"],
  ])
  func `leaves what was there when it fails`(arguments: [String]) throws {
    try Workshop.open { workshop in
      try workshop.write("old", to: "ids")
      let result = try workshop.tok(
        arguments[0], arguments.dropFirst() + ["-o", "ids"], input: "104\n<s>\n")
      #expect(result.status == 1)
      #expect(try workshop.read("ids") == Array("old".utf8))
      #expect(try workshop.names() == ["ids"] + vocabularies)
    }
  }

  @Test(arguments: ["TERM", "INT", "HUP"])
  func `leaves what was there when it is interrupted`(signal: String) throws {
    try Workshop.open { workshop in
      try workshop.write("old", to: "ids")
      // The writer keeps the pipe open, so that tok waits for more.
      let line = """
        mkfifo pipe; (printf 'he\\n'; exec sleep 5) > pipe & feeder=$!
        "$TOK" encode -v ./small.json --lines -o ids --lengths n < pipe & tok=$!
        tries=0; until ls -A | grep -q part; do
          sleep 0.05; tries=$((tries + 1)); [ $tries -lt 200 ] || break
        done
        sleep 0.1; ls -A | grep -c part; kill -\(signal) $tok; wait $tok; status=$?
        kill $feeder; rm pipe; exit $status
        """
      let result = try TokProcess.shell(line, in: workshop.folder)
      #expect(result.text == "2\n")
      #expect(result.status > 128)
      #expect(try workshop.read("ids") == Array("old".utf8))
      #expect(try workshop.names().filter { !$0.hasPrefix(".") } == ["ids"] + vocabularies)
      #expect(try workshop.names().allSatisfy { !$0.contains("part") })
    }
  }

  @Test(arguments: [
    "encode --lines -j 1 text", "encode --lines --to json text", "count --lines text",
  ])
  func `ends quietly when nobody reads on`(arguments: String) throws {
    try Workshop.open { workshop in
      try workshop.write(
        [UInt8](String(repeating: "he in the\n", count: 400_000).utf8), to: "text")
      let line = """
        { "$TOK" \(arguments.replacing(" ", with: " -v ./small.json ", maxReplacements: 1)); \
        echo $? > status; } | head -n 1
        cat status
        """
      let result = try TokProcess.shell(line, in: workshop.folder)
      #expect(result.error == "")
      #expect(result.text.hasSuffix("\n0\n"))
      #expect(result.text.count { $0 == "\n" } == 2)
    }
  }

  @Test func `stands between pipes`() throws {
    try Workshop.open { workshop in
      let line = """
        printf 'in the\\nhe\\n' | "$TOK" encode -v ./small.json --lines \
        | "$TOK" decode -v ./small.json --lines | cat
        """
      let result = try TokProcess.shell(line, in: workshop.folder)
      #expect(result.text == "in the\nhe\n")
      #expect(result.error == "")
    }
  }

  @Test func `says when the disk is full`() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    try Workshop.open { workshop in
      let result = try TokProcess.shell(
        #""$TOK" encode -v ./small.json small.tiktoken > /dev/full"#, in: workshop.folder)
      #expect(result.status == 1)
      #expect(result.error.hasPrefix("tok: standard output: "))
    }
  }
}
