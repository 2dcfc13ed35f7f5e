import SplitPatterns
import TestSupport
import Testing

@testable import Tokenization

/// Each scanner against the general engine, which reads the pattern itself.
@Suite struct SplitPlanTests {
  private static func compare(_ splitter: KnownSplitter, _ texts: [[UInt8]]) throws {
    let plan = try SplitPlan(splitter.splitter())
    if case .general = plan {
      Issue.record("\(splitter) is not recognised")
      return
    }
    let general = try splitter.general()
    var differences = 0
    for text in texts {
      let found = try plan.ranges(of: text)
      let expected = try general.ranges(of: text)
      guard found != expected else { continue }
      differences += 1
      let place = zip(found, expected).first { $0 != $1 }
      Issue.record(
        "\(text) as \(String(decoding: text, as: UTF8.self).debugDescription): \(place.map { "\($0.0), not \($0.1)" } ?? "\(found.count) parts")"
      )
      if differences > 3 { return }
    }
  }

  @Test(arguments: KnownSplitter.allCases)
  func `nasty texts`(splitter: KnownSplitter) throws {
    try Self.compare(splitter, RandomText.nasty)
    // Each of the troublesome between all others would be many; in pairs they are few.
    let pairs = RandomText.troublesome.flatMap { one in
      [" ", "a", "A", "1", "\n", "'", "\u{301}", ".", "中"].map { Array((one + $0).utf8) }
    }
    try Self.compare(splitter, pairs)
  }

  @Test(arguments: KnownSplitter.allCases, [1, 2, 3] as [UInt64])
  func `mixtures that break tokenizers`(splitter: KnownSplitter, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let texts = (0..<700).map { _ in
      RandomText.mixture(Int.random(in: 2...24, using: &generator), using: &generator)
    }
    try Self.compare(splitter, texts)
  }

  @Test(arguments: KnownSplitter.allCases, [4] as [UInt64])
  func `random text over all of Unicode`(splitter: KnownSplitter, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var texts = (0..<500).map { _ in
      RandomText.anyScalars(Int.random(in: 1...24, using: &generator), using: &generator)
    }
    texts += (0..<200).map { _ in
      RandomText.bytes(Int.random(in: 1...24, using: &generator), using: &generator)
    }
    try Self.compare(splitter, texts)
  }

  /// Short texts over the characters that the alternatives ask for, all of them.
  @Test(arguments: KnownSplitter.allCases)
  func `all short texts`(splitter: KnownSplitter) throws {
    try Self.compare(splitter, RandomText.all(over: Array(" \na1'sA.".utf8), upTo: 3))
  }

  /// Longer than the windows that the scanners look through, mostly ASCII.
  @Test(arguments: KnownSplitter.allCases, [5, 6] as [UInt64])
  func `long texts`(splitter: KnownSplitter, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let parts = [
      " ", "  ", "\n", "\r\n", "\t", "a", "the", "The", "HTTPServer", "1", "2024", "123456", "'",
      "'s", "'LL", "don't", ".", "--", "/", ");\n/", "\u{1}", "\u{7F}", "é", "中", "\u{301}", "'ſ",
    ]
    let texts = (0..<200).map { _ in
      (0..<100).flatMap { _ in Array((parts.randomElement(using: &generator) ?? "").utf8) }
    }
    // Runs that end at a window's edge, before it and behind it.
    let runs = ["a", "A", "1", " ", "\n", ".", "'"].flatMap { unit in
      (60...68).flatMap { count in
        ["", " ", "é", "x", ".", "7", "'s", "\n", " y"].map {
          Array((String(repeating: unit, count: count) + $0).utf8)
        }
      }
    }
    try Self.compare(splitter, texts + runs)
  }

  @Test(arguments: KnownSplitter.allCases)
  func `other steps go to the general engine`(splitter: KnownSplitter) throws {
    var steps = try splitter.splitter().steps
    steps.insert(.literal("x", .isolated, inverted: false), at: 0)
    guard case .general = try SplitPlan(Splitter(steps)) else {
      Issue.record("recognised with a step that the scanner does not know")
      return
    }
  }

  // Found by a mixture: the third step of DeepSeek cuts what the second one cut out as well, and
  // there are signs among the kana. Its pretokens by the rule of huggingface's `Sequence`.
  @Test(
    arguments: [
      ("データ・グラフ", ["データ", "・", "グラフ"]), ("あ゛い", ["あ", "゛", "い"]),
      ("゠中", ["゠", "中"]), ("中国 12345 中", ["中国", " ", "123", "45", " ", "中"]),
      // A number at the end of the text.
      ("1", ["1"]), ("a 12", ["a", " ", "12"]),
    ] as [(String, [String])])
  func `rows of DeepSeek`(text: String, expected: [String]) throws {
    let bytes = Array(text.utf8)
    for ranges in [
      try SplitPlan(KnownSplitter.deepSeek.splitter()).ranges(of: bytes),
      try KnownSplitter.deepSeek.general().ranges(of: bytes),
    ] {
      #expect(ranges.map { String(decoding: bytes[$0], as: UTF8.self) } == expected)
    }
  }

  // MARK: cuts

  @Test(arguments: KnownSplitter.allCases, [7] as [UInt64])
  func `a safe cut is safe`(splitter: KnownSplitter, seed: UInt64) throws {
    let plan = try SplitPlan(splitter.splitter())
    var generator = SeededGenerator(seed: seed)
    var cuts = 0
    for _ in 0..<150 {
      let words = ["a ", "Z ", "don't ", "'s ", "'S ", "x", "'l l", "'re r", " s", "I ", "a \n"]
      var text: [UInt8] = []
      for _ in 0..<8 {
        text += (words.randomElement(using: &generator) ?? "").utf8
        text += RandomText.mixture(1, using: &generator)
      }
      let whole = try plan.ranges(of: text)
      for cut in text.indices where isSafeCut(text.span, before: cut) {
        cuts += 1
        let parts =
          try plan.ranges(of: Array(text[..<cut]))
          + plan.ranges(of: Array(text[cut...])).map {
            ($0.lowerBound + cut)..<($0.upperBound + cut)
          }
        guard parts == whole else {
          Issue.record("cut at \(cut) of \(text): \(parts), not \(whole)")
          return
        }
      }
    }
    #expect(cuts > 300)
  }

  @Test func `rows of safe cuts`() {
    let rows: [(String, [Int])] = [
      ("a b", [1]), ("a  b", [1]), ("é a", []), ("1 2", []), ("", []), (" a", []), ("a ", [1]),
      ("Z x [ y ` z { z @ a", [1, 3, 7, 11, 15]),
    ]
    for (text, expected) in rows {
      let bytes = Array(text.utf8)
      #expect((0...bytes.count).filter { isSafeCut(bytes.span, before: $0) } == expected, "\(text)")
    }
  }
}
