import References
import TestSupport
import Testing

@testable import Tokenization

@Suite struct MergeEventsModelTests {
  typealias Event = ReferenceMergeEvents.Event

  /// A model whose tokens are `tokens`, all other texts of events passing by.
  static func definition(
    _ tokens: [String], _ events: [Event], unit: MergeEventsDefinition.Unit = .bytes,
    unknown: TokenID? = nil
  ) -> MergeEventsDefinition {
    let tokens = ByteStrings(tokens)
    var texts = TextEvents(tokens: tokens)
    for event in events {
      switch event {
      case .merge(let parts): texts.append(.merge, parts)
      case .split(let parts): texts.append(.split, parts)
      }
    }
    return MergeEventsDefinition(
      unit: unit, tokens: tokens, ids: (0..<tokens.count).map { TokenID($0) },
      passing: texts.passing, events: texts.events, unknown: unknown)
  }

  static func merge(_ parts: String...) -> Event { .merge(parts.map { Array($0.utf8) }) }
  static func split(_ parts: String...) -> Event { .split(parts.map { Array($0.utf8) }) }

  static func encode(_ text: [UInt8], _ model: MergeEventsModel) -> [PlacedToken] {
    var scratch = MergeEventsScratch()
    return PlacedToken.encoded(text) { model.encode($0, to: &$1, ranges: &$2, using: &scratch) }
  }

  static func cut(_ text: String, _ definition: MergeEventsDefinition) throws -> String {
    let bytes = Array(text.utf8)
    return encode(bytes, try MergeEventsModel(definition))
      .map { String(decoding: bytes[$0.range], as: UTF8.self) }.joined(separator: "|")
  }

  @Test(arguments: [("the", "the"), ("tho", "t|h|o"), ("tha", "tha"), ("ththe", "t|h|the")])
  func `events happen in their order`(text: String, expected: String) throws {
    let events = [
      Self.merge("t", "h"), Self.merge("th", "e"), Self.split("t", "h"), Self.merge("t", "h", "a"),
    ]
    let definition = Self.definition(["t", "h", "e", "a", "o", "the", "tha"], events)
    #expect(definition.passing.count == 1)
    #expect(try Self.cut(text, definition) == expected)
  }

  @Test func `a token that returns`() throws {
    let events = [
      Self.merge("a", "b"), Self.merge("ab", "c"), Self.split("a", "b"), Self.merge("b", "d"),
      Self.merge("a", "b"),
    ]
    let definition = Self.definition(["a", "b", "c", "d", "ab", "abc", "bd"], events)
    for (text, expected) in [("abcab", "abc|ab"), ("abd", "a|bd"), ("aab", "a|ab")] {
      #expect(try Self.cut(text, definition) == expected)
    }
  }

  @Test(arguments: [
    ("aaa", "aa|a"), ("aaaa", "aa|aa"), ("ababa", "aba|b|a"), ("aababa", "aa|b|aba"),
  ])
  func `runs are taken from the left`(text: String, expected: String) throws {
    let events = [Self.merge("a", "a"), Self.merge("a", "b", "a")]
    #expect(try Self.cut(text, Self.definition(["a", "b", "aa", "aba"], events)) == expected)
  }

  @Test func `what has no token`() throws {
    let events = [Self.merge("é", "é")]
    let silent = try MergeEventsModel(Self.definition(["é", "éé"], events, unit: .characters))
    let text = Array("éxé字".utf8) + [0xFF]
    #expect(Self.encode(text, silent).map(\.description) == ["1@0..<5"])
    var definition = Self.definition(["é", "éé"], events, unit: .characters, unknown: 9)
    let loud = try MergeEventsModel(definition)
    #expect(
      Self.encode(text, loud).map(\.description)
        == ["0@0..<2", "9@2..<3", "0@3..<5", "9@5..<8", "9@8..<9"])
    definition.fusesUnknown = true
    #expect(
      Self.encode(text, try MergeEventsModel(definition)).map(\.description)
        == ["0@0..<2", "9@2..<3", "0@3..<5", "9@5..<9"])
    definition = Self.definition(
      ["a", "<0xC3>", "<0xA9>"], [], unit: .characters, unknown: 9)
    definition.unmatched = [1, 2]
    definition.fallsBackToBytes = true
    #expect(
      Self.encode(Array("aéè".utf8), try MergeEventsModel(definition)).map(\.description)
        == ["0@0..<1", "1@1..<2", "2@2..<3", "9@3..<5"])
  }

  @Test func `a pretoken that is a token`() throws {
    var definition = Self.definition(["a", "b", "ab", "abb"], [Self.merge("a", "b")])
    #expect(try Self.cut("abb", definition) == "ab|b")
    definition.takesWholePretokens = true
    #expect(try Self.cut("abb", definition) == "abb")
    definition.unmatched = [3]
    #expect(try Self.cut("abb", definition) == "ab|b")
  }

  // MARK: the definition

  /// Random events over two letters; whatever is made and is not a token at the end is split there.
  private func random(_ generator: inout SeededGenerator) -> (tokens: [[UInt8]], events: [Event]) {
    var made: [[UInt8]] = [[0x61], [0x62]]
    var events: [Event] = []
    for _ in 0..<Int.random(in: 1...14, using: &generator) {
      let long = made.filter { $0.count > 1 }
      if let whole = long.randomElement(using: &generator),
        Int.random(in: 0..<3, using: &generator) == 0
      {
        let cut = Int.random(in: 1..<whole.count, using: &generator)
        let parts = [Array(whole[..<cut]), Array(whole[cut...])]
        if parts.allSatisfy(made.contains) { events.append(.split(parts)) }
      } else {
        let parts = (0..<Int.random(in: 2...4, using: &generator)).map { _ in
          made.randomElement(using: &generator) ?? [0x61]
        }
        if parts.joined().count > 9 { continue }
        events.append(.merge(parts))
        if !made.contains(Array(parts.joined())) { made.append(Array(parts.joined())) }
      }
    }
    return (made, events)
  }

  @Test func `equals the reference on small texts`() throws {
    var generator = SeededGenerator(seed: 11)
    let texts = RandomText.all(over: [0x61, 0x62], upTo: 7).dropFirst()
    for round in 0..<20 {
      let (made, events) = random(&generator)
      let model = try MergeEventsModel(
        Self.definition(made.map { String(decoding: $0, as: UTF8.self) }, events))
      let reference = ReferenceMergeEvents(events)
      for text in texts {
        let expected = reference.encode(text.map { [$0] })
        let found = Self.encode(text, model).map { Array(text[$0.range]) }
        #expect(found == expected, "round \(round): \(events), \(text)")
        guard found == expected else { return }
      }
    }
  }

  @Test func `equals the reference on long texts, which wait in lists`() throws {
    var generator = SeededGenerator(seed: 12)
    for _ in 0..<6 {
      let (made, events) = random(&generator)
      let model = try MergeEventsModel(
        Self.definition(made.map { String(decoding: $0, as: UTF8.self) }, events))
      let text = RandomText.made(of: made, atLeast: 6000, using: &generator)
      let expected = ReferenceMergeEvents(events).encode(text.map { [$0] })
      #expect(Self.encode(text, model).map { Array(text[$0.range]) } == expected)
    }
  }

  @Test func `a hundred thousand equal letters`() throws {
    var events: [Event] = []
    var letters = "a"
    var tokens = ["a"]
    for place in 0..<8 {
      events.append(Self.merge(letters, letters))
      // The half goes, and what is left of it becomes letters.
      if place > 0 { events.append(.split(Array(repeating: [0x61], count: letters.utf8.count))) }
      letters += letters
      tokens.append(letters)
    }
    let model = try MergeEventsModel(Self.definition(tokens, events))
    var scratch = MergeEventsScratch()
    let count = PlacedToken.count(in: Array(repeating: 0x61, count: 100_001)) {
      model.encode($0, to: &$1, ranges: &$2, using: &scratch)
    }
    #expect(count == 100_000 / 256 + 100_001 % 256)
  }

  // MARK: errors

  @Test func `events that do not fit together`() {
    func reason(_ change: (inout MergeEventsDefinition) -> Void) -> VocabularyError.Reason? {
      var definition = Self.definition(
        ["a", "b", "ab", "abb"],
        [Self.merge("a", "b"), Self.merge("ab", "b"), Self.split("ab", "b")])
      change(&definition)
      do throws(VocabularyError) {
        _ = try MergeEventsModel(definition)
        return nil
      } catch { return error.reason }
    }
    #expect(reason { _ in } == nil)
    #expect(reason { $0.events[0].parts = [0] } == .malformed)
    #expect(reason { $0.events[0].parts = [] } == .malformed)
    #expect(reason { $0.events[0].parts[1] = 0 } == .malformed)
    #expect(reason { $0.events[0].parts[1] = 4 } == .malformed)
    #expect(reason { $0.events[0].whole = .max } == .malformed)
    #expect(reason { $0.events[2].parts = [3] } == .malformed)
    #expect(reason { $0.unmatched = [1] } == .malformed)
    #expect(reason { $0.passing.append("ab".utf8) } == .duplicate)
    #expect(reason { $0.passing.append("".utf8) } == nil)
    // A text without id that stays.
    #expect(
      reason {
        $0.passing.append("ba".utf8)
        $0.events.append(.init(.merge, [1, 0], 4))
      } == .malformed)
    #expect(
      reason {
        $0.passing.append("ba".utf8)
        $0.events += [.init(.merge, [1, 0], 4), .init(.split, [1, 0], 4)]
      } == nil)
  }
}
