import References
import TestSupport
import Testing

@testable import Tokenization

@Suite struct LessIsBetterModelTests {
  static func definition(
    _ units: [String], _ reading: LessIsBetterDefinition.Reading, depth: Int = 0,
    unknown: TokenID? = 999
  ) -> LessIsBetterDefinition {
    LessIsBetterDefinition(
      tokens: ByteStrings(units), ids: units.indices.map { TokenID($0) }, unknown: unknown,
      reading: reading, subunitDepth: depth)
  }

  static func encode(_ text: [UInt8], _ model: LessIsBetterModel) -> [PlacedToken] {
    var scratch = LessIsBetterScratch()
    return PlacedToken.encoded(text) { model.encode($0, to: &$1, ranges: &$2, using: &scratch) }
  }

  static func cut(_ text: String, _ definition: LessIsBetterDefinition) throws -> String {
    let bytes = Array(text.utf8)
    return encode(bytes, try LessIsBetterModel(definition))
      .map { String(decoding: bytes[$0.range], as: UTF8.self) }.joined(separator: "|")
  }

  // MARK: rows

  @Test(
    arguments: [
      (nil, "abcd", "abc|d"), (3, "abcd", "abc|d"), (2, "abcd", "ab|cd"), (1, "abcd", "a|b|c|d"),
      (nil, "xabx", "x|ab|x"), (nil, "", ""), (2, "日本語", "日本|語"), (1, "日本語", "日|本|語"),
    ] as [(Int?, String, String)])
  func `the longest units within a limit`(limit: Int?, text: String, expected: String) throws {
    let units = ["a", "b", "cd", "c", "d", "ab", "abc", "日本"]
    #expect(try Self.cut(text, Self.definition(units, .longest(characterLimit: limit))) == expected)
  }

  @Test func `both ways are compared by their number of units, then by their ranks`() throws {
    let reading = LessIsBetterDefinition.Reading.counterfactual(skipsLoneUnits: false)
    let first = ["cd", "ab", "a", "b", "c", "d", "abc"]
    #expect(try Self.cut("abcd", Self.definition(first, reading)) == "ab|cd")
    let last = ["abc", "a", "b", "c", "d", "ab", "cd"]
    #expect(try Self.cut("abcd", Self.definition(last, reading)) == "abc|d")
    // Fewer units win whatever their ranks are.
    let fewer = ["abc", "a", "b", "c", "d", "e", "ab", "cde"]
    #expect(try Self.cut("abcde", Self.definition(fewer, reading)) == "ab|cde")
  }

  @Test func `a lone unit of several characters`() throws {
    for (skips, expected) in [(false, "abc|x|y"), (true, "a|b|c|x|y")] {
      let reading = LessIsBetterDefinition.Reading.counterfactual(skipsLoneUnits: skips)
      #expect(try Self.cut("abcxy", Self.definition(["abc", "x"], reading)) == expected)
    }
  }

  @Test(arguments: [(0, "abcd"), (1, "ab|cd"), (2, "a|b|cd"), (9, "a|b|cd")])
  func `units are cut in better ones`(depth: Int, expected: String) throws {
    let units = ["a", "b", "ab", "cd", "c", "abcd", "d"]
    let reading = LessIsBetterDefinition.Reading.longest(characterLimit: nil)
    #expect(try Self.cut("abcd", Self.definition(units, reading, depth: depth)) == expected)
    // The cut with the best first part is `a|bcd` here, and does not pass.
    let other = ["a", "x", "ab", "cd", "abcd", "bcd"]
    #expect(try Self.cut("abcd", Self.definition(other, reading, depth: depth)) == "abcd")
  }

  @Test func `unknown characters`() throws {
    let units = ["a"]
    let reading = LessIsBetterDefinition.Reading.longest(characterLimit: nil)
    let text = Array("aé".utf8) + [0xFF, 0x61]
    let model = try LessIsBetterModel(Self.definition(units, reading))
    #expect(
      Self.encode(text, model).map(\.description) == [
        "0@0..<1", "999@1..<3", "999@3..<4", "0@4..<5",
      ])
    let silent = try LessIsBetterModel(Self.definition(units, reading, unknown: nil))
    #expect(Self.encode(text, silent).map(\.description) == ["0@0..<1", "0@4..<5"])
  }

  // MARK: agreement

  static let readings: [LessIsBetterDefinition.Reading] = [
    .longest(characterLimit: nil), .longest(characterLimit: 2),
    .counterfactual(skipsLoneUnits: false), .counterfactual(skipsLoneUnits: true),
  ]

  static func reference(
    _ units: [[UInt8]], _ reading: LessIsBetterDefinition.Reading, depth: Int
  ) -> ReferenceLessIsBetter {
    var reference = ReferenceLessIsBetter(
      lexicon: units.map(characters), characterLimit: nil, isCounterfactual: false,
      skipsLoneUnits: false, subunitDepth: depth)
    switch reading {
    case .longest(let limit): reference.characterLimit = limit
    case .counterfactual(let skips):
      reference.isCounterfactual = true
      reference.skipsLoneUnits = skips
    }
    return reference
  }

  static func characters(_ text: [UInt8]) -> [[UInt8]] {
    var start = 0
    return ReferenceCharacters.ends(of: text).map { end in
      defer { start = end }
      return Array(text[start..<end])
    }
  }

  @Test(arguments: readings, 1...6 as ClosedRange<UInt64>)
  func `agrees with the reference on short texts`(
    reading: LessIsBetterDefinition.Reading, seed: UInt64
  ) throws {
    var generator = SeededGenerator(seed: seed)
    let alphabet = ["a", "b", "é"].map { Array($0.utf8) }
    let strings = Self.strings(over: alphabet, upTo: 5)
    let texts = Self.strings(over: alphabet + [[0xFF]], upTo: 6)
    for round in 0..<4 {
      var chosen = Set(round % 3 == 0 ? [] : alphabet)
      for _ in 0..<Int.random(in: 1...40, using: &generator) {
        chosen.insert(strings.randomElement(using: &generator) ?? [])
      }
      let units = chosen.sorted { $0.lexicographicallyPrecedes($1) }.shuffled(using: &generator)
      let definition = LessIsBetterDefinition(
        tokens: ByteStrings(units), ids: units.indices.map { TokenID($0) }, unknown: 999,
        reading: reading, subunitDepth: round % 4)
      let model = try LessIsBetterModel(definition)
      let reference = Self.reference(units, reading, depth: round % 4)
      for text in texts.shuffled(using: &generator).prefix(100) {
        var start = 0
        let expected = reference.encode(Self.characters(text)).map { chunk in
          let end = start + chunk.map(\.count).reduce(0, +)
          defer { start = end }
          return PlacedToken(
            id: reference.rank(chunk).map { TokenID($0) } ?? 999, range: start..<end)
        }
        let found = Self.encode(text, model)
        guard found == expected else {
          Issue.record("\(text): \(found), not \(expected), by \(definition)")
          return
        }
      }
    }
  }

  /// All strings of one to `count` of the characters.
  static func strings(over characters: [[UInt8]], upTo count: Int) -> [[UInt8]] {
    RandomText.all(over: characters.indices.map { UInt8($0) }, upTo: count).dropFirst()
      .map { $0.flatMap { characters[Int($0)] } }
  }

  // MARK: worst cases

  @Test(
    .timeLimit(.minutes(10)),
    arguments: [
      // Both ways end together at the end only.
      (.counterfactual(skipsLoneUnits: false), ["aa", "b", "aaaa"], "a", 1 << 19),
      (.counterfactual(skipsLoneUnits: false), ["ab", "abab", "ba"], "ab", 1 << 19),
      (.counterfactual(skipsLoneUnits: true), ["a"], "é", 1 << 19),
      (.longest(characterLimit: nil), ["aa", "aaaaaaab", "a"], "a", 1 << 19),
    ] as [(LessIsBetterDefinition.Reading, [String], String, Int)])
  func `a million bytes`(
    reading: LessIsBetterDefinition.Reading, units: [String], part: String, expected: Int
  ) throws {
    let model = try LessIsBetterModel(Self.definition(units, reading, depth: 2))
    let text = Array(String(repeating: part, count: (1 << 20) / part.utf8.count).utf8)
    var scratch = LessIsBetterScratch()
    let found = PlacedToken.count(in: text) {
      model.encode($0, to: &$1, ranges: &$2, using: &scratch)
    }
    #expect(found == expected)
  }
}
