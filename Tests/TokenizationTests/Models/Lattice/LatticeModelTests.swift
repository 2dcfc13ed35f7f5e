import References
import TestSupport
import Testing

@testable import Tokenization

@Suite struct LatticeModelTests {
  static let allBytes: [[UInt8]] = (0...255 as ClosedRange<UInt8>).map { [$0] }

  static func model(
    _ tokens: [[UInt8]], _ scores: [Double]? = nil, unknown: TokenID? = nil
  ) throws -> LatticeModel {
    try LatticeModel(
      LatticeDefinition(
        tokens: ByteStrings(tokens), ids: tokens.indices.map { TokenID($0 * 2) },
        objective: scores.map { .highestLikelihood(scores: $0) } ?? .fewestTokens,
        unknown: unknown))
  }

  static func encode(_ text: [UInt8], _ model: LatticeModel) -> [PlacedToken] {
    var scratch = LatticeScratch()
    return PlacedToken.encoded(text) { model.encode($0, to: &$1, ranges: &$2, using: &scratch) }
  }

  /// The parts into which `text` is cut.
  static func cut(_ text: String, _ model: LatticeModel) -> String {
    let bytes = Array(text.utf8)
    return encode(bytes, model).map { String(decoding: bytes[$0.range], as: UTF8.self) }
      .joined(separator: " ")
  }

  // MARK: rows

  @Test(
    arguments: [
      ("abcc", "ab cc"), ("abccc", "abc cc"), ("abc", "abc"), ("cccc", "cc cc"), ("ccc", "c cc"),
      ("", ""), ("abx", "ab x"),
    ])
  func `fewest tokens, the longer last one in a tie`(text: String, expected: String) throws {
    let tokens = Self.allBytes + ["ab", "bc", "abc", "cc"].map { Array($0.utf8) }
    #expect(Self.cut(text, try Self.model(tokens)) == expected)
  }

  @Test(
    arguments: [
      ("abc", "a bc"), ("ab", "ab"), ("abab", "ab ab"), ("bcb", "bc b"), ("bbb", "b b b"),
    ])
  func `highest likelihood`(text: String, expected: String) throws {
    let tokens = ["a", "b", "c", "ab", "bc"].map { Array($0.utf8) }
    let model = try Self.model(tokens, [-2, -2, -5, -3.5, -4], unknown: 99)
    #expect(Self.cut(text, model) == expected)
  }

  @Test func `unknown characters are as few as can be`() throws {
    let tokens = ["a", "b", "abc", "cd"].map { Array($0.utf8) }
    let model = try Self.model(tokens, unknown: 99)
    // `abc` with an unknown `d` would be two tokens.
    #expect(Self.cut("abcd", model) == "a b cd")
    #expect(Self.encode(Array("é日".utf8), model).map(\.description) == ["99@0..<2", "99@2..<5"])
    #expect(Self.encode([0xE6, 0x97, 0x61], model).map(\.id) == [99, 99, 0])
  }

  @Test func `refuses what it cannot encode with`() {
    var lacking = Self.allBytes
    lacking[7] = [7, 7]
    let scores = [Double](repeating: -1, count: 256)
    func reason(_ body: () throws -> LatticeModel) -> VocabularyError.Reason? {
      #expect(throws: VocabularyError.self) { try body() }?.reason
    }
    #expect(reason { try Self.model(lacking) } == .missing)
    #expect(reason { try Self.model(Self.allBytes, [-1]) } == .malformed)
    for score in [Double.nan, .infinity, -.infinity] {
      #expect(reason { try Self.model(Self.allBytes, scores.dropLast() + [score]) } == .malformed)
    }
  }

  // MARK: agreement

  static func compare(
    _ tokens: [[UInt8]], _ scores: [Double]?, unknown: TokenID?, _ texts: [[UInt8]]
  ) throws {
    let model = try model(tokens, scores, unknown: unknown)
    var listed: [[UInt8]: ReferenceLattice.Token] = [:]
    for (index, token) in tokens.enumerated() {
      listed[token] = .init(id: TokenID(index * 2), score: scores?[index] ?? -1)
    }
    let reference = ReferenceLattice(
      tokens: listed, unknown: unknown, unknownScore: scores == nil ? -1 : 0)
    var scratch = LatticeScratch()
    for text in texts {
      let found = PlacedToken.encoded(text) {
        model.encode($0, to: &$1, ranges: &$2, using: &scratch)
      }
      let expected = reference.encode(text).map { PlacedToken(id: $0.id, range: $0.range) }
      guard found == expected else {
        Issue.record("\(text): \(found), not \(expected), by \(tokens) \(scores ?? [])")
        return
      }
    }
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `agrees with the reference on short texts`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let alphabet: [UInt8] = [0x61, 0x62, 0xC3, 0xA9]
    let strings = Array(RandomText.all(over: alphabet, upTo: 4).dropFirst())
    let texts = RandomText.all(over: alphabet, upTo: 6)
    for round in 0..<8 {
      let isTotal = round % 2 == 0
      var chosen = Set(isTotal ? Self.allBytes : [])
      for _ in 0..<Int.random(in: 1...20, using: &generator) {
        chosen.insert(strings.randomElement(using: &generator) ?? [0])
      }
      let tokens = chosen.shuffled(using: &generator)
      // Few different scores, whose sums are exact, so that there are ties.
      let scores = tokens.map { _ in Double(Int.random(in: -12...1, using: &generator)) / 4 }
      try Self.compare(
        tokens, round % 4 < 2 ? nil : scores, unknown: isTotal ? nil : 9_000,
        Array(texts.shuffled(using: &generator).prefix(100)))
    }
  }

  // MARK: worst cases

  @Test(.timeLimit(.minutes(10)))
  func `a million bytes`() throws {
    let tokens = (1...8).map { [UInt8](repeating: 0x61, count: $0) }
    let count = 1 << 20
    let model = try Self.model(tokens, unknown: 99)
    var scratch = LatticeScratch()
    for (byte, expected) in [(0x61, count / 8), (0xF0, count)] as [(UInt8, Int)] {
      let found = PlacedToken.count(in: [UInt8](repeating: byte, count: count)) {
        model.encode($0, to: &$1, ranges: &$2, using: &scratch)
      }
      #expect(found == expected)
    }
  }
}
