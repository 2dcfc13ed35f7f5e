import Synchronization
import TestSupport
import Testing
import Tok
import Tokenization
import TokenizerFormats

@testable import TokenizerTraining

@Suite struct UnigramExtensionTests {
  /// Lines of words of syllables.
  private static func text(_ syllables: [String], seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    var text = ""
    for _ in 0..<200 {
      for _ in 0..<6 {
        for _ in 0...Int.random(in: 0...3, using: &generator) {
          text += syllables[Int.random(in: 0..<syllables.count, using: &generator)]
        }
        text += " "
      }
      text += "\n"
    }
    return Array(text.utf8)
  }

  private static let old = text(["lo", "we", "rest", "new", "th", "in", "é"], seed: 1)
  private static let new = text(["we", "in", "ga", "ram", "o", "aa", "é", "漢", "字"], seed: 2)

  private func sources(_ text: [UInt8]) throws -> [TrainingSource] {
    try [TrainingSource(.buffer(text), unit: .bareLine)]
  }

  private func base(
    _ change: (inout SentencePieceTrainingOptions) -> Void = { _ in }
  ) throws -> TokenizerSource {
    var options = UnigramTrainingOptions()
    options.sentencePiece.vocabSize = 120
    change(&options.sentencePiece)
    return try UnigramTrainer(options).train(on: sources(Self.old)).source
  }

  private func model(_ source: TokenizerSource) throws -> UnigramDefinition {
    try #require(try source.definition().model as? UnigramDefinition)
  }

  private func texts(_ model: UnigramDefinition, from place: Int = 0) -> [String] {
    (place..<model.tokens.count).map { String(decoding: model.tokens[$0], as: UTF8.self) }
  }

  /// As sentencepiece's file, and as huggingface's with its own arithmetic.
  @Test(arguments: [true, false])
  func tokensKeepTheirIDsAndScores(asSentencePiece: Bool) throws {
    var source = try base {
      $0.byteFallback = true
      $0.vocabSize = 380
    }
    if !asSentencePiece {
      let file = try source.written(as: .tokenizerJSON, allowsLosses: true).bytes
      source = try TokenizerSource(bytes: file.span)
    }
    let trained = try TokenizerExtender(source, to: 460).train(on: sources(Self.new))
    #expect(trained.report.tokenCount == 460 && trained.report.shortage == nil)
    let (before, after) = (try model(source), try model(trained.source))
    #expect(after.tokens.count == 460 && Set(texts(after)).count == 460)
    for place in 0..<380 {
      #expect(after.tokens[place] == before.tokens[place])
      #expect(after.scores[place] == before.scores[place] && after.ids[place] == before.ids[place])
    }
    let added = texts(after, from: 380)
    #expect(added.contains("漢") && added.contains("字"))
    #expect(zip(after.scores[380...], after.scores[381...]).allSatisfy { $0 >= $1 })
    let marked =
      "▁"
      + String(decoding: Self.new, as: UTF8.self).split { $0 == " " || $0 == "\n" }
      .joined(separator: "▁")
    #expect(added.allSatisfy { marked.contains($0) })

    // What has no new token is encoded as before, and the new text takes fewer tokens.
    let (one, other) = (try source.tokenizer(), try trained.source.tokenizer())
    #expect(one.pipeline == other.pipeline)
    var same = 0
    for line in Self.old.split(separator: 0x0A) {
      let words =
        "▁"
        + String(decoding: line, as: UTF8.self).split(separator: " ")
        .joined(separator: "▁")
      if added.contains(where: { words.contains($0) }) { continue }
      let line = Array(line)
      #expect(try one.encode(line.span) == other.encode(line.span))
      same += 1
    }
    #expect(same > 10)
    #expect(try other.encode(Self.new.span).count * 10 < one.encode(Self.new.span).count * 7)
    #expect(try other.decode(other.encode("gara 漢字 %")) == "gara 漢字 %")

    // It is a file of its kind still.
    let file = try trained.source.written(
      as: asSentencePiece ? .sentencePiece : .tokenizerJSON
    ).bytes
    let read = try TokenizerSource(bytes: file.span).tokenizer()
    #expect(try read.encode(Self.new.span) == other.encode(Self.new.span))
  }

  @Test func newTokensKeepToTheRulesOfOldOnes() throws {
    let suffix = try base { $0.treatWhitespaceAsSuffix = true }
    let text = Self.new + Array("ga12 34ga12 34 αβga αβga αβga 34 \n".utf8)
    var added = texts(
      try model(TokenizerExtender(suffix, to: 200).train(on: sources(text)).source), from: 120)
    #expect(added.contains { $0.count > 1 && $0.hasSuffix("▁") })
    #expect(added.allSatisfy { !$0.dropLast().contains("▁") })
    #expect(added.contains("α") && !added.contains { $0.contains("βg") })

    let whole = try base { $0.splitByWhitespace = false }
    added = texts(
      try model(TokenizerExtender(whole, to: 200).train(on: sources(Self.new)).source), from: 120)
    #expect(added.contains { $0.dropFirst().contains("▁") })

    // No token says what becomes of digits.
    let numbers = Array(String(repeating: "2048 1024 2048 4096\n", count: 40).utf8)
    added = texts(
      try model(TokenizerExtender(base(), to: 150).train(on: sources(numbers)).source), from: 120)
    #expect(added.contains("▁2048"))
    let digits = try base {
      $0.splitDigits = true
      $0.requiredChars = "0123456789"
    }
    added = texts(
      try model(TokenizerExtender(digits, to: 150).train(on: sources(numbers)).source), from: 120)
    #expect(!added.contains { $0.count > 1 && $0.contains { $0.isNumber } })

    let short = try TokenizerExtender(base(), to: 180, maximumTokenLength: 3)
      .train(on: sources(Self.new))
    added = texts(try model(short.source), from: 120)
    #expect(added.allSatisfy { $0.unicodeScalars.count <= 3 } && added.contains { $0.count == 3 })
  }

  @Test func noTokenIsMadeThatIsReserved() throws {
    let source = try base {
      $0.userDefinedSymbols = ["gag"]
      $0.controlSymbols = ["ram"]
    }
    let text = Array(String(repeating: "gaga ramo gaga ramo <unk>x\n", count: 60).utf8)
    let extender = try TokenizerExtender(source, to: 134, minimumFrequency: 50)
    let trained = try extender.train(on: sources(text))
    let added = texts(try model(trained.source), from: 120)
    #expect(added.contains("g") || added.contains("a"))
    #expect(added.allSatisfy { !$0.contains("gag") && !$0.contains("ram") })
    #expect(Set(texts(try model(trained.source))).count == trained.report.tokenCount)
    #expect(
      try TokenizerExtender(source, to: 134, minimumFrequency: 99).train(on: sources(text))
        .report.tokenCount < trained.report.tokenCount)
  }

  /// Scores above 0, infinite ones, tokens of a character that the text lacks, an empty one.
  @Test func oddScoresAreNoObstacle() throws {
    let json = """
      {"model": {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0.0], ["a", 900.0], ["b", -1e300],
      ["ab", -2.0], ["z", -3.0], ["ab", -1.5], ["", -1.0], ["aaaaaaaaaaaaaaaaaaaaaaaaaaaa", -9.0]]}}
      """
    let source = try TokenizerSource(bytes: Array(json.utf8).span)
    let text = Array(String(repeating: "abba abc cabc cab aaaaaaaa\n", count: 50).utf8)
    let trained = try TokenizerExtender(source, to: 20).train(on: sources(text))
    #expect(trained.report.tokenCount >= 9)
    #expect(try !trained.source.tokenizer().encode("abccab").isEmpty)
  }

  @Test func nothingNewIsTheSame() throws {
    let source = try base()
    let file = try source.written(as: .sentencePiece).bytes
    let none = try TokenizerExtender(source, to: 120).train(on: sources(Self.new))
    #expect(try none.source.written(as: .sentencePiece).bytes == file)
    let empty = try TokenizerExtender(source, to: 200).train(on: sources([]))
    #expect(try empty.source.written(as: .sentencePiece).bytes == file)
    #expect(empty.report.shortage == .exhausted && empty.report.tokenCount == 120)
  }

  @Test func itGoesOnFromACheckpointWithAnyThreads() throws {
    let source = try base()
    let extender = try TokenizerExtender(source, to: 200)
    let counts = try WordCounter(extender.preprocessing).count(sources(Self.new))
    let expected = try extender.train(on: counts, TrainingRun()).source
      .written(as: .compiled).bytes
    try Files.withFolder { folder in
      var stops = 0
      while true {
        let limit = stops
        let reports = Mutex(0)
        let trained = try extender.train(
          on: counts,
          TrainingRun(
            threads: 1 + stops % 3, checkpoint: CheckpointFolder(folder + "/checkpoint"),
            checkpointInterval: .zero,
            progress: { _ in
              reports.withLock {
                $0 += 1
                return $0 > limit ? .stop : .goOn
              }
            }))
        #expect(try trained.source.tokenizer().tokenCount <= 200)
        if trained.report.shortage != .stopped {
          #expect(try trained.source.written(as: .compiled).bytes == expected)
          break
        }
        stops += 1
      }
      #expect(stops > 1)
    }
  }
}
