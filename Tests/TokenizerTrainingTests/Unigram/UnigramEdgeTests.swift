import Synchronization
import TestSupport
import Testing
import Tok
import Tokenization

@testable import TokenizerFormats
@testable import TokenizerTraining

/// What unigram trainings make of unusual texts and options, and where they are stopped.
@Suite struct UnigramEdgeTests {
  /// Lines of words of few syllables.
  private static let text: [UInt8] = {
    var generator = SeededGenerator(seed: 5)
    let syllables = ["lo", "we", "rest", "new", "wi", "de", "th", "in", "g", "ä", "漢", "7"]
    var text: [UInt8] = []
    for _ in 0..<300 {
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        for _ in 0...Int.random(in: 0...3, using: &generator) {
          text += syllables[Int.random(in: 0..<syllables.count, using: &generator)].utf8
        }
        text.append(0x20)
      }
      text[text.count - 1] = 0x0A
    }
    return text
  }()

  private static func train(
    _ text: [UInt8], _ run: TrainingRun = TrainingRun(),
    _ change: (inout UnigramTrainingOptions) -> Void = { _ in }
  ) throws -> TrainedTokenizer {
    var options = UnigramTrainingOptions()
    options.sentencePiece.vocabSize = 100
    options.sentencePiece.hardVocabLimit = false
    change(&options)
    return try UnigramTrainer(options).train(
      on: [try TrainingSource(.buffer(text), unit: .bareLine)], run)
  }

  private static func file(_ trained: TrainedTokenizer) throws -> SentencePieceFile {
    let written = try trained.source.written(as: .sentencePiece)
    let bytes = written.bytes
    return try SentencePieceFile(bytes.span)
  }

  private static func texts(_ trained: TrainedTokenizer) throws -> [String] {
    let file = try file(trained)
    return (0..<file.texts.count).map { String(decoding: file.texts[$0], as: UTF8.self) }
  }

  // MARK: - Texts

  @Test(arguments: [
    ("a", ["▁", "a"]), ("aaaa", ["▁", "a"]), ("a b", ["▁", "a", "b"]),
    ("word", ["▁", "d", "o", "r", "w"]),
  ])
  func textsWithLittleInThemGiveTheirCharacters(text: String, expected: [String]) throws {
    let trained = try Self.train(Array(text.utf8))
    let tokens = Set(try Self.texts(trained)).subtracting(["<unk>", "<s>", "</s>"])
    #expect(tokens.isSuperset(of: expected))
    #expect(trained.report.shortage != nil)
    #expect(trained.report.tokenCount == tokens.count + 3)
  }

  @Test func noTextGivesTheReservedTokensAlone() throws {
    let trained = try Self.train([])
    #expect(try Self.texts(trained) == ["<unk>", "<s>", "</s>"])
    #expect(trained.report.shortage == .exhausted)
  }

  @Test func invalidUTF8IsReadAsTheReplacementCharacter() throws {
    let trained = try Self.train([0x61, 0xFF, 0x61, 0xFF, 0x61, 0xC3])
    #expect(try Self.texts(trained).contains("\u{FFFD}"))
  }

  /// Each character stands there once, so that most are beyond the coverage.
  @Test func rareCharactersAreToldAndUnknown() throws {
    let line = String(String.UnicodeScalarView((0x4E00..<0x4F00).compactMap(Unicode.Scalar.init)))
    let trained = try Self.train(Array(line.utf8)) {
      $0.sentencePiece.vocabSize = 300
      $0.sentencePiece.characterCoverage = 0.98
    }
    #expect(trained.report.remarks.contains { $0.contains("rare characters") })
    let tokenizer = try trained.source.tokenizer()
    #expect(try tokenizer.encode(line).contains(0))
  }

  @Test func countsBeyond32BitsAreExact() throws {
    func counts(_ pairs: [(word: String, count: UInt64)]) throws -> WordCounts {
      try WordCounts(pairs.map { (word: Array($0.word.utf8), count: $0.count) })
    }
    var options = UnigramTrainingOptions()
    options.sentencePiece.vocabSize = 14
    options.sentencePiece.hardVocabLimit = false
    options.sentencePiece.characterCoverage = 1
    let trained = try UnigramTrainer(options).train(
      on: counts([("▁aaab", 5 << 32), ("▁abab", 3 << 32), ("▁ba", 1)]), TrainingRun())
    #expect(try Self.texts(trained).contains("▁aaab"))
    let error = #expect(throws: TrainingError.self) {
      try UnigramTrainer(options).train(on: counts([("▁aaab", 1 << 47)]), TrainingRun())
    }
    #expect(error?.reason == .limit)
  }

  @Test func sizesThatCannotBeHadAreErrors() throws {
    let small = #expect(throws: TrainingError.self) {
      try Self.train(Self.text) { $0.sentencePiece.vocabSize = 12 }
    }
    #expect(small?.place == "vocabSize")
    let large = #expect(throws: TrainingError.self) {
      try Self.train(Self.text) {
        $0.sentencePiece.vocabSize = 100_000
        $0.sentencePiece.hardVocabLimit = true
      }
    }
    #expect(large?.reason == .option)
    let trained = try Self.train(Self.text) { $0.sentencePiece.vocabSize = 100_000 }
    #expect(trained.report.tokenCount < 100_000)
    #expect(trained.report.shortage == .tooRare || trained.report.shortage == .notAllowed)
  }

  @Test func whyThereAreFewIsSaid() throws {
    func shortage(
      _ text: String, _ change: (inout UnigramTrainingOptions) -> Void
    ) throws -> TrainingReport.Shortage? {
      try Self.train(Array(text.utf8)) {
        $0.sentencePiece.vocabSize = 1000
        change(&$0)
      }.report.shortage
    }
    #expect(
      try shortage("abcdef abcdef") { $0.sentencePiece.maxSentencepieceLength = 2 } == .tooLong)
    #expect(try shortage("漢a 漢a 漢a") { _ in } == .notAllowed)
    #expect(try shortage("abcdef ghijkl") { _ in } == .tooRare)
  }

  // MARK: - Options

  @Test func reservedTokensAndBytesHaveTheirIDs() throws {
    let trained = try Self.train(Self.text) {
      $0.sentencePiece.vocabSize = 400
      $0.sentencePiece.byteFallback = true
      $0.sentencePiece.userDefinedSymbols = ["<sep>", "▁we"]
      $0.sentencePiece.controlSymbols = ["<cls>"]
      $0.sentencePiece.padID = 3
    }
    let file = try Self.file(trained)
    #expect(file.texts.count == trained.report.tokenCount)
    let texts = try Self.texts(trained)
    #expect(
      Array(texts[0..<9]) == [
        "<unk>", "<s>", "</s>", "<pad>", "<cls>", "<sep>", "▁we", "<0x00>", "<0x01>",
      ])
    #expect(file.types[4] == .control && file.types[6] == .userDefined && file.types[7] == .byte)
    #expect(Set(texts).count == texts.count)
    let tokenizer = try trained.source.tokenizer()
    let text = "we rest<sep>in \u{1F600}"
    let ids = try tokenizer.encode(text)
    #expect(try tokenizer.decode(ids) == text)
    #expect(ids.contains(5) && !ids.contains(0))
    // The same from the other format.
    let other = try trained.source.written(as: .tokenizerJSON, allowsLosses: true).bytes
    let read = try TokenizerSource(bytes: other.span, stem: "tokenizer").tokenizer()
    #expect(try read.encode("newest in the lower") == tokenizer.encode("newest in the lower"))
  }

  @Test func digitsStandAlone() throws {
    let trained = try Self.train(Self.text) { $0.sentencePiece.splitDigits = true }
    #expect(try Self.texts(trained).allSatisfy { !$0.contains("7") || $0 == "7" })
  }

  @Test func noTokenReachesOverADelimiter() throws {
    let text = Array(String(decoding: Self.text, as: UTF8.self).utf8).flatMap {
      $0 == 0x65 ? [0x7C, 0x65] : [$0]
    }
    let trained = try Self.train(text) { $0.sentencePiece.pretokenizationDelimiter = "|" }
    let texts = try Self.texts(trained)
    #expect(texts.allSatisfy { !$0.contains("|") })
    #expect(texts.allSatisfy { $0 == "▁e" || !$0.dropFirst().contains("e") || $0.first == "<" })
    // With spaces in it, too.
    let spaced = try Self.train(Array("ab ab ab ab".utf8)) {
      $0.sentencePiece.pretokenizationDelimiter = "b▁a"
    }
    #expect(try Self.texts(spaced).allSatisfy { !$0.contains("b▁") && !$0.hasSuffix("ab") })
  }

  @Test func seedsOfAFileAreAllThereIs() throws {
    try Files.withFolder { folder in
      let path = folder + "/seeds"
      try Files.write(Array("▁new\t50\nrest\t40\tx\nnowhere\t9\nin\t30\nin\t3\n".utf8), to: path)
      let trained = try Self.train(Self.text) { $0.seedSentencepiecesFile = path }
      let long = try Self.texts(trained).filter { $0.unicodeScalars.count > 1 && $0.first != "<" }
      #expect(Set(long) == ["▁new", "rest", "in"])
      #expect(trained.report.shortage == .exhausted)
      for wrong in ["new", "new\t", "new\t-1", "new\t1.5", "new\t99999999999999999999"] {
        try Files.write(Array("in\t3\n\(wrong)\n".utf8), to: path)
        let error = #expect(throws: TrainingError.self) {
          try Self.train(Self.text) { $0.seedSentencepiecesFile = path }
        }
        #expect(error?.reason == .input && error?.place == path && error?.offset == 5)
      }
      let error = #expect(throws: TrainingError.self) {
        try Self.train(Self.text) { $0.seedSentencepiecesFile = folder + "/none" }
      }
      #expect(error?.reason == .unreadable)
    }
  }

  // MARK: - Stopping and going on

  private static func run(
    _ folder: String?, threads: Int = 1, stopsAfter limit: Int
  ) -> TrainingRun {
    let reports = Mutex(0)
    return TrainingRun(
      threads: threads, checkpoint: folder.map { CheckpointFolder($0) },
      checkpointInterval: .zero,
      progress: { progress in
        if progress.phase == .counting { return .goOn }
        return reports.withLock { reports in
          reports += 1
          return reports > limit ? .stop : .goOn
        }
      })
  }

  @Test func whereverItStopsThereIsATokenizer() throws {
    var stops = 0
    while true {
      let trained = try Self.train(Self.text, Self.run(nil, stopsAfter: stops))
      #expect(trained.report.tokenCount <= 100)
      let tokenizer = try trained.source.tokenizer()
      let text = "newest 漢 in the lower rest"
      #expect(try tokenizer.decode(tokenizer.encode(text)) == text)
      if trained.report.shortage != .stopped { break }
      #expect(trained.report.tokenCount > 60)
      stops += 3
    }
    #expect(stops > 5)
  }

  @Test func itGoesOnFromWhereverItWasStopped() throws {
    let whole = try Self.file(Self.train(Self.text))
    try Files.withFolder { folder in
      for limit in [1, 4, 6] {
        let place = "\(folder)/\(limit)"
        let first = try Self.train(Self.text, Self.run(place, stopsAfter: limit))
        #expect(first.report.shortage == .stopped)
        let last = try Self.train(Self.text, Self.run(place, threads: 3, stopsAfter: .max))
        let file = try Self.file(last)
        #expect(file.texts == whole.texts && file.scores == whole.scores)
      }
    }
  }

  @Test func aDamagedCheckpointIsAnError() throws {
    try Files.withFolder { folder in
      _ = try Self.train(Self.text, Self.run(folder, stopsAfter: 4))
      let path = folder + "/unigram"
      let bytes = try Files.read(path)
      for place in stride(from: 0, to: bytes.count, by: bytes.count / 2) {
        var damaged = bytes
        damaged[place] ^= 4
        try Files.write(damaged, to: path)
        let error = #expect(throws: TrainingError.self) {
          try Self.train(Self.text, Self.run(folder, stopsAfter: .max))
        }
        #expect(error?.reason == .checkpoint)
        try Files.write(Array(bytes[..<place]), to: path)
        #expect(throws: TrainingError.self) {
          try Self.train(Self.text, Self.run(folder, stopsAfter: .max))
        }
      }
      // Of other options.
      try Files.write(bytes, to: path)
      let error = #expect(throws: TrainingError.self) {
        try Self.train(Self.text, Self.run(folder, stopsAfter: .max)) { $0.shrinkingFactor = 0.5 }
      }
      #expect(error?.reason == .checkpoint)
    }
  }
}
