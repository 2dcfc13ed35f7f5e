import References
import SplitPatterns
import TestSupport
import Testing
import Tok

@testable import Tokenization
@testable import TokenizerFormats
@testable import TokenizerTraining

@Suite struct BoundlessTrainerTests {
  private static func train(
    _ documents: [[UInt8]], _ options: BoundlessOptions, _ run: TrainingRun = TrainingRun()
  ) throws -> TrainedTokenizer {
    let sources = try documents.map { try TrainingSource(.buffer($0), unit: .document) }
    return try BoundlessTrainer(options).train(on: sources, run)
  }

  private static func model(_ trained: TrainedTokenizer) throws -> BoundlessDefinition {
    let file = try trained.source.written(as: .tokenizerJSON).bytes
    return try #require(try readTokenizerJSON(file.span).model as? BoundlessDefinition)
  }

  /// Merges, splits and joins in their order.
  private static func events(_ model: BoundlessDefinition) -> [ReferenceBoundless.Event] {
    var events: [ReferenceBoundless.Event] = []
    var joins = model.joins[...]
    func text(_ symbol: UInt32) -> [UInt8] { Array(model.words.text(of: symbol)) }
    for place in 0...model.words.events.count {
      while let join = joins.first, join.eventCount == place {
        events.append(.join(text(join.left), text(join.right)))
        joins.removeFirst()
      }
      guard place < model.words.events.count else { break }
      let event = model.words.events[place]
      let parts = event.parts.map { text($0) }
      events.append(.within(event.kind == .merge ? .merge(parts) : .split(parts)))
    }
    return events
  }

  private static func options(_ size: Int, _ threshold: Double? = nil) -> BoundlessOptions {
    var options = BoundlessOptions()
    options.vocabularySize = size
    options.threshold = threshold
    return options
  }

  @Test func `what is more frequent comes first`() throws {
    let text = Array("of the way, of the car, of the of, by the way".utf8)
    let trained = try Self.train([text], Self.options(262))
    let names = Self.events(try Self.model(trained)).map { event -> String in
      switch event {
      case .within(.merge(let parts)), .within(.split(let parts)):
        parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "+")
      case .join(let left, let right): String(decoding: left + right, as: UTF8.self)
      }
    }
    #expect(names == [" +t", " t+h", " th+e", "o+f", " +of", " of the"])
    #expect(
      trained.report.remarks == [
        "5 merges are within pretokens, 1 join pretokens; 0 tokens were removed"
      ])
  }

  /// Documents of few pretokens, so that there are runs, equal counts and pretokens in runs of runs.
  @Test func `equals the reference`() throws {
    var generator = SeededGenerator(seed: 31)
    let runs = try Self.defaultRuns()
    for round in 0..<30 {
      let documents = Self.documents(&generator)
      var options = Self.options(256 + Int.random(in: 0...40, using: &generator))
      options.threshold = [nil, 0.3, 0.6, 0.9, 1][Int.random(in: 0..<5, using: &generator)]
      options.minimumFrequency = UInt64.random(in: 0...3, using: &generator)
      let cut = try documents.map { document in
        var ranges: [Range<Int>] = []
        try runs.cut(document.span, into: &ranges)
        return ranges.map { Array(document[$0]) }
      }
      let reference = ReferenceBoundlessTraining(
        cut, size: options.vocabularySize, threshold: options.threshold ?? .infinity,
        minimumFrequency: Int(options.minimumFrequency)
      ) { (try? runs.joins($0.span)) ?? false }

      let text = try BoundlessText(WordCounts(documents.map { ($0, 1) }), runs)
      var training = try BoundlessTraining(options, runs, text)
      var noCheckpoint: TrainingCheckpoint?
      _ = try training.run(TrainingRun(), &noCheckpoint)
      let events = training.events.map { event -> ReferenceBoundless.Event in
        switch event {
        case .merge(let left, let right): .within(.merge([left, right]))
        case .split(let text): .within(.split(text.map { [$0] }))
        case .join(let left, let right): .join(left, right)
        }
      }
      let difference = zip(events, reference.events).first { $0 != $1 }
      #expect(difference == nil && events.count == reference.events.count, "round \(round)")
      #expect(training.tokenCount == reference.texts.count - reference.removed.count)

      // Encoding a document of the training makes of it what the training left of it.
      guard round < 4 else { continue }
      let sources = try documents.map { try TrainingSource(.buffer($0), unit: .document) }
      let trained = try BoundlessTrainer(options).train(on: sources, TrainingRun(threads: 2))
      let model = try Self.model(trained)
      #expect(Self.events(model) == reference.events)
      let kept = reference.texts.filter { !reference.removed.contains($0) }
      #expect((0..<model.tokens.count).map { model.tokens[$0] } == kept)
      let tokenizer = try trained.source.tokenizer()
      for (document, left) in zip(documents, reference.documents) {
        let ids = try tokenizer.encode(document.span)
        #expect(ids.map { model.tokens[Int($0)] } == left.flatMap(\.symbols))
      }
    }
  }

  private static func defaultRuns() throws -> MatchRuns {
    try MatchRuns(
      SplitPattern(BoundlessOptions.defaultPattern, dialect: .oniguruma),
      joining: SplitPattern(BoundlessOptions.defaultJoinedPattern, dialect: .oniguruma))
  }

  private static func documents(_ generator: inout SeededGenerator) -> [[UInt8]] {
    let parts = [" a", " ab", " ba", " abab", "ab", ",", "\n", " b", "Ab", "’s", "_ab", "é", "1"]
    let known = (0..<Int.random(in: 2...parts.count, using: &generator)).map { _ in
      Array((parts.randomElement(using: &generator) ?? "").utf8)
    }
    return (0..<Int.random(in: 1...8, using: &generator)).map { _ in
      (0..<Int.random(in: 1...50, using: &generator)).flatMap { _ in
        known.randomElement(using: &generator) ?? []
      }
    }
  }

  /// What the authors' code trains and encodes: `Tests/Conformance/training_boundless.jsonl`, by
  /// `training_boundless.py`.
  @Test func `rows of the original`() throws {
    let bytes = try Files.read("\(Files.root)/Tests/Conformance/training_boundless.jsonl")
    var rowCount = 0
    for line in bytes.split(separator: 0x0A).dropFirst() {
      let content = Array(line)
      let row = try JSONValue(parsing: content.span)
      guard case .number(let digits) = try #require(row["tau"]), let tau = Double(digits)
      else { continue }
      var options = Self.options(try #require(row["size"]).integer(), tau)
      options.compatibility = .authors
      if try #require(row["pattern"]).text() == "gpt4o" {
        options.pattern = SplitPattern(name: "o200k")
      }
      let documents = try #require(row["documents"]).elements().map { Array(try $0.text().utf8) }
      let trained = try Self.train(documents, options)
      let own = Self.events(try Self.model(trained)).map { event in
        func spelled(_ kind: String, _ parts: [[UInt8]]) -> [String] {
          [kind] + parts.map { String(String.UnicodeScalarView($0.map { Unicode.Scalar($0) })) }
        }
        return switch event {
        case .within(.merge(let parts)): spelled("merge", parts)
        case .within(.split(let parts)): spelled("split", parts)
        case .join(let left, let right): spelled("join", [left, right])
        }
      }
      let events = try #require(row["events"]).elements().map {
        try $0.elements().map { try $0.text() }
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

  @Test func `what equal pretokens are joined to`() throws {
    let text = Array(String(repeating: " ha", count: 64).utf8)
    var options = Self.options(270)
    let joins = { (trained: TrainedTokenizer) in try Self.model(trained).joins.count }
    #expect(try joins(Self.train([text], options)) == 6)
    options.compatibility = .authors
    #expect(try joins(Self.train([text], options)) == 1)
  }

  @Test func `nasty texts`() throws {
    var generator = SeededGenerator(seed: 7)
    let texts: [[UInt8]] = [
      [], [0x0A], [0x61], Array(repeating: 0x61, count: 2000),
      Array(String(repeating: " a", count: 1000).utf8), (0...255).map { $0 },
      RandomText.mixture(500, using: &generator), RandomText.bytes(500, using: &generator),
      Array(repeating: 0x80, count: 500),
    ]
    for text in texts {
      let trained = try Self.train([text], Self.options(320, 0.5))
      let tokenizer = try trained.source.tokenizer()
      #expect(try tokenizer.decodeBytes(tokenizer.encode(text.span)) == text)
    }
  }

  @Test func `special tokens come first`() throws {
    var options = Self.options(300)
    options.specialTokens = ["<s>", "</s>"]
    let trained = try Self.train([Array("of the of the".utf8)], options)
    let tokenizer = try trained.source.tokenizer()
    #expect(try tokenizer.encode("<s>of the", specialTokens: .parse).first == 0)
    #expect(try tokenizer.id(of: "\u{0}") == 2)
    #expect(trained.report.shortage == .exhausted)
  }

  @Test func `a stopped training goes on to the same result`() throws {
    let text = (0..<60).map { "word\($0 % 7) of the \($0 % 11)th way by the way, of the \n" }
      .joined()
    let texts = [Array(text.utf8)]
    var options = Self.options(330, 0.6)
    options.pattern = SplitPattern(name: "o200k")
    let whole = try Self.train(texts, options)
    for stop in [256, 300] {
      try Files.withFolder { folder in
        var run = TrainingRun(
          checkpoint: CheckpointFolder(folder + "/checkpoint"), checkpointInterval: .zero)
        run.progress = { $0.phase == .merging && $0.completed >= stop ? .stop : .goOn }
        _ = try Self.train(texts, options, run)
        run.progress = nil
        let rest = try Self.train(texts, options, run)
        #expect(try Self.model(rest) == Self.model(whole))
        #expect(rest.report == whole.report)
        let other = texts + [[0x61]]
        #expect(throws: TrainingError.self) { try Self.train(other, options, run) }
      }
    }
  }

  @Test func `options without meaning`() {
    func place(_ change: (inout BoundlessOptions) -> Void) -> String? {
      var options = BoundlessOptions()
      change(&options)
      do throws(TrainingError) {
        _ = try BoundlessTrainer(options)
        return nil
      } catch { return error.place }
    }
    #expect(place { _ in } == nil)
    #expect(place { $0.vocabularySize = 255 } == "vocabularySize")
    #expect(place { $0.vocabularySize = 1 << 21 } == "vocabularySize")
    #expect(place { $0.threshold = 0 } == "threshold")
    #expect(place { $0.threshold = .nan } == "threshold")
    #expect(place { $0.threshold = nil } == nil)
    #expect(place { $0.specialTokens = ["a", "a"] } == "specialTokens")
    #expect(place { $0.specialTokens = [""] } == "specialTokens")
  }
}
