import SplitPatterns
import Synchronization
import TestSupport
import Testing
import Tokenization

@testable import TokenizerTraining

@Suite struct WordCounterTests {
  private let gpt2 = Preprocessing(
    splitter: Splitter([.byteLevel(addsPrefixSpace: false, splits: true)]), isByteLevel: true)

  /// Text of many words, some long, with lines and bytes that are no UTF-8.
  private func text(seed: UInt64, count: Int) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    var text: [UInt8] = []
    for _ in 0..<count {
      let length = Int.random(
        in: 1...(Int.random(in: 0..<20, using: &generator) == 0 ? 40 : 6), using: &generator)
      for _ in 0..<length { text.append(UInt8.random(in: 0x61...0x66, using: &generator)) }
      switch Int.random(in: 0..<12, using: &generator) {
      case 0: text.append(0x0A)
      case 1: text.append(contentsOf: [0x0A, 0x09])
      case 2: text.append(contentsOf: "é漢".utf8)
      case 3: text.append(0xFF)
      default: text.append(0x20)
      }
    }
    return text
  }

  /// The definition: each unit is cut alone, each pretoken counted once.
  private func naive(_ units: [[UInt8]], _ preprocessing: Preprocessing) throws -> WordCounts {
    let pretokenizer = try Pretokenizer(
      normalizer: preprocessing.normalizer, splitter: preprocessing.splitter,
      isByteLevel: preprocessing.isByteLevel, cutsAtSpaceMarks: preprocessing.cutsAtSpaceMarks)
    var scratch = Pretokenizer.Scratch()
    var counts: [[UInt8]: UInt64] = [:]
    for unit in units {
      try pretokenizer.forEachBlock(of: unit.span, using: &scratch) { bytes, ranges in
        for index in 0..<ranges.count {
          counts[ranges[index].map { bytes[$0] }, default: 0] += 1
        }
      }
    }
    return try WordCounts(counts.map { (word: $0.key, count: $0.value) })
  }

  private func lines(_ text: [UInt8], keepsNewline: Bool) -> [[UInt8]] {
    var lines: [[UInt8]] = [[]]
    for byte in text {
      if byte != 0x0A || keepsNewline { lines[lines.count - 1].append(byte) }
      if byte == 0x0A { lines.append([]) }
    }
    return lines
  }

  @Test(arguments: [TrainingSource.Unit.line, .bareLine, .document])
  func countsAreThoseOfEachUnitCutAlone(unit: TrainingSource.Unit) throws {
    let text = text(seed: 1, count: 20_000)
    let units =
      switch unit {
      case .line: lines(text, keepsNewline: true)
      case .bareLine: lines(text, keepsNewline: false)
      case .document: [text]
      }
    let counted = try WordCounter(gpt2).count([TrainingSource(.buffer(text), unit: unit)])
    let expected = try naive(units, gpt2)
    #expect(counted == expected)
  }

  @Test func threadsAndMemoryChangeNothing() throws {
    // More than a chunk, and more words than a thread keeps.
    let text = text(seed: 2, count: 220_000)
    #expect(text.count > TextChunks.chunkSize)
    let sources = try [TrainingSource(.buffer(text))]
    let counter = try WordCounter(gpt2)
    let counts = try counter.count(sources)
    for threads in [2, 3, 8] {
      #expect(try counter.count(sources, TrainingRun(threads: threads)) == counts)
    }
    #expect(try counter.count(sources, TrainingRun(threads: 2, memoryLimit: 100_000)) == counts)
  }

  @Test func aLongLineIsCutWhereNothingReachesOver() throws {
    var text = text(seed: 3, count: 300_000)
    for index in text.indices where text[index] == 0x0A { text[index] = 0x20 }
    let counted = try WordCounter(gpt2).count([TrainingSource(.buffer(text))])
    #expect(try counted == naive([text], gpt2))
  }

  /// Marks and ideographs beside the places where it is cut, and bytes that are no UTF-8.
  @Test func aLongLineIsCutAlsoWhereItIsNormalized() throws {
    var text = text(seed: 4, count: 300_000)
    for index in text.indices where text[index] == 0x0A { text[index] = 0x20 }
    for index in text.indices where text[index] == 0x09 { text[index] = 0x41 }
    let bert = Preprocessing(
      normalizer: .bert(Normalizer.BertOptions()),
      splitter: Splitter([.bert]), isByteLevel: false)
    let counted = try WordCounter(bert).count([TrainingSource(.buffer(text))])
    #expect(try counted == naive([text], bert))
  }

  @Test func weightsAreRoundedOnce() throws {
    let one = try TrainingSource(.buffer(Array("a a a b".utf8)), weight: 0.5)
    let two = try TrainingSource(.buffer(Array("a".utf8)), weight: 2)
    let counts = try WordCounter(gpt2).count([one, two])
    // " a" twice, "a" once and twice again; " b" half a time.
    #expect(counts.words[0] == Array(" a".utf8) && counts.counts == [1, 1, 3])
    #expect(throws: TrainingError.self) { try TrainingSource(.buffer([]), weight: 0) }
  }

  @Test func linesOfJSONHoldTexts() throws {
    try Files.withFolder { folder in
      let path = folder + "/texts.jsonl"
      let lines = #"{"a": {"text": "x y\nx"}}"# + "\n\n" + #"{"a": {"text": "x"}}"# + "\n"
      try Files.write(Array(lines.utf8), to: path)
      let source = try TrainingSource(.jsonLines(path, field: ["a", "text"]), unit: .document)
      let counts = try WordCounter(gpt2).count([source])
      #expect(counts.counts == [1, 1, 3])
      let other = try TrainingSource(.jsonLines(path, field: ["b"]))
      let error = #expect(throws: TrainingError.self) { try WordCounter(gpt2).count([other]) }
      #expect(error?.reason == .input && error?.place == path && error?.offset == 0)
    }
  }

  @Test func countsAreWrittenAndReadAgain() throws {
    try Files.withFolder { folder in
      let path = folder + "/counts"
      let counter = try WordCounter(gpt2)
      let counts = try counter.count([
        TrainingSource(.buffer(text(seed: 4, count: 3000) + Array("\\n\r\n\t\\".utf8)))
      ])
      try counts.write(to: path)
      let source = try TrainingSource(.wordCounts(path))
      #expect(try counter.count([source]) == counts)
      let twice = try counter.count([source, source], TrainingRun(threads: 2))
      #expect(twice.words == counts.words && twice.counts == counts.counts.map { $0 * 2 })
      // Cut off, at a line or within.
      let whole = try FileAccess.read(path)
      for length in [whole.count / 2, 20, 3] {
        try FileAccess.replace(path, with: Array(whole[..<length]))
        let error = #expect(throws: TrainingError.self) { try counter.count([source]) }
        #expect(error?.reason == .input)
      }
    }
  }

  @Test func countsBeyondThirtyTwoBitsAreKept() throws {
    let counts = try WordCounts([(word: Array("a".utf8), count: 1 << 40)])
    try Files.withFolder { folder in
      try counts.write(to: folder + "/counts")
      let source = try TrainingSource(.wordCounts(folder + "/counts"), weight: 1000)
      #expect(try WordCounter(gpt2).count([source]).counts == [1000 << 40])
      let heavier = try TrainingSource(.wordCounts(folder + "/counts"), weight: 1_000_000)
      #expect(throws: TrainingError.self) {
        try WordCounter(gpt2).count(Array(repeating: heavier, count: 40))
      }
    }
  }

  @Test func textsComeFromACallback() throws {
    let texts = Mutex(["x y", "", "x"])
    let source = try TrainingSource(
      .texts { text in
        texts.withLock { texts in
          if texts.isEmpty { return false }
          text.append(contentsOf: texts.removeFirst().utf8)
          return true
        }
      })
    #expect(try WordCounter(gpt2).count([source]).counts == [1, 2])
  }

  @Test func nothingHasNoWords() throws {
    #expect(try WordCounter(gpt2).count([TrainingSource(.buffer([]))]).count == 0)
    #expect(throws: TrainingError.self) {
      try WordCounter(gpt2).count([TrainingSource(.file("/nonexistent/text"))])
    }
  }
}
