import SplitPatterns
import TestSupport
import Testing
import UnicodeText

@testable import Tokenization

/// Each scanner of words against the steps that it stands for.
@Suite struct WordScannerTests {
  static let mark: Unicode.Scalar = "\u{2581}"
  static let metaspace = SplitStep.metaspace(replacement: mark, scheme: .never, splits: true)
  static let marking = SplitStep.metaspace(replacement: mark, scheme: .always, splits: true)
  static let splitters: [[SplitStep]] = [
    [.bert], [.whitespace], [.whitespaceSplit], [metaspace], [.whitespaceSplit, marking],
  ]

  private static func compare(_ steps: [SplitStep], _ texts: [[UInt8]]) throws {
    let plan = try SplitPlan(Splitter(steps))
    if case .general = plan { Issue.record("\(steps) is not recognised") }
    let general = try GeneralSplitter(steps)
    for text in texts {
      let found = try plan.ranges(of: text)
      let expected = try general.ranges(of: text)
      guard found != expected else { continue }
      let name = String(decoding: text, as: UTF8.self).debugDescription
      Issue.record("\(steps) of \(name): \(found), not \(expected)")
      return
    }
  }

  @Test(arguments: splitters)
  func `nasty texts`(steps: [SplitStep]) throws {
    try Self.compare(steps, RandomText.nasty)
    let parts = RandomText.troublesome + ["▁", "\u{2582}", "。", "\u{1C}"]
    try Self.compare(
      steps,
      parts.flatMap { one in
        [" ", "a", ".", "\n", "中", "_", "▁"].map { Array((one + $0).utf8) }
      })
  }

  @Test(arguments: splitters, [1, 2] as [UInt64])
  func `mixtures`(steps: [SplitStep], seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    try Self.compare(
      steps,
      (0..<400).map { _ in
        RandomText.mixture(Int.random(in: 2...30, using: &generator), using: &generator)
      }
        + (0..<100).map { _ in
          RandomText.bytes(Int.random(in: 1...24, using: &generator), using: &generator)
        })
  }

  /// Words that end at a window's edge, before it and behind it.
  @Test(arguments: splitters)
  func `long texts`(steps: [SplitStep]) throws {
    let runs = ["a", ".", " ", "é", "_", "▁", "中", "\u{3000}", "\u{1}"].flatMap { unit in
      (60...67).flatMap { count in
        ["", " ", "é", "x", ".", "_ y", "\u{3000}", " ▁", "▁"].map {
          Array((String(repeating: unit, count: count) + $0).utf8)
        }
      }
    }
    try Self.compare(steps, runs)
    var generator = SeededGenerator(seed: 3)
    let parts = [
      " ", "  ", "\n", "the", "HTTPServer", "2024", "'", "don't", ".", "--", "_", "\u{1}", "é",
      "中", "\u{3000}", "▁", "tokenization", ", ", " of ",
    ]
    try Self.compare(
      steps,
      (0..<100).map { _ in
        (0..<100).flatMap { _ in Array((parts.randomElement(using: &generator) ?? "").utf8) }
      })
  }

  @Test(arguments: splitters)
  func `a safe cut is safe`(steps: [SplitStep]) throws {
    let plan = try SplitPlan(Splitter(steps))
    #expect(plan.allowsCuts)
    var generator = SeededGenerator(seed: 7)
    var cuts = 0
    let parts = ["a ", "Z ", "x", "._ ", "I  ", "▁a "]
    for _ in 0..<100 {
      var text: [UInt8] = []
      for _ in 0..<8 {
        text += (parts.randomElement(using: &generator) ?? "").utf8
        text += RandomText.mixture(1, using: &generator)
      }
      let whole = try plan.ranges(of: text)
      for cut in text.indices where isSafeCut(text.span, before: cut) {
        cuts += 1
        let front = try plan.ranges(of: Array(text[..<cut]))
        let back = try plan.ranges(of: Array(text[cut...])).map {
          ($0.lowerBound + cut)..<($0.upperBound + cut)
        }
        #expect(front + back == whole)
      }
    }
    #expect(cuts > 100)
  }

  /// Encoding with ranges goes by the steps, without by the scanner: both must give the same.
  @Test(
    arguments: [
      [.bert], [.whitespace], [.whitespaceSplit], [metaspace], [marking],
      [.metaspace(replacement: mark, scheme: .first, splits: true)], [.whitespaceSplit, marking],
    ] as [[SplitStep]])
  func `ids are those of the steps`(steps: [SplitStep]) throws {
    let vocabulary = SmallVocabulary(merges: ["h+e", "t+he", "o+f", "t+h"])
    let tokenizer = try vocabulary.tokenizer(
      splitter: Splitter(steps), addedTokens: [], normalizer: .form(.nfc))
    let general = try GeneralSplitter(steps)
    let bare = try vocabulary.tokenizer()
    var generator = SeededGenerator(seed: 4)
    let parts = ["the", " ", "  ", "of", "▁", "▁the", "é", "e\u{301}", ".", "x", "\n", "中"]
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        parts.randomElement(using: &generator) ?? ""
      }.joined()
      let ids = try tokenizer.encode(text)
      let tokens = try tokenizer.tokenize(text)
      #expect(ids == tokens.map(\.id), "\(text.debugDescription)")
      #expect(try tokenizer.countTokens(in: text) == ids.count)
      var expected: [TokenID] = []
      let normalized = try NormalizationPlan(.form(.nfc)).normalized(Array(text.utf8))
      var pretokens = Pretokens()
      try general.split(normalized.span, startCount: 1, wantsEdits: false, into: &pretokens)
      for pretoken in pretokens.bytes(of: normalized.span) {
        expected += try bare.encode(pretoken.span)
      }
      #expect(ids == expected, "\(text.debugDescription)")
    }
  }
}
