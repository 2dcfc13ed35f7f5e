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

  @Test func `an empty literal matches nowhere`() throws {
    for behavior in SplitBehavior.allCases {
      let splitter = try GeneralSplitter([.literal("", behavior, inverted: false)])
      #expect(try splitter.ranges(of: [1, 2]) == [0..<2])
    }
  }

  @Test func `a prefix space behind another step is refused`() {
    let steps: [SplitStep] = [
      .digits(individually: true), .byteLevel(addsPrefixSpace: true, splits: true),
    ]
    do throws(VocabularyError) {
      _ = try GeneralSplitter(steps)
      Issue.record("accepted")
    } catch {
      #expect(error.reason == .unsupported)
      #expect(error.path == "pre_tokenizer.pretokenizers[1]")
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
