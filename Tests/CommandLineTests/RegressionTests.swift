import Foundation
import TestSupport
import Testing

/// What once went wrong.
@Suite(.enabled(if: TokProcess.isBuilt, "tok is not built"))
struct RegressionTests {
  @Test func `writes to a pipe that -o names and leaves it one`() throws {
    try Workshop.open { workshop in
      let line = """
        mkfifo pipe; cat pipe > got & reader=$!
        printf he | "$TOK" encode -v ./small.json --no-template -o pipe
        [ -p pipe ] && wait $reader; cat got
        """
      let result = try TokProcess.shell(line, in: workshop.folder)
      #expect(result.text == "257\n")
    }
  }

  @Test func `follows a link that -o names, and keeps permissions`() throws {
    try Workshop.open { workshop in
      let line = """
        : > real; chmod 640 real; ln -s real link
        printf he | "$TOK" encode -v ./small.json --no-template -o link
        [ -h link ] && cat real && ls -l real | cut -c 1-10
        """
      let result = try TokProcess.shell(line, in: workshop.folder)
      #expect(result.text == "257\n-rw-r-----\n")
    }
  }

  @Test func `hands on each document of a slow writer`() throws {
    try Workshop.open { workshop in
      let line = """
        mkfifo in out
        "$TOK" encode -v ./small.json --lines --no-template < in > out & tok=$!
        exec 3> in 4< out
        printf 'he\\n' >&3; read -r first <&4; echo "$first"
        printf 'in\\n' >&3; read -r second <&4; echo "$second"
        exec 3>&-; wait $tok
        """
      try workshop.write(line, to: "script")
      let result = try TokProcess.shell("timeout 20 /bin/sh script", in: workshop.folder)
      #expect(result.text == "257\n259\n")
    }
  }

  @Test func `names the line of JSON, blank ones counted`() throws {
    try Workshop.open { workshop in
      let result = try workshop.tok(
        "encode", ["--jsonl", "t", "--special", "error"],
        input: "{\"t\":\"x\"}\n\n{\"t\":\"a<s>\"}\n")
      #expect(result.error.hasPrefix("tok: standard input: line 3: byte 1: "))
    }
  }

  @Test func `names the document that lengths cut out`() throws {
    try Workshop.open { workshop in
      try workshop.write([1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0], to: "n")
      let result = try workshop.tok(
        "decode", ["--from", "u16", "--lengths", "n"], input: [3, 1, 43, 1])
      #expect(result.error.hasPrefix("tok: standard input: document 2: "))
    }
  }

  @Test func `refuses a pattern for a vocabulary that has one`() throws {
    try Workshop.open { workshop in
      let own = try workshop.tok("encode", ["--pattern", "x"])
      #expect(own.status == 2)
      let embedded = try TokProcess.run(["encode", "--pattern", "x"], in: workshop.folder)
      #expect(embedded.status == 2)
    }
  }
}
