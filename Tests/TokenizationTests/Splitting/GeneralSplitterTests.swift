import References
import SplitPatterns
import TestSupport
import Testing

@testable import Tokenization

@Suite struct GeneralSplitterTests {
  // The rows of huggingface's documentation of `SplitDelimiterBehavior`.
  @Test(
    arguments: [
      (.removed, ["the", "final", "countdown"]),
      (.isolated, ["the", "-", "final", "-", "-", "countdown"]),
      (.mergedWithPrevious, ["the-", "final-", "-", "countdown"]),
      (.mergedWithNext, ["the", "-final", "-", "-countdown"]),
      (.contiguous, ["the", "-", "final", "--", "countdown"]),
    ] as [(SplitBehavior, [String])])
  func `rows of behaviours`(behavior: SplitBehavior, expected: [String]) throws {
    let text = Array("the-final--countdown".utf8)
    let pattern = try SplitPattern("-", dialect: .oniguruma)
    for step in [
      SplitStep.pattern(pattern, behavior, inverted: false),
      .literal("-", behavior, inverted: false),
    ] {
      let ranges = try GeneralSplitter([step]).ranges(of: text)
      #expect(ranges.map { String(decoding: text[$0], as: UTF8.self) } == expected)
    }
  }

  @Test(arguments: SplitBehavior.allCases, [false, true])
  func `behaviours agree with the reference`(behavior: SplitBehavior, inverted: Bool) throws {
    let literal = try GeneralSplitter([.literal("-", behavior, inverted: inverted)])
    let runs = try GeneralSplitter([
      .pattern(try SplitPattern("b+", dialect: .rust), behavior, inverted: inverted)
    ])
    for text in RandomText.all(over: Array("-ab".utf8), upTo: 6) {
      let dashes = text.indices.filter { text[$0] == 0x2D }.map { $0..<($0 + 1) }
      let expected = referenceSplit(
        count: text.count, matches: dashes, behavior: behavior.rawValue, inverted: inverted)
      #expect(try literal.ranges(of: text) == expected, "\(text)")
      var matches: [Range<Int>] = []
      for index in text.indices where text[index] == 0x62 {
        if matches.last?.upperBound == index {
          matches[matches.count - 1] = matches[matches.count - 1].lowerBound..<(index + 1)
        } else {
          matches.append(index..<(index + 1))
        }
      }
      let runsExpected = referenceSplit(
        count: text.count, matches: matches, behavior: behavior.rawValue, inverted: inverted)
      #expect(try runs.ranges(of: text) == runsExpected, "\(text)")
    }
  }

  @Test func `digits alone and in runs`() throws {
    let text = Array("a12½٣b 3".utf8)
    let rows: [(Bool, [String])] = [
      (true, ["a", "1", "2", "½", "٣", "b ", "3"]), (false, ["a", "12½٣", "b ", "3"]),
    ]
    for (individually, expected) in rows {
      let ranges = try GeneralSplitter([.digits(individually: individually)]).ranges(of: text)
      #expect(ranges.map { String(decoding: text[$0], as: UTF8.self) } == expected)
    }
  }

  @Test func `steps cut what the one before left`() throws {
    let splitter = try GeneralSplitter([
      .literal("-", .removed, inverted: false), .digits(individually: false),
      .literal("b", .mergedWithPrevious, inverted: false),
    ])
    let text = Array("ab12-b3b".utf8)
    let parts = try splitter.ranges(of: text).map { String(decoding: text[$0], as: UTF8.self) }
    #expect(parts == ["ab", "12", "b", "3", "b"])
    #expect(try splitter.ranges(of: []) == [])
    #expect(try splitter.ranges(of: Array("---".utf8)) == [])
  }

  // Observed of tokenizers 0.23.3: the empty literal is found before each character.
  @Test func `an empty literal cuts everywhere`() throws {
    let text = Array("aéb".utf8)
    for behavior in SplitBehavior.allCases {
      for inverted in [false, true] {
        let splitter = try GeneralSplitter([.literal("", behavior, inverted: inverted)])
        let expected = behavior == .removed && inverted ? [] : [0..<1, 1..<3, 3..<4]
        #expect(try splitter.ranges(of: text) == expected)
      }
    }
  }

  @Test(arguments: [SplitStep.fixedLength(0), .fixedLength(-1), .digitGroups(0)])
  func `lengths below one are refused`(step: SplitStep) {
    do throws(VocabularyError) {
      _ = try GeneralSplitter([step])
      Issue.record("accepted")
    } catch {
      #expect(error.reason == .malformed)
      #expect(error.path == "pre_tokenizer")
    }
  }

  @Test(
    arguments: [
      ("1234567", 3, ["1", "234", "567"]), ("a12b", 3, ["a", "12", "b"]),
      ("123456 78", 3, ["123", "456", " ", "78"]), ("٣٤٥٦", 3, ["٣", "٤٥٦"]),
      ("12½3", 1, ["1", "2", "½", "3"]), ("x", 3, ["x"]), ("", 3, []), ("1999", 9, ["1999"]),
    ] as [(String, Int, [String])])
  func `digits from the right`(text: String, length: Int, expected: [String]) throws {
    let bytes = Array(text.utf8)
    let ranges = try GeneralSplitter([.digitGroups(length)]).ranges(of: bytes)
    #expect(ranges.map { String(decoding: bytes[$0], as: UTF8.self) } == expected)
  }

  @Test func `literals that overlap themselves`() throws {
    let literal = try GeneralSplitter([.literal("aab", .isolated, inverted: false)])
    for text in RandomText.all(over: Array("ab".utf8), upTo: 9) {
      var matches: [Range<Int>] = []
      var index = 0
      while index + 3 <= text.count {
        let isMatch = Array(text[index..<(index + 3)]) == Array("aab".utf8)
        if isMatch { matches.append(index..<(index + 3)) }
        index += isMatch ? 3 : 1
      }
      let expected = referenceSplit(
        count: text.count, matches: matches, behavior: "Isolated", inverted: false)
      #expect(try literal.ranges(of: text) == expected, "\(text)")
    }
  }

  /// All steps at once, over anything: nothing traps, and what is not rewritten is in order.
  @Test func `nasty texts`() throws {
    let mark: Unicode.Scalar = "\u{2581}"
    let steps: [[SplitStep]] = [
      [.bert], [.whitespace], [.whitespaceSplit], [.unicodeScripts], [.fixedLength(2)],
      [.digitGroups(3)], [.punctuation(.mergedWithNext)], [.characterDelimiter("中")],
      [.metaspace(replacement: mark, scheme: .always, splits: true), .fixedLength(1)],
      [
        .whitespaceSplit, .byteLevel(addsPrefixSpace: true, splits: true),
        .metaspace(replacement: mark, scheme: .first, splits: false), .unicodeScripts,
      ],
    ]
    var generator = SeededGenerator(seed: 11)
    let texts =
      RandomText.nasty + (0..<60).map { _ in RandomText.mixture(20, using: &generator) }
    for steps in steps {
      let splitter = try GeneralSplitter(steps, mapsBytes: true)
      for text in texts {
        let ranges = try splitter.ranges(of: text)
        #expect(ranges.allSatisfy { $0.upperBound <= text.count })
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.lowerBound <= $1.lowerBound })
      }
    }
  }

  @Test func `a limit of the pattern is an error with the place`() throws {
    let pattern = try SplitPattern(#"(?:a|aa)+(?=b)"#, dialect: .rust)
    let splitter = Splitter([
      .literal("-", .isolated, inverted: false), .pattern(pattern, .isolated, inverted: false),
    ])
    let tokenizer = try SmallVocabulary(merges: []).tokenizer(splitter: splitter)
    let text = "b-" + String(repeating: "a", count: 5_000)
    do throws(EncodingError) {
      _ = try tokenizer.encode(text)
      Issue.record("no limit was met")
    } catch {
      #expect(error.reason == .patternLimit)
      #expect(error.range.lowerBound >= 2 && error.range.upperBound == text.utf8.count)
    }
    #expect(try tokenizer.encode("b-") == [98, 45])
  }
}
