import TestSupport
import Testing
import Tok

@testable import TokenizerFormats
@testable import TokenizerTraining

@Suite struct SentencePieceBPETrainerTests {
  private static func options(_ size: Int) -> SentencePieceTrainingOptions {
    var options = SentencePieceTrainingOptions()
    options.vocabSize = size
    options.hardVocabLimit = false
    return options
  }

  private static func train(
    _ text: [UInt8], _ options: SentencePieceTrainingOptions
  ) throws -> TrainedTokenizer {
    let source = try TrainingSource(.buffer(text), unit: .bareLine)
    let trainer = try SentencePieceBPETrainer(options)
    return try trainer.train(on: [source])
  }

  private static func tokens(_ trained: TrainedTokenizer) throws -> [String] {
    let written = try trained.source.written(as: .sentencePiece)
    let file = try SentencePieceFile(written.bytes.span)
    return (0..<file.texts.count).map { String(decoding: file.texts[$0], as: UTF8.self) }
  }

  private static func reason(
    of text: [UInt8], _ options: SentencePieceTrainingOptions
  ) -> TrainingError.Reason? {
    do {
      _ = try train(text, options)
      return nil
    } catch { return (error as? TrainingError)?.reason }
  }

  private static func reason(
    of counts: WordCounts, _ options: SentencePieceTrainingOptions, _ run: TrainingRun
  ) -> TrainingError.Reason? {
    do {
      let trainer = try SentencePieceBPETrainer(options)
      _ = try trainer.train(on: counts, run)
      return nil
    } catch { return error.reason }
  }

  /// Seeded words of few letters, with many merges in them.
  private static func counts(seed: UInt64 = 11) throws -> WordCounts {
    var generator = SeededGenerator(seed: seed)
    var words: [(word: [UInt8], count: UInt64)] = []
    for _ in 0..<400 {
      var word = Array("▁".utf8)
      for _ in 0..<Int.random(in: 2...14, using: &generator) {
        word.append(UInt8.random(in: 97...108, using: &generator))
      }
      words.append((word, UInt64.random(in: 1...9, using: &generator)))
    }
    return try WordCounts(words)
  }

  @Test func aStoppedTrainingGoesOnToTheSameResult() throws {
    let trainer = try SentencePieceBPETrainer(Self.options(1200))
    let counts = try Self.counts()
    let whole = try trainer.train(on: counts, TrainingRun())
    #expect(whole.report.tokenCount == 1200)
    let bytes = try whole.source.written(as: .sentencePiece).bytes
    try Files.withFolder { folder in
      for limit in [0, 300, 600, 900] {
        var run = TrainingRun(checkpoint: CheckpointFolder(folder + "/checkpoint"))
        run.progress = { $0.completed < limit ? .goOn : .stop }
        let part = try trainer.train(on: counts, run)
        #expect(part.report.shortage == .stopped)
        #expect(part.report.tokenCount < 1200)
      }
      let run = TrainingRun(threads: 3, checkpoint: CheckpointFolder(folder + "/checkpoint"))
      for _ in 0..<2 {
        let resumed = try trainer.train(on: counts, run)
        #expect(resumed.report == whole.report)
        let written = try resumed.source.written(as: .sentencePiece)
        #expect(written.bytes == bytes)
      }
    }
  }

  @Test func aCheckpointOfAnotherTrainingIsRefused() throws {
    let trainer = try SentencePieceBPETrainer(Self.options(300))
    let counts = try Self.counts()
    let others = try Self.counts(seed: 12)
    try Files.withFolder { folder in
      var run = TrainingRun(checkpoint: CheckpointFolder(folder + "/checkpoint"))
      run.progress = { _ in .stop }
      _ = try trainer.train(on: counts, run)
      var digits = Self.options(300)
      digits.splitDigits = true
      #expect(Self.reason(of: others, Self.options(300), run) == .checkpoint)
      #expect(Self.reason(of: counts, Self.options(301), run) == .checkpoint)
      #expect(Self.reason(of: counts, digits, run) == .checkpoint)
    }
  }

  @Test func littleTextGivesWhatThereIs() throws {
    for text in ["", "\n\n", "   \n \n"] {
      let trained = try Self.train(Array(text.utf8), Self.options(50))
      let tokens = try Self.tokens(trained)
      #expect(tokens == ["<unk>", "<s>", "</s>"])
      #expect(trained.report.shortage == .exhausted)
    }
    let letter = try Self.train(Array("a".utf8), Self.options(50))
    let letterTokens = try Self.tokens(letter)
    #expect(letterTokens == ["<unk>", "<s>", "</s>", "▁a", "a", "▁"])
    #expect(letter.report.shortage == .exhausted)
    #expect(letter.report.requestedCount == 50)
    let word = try Self.train(Array("abab".utf8), Self.options(8))
    let wordTokens = try Self.tokens(word)
    #expect(wordTokens == ["<unk>", "<s>", "</s>", "ab", "▁ab", "a", "b", "▁"])
    #expect(word.report.shortage == nil)
  }

  @Test func aSizeThatDoesNotFitTheTextIsAnError() throws {
    let text = Array("low lower lowest".utf8)
    #expect(Self.reason(of: text, Self.options(8)) == .option)
    var strict = Self.options(5000)
    strict.hardVocabLimit = true
    #expect(Self.reason(of: text, strict) == .option)
    let all = try Self.train(text, Self.options(5000))
    #expect(all.report.shortage == .exhausted)
    var digits = Self.options(5000)
    digits.splitDigits = true
    let apart = try Self.train(Array("1234 1234".utf8), digits)
    #expect(apart.report.shortage == .notAllowed)
  }

  @Test func anyBytesAreTrainedOn() throws {
    let bytes = (0..<4).flatMap { _ in UInt8.min...UInt8.max }
    for rule in SentencePieceTrainingOptions.NormalizationRule.allCases {
      var options = Self.options(600)
      options.normalizationRuleName = rule
      let trained = try Self.train(bytes, options)
      let tokens = try Self.tokens(trained)
      #expect(tokens.contains("\u{FFFD}"))
    }
    let words: [(word: [UInt8], count: UInt64)] = [([0xE2, 0x96], 3), ([0xFF, 0x61], 2)]
    let counts = try WordCounts(words)
    let trainer = try SentencePieceBPETrainer(Self.options(50))
    let trained = try trainer.train(on: counts, TrainingRun())
    let tokens = try Self.tokens(trained)
    #expect(tokens.contains("\u{FFFD}\u{FFFD}"))
    var long = Self.options(40)
    long.maxSentenceLength = 1 << 20
    let run = try Self.train([UInt8](repeating: 0x61, count: 200_000), long)
    let runTokens = try Self.tokens(run)
    #expect(runTokens.contains("aaaaaaaaaaaaaaaa"))
  }

  @Test func countsAreLongAndTooLongOnesAnError() throws {
    let great = UInt64(1) << 40
    let words: [(word: [UInt8], count: UInt64)] = [
      (Array("▁ab".utf8), great + 1), (Array("▁ac".utf8), great),
    ]
    let counts = try WordCounts(words)
    let trainer = try SentencePieceBPETrainer(Self.options(9))
    let tokens = try Self.tokens(trainer.train(on: counts, TrainingRun()))
    #expect(tokens == ["<unk>", "<s>", "</s>", "▁a", "▁ab", "a", "▁", "b", "c"])
    for count in [UInt64.max, 1 << 62] {
      let words: [(word: [UInt8], count: UInt64)] = [
        (Array("ab".utf8), count), (Array("ac".utf8), 1),
      ]
      let counts = try WordCounts(words)
      #expect(Self.reason(of: counts, Self.options(50), TrainingRun()) == .limit)
    }
  }

  @Test func wordsWithSpacesAndWithMarksAreTheSame() throws {
    let text = Array("a ▁b <s> c1 c1x\nof▁the of the\n\"▁   <s>\", \"▁ \", ▁ ▁\",\n".utf8)
    var options = Self.options(60)
    options.normalizationRuleName = .identity
    options.userDefinedSymbols = ["▁b"]
    let parts = try Self.train(text, options)
    // Words are not cut where a symbol reaches over a space.
    options.userDefinedSymbols = ["▁b", "of▁zz"]
    let lines = try Self.train(text, options)
    let first = try Self.tokens(parts)
    let second = try Self.tokens(lines)
    #expect(first.filter { $0 != "of▁zz" } == second.filter { $0 != "of▁zz" })
    #expect(parts.report.tokenCount + 1 == lines.report.tokenCount)
  }

  @Test func optionsThatTheOriginalRefusesAreErrors() {
    func refuses(
      _ place: String, _ change: (inout SentencePieceTrainingOptions) -> Void
    ) -> Bool {
      var options = Self.options(100)
      change(&options)
      do {
        _ = try SentencePieceBPETrainer(options)
        return false
      } catch { return error.reason == .option && error.place == place }
    }
    #expect(refuses("vocabSize") { $0.vocabSize = 0 })
    #expect(refuses("vocabSize") { $0.byteFallback = true })
    #expect(refuses("characterCoverage") { $0.characterCoverage = 0.9 })
    #expect(refuses("characterCoverage") { $0.characterCoverage = .nan })
    #expect(refuses("autoCharacterCoverage") { $0.autoCharacterCoverage = true })
    #expect(refuses("maxSentencepieceLength") { $0.maxSentencepieceLength = 0 })
    #expect(refuses("maxSentenceLength") { $0.maxSentenceLength = 9 })
    #expect(refuses("escapeWhitespaces") { $0.escapeWhitespaces = false })
    #expect(refuses("unkID") { $0.unkID = -1 })
    #expect(refuses("bosID") { $0.bosID = 0 })
    #expect(refuses("eosID") { $0.eosID = 100 })
    #expect(refuses("padPiece") { $0.padPiece = "" })
    #expect(refuses("userDefinedSymbols") { $0.userDefinedSymbols = [""] })
    #expect(refuses("userDefinedSymbols") { $0.userDefinedSymbols = ["a", "a"] })
    #expect(refuses("controlSymbols") { $0.controlSymbols = ["<unk>"] })
  }
}
