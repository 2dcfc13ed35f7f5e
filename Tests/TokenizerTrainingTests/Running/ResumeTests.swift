import Synchronization
import TestSupport
import Testing
import Tok
import Tokenization

@testable import TokenizerTraining

/// Trainings that are stopped again and again, and go on from their checkpoint.
@Suite struct ResumeTests {
  enum Trainer: CaseIterable {
    case bytePair, huggingface, characterPair, wordPiece, likelihood, sentencePieceBPE, unigram
    case superBPE, picky, lessIsBetter
  }

  /// Lines of words of few syllables, some of them often.
  private static let text: [UInt8] = {
    var generator = SeededGenerator(seed: 11)
    let syllables = ["lo", "we", "rest", "new", "wi", "de", "th", "in", "g", "ä", "漢", "aa"]
    var text: [UInt8] = []
    for _ in 0..<300 {
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        for _ in 0...Int.random(in: 0...3, using: &generator) {
          text +=
            syllables[
              min(
                Int.random(in: 0..<syllables.count, using: &generator),
                Int.random(in: 0..<syllables.count, using: &generator))
            ].utf8
        }
        text.append(0x20)
      }
      text[text.count - 1] = 0x0A
    }
    return text
  }()

  private func train(
    _ trainer: Trainer, _ sources: [TrainingSource], _ run: TrainingRun
  ) throws -> TrainedTokenizer {
    var pairs = BPETrainer.Options()
    pairs.vocabularySize = 1000
    pairs.specialTokens = ["<s>"]
    let gpt2 = Preprocessing(
      splitter: Splitter([.byteLevel(addsPrefixSpace: false, splits: true)]), isByteLevel: true)
    let words = Preprocessing(
      splitter: Splitter([.whitespace]), isByteLevel: false)
    var sentencePiece = SentencePieceTrainingOptions()
    sentencePiece.vocabSize = 300
    switch trainer {
    case .bytePair: return try BPETrainer(pairs, gpt2).train(on: sources, run)
    case .huggingface:
      pairs.compatibility = .huggingface
      pairs.maximumTokenLength = 9
      return try BPETrainer(pairs, gpt2).train(on: sources, run)
    case .characterPair:
      pairs.endOfWordSuffix = "</w>"
      pairs.requiredTokens = ["lower"]
      return try BPETrainer(pairs, words).train(on: sources, run)
    case .wordPiece: return try WordPieceTrainer(pairs, words).train(on: sources, run)
    case .likelihood:
      return try WordPieceTrainer(pairs, score: .likelihood, words).train(on: sources, run)
    case .sentencePieceBPE:
      return try SentencePieceBPETrainer(sentencePiece).train(on: sources, run)
    case .unigram:
      var options = UnigramTrainingOptions(sentencePiece)
      options.seedSentencepieceSize = 2000
      return try UnigramTrainer(options).train(on: sources, run)
    case .superBPE:
      var options = SuperBPEOptions()
      options.vocabularySize = 900
      options.wordMerges = 300
      return try SuperBPETrainer(options).train(on: sources, run)
    case .picky:
      pairs.vocabularySize = 900
      return try PickyBPETrainer(pairs, threshold: 0.6, gpt2).train(on: sources, run)
    case .lessIsBetter:
      var options = LessIsBetterOptions(.lib2023)
      options.documentCount = 20
      return try LessIsBetterTrainer(options).train(on: sources, run)
    }
  }

  private func run(
    _ folder: String, threads: Int = 1, stopsAfter limit: Int = .max, memoryLimit: Int? = nil
  ) -> TrainingRun {
    let reports = Mutex(0)
    return TrainingRun(
      threads: threads, memoryLimit: memoryLimit,
      checkpoint: CheckpointFolder(folder + "/checkpoint"),
      checkpointInterval: .zero,
      progress: { _ in
        reports.withLock { reports in
          reports += 1
          return reports > limit ? .stop : .goOn
        }
      })
  }

  @Test(arguments: Trainer.allCases)
  func `what is stopped goes on to the same tokenizer`(trainer: Trainer) throws {
    let sources = try [
      TrainingSource(.buffer(Self.text), unit: .bareLine),
      TrainingSource(.buffer(Array(Self.text.prefix(9999))), unit: .bareLine, weight: 2),
    ]
    let whole = try train(trainer, sources, TrainingRun())
    let expected = try whole.source.written(as: .compiled).bytes
    #expect(whole.report.shortage != .stopped)
    try Files.withFolder { folder in
      var stops = 0
      for limit in [0, 1, 3, 6, 12, .max] {
        let trained = try train(
          trainer, sources, run(folder, threads: 1 + stops % 3, stopsAfter: limit))
        if trained.report.shortage != .stopped {
          #expect(try trained.source.written(as: .compiled).bytes == expected)
          break
        }
        stops += 1
      }
      #expect(stops > 1)
      // Of the finished one as well.
      let again = try train(trainer, sources, run(folder))
      #expect(try again.source.written(as: .compiled).bytes == expected)
    }
  }

  @Test func `counting goes on where it was`() throws {
    let lines = Array(repeating: Self.text, count: 220).flatMap { $0 }
    try Files.withFolder { folder in
      let json = String(decoding: Self.text, as: UTF8.self).split(separator: "\n")
        .map { #"{"text": "\#($0)"}"# + "\n" }.joined()
      try Files.write(lines, to: folder + "/lines")
      try Files.write(Array(json.utf8), to: folder + "/json")
      let gpt2 = Preprocessing(
        splitter: Splitter([.byteLevel(addsPrefixSpace: false, splits: true)]), isByteLevel: true)
      let counter = try WordCounter(gpt2)
      try counter.count([TrainingSource(.buffer(Self.text))]).write(to: folder + "/counts")
      let sources = try [
        TrainingSource(.file(folder + "/lines")),
        TrainingSource(.jsonLines(folder + "/json", field: ["text"]), weight: 0.7),
        TrainingSource(.file(folder + "/lines"), unit: .document),
        TrainingSource(.wordCounts(folder + "/counts"), weight: 1.5),
        TrainingSource(.buffer(lines)),
      ]
      let expected = try counter.count(sources)
      let reads: @Sendable (Span<UInt8>) -> Bool = { !$0.isEmpty }
      for (round, memoryLimit) in [nil, 20_000].enumerated() {
        try Files.makeFolder(folder + "/\(round)")
        var limit = 0
        var counted = try counter.count(
          sources, run(folder + "/\(round)", stopsAfter: limit), reads: reads)
        while counted.isStopped {
          limit += 1
          counted = try counter.count(
            sources,
            run(
              folder + "/\(round)", threads: 1 + limit % 3, stopsAfter: limit,
              memoryLimit: memoryLimit), reads: reads)
        }
        #expect(counted.counts == expected)
        #expect(limit > 3)
        // What is finished is not read again.
        let again = try counter.count(
          sources, run(folder + "/\(round)", stopsAfter: 0), reads: reads)
        #expect(again.counts == expected && !again.isStopped)
      }
      // A file that has changed is another text.
      try Files.write(lines + [0x61], to: folder + "/lines")
      let error = #expect(throws: TrainingError.self) {
        try counter.count(sources, run(folder + "/0"))
      }
      #expect(error?.reason == .checkpoint)
    }
  }

  @Test func `a damaged checkpoint is an error`() throws {
    let sources = try [TrainingSource(.buffer(Self.text))]
    try Files.withFolder { folder in
      _ = try train(.bytePair, sources, run(folder))
      let names = CheckpointFolder(folder + "/checkpoint").names
      #expect(names.count { $0.hasPrefix("counting") } == 2 && names.contains("byte-pair"))
      for name in names where name.hasPrefix("counting") || name == "byte-pair" {
        let path = folder + "/checkpoint/" + name
        let whole = try Files.read(path)
        var states = [0, 1, 15, 16, 17, whole.count / 2, whole.count - 1].map {
          Array(whole.prefix($0))
        }
        states.append(whole + [0])
        for place in [0, 8, 16, whole.count / 2, whole.count - 1] {
          states.append(whole)
          states[states.count - 1][place] ^= 1
        }
        for state in states where state != whole {
          try Files.write(state, to: path)
          let error = #expect(throws: TrainingError.self) {
            try train(.bytePair, sources, run(folder))
          }
          #expect(error?.reason == .checkpoint && error?.place == path)
        }
        try Files.write(whole, to: path)
      }
      _ = try train(.bytePair, sources, run(folder))
      let other = try [TrainingSource(.buffer(Self.text + [0x0A]))]
      let error = #expect(throws: TrainingError.self) { try train(.bytePair, other, run(folder)) }
      #expect(error?.reason == .checkpoint)
    }
  }

  @Test func `a folder that cannot be written is an error at the beginning`() throws {
    try Files.withFolder { folder in
      try Files.write([0x61], to: folder + "/checkpoint")
      for trainer in Trainer.allCases {
        let reports = Mutex(0)
        var run = run(folder)
        run.progress = { _ in
          reports.withLock { $0 += 1 }
          return .goOn
        }
        let error = #expect(throws: TrainingError.self) {
          try train(trainer, [TrainingSource(.buffer(Self.text))], run)
        }
        #expect(error?.reason == .unwritable)
        #expect(reports.withLock { $0 } == 0)
      }
    }
  }
}
