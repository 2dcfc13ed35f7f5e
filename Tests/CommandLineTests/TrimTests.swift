import TestSupport
import Testing

@Suite(.enabled(if: TokProcess.isBuilt, "tok is not built"))
struct TrimTests {
  private static let text = "the cat sat on the mat\nthat is the hat of the cat\n"

  /// The rows of a map: old id and new id.
  private func rows(_ workshop: Workshop, _ name: String) throws -> [[Int]] {
    try String(decoding: workshop.read(name), as: UTF8.self).split(separator: "\n").map { line in
      line.split(separator: "\t").compactMap { Int($0) }
    }
  }

  @Test func `what the texts use stays, and the map says where`() throws {
    try Workshop.open { workshop in
      try workshop.write(Self.text, to: "text")
      let gpt2 = Files.root + "/vocabularies/gpt2"
      let result = try TokProcess.run(
        ["trim", gpt2, "-o", "out.json", "--map", "map", "--protect", " quick", "text"],
        in: workshop.folder)
      #expect(result.status == 0, "\(result.error)")
      let rows = try rows(workshop, "map")
      #expect(rows.map { $0[1] } == Array(rows.indices))
      let newIDs = Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
      let line = "printf 'the cat quick' | \"$TOK\" encode -v"
      let old = try TokProcess.shell(line + " \(gpt2)", in: workshop.folder)
      let new = try TokProcess.shell(line + " ./out.json", in: workshop.folder)
      let expected = old.text.split { $0.isWhitespace }.map {
        newIDs[Int($0) ?? -1].map { "\($0)" }
      }
      #expect(new.text.split { $0.isWhitespace }.map { String($0) } == expected)
    }
  }

  @Test func `no more tokens than asked for, but those that must stay`() throws {
    try Workshop.open { workshop in
      try workshop.write(Self.text, to: "text")
      func trim(_ size: String) throws -> TokProcess.Result {
        try TokProcess.run(
          ["trim", Files.root + "/vocabularies/gpt2", "-n", size, "-o", "out.tok", "text"],
          in: workshop.folder)
      }
      let some = try trim("262")
      let count = some.error.split(separator: " ").dropFirst().first.flatMap { Int($0) }
      // A token may need others that it is merged from.
      #expect((260...262).contains(count ?? 0), "\(some.error)")
      let least = try trim("20")
      #expect(least.status == 0)
      #expect(least.error.hasPrefix("out.tok: 257 of 50257 tokens\ntok: those that must stay"))
    }
  }

  @Test(arguments: [
    (["-o", "out.txt"], "tells no format"),
    (["-o", "out.tok", "--protect", "xxxxyy"], "is no token"),
    (["-o", "out.tok", "-n", "0"], "a number from 1 on"),
  ])
  func `bad usage`(arguments: [String], message: String) throws {
    try Workshop.open { workshop in
      let result = try TokProcess.run(
        ["trim", Files.root + "/vocabularies/gpt2"] + arguments + ["small.json"],
        in: workshop.folder)
      #expect(result.status == 2)
      #expect(result.error.contains(message))
      #expect(try !workshop.names().contains("out.tok"))
    }
  }
}
