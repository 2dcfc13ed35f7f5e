import SplitPatterns
import TestSupport
import Testing
import UnicodeText

@testable import Tokenization

/// Words found in the text as it came, against those of the text that normalisation makes.
@Suite struct SpacedWordTests {
  /// The words as a model sees them.
  private static func words(
    of text: [UInt8], _ scanner: SpacedWordScanner
  ) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var ranges = [Range<Int>](repeating: 0..<0, count: 5)
    var position = 0
    while position < text.count {
      let start = position
      var span = ranges.mutableSpan
      let count = scanner.fill(&span, in: text.span, from: &position)
      #expect(count > 0 && ranges[0].lowerBound == start)
      for range in ranges[..<count] {
        var word: [UInt8] = []
        var edits: TextEdits?
        scanner.append(text.span.extracting(range), to: &word, edits: &edits)
        words.append(word)
      }
    }
    return words
  }

  /// Cuts `text`, in which marks stand for spaces, byte by byte.
  private static func expected(_ text: [UInt8], _ joins: ByteJoins?) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    var isInRun = true
    var index = 0
    while index < text.count {
      let isMark = SpaceMark.stands(in: text.span, at: index)
      if let last = word.last {
        let cuts = if let joins { isApart(last, text[index], isInRun, joins) } else { false }
        if isMark ? !isInRun : cuts {
          words.append(word)
          word = []
        }
      }
      word += text[index..<(index + (isMark ? 3 : 1))]
      isInRun = isMark
      index += isMark ? 3 : 1
    }
    return word.isEmpty ? words : words + [word]
  }

  /// Whether the scanner cuts between the two bytes: not within characters, and never between letters.
  private static func isApart(
    _ left: UInt8, _ right: UInt8, _ isBehindMark: Bool, _ joins: ByteJoins
  ) -> Bool {
    func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
    if right & 0xC0 == 0x80 || isLetter(right) && (isBehindMark || isLetter(left)) { return false }
    return !joins.contains(left, right)
  }

  /// Half of all pairs; a space has those of the mark's last byte.
  private static let someJoins: ByteJoins = {
    var generator = SeededGenerator(seed: 3)
    var joins = ByteJoins()
    for left in 0...255 as ClosedRange<UInt8> where left != 0x20 {
      for right in 0...255 as ClosedRange<UInt8> where Bool.random(using: &generator) {
        joins.insert(left, right)
        if left == 0x81 { joins.insert(0x20, right) }
      }
    }
    return joins
  }()

  private static func check(_ text: [UInt8]) throws {
    let plan = try NormalizationPlan(.replace(.literal(" "), "\u{2581}"))
    let marked = try plan.normalized(text)
    for joins in [nil, ByteJoins(), someJoins] {
      let found = words(of: text, SpacedWordScanner(repairs: false, joins: joins))
      #expect(found == expected(marked, joins), "\(text)")
    }
  }

  @Test func `mixtures`() throws {
    var generator = SeededGenerator(seed: 5)
    let parts = [" ", "  ", "\u{2581}", "\n", "a", "bc", "\u{2582}", "\u{E9}", "\u{4E2D}"]
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 1...90, using: &generator)).map { _ in
        parts[Int.random(in: 0..<parts.count, using: &generator)]
      }
      try Self.check(Array(text.joined().utf8))
      try Self.check(RandomText.bytes(40, using: &generator))
    }
  }

  /// Marks that lie across the edge of a window.
  @Test func `edges of windows`() throws {
    for count in 58...70 {
      for unit in ["\u{2581}", " ", "\n", " \n", "\u{2581}\n", " \u{2581} ", "x\u{2581}x"] {
        try Self.check(Array((String(repeating: "a", count: count) + unit + "b").utf8))
        try Self.check(Array(String(repeating: unit, count: count).utf8))
      }
    }
  }

  @Test func `plans of the ways in which files say it`() {
    let mark = "\u{2581}"
    let none = Splitter([])
    let replacing = Normalizer.replace(.literal(" "), mark)
    func prefix(_ normalizer: Normalizer?, _ splitter: Splitter) -> SpacedWordPlan.Prefix? {
      SpacedWordPlan(normalizer, splitter, joins: nil)?.prefix
    }
    #expect(prefix(.sequence([.prepend(mark), replacing]), none) == .always)
    #expect(prefix(replacing, none) == .never)
    #expect(
      prefix(.sentencePiece(SentencePieceNormalizer(removesExtraSpaces: false)), none) == .always)
    #expect(prefix(.sentencePiece(SentencePieceNormalizer()), none) == nil)
    #expect(prefix(.sequence([.lowercase, replacing]), none) == nil)
    let step = SplitStep.metaspace(replacement: "\u{2581}", scheme: .first, splits: false)
    #expect(prefix(nil, Splitter([step])) == .metaspace(.first))
    #expect(prefix(replacing, Splitter([step])) == nil)
  }
}
