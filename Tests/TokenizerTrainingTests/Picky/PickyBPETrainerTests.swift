import References
import TestSupport
import Testing
import Tok

@testable import Tokenization
@testable import TokenizerFormats
@testable import TokenizerTraining

@Suite struct PickyBPETrainerTests {
  private static func train(
    _ words: [(word: [UInt8], count: UInt64)], _ options: BPETrainer.Options, _ threshold: Double,
    threads: Int = 1
  ) throws -> TrainedTokenizer {
    let splitter = Splitter([.byteLevel(addsPrefixSpace: false, splits: false)])
    return try PickyBPETrainer(
      options, threshold: threshold, Preprocessing(splitter: splitter, isByteLevel: true)
    ).train(on: WordCounts(words), TrainingRun(threads: threads))
  }

  private static func model(_ trained: TrainedTokenizer) throws -> MergeEventsDefinition {
    let file = try trained.source.written(as: .tokenizerJSON).bytes
    return try #require(try readTokenizerJSON(file.span).model as? MergeEventsDefinition)
  }

  private static func events(_ model: MergeEventsDefinition) -> [ReferenceMergeEvents.Event] {
    model.events.map { event in
      let parts = event.parts.map { Array(model.text(of: $0)) }
      return event.kind == .merge ? .merge(parts) : .split(parts)
    }
  }

  @Test func `a token that only a longer one needs goes`() throws {
    let words: [(word: [UInt8], count: UInt64)] = [
      (Array("abc".utf8), 19), (Array("ab".utf8), 1), (Array("d".utf8), 1),
    ]
    var options = BPETrainer.Options()
    options.vocabularySize = 6
    let trained = try Self.train(words, options, 0.9)
    let model = try Self.model(trained)
    #expect(
      Self.events(model) == [
        .merge([[0x61], [0x62]]), .merge([[0x61, 0x62], [0x63]]), .split([[0x61], [0x62]]),
        .merge([[0x61], [0x62]]),
      ])
    // The share is 19 of 20.
    #expect(Self.events(try Self.model(Self.train(words, options, 0.95))).count == 2)
    #expect(trained.report.remarks == ["tokens were removed 1 times"])
    #expect(trained.report.tokenCount == 6)
  }

  @Test func `equals the reference on random words`() throws {
    var generator = SeededGenerator(seed: 21)
    for round in 0..<60 {
      let letters = UInt8.random(in: 1...4, using: &generator)
      var counts: [[UInt8]: UInt64] = [:]
      for _ in 0..<Int.random(in: 1...40, using: &generator) {
        let length = Int.random(in: 1...12, using: &generator)
        let word = (0..<length).map { _ in 97 + UInt8.random(in: 0..<letters, using: &generator) }
        counts[word, default: 0] += UInt64.random(in: 1...9, using: &generator)
      }
      let words = counts.map { (word: $0.key, count: $0.value) }
      var options = BPETrainer.Options()
      options.vocabularySize = Int.random(in: 4...60, using: &generator)
      options.minimumFrequency = UInt64.random(in: 0...4, using: &generator)
      if round.isMultiple(of: 3) {
        options.maximumTokenLength = Int.random(in: 1...8, using: &generator)
      }
      let threshold = [0.3, 0.5, 0.7, 0.9][Int.random(in: 0..<4, using: &generator)]
      let reference = ReferencePickyTraining(
        words, size: options.vocabularySize, threshold: threshold,
        minimumFrequency: max(options.minimumFrequency, 1),
        maximumLength: options.maximumTokenLength ?? .max)
      let trained = try Self.train(words, options, threshold, threads: 3)
      var model = try Self.model(trained)
      #expect(Self.events(model) == reference.events, "round \(round)")
      let kept = reference.texts.filter { reference.present.contains($0) }
      #expect((0..<model.tokens.count).map { model.tokens[$0] } == kept, "round \(round)")
      #expect(trained.report.tokenCount == kept.count)

      // Encoding a word of the training makes of it what the training left of it.
      model.takesWholePretokens = false
      let built = try MergeEventsModel(model)
      var scratch = MergeEventsScratch()
      for (symbols, _) in reference.words {
        let word = Array(symbols.joined())
        var ids = IDBuffer()
        var ranges = TokenRanges(areWanted: false)
        ids.reserve(word.count)
        built.encode(word.span, to: &ids, ranges: &ranges, using: &scratch)
        let found = (0..<ids.count).map { model.tokens[Int(ids[$0])] }
        #expect(found == symbols, "round \(round)")
      }
    }
  }

  /// What the authors' code trains and encodes: `Tests/Conformance/training_picky.jsonl`, by
  /// `training_picky.py`.
  @Test func `rows of the original`() throws {
    let bytes = try Files.read("\(Files.root)/Tests/Conformance/training_picky.jsonl")
    var rowCount = 0
    for line in bytes.split(separator: 0x0A).dropFirst() {
      let content = Array(line)
      let row = try JSONValue(parsing: content.span)
      guard case .number(let digits) = try #require(row["threshold"]),
        let threshold = Double(digits)
      else { continue }
      var options = BPETrainer.Options()
      options.vocabularySize = try #require(row["size"]).integer()
      options.specialTokens = ["<PAD>", "<UNK>", "<BOS>", "<EOS>"]
      options.unknownToken = "<UNK>"
      let words = try #require(row["words"]).elements().map {
        let pair = try $0.elements()
        return (word: Array(try pair[0].text().utf8), count: UInt64(try pair[1].integer()))
      }
      let trained = try PickyBPETrainer(
        options, threshold: threshold, Preprocessing(splitter: Splitter([]), isByteLevel: false)
      ).train(on: WordCounts(words), TrainingRun())
      let events = try #require(row["events"]).elements().map {
        try $0.elements().map { try $0.text() }
      }
      let model = try Self.model(trained)
      let own = model.events.map { event in
        [event.kind == .merge ? "merge" : "split"]
          + event.parts.map { String(decoding: model.text(of: $0), as: UTF8.self) }
      }
      #expect(own == events)
      let tokenizer = try trained.source.tokenizer()
      for pair in try #require(row["encodings"]).elements() {
        let parts = try pair.elements()
        let ids = try parts[1].elements().map { TokenID(try $0.integer()) }
        #expect(try tokenizer.encode(parts[0].text()) == ids)
      }
      rowCount += 1
    }
    #expect(rowCount == 2)
  }

  @Test func `options without meaning`() throws {
    let preprocessing = Preprocessing(splitter: Splitter([]), isByteLevel: false)
    func place(_ threshold: Double = 0.5, _ change: (inout BPETrainer.Options) -> Void) -> String? {
      var options = BPETrainer.Options()
      change(&options)
      do throws(TrainingError) {
        _ = try PickyBPETrainer(options, threshold: threshold, preprocessing)
        return nil
      } catch { return error.place }
    }
    #expect(place { _ in } == nil)
    #expect(place(1.5) { _ in } == "threshold")
    #expect(place(.nan) { _ in } == "threshold")
    #expect(place { $0.endOfWordSuffix = "</w>" } == "endOfWordSuffix")
    #expect(place { $0.continuingSubwordPrefix = "##" } == "continuingSubwordPrefix")
    #expect(place { $0.requiredTokens = ["a"] } == "requiredTokens")
    #expect(place { $0.compatibility = .huggingface } == "compatibility")
    #expect(place { $0.specialTokens = ["a", "a"] } == "specialTokens")
  }
}
