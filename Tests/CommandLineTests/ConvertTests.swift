import TestSupport
import Testing

@Suite(.enabled(if: TokProcess.isBuilt, "tok is not built"))
struct ConvertTests {
  private static func ids(_ workshop: Workshop, _ vocabulary: String) throws -> String {
    let result = try TokProcess.run(
      ["encode", "-v", vocabulary, "--no-template", "--nul"],
      input: Array("the he in\u{0}caf\u{E9}  1\u{0}".utf8), in: workshop.folder)
    #expect(result.error == "")
    return result.text
  }

  @Test(arguments: ["small.gguf", "small.tok", "other.json"])
  func `the name tells the format`(name: String) throws {
    try Workshop.open { workshop in
      // Without its normalizer GGUF can say all.
      let plain = String(decoding: SmallVocabulary.json, as: UTF8.self)
        .replacing(#""normalizer":{"type":"NFC"}"#, with: #""normalizer":null"#)
      try workshop.write(plain, to: "plain.json")
      let arguments = ["convert", "plain.json", name] + (name == "small.gguf" ? ["--lossy"] : [])
      let result = try TokProcess.run(arguments, in: workshop.folder)
      #expect(result.status == 0, "\(result.error)")
      #expect(result.output == [])
      #expect(try Self.ids(workshop, "./\(name)") == Self.ids(workshop, "./plain.json"))
    }
  }

  @Test func `vocab.json comes with its merges`() throws {
    try Workshop.open { workshop in
      let result = try TokProcess.run(
        ["convert", "--lossy", "small.json", "gpt-vocab.json"], in: workshop.folder)
      #expect(result.status == 0)
      #expect(try workshop.names().contains("gpt-merges.txt"))
      #expect(try workshop.read("gpt-merges.txt").starts(with: Array("#version".utf8)))
      #expect(result.error.contains("tok: lost: the normalizer"))
      let output = try TokProcess.run(
        ["convert", "--lossy", "--to", "vocab.json", "small.json", "-"], in: workshop.folder)
      #expect(output.status == 2)
    }
  }

  @Test func `says what would be lost, and writes nothing`() throws {
    try Workshop.open { workshop in
      let before = try workshop.names()
      let result = try TokProcess.run(["convert", "small.json", "a.gguf"], in: workshop.folder)
      #expect(result.status == 1)
      #expect(
        result.error.hasPrefix("tok: small.json: a file of the format gguf would lose: "))
      for part in ["the normalizer", "the truncation", "the padding"] {
        #expect(result.error.contains(part), "\(part)")
      }
      let other = try TokProcess.run(["convert", "small.json", "vocab.txt"], in: workshop.folder)
      #expect(other.status == 1)
      #expect(other.error.contains("byte-level BPE"))
      #expect(try workshop.names() == before)
    }
  }

  @Test func `standard output, and names that tell nothing`() throws {
    try Workshop.open { workshop in
      let piped = try TokProcess.run(
        ["convert", "small.json", "-", "--to", "tokenizer.json"], in: workshop.folder)
      #expect(piped.status == 0)
      let file = try TokProcess.run(["convert", "small.json", "again.json"], in: workshop.folder)
      #expect(file.status == 0)
      #expect(try workshop.read("again.json") == piped.output)
      for arguments in [
        ["small.json", "x"], ["small.json", "x", "--to", "y"], ["small.json", "-"],
      ] {
        #expect(try TokProcess.run(["convert"] + arguments, in: workshop.folder).status == 2)
      }
    }
  }
}
