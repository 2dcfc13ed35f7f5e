import TestSupport
import Testing

/// Texts with little or nothing in them, through every trainer: a vocabulary that loads, with a word about
/// what it lacks, or an error that says why there is none.
@Suite(.enabled(if: TokProcess.isBuilt, "tok is not built"))
struct TrainEdgeTests {
  private static let trainers = [
    ["bpe"], ["bpe", "--characters"], ["bpe", "--characters", "--prefix", "##"],
    ["bpe", "--compatibility", "huggingface"], ["bpe", "--compatibility", "sentencepiece"],
    ["wordpiece"], ["wordpiece", "--score", "likelihood"], ["unigram"],
    ["unigram", "--byte-fallback"], ["lib", "--documents", "5"],
  ]

  /// What each text is, and which trainers refuse it.
  private static let texts: [(name: String, text: [UInt8], size: Int, refusing: Set<String>)] = [
    ("nothing", [], 300, ["unigram", "unigram --byte-fallback", "lib --documents 5"]),
    (
      "white space", Array(" \n\t\n  \n".utf8), 300, ["unigram", "unigram --byte-fallback"]
    ),
    ("one letter", Array("a".utf8), 300, []),
    ("one word", Array("word\n".utf8), 300, []),
    (
      "a letter often", Array(repeating: UInt8(ascii: "a"), count: 5000) + [0x0A], 300,
      ["bpe --compatibility sentencepiece", "unigram", "unigram --byte-fallback"]
    ),
    (
      "no UTF-8",
      [0x61, 0x20, 0xFF, 0xFE, 0x20, 0xC3, 0x28, 0xED, 0xA0, 0x80, 0, 0xC3, 0xA9, 0x0A],
      300, []
    ),
    (
      "more letters than tokens", Array("the cat sat on the mat\n".utf8), 3,
      [
        "bpe --compatibility sentencepiece", "unigram", "unigram --byte-fallback",
        "lib --documents 5",
      ]
    ),
    ("fewer pairs than tokens", Array("the cat sat on the mat\n".utf8), 5000, []),
  ]

  @Test(arguments: trainers)
  func `little text is trained on or refused`(trainer: [String]) throws {
    try Workshop.open { workshop in
      let name = trainer.joined(separator: " ")
      let output =
        trainer.contains("sentencepiece") || trainer[0] == "unigram" ? "out.model" : "out.json"
      for (title, text, size, refusing) in Self.texts {
        try workshop.write(text, to: "text")
        let result = try TokProcess.run(
          ["train"] + trainer + ["-n", String(size), "-o", output, "text"], in: workshop.folder)
        let refuses = refusing.contains(name)
        #expect((result.status != 0) == refuses, "\(title): \(name): \(result.error)")
        #expect(try workshop.names().contains(output) != refuses, "\(title): \(name)")
        if refuses { continue }
        #expect(result.error.hasPrefix("\(output): "), "\(title): \(name): \(result.error)")
        let line = """
          "$TOK" encode -v ./\(output) text > ids && rm \(output)
          """
        let used = try TokProcess.shell(line, in: workshop.folder)
        // Without a token for a character there is nothing to encode it to.
        #expect(used.status == 0, "\(title): \(name): \(used.error)")
      }
    }
  }

  @Test(
    arguments: [
      // Beyond 2^32, and beyond what floating point counts exactly.
      ([5_000_000_000, 1_099_511_627_776, 9_007_199_254_740_993], 0),
      ([18_446_744_073_709_551_615, 5, 6], 1),
    ] as [([UInt64], Int32)])
  func `great counts are counted or refused`(counts: [UInt64], status: Int32) throws {
    try Workshop.open { workshop in
      try workshop.write(
        """
        tok word counts 1
        \(counts[0])\tcat
        \(counts[1])\tcats
        \(counts[2])\tthat
        end\t3

        """, to: "counts")
      for trainer in Self.trainers where trainer[0] != "lib" && trainer[0] != "unigram" {
        let output = trainer.contains("sentencepiece") ? "out.model" : "out.json"
        let result = try TokProcess.run(
          ["train"] + trainer + ["-n", "300", "--counts", "-o", output, "counts"],
          in: workshop.folder)
        #expect(result.status == status, "\(trainer): \(result.error)")
        if status > 0 { #expect(result.error.contains("more than 18446744073709551615 ")) }
      }
    }
  }
}
