import References
import SplitPatterns
import TestSupport
import Testing

@testable import Tokenization

@Suite struct BoundlessModelTests {
  typealias Event = ReferenceBoundless.Event

  /// A model whose tokens are `tokens`, all other texts of events passing by.
  static func definition(
    _ tokens: [[UInt8]], _ events: [Event], pattern: String = " ?[^ ]+| +"
  ) throws -> BoundlessDefinition {
    var all = ByteStrings()
    for byte in 0...255 as ClosedRange<UInt8> { all.append([byte]) }
    for token in tokens where token.count > 1 { all.append(token) }
    var texts = TextEvents(tokens: all)
    for event in events {
      switch event {
      case .within(.merge(let parts)): texts.append(.merge, parts)
      case .within(.split(let parts)): texts.append(.split, parts)
      case .join(let left, let right): texts.appendJoin(left, right)
      }
    }
    return BoundlessDefinition(
      words: MergeEventsDefinition(
        unit: .bytes, tokens: all, ids: (0..<all.count).map { TokenID($0) },
        passing: texts.passing, events: texts.events),
      joins: texts.joins, pattern: try SplitPattern(pattern, dialect: .oniguruma))
  }

  static func merge(_ parts: String...) -> Event { .within(.merge(parts.map { Array($0.utf8) })) }
  static func split(_ parts: String...) -> Event { .within(.split(parts.map { Array($0.utf8) })) }
  static func join(_ left: String, _ right: String) -> Event {
    .join(Array(left.utf8), Array(right.utf8))
  }

  static func encode(_ text: [UInt8], _ model: BoundlessModel) throws -> [TokenID] {
    guard !text.isEmpty else { return [] }
    var ids = IDBuffer()
    ids.reserve(text.count)
    var scratch = BoundlessScratch()
    var words = MergeEventsScratch()
    try model.encode(text.span, to: &ids, using: &scratch, &words)
    return (0..<ids.count).map { ids[$0] }
  }

  static func cut(_ text: String, _ definition: BoundlessDefinition) throws -> String {
    try encode(Array(text.utf8), try BoundlessModel(definition))
      .map { String(decoding: definition.tokens[Int($0)], as: UTF8.self) }
      .joined(separator: "|")
  }

  static let events = [
    merge("o", "f"), merge(" ", "of"), merge(" ", "a"), join(" of", " a"), merge(" a", "n"),
    join(" of", " an"), join(" of a", " of a"),
  ]
  static let tokens = ["of", " of", " a", " of a", " an", " of an", " of a of a"]
    .map { Array($0.utf8) }

  @Test(arguments: [
    (" of a of", " of a| of"), (" of an", " of an"), (" of a of an", " of a| of an"),
    ("of a", "of| a"), (" off a", " of|f| a"), (" of a of a of a", " of a of a| of a"),
    ("", ""), (" ", " "), (" a", " a"), (" an of", " an| of"),
  ])
  func `whole pretokens are joined`(text: String, expected: String) throws {
    #expect(try Self.cut(text, Self.definition(Self.tokens, Self.events)) == expected)
  }

  @Test func `a token that is gone when its turn to be joined comes`() throws {
    let events = [
      Self.merge(" ", "a"), Self.join(" a", " a"), Self.split(" ", "a"), Self.join(" a a", " a"),
    ]
    let definition = try Self.definition([" a", " a a", " a a a"].map { Array($0.utf8) }, events)
    // What was joined stays, what was not is two bytes.
    #expect(try Self.cut(" a a a", definition) == " a a| |a")
    #expect(try Self.cut(" a a a a", definition) == " a a| a a")
    #expect(try Self.cut(" a", definition) == " |a")
  }

  // MARK: The definition

  /// Random events over the letters `a` and `b` and the space, at most one join of each pair.
  private func random(
    _ generator: inout SeededGenerator
  ) -> (tokens: [[UInt8]], events: [Event]) {
    var made: [[UInt8]] = [[0x61], [0x62], [0x20]]
    var joined: [[UInt8]] = []
    var events: [Event] = []
    for _ in 0..<Int.random(in: 1...20, using: &generator) {
      let long = made.filter { $0.count > 1 }
      switch Int.random(in: 0..<4, using: &generator) {
      case 0:
        guard let whole = long.randomElement(using: &generator) else { continue }
        events.append(.within(.split(whole.map { [$0] })))
      case 1:
        let all = made + joined
        guard let left = all.randomElement(using: &generator),
          let right = all.randomElement(using: &generator), left.count + right.count < 12,
          !events.contains(.join(left, right))
        else { continue }
        events.append(.join(left, right))
        joined.append(left + right)
      default:
        let parts = (0..<2).map { _ in made.randomElement(using: &generator) ?? [0x61] }
        guard parts.joined().count < 7 else { continue }
        events.append(.within(.merge(parts)))
        made.append(Array(parts.joined()))
      }
    }
    var seen: Set<[UInt8]> = []
    return ((made + joined).filter { seen.insert($0).inserted }, events)
  }

  @Test func `equals the reference`() throws {
    var generator = SeededGenerator(seed: 41)
    for round in 0..<150 {
      let (tokens, events) = random(&generator)
      let definition = try Self.definition(tokens, events, pattern: " ?[ab]{1,3}| ")
      let model = try BoundlessModel(definition)
      var tables = ModelTables()
      model.add(to: &tables)
      var read = ModelTables(tables.tables)
      let compiled = try BoundlessModel(&read)
      for length in 0..<24 {
        let text = (0..<length * (round == 0 ? 300 : 1)).map { _ in
          Array("aab ".utf8)[Int.random(in: 0..<4, using: &generator)]
        }
        var ranges: [Range<Int>] = []
        try model.cutter.cut(text.span, into: &ranges)
        let expected = ReferenceBoundless(events).encode(ranges.map { Array(text[$0]) })
        let found = try Self.encode(text, model)
        #expect(found.map { definition.tokens[Int($0)] } == expected, "\(events) \(text)")
        #expect(try Self.encode(text, compiled) == found)
        guard found.map({ definition.tokens[Int($0)] }) == expected else { return }
      }
    }
  }

  @Test func `a hundred thousand equal words`() throws {
    var events = [Self.merge(" ", "a")]
    var text = " a"
    var tokens = [Array(text.utf8)]
    for _ in 0..<8 {
      events.append(Self.join(text, text))
      text += text
      tokens.append(Array(text.utf8))
    }
    let model = try BoundlessModel(Self.definition(tokens, events))
    let ids = try Self.encode((0..<200_003).map { $0 % 2 == 0 ? 0x20 : 0x61 }, model)
    // 100,001 words and a space; 100,001 is 390 times 256 and 161, which is 128, 32 and 1.
    #expect(ids.count == 390 + 3 + 1)
    #expect(try Self.encode(Array(repeating: 0x61, count: 100_000), model).count == 100_000)
  }

  // MARK: Errors

  @Test func `joins that do not fit together`() throws {
    func reason(_ change: (inout BoundlessDefinition) throws -> Void) throws
      -> VocabularyError.Reason?
    {
      var definition = try Self.definition(Self.tokens, Self.events)
      try change(&definition)
      do throws(VocabularyError) {
        _ = try BoundlessModel(definition)
        return nil
      } catch { return error.reason }
    }
    #expect(try reason { _ in } == nil)
    #expect(try reason { $0.joins.append($0.joins[2]) } == .duplicate)
    #expect(try reason { $0.joins[0].left = 0 } == .malformed)
    #expect(try reason { $0.joins[0].right = .max } == .malformed)
    #expect(try reason { $0.joins[0].eventCount = 7 } == .malformed)
    #expect(try reason { $0.joins[1].eventCount = 0 } == .malformed)
    #expect(try reason { $0.joins[0].eventCount = -1 } == .malformed)
    #expect(try reason { $0.words.unit = .characters } == .missing)
    #expect(
      try reason {
        $0.words.tokens = ByteStrings(["a"])
        $0.words.ids = [0]
        $0.words.events = []
        $0.words.passing = ByteStrings()
        $0.joins = []
      } == .missing)
  }
}
