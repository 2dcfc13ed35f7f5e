import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: TokProcess.isBuilt, "tok is not built"))
struct ShardTests {
  private func files(_ workshop: Workshop, _ folder: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: "\(workshop.folder)/\(folder)")
    {
      files[name] = try workshop.read("\(folder)/\(name)")
    }
    return files
  }

  @Test func `writes shards and verifies them`() throws {
    try Workshop.open { workshop in
      try workshop.write("in the\nhe\n", to: "input")
      let result = try workshop.tok(
        "encode",
        [
          "--lines", "--no-template", "--to", "bin", "--shards", "out/deep", "--end-of-document",
          "</s>", "--shard-size", "3", "--shard-name", "train", "./input",
        ])
      #expect(result.status == 0 && result.output.isEmpty)
      #expect(result.error == "out/deep: 2 shards, 5 tokens, 2 documents\n")
      // in, the, </s>, he, </s> are 259, 258, 301, 257, 301.
      #expect(try workshop.read("out/deep/train_000000.bin") == [3, 1, 2, 1, 45, 1])
      #expect(try workshop.read("out/deep/train_000001.bin") == [1, 1, 45, 1])
      func verify(_ arguments: [String]) throws -> TokProcess.Result {
        try TokProcess.run(["verify"] + arguments, in: workshop.folder)
      }
      var found = try verify(["out/deep"])
      #expect(found.text == "out/deep: whole: 2 of 2 shards are good, 5 tokens\n")
      #expect(found.status == 0)
      try workshop.write([1, 1, 45], to: "out/deep/train_000001.bin")
      found = try verify(["out/deep"])
      #expect(found.status == 1)
      #expect(
        found.text.hasPrefix("train_000001.bin: cut: 3 bytes, of 4\nout/deep: broken: 1 of 2 "))
      found = try verify(["--json", "out/deep"])
      #expect(found.status == 1)
      #expect(
        found.text.hasPrefix(#"{"state":"broken","shards":2,"good_shards":1,"good_tokens":3,"#))
      found = try verify(["."])
      #expect(found.status == 1 && found.text == "")
      #expect(found.error == "tok: .: no set of shards: neither manifest.json nor journal.json\n")
    }
  }

  @Test(arguments: [
    (["--to", "llm.c"], "--to llm.c needs --shards"),
    (["--shard-size", "5"], "options of shards need --shards"),
    (["--shards", "d"], "--shards takes --to llm.c, bin, npy or megatron"),
    (["--shards", "d", "--to", "npy", "-o", "x"], "neither --output nor --lengths"),
    (["--shards", "d", "--to", "npy", "--pack", "4"], "either --padding or --drop-rest"),
    (["--shards", "d", "--to", "npy", "--padding", "4"], "need --pack"),
    (
      ["--shards", "d", "--to", "npy", "--pack", "4", "--drop-rest", "--whole-documents"],
      "needs --padding"
    ),
    (["--shards", "d", "--to", "npy", "--end-of-document", "<x>"], "has no token `<x>`"),
    (["--shards", "d", "--to", "npy", "--end-of-document", "304"], "beyond the vocabulary"),
    (["--shards", "d", "--to", "llm.c", "--shard-size", "3G"], "3000000000 tokens in a shard"),
    (
      ["--shards", "d", "--to", "bin", "--bad-documents", "f", "--on-error", "stop"],
      "not with --on-error stop"
    ),
  ])
  func `says what options cannot mean`(arguments: [String], message: String) throws {
    try Workshop.open { workshop in
      let result = try workshop.tok("encode", arguments, input: "")
      #expect(result.status == 2 && result.error.contains(message), "\(result.error)")
    }
  }

  @Test func `reads compressed text everywhere`() throws {
    try Workshop.open { workshop in
      // "in the\nhe\n", packed by gzip.
      let packed: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xCB, 0xCC, 0x53, 0x28, 0xC9,
        0x48, 0xE5, 0x02, 0x22, 0x00, 0x9E, 0xF2, 0xDB, 0xDF, 0x0A, 0x00, 0x00, 0x00,
      ]
      let counted = try workshop.tok("count", ["--lines", "--no-template"], input: packed)
      #expect(counted.text == "2\n1\n")
      let encoded = try workshop.tok("encode", ["--lines", "--no-template"], input: packed)
      #expect(encoded.text == "259 258\n257\n")
      let cut = try workshop.tok("encode", ["--lines"], input: Array(packed.dropLast()))
      #expect(cut.status == 1)
      #expect(cut.error.hasPrefix("tok: standard input: the compressed data end too soon"))
      try workshop.write(packed, to: "packed")
      try workshop.write("in the\nhe\n", to: "plain")
      for (name, unit) in [("plain", "line"), ("packed", "line"), ("packed", "document")] {
        let result = try TokProcess.run(
          ["count-words", "--unit", unit, "-o", "\(name)-\(unit)", "./\(name)"],
          in: workshop.folder)
        #expect(result.status == 0, "\(result.error)")
      }
      #expect(try workshop.read("packed-line") == workshop.read("plain-line"))
      #expect(try workshop.read("packed-document").isEmpty == false)
      // Ids are numbers, whatever these look like.
      let ids: [UInt8] = [0x1F, 0, 0x8B, 0, 0x08, 0]
      #expect(try workshop.tok("decode", ["--from", "u16"], input: ids).status == 0)
    }
  }

  @Test func `tells programs how far it is`() throws {
    try Workshop.open { workshop in
      try workshop.write("in the\nhe\n", to: "input")
      let result = try workshop.tok(
        "encode",
        [
          "--lines", "--no-template", "--to", "npy", "--shards", "out", "--progress", "json",
          "./input",
        ])
      let lines = result.error.split(separator: "\n")
      try #require(lines.count == 2)
      #expect(
        lines[0].hasPrefix(
          #"{"phase":"encoding","completed":10,"total":10,"documents":2,"tokens":3,"seconds":"#))
      #expect(lines[1] == #"{"shards":1,"tokens":3,"documents":2,"bad_documents":0}"#)
    }
  }

  @Test func `loses nothing on a full disk`() throws {
    try Workshop.open { workshop in
      let text = (0..<4000).map { "in the number \($0)\n" }.joined()
      try workshop.write(text, to: "input")
      let command =
        "$TOK encode -v ./small.json --lines --to bin --shard-size 9000 --checkpoint-every 0 input"
      // In blocks of 512 bytes: a shard needs a few more.
      let full = try TokProcess.shell(
        "ulimit -f 30; \(command) --shards out", in: workshop.folder)
      #expect(full.status == 1)
      #expect(full.error.hasPrefix("tok: out/tokens_000000.bin.part: "), "\(full.error)")
      for folder in ["out", "whole"] {
        let result = try TokProcess.shell("\(command) --shards \(folder)", in: workshop.folder)
        #expect(result.status == 0, "\(result.error)")
      }
      #expect(try files(workshop, "out") == files(workshop, "whole"))
    }
  }

  @Test(arguments: ["bin", "megatron --shuffle 3", "npy --pack 32 --padding 302 --whole-documents"])
  func `goes on after being killed`(options: String) throws {
    try Workshop.open { workshop in
      let text = (0..<12000).map { "in the number \($0) he is\n" }.joined()
      try workshop.write(text, to: "input")
      let command =
        "$TOK encode -v ./small.json --lines --to \(options) --shard-size 30k "
        + "--checkpoint-every 0.05 input"
      let killed = try TokProcess.shell(
        """
        \(command) --shards whole 2>/dev/null
        for seconds in 0.1 0.3 0.5; do
          \(command) --shards out 2>/dev/null &
          sleep $seconds; kill -9 $! 2>/dev/null; wait
        done
        \(command) --shards out
        """, in: workshop.folder)
      #expect(killed.status == 0, "\(killed.error)")
      #expect(try files(workshop, "out") == files(workshop, "whole"))
    }
  }
}
