import References
import TestSupport
import Testing

@testable import Tokenization

@Suite struct UnigramModelTests {
  // MARK: rows

  // Observed from tokenizers 0.23.3, as `models.Unigram(vocab, 0, False)`; the vocabulary is that of
  // the library's own example.
  @Test(
    arguments: [
      ("abcdacdxx", [8, 1, 5, 0], [0..<4, 4..<5, 5..<7, 7..<9]), ("", [], []), ("x", [0], [0..<1]),
      ("xax", [0, 1, 0], [0..<1, 1..<2, 2..<3]), ("<unk>", [0], [0..<5]),
      ("x<unk>y", [0], [0..<7]), ("☃é", [0], [0..<5]),
      ("abcd<unk>abc", [8, 0, 7], [0..<4, 4..<9, 9..<12]),
    ] as [(String, [TokenID], [Range<Int>])])
  func `rows of huggingface's library`(
    text: String, expected: [TokenID], ranges: [Range<Int>]
  ) throws {
    let vocabulary = SmallUnigram([
      ("a", 0), ("b", 0), ("c", 0), ("d", 0), ("cd", 1), ("ab", 2), ("abc", 5), ("abcd", 10),
    ])
    var encoder = UnigramEncoder(try vocabulary.model())
    let found = try encoder.encode(Array(text.utf8))
    #expect(found.ids == expected)
    #expect(found.ranges == ranges)
  }

  // Observed from sentencepiece 0.2.3, on models made for this.
  @Test func `rows of sentencepiece`() throws {
    // Within two letters the sum passes 100,000: only if sums begin anew is -2 more than -2.001.
    let sums: [(Double, [TokenID])] = [(-50_000, [4]), (-50_001, [2, 3]), (50_001, [2, 3])]
    for (score, expected) in sums {
      let vocabulary = SmallUnigram(
        [("a", score), ("b", -1), ("c", -1), ("bc", -2.001), ("z", -200_000)],
        kinds: Array(repeating: .normal, count: 5))
      var encoder = UnigramEncoder(try vocabulary.model())
      let found = try encoder.encode(Array("aabc".utf8)).ids
      #expect(found == [1, 1] + expected, "\(score)")
      #expect(try encoder.encodeSentence(Array("aabc".utf8)) == found)
    }
    // A user-defined token has a tenth for each byte but the first, whatever the file says.
    let bonuses: [(Double, [TokenID])] = [(-0.95, [2, 1]), (-0.85, [3])]
    for (score, expected) in bonuses {
      let vocabulary = SmallUnigram(
        [("z", -1), ("é", -70), ("éz", score)], kinds: [.normal, .userDefined, .normal])
      var encoder = UnigramEncoder(try vocabulary.model())
      #expect(try encoder.encode(Array("éz".utf8)).ids == expected, "\(score)")
    }
    // Unused and control tokens are not found.
    let vocabulary = SmallUnigram(
      [("a", -1), ("b", -70), ("ab", -2), ("bb", -99)],
      kinds: [.normal, .unused, .unused, .control])
    var encoder = UnigramEncoder(try vocabulary.model())
    #expect(try encoder.encode(Array("ab".utf8)).ids == [1, 0])
    #expect(try encoder.encode(Array("bb".utf8)).ids == [0])
  }

  @Test func `of equal sums the one whose last token is longest is taken`() throws {
    let tokens = [("a", -1.0), ("b", -1), ("c", -1), ("ab", -2), ("bc", -2), ("abc", -3)]
    var encoder = UnigramEncoder(try SmallUnigram(tokens).model())
    #expect(try encoder.encode(Array("abc".utf8)).ids == [6])
    encoder = UnigramEncoder(try SmallUnigram(tokens.dropLast()).model())
    #expect(try encoder.encode(Array("abc".utf8)).ids == [1, 5])
  }

  @Test func `bytes take the place of unknown characters`() throws {
    var vocabulary = SmallUnigram([("a", -1)])
    vocabulary.addBytes(missing: [0xA9])
    var encoder = UnigramEncoder(try vocabulary.model())
    let found = try encoder.encode(Array("a☃xa".utf8))
    let bytes: [TokenID] = [1, 0xE1 + 2, 0x98 + 2, 0x83 + 2, 0x78 + 2, 1]
    #expect(found.ids == bytes)
    #expect(found.ranges == [0..<1, 1..<5, 1..<5, 1..<5, 1..<5, 5..<6])
    // One byte without a token is enough for the unknown one.
    #expect(try encoder.encode(Array("☃é".utf8)).ids == [0])
    vocabulary = SmallUnigram([("a", -1)], kinds: [.normal])
    vocabulary.addBytes()
    encoder = UnigramEncoder(try vocabulary.model())
    let other = try encoder.encode(Array("a☃xa".utf8))
    let all: [TokenID] = [1, 0xE2 + 2, 0x98 + 2, 0x83 + 2, 0x78 + 2, 1]
    #expect(other.ids == all)
    #expect(other.ranges == [0..<1, 1..<1, 1..<1, 1..<4, 4..<5, 5..<6])
  }

  @Test func `a character without a token is an error where there is no unknown token`() throws {
    var encoder = UnigramEncoder(
      try SmallUnigram([("a", -1), ("bc", -1)], unknown: nil).model())
    #expect(try encoder.encode(Array("aa".utf8)).ids == [1, 1])
    // As in the original also where a longer token would cover the character.
    for (text, range) in [("aa☃", 2..<5), ("abc", 1..<2)] {
      do {
        _ = try encoder.encode(Array(text.utf8))
        Issue.record("no error")
      } catch {
        #expect((error as? EncodingError)?.reason == .unknownCharacter)
        #expect((error as? EncodingError)?.range == range)
      }
    }
  }

  // MARK: agreement

  /// Whether the model, with and without its cache, agrees with the reference on `texts`.
  private static func compare(_ vocabulary: SmallUnigram, _ texts: [[UInt8]]) throws {
    var encoder = UnigramEncoder(try vocabulary.model())
    let reference = vocabulary.reference
    for text in texts {
      let expected = reference.encode(text)
      let found = try encoder.encode(text)
      guard found.ids == expected.ids, found.ranges == expected.ranges else {
        Issue.record("\(text): \(found), not \(expected), by \(vocabulary)")
        return
      }
      let cached = try encoder.encodeSentence(text)
      guard cached == expected.ids else {
        Issue.record("\(text): \(cached) from the cache, not \(expected.ids), by \(vocabulary)")
        return
      }
    }
  }

  @Test(arguments: [false, true], Array(1...4) as [UInt64])
  func `agrees with the reference on all short texts`(sentencePiece: Bool, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let texts = RandomText.all(over: [0x61, 0x62], upTo: 6)
    for _ in 0..<12 {
      let vocabulary = SmallUnigram.random(
        sentencePiece: sentencePiece, alphabet: ["a", "b"],
        tokenCount: Int.random(in: 2...14, using: &generator), using: &generator)
      try Self.compare(vocabulary, texts)
    }
  }

  @Test(arguments: [false, true], [1, 300, 12_000] as [Double])
  func `agrees with the reference on random texts`(sentencePiece: Bool, scale: Double) throws {
    var generator = SeededGenerator(seed: 7)
    for round in 0..<24 {
      // In every other vocabulary no token crosses from word to word.
      let alphabet =
        round % 2 == 0 ? ["a", "b", "é", "☃"] : ["a", "b", "▁", "▁", "<unk>", "é"]
      var vocabulary = SmallUnigram.random(
        sentencePiece: sentencePiece, alphabet: alphabet,
        tokenCount: Int.random(in: 4...24, using: &generator), scale: scale, using: &generator)
      if round % 4 == 1 { vocabulary.dropTokensAcrossWords() }
      let parts = (alphabet + ["▁a", "▁ab", "b", "ba", "▁▁", "▁", "x"]).map { Array($0.utf8) }
      var texts: [[UInt8]] = []
      for _ in 0..<20 {
        let length = Int.random(in: 1...120, using: &generator)
        texts.append(RandomText.made(of: parts, atLeast: length, using: &generator))
      }
      try Self.compare(vocabulary, texts)
    }
  }

  @Test func `agrees with the reference on nasty texts`() throws {
    var generator = SeededGenerator(seed: 3)
    for sentencePiece in [false, true] {
      let vocabulary = SmallUnigram.random(
        sentencePiece: sentencePiece, alphabet: ["a", " ", "\u{301}", "\r\n", "é", "👩"],
        tokenCount: 20, using: &generator)
      let mixtures = (0..<40).map { _ in RandomText.mixture(12, using: &generator) }
      try Self.compare(vocabulary, RandomText.nasty + mixtures)
    }
  }

  @Test func `a cache that has met a text elsewhere changes nothing`() throws {
    // Near ties, decided by what the sum before them does to their rounding.
    let vocabulary = SmallUnigram(
      [
        ("▁", -2.1), ("a", -3.3), ("b", -3.7), ("ab", -7.000_001), ("ba", -6.999_999),
        ("▁a", -5.400_001), ("▁ab", -9.1), ("aa", -6.6), ("▁b", -5.8), ("bb", -7.4),
      ], kinds: Array(repeating: .normal, count: 10))
    #expect(try vocabulary.model().options.cutsWords)
    var generator = SeededGenerator(seed: 11)
    let words = [
      "▁ab", "▁ba", "▁aab", "▁abba", "▁bbaab", "▁x", "▁▁b", "▁▁▁a", "b", "▁aaaaaaaaaaaa",
      "▁abababababab",
    ]
    .map { Array($0.utf8) }
    let texts = (0..<6).map { _ in
      RandomText.made(of: words, atLeast: 1_500, using: &generator)
    }
    try Self.compare(vocabulary, texts)
    // Unknown characters go on into the next word where U+2581 is one.
    let lacking = SmallUnigram(
      [("a", -1), ("b", -1.1), ("▁▁", -1)], kinds: [.normal, .normal, .normal])
    try Self.compare(lacking, texts + texts)
  }

  // MARK: limits

  @Test(arguments: [false, true])
  func `takes linear time`(sentencePiece: Bool) throws {
    let letters = (1...16).map { (String(repeating: "a", count: $0), -Double($0) * 1.01) }
    let spaces = (1...6).map { (String(repeating: "▁", count: $0), -Double($0)) }
    let vocabulary = SmallUnigram(
      letters + spaces,
      kinds: sentencePiece ? Array(repeating: .normal, count: letters.count + spaces.count) : nil)
    var encoder = UnigramEncoder(try vocabulary.model())
    let count = 1 << 16
    for text in ["a", "▁", "☃", "▁a"] {
      let text = Array(String(repeating: text, count: count).utf8)
      let found = try encoder.encode(text)
      #expect(found.ranges.last?.upperBound == text.count)
      #expect(try encoder.encodeSentence(text) == found.ids)
    }
  }

  @Test func `a limit is where rounding may begin to matter`() {
    // Up to 2 ** 16 neighbours are 1/256 apart, beyond 1/128.
    let limit = UnigramModel.limit(margin: 0.05, greatest: 10, additionCount: 8)
    #expect(limit > 65_000 && limit < 65_536)
    #expect(UnigramModel.limit(margin: 0, greatest: 10, additionCount: 8) == -1)
    #expect(UnigramModel.limit(margin: 1e-9, greatest: 10, additionCount: 8) == -1)
    let all = UnigramModel.limit(margin: .infinity, greatest: 10, additionCount: 8)
    #expect(all > 99_980 && all < 99_990)
    #expect(UnigramModel.limit(margin: .infinity, greatest: 2e5, additionCount: 8) == -1)
  }

  // MARK: errors

  @Test func `what cannot be loaded`() {
    func reason(_ vocabulary: SmallUnigram) -> VocabularyError.Reason? {
      do throws(VocabularyError) {
        _ = try UnigramModel(vocabulary.definition)
        return nil
      } catch { return error.reason }
    }
    #expect(reason(SmallUnigram([("a", 0)], unknown: 2)) == .unknownToken)
    #expect(reason(SmallUnigram([("a", 0), ("a", 1), ("", 2)])) == nil)
    #expect(reason(SmallUnigram([], kinds: [])) == .missing)
    #expect(reason(SmallUnigram([("a", 0), ("a", 1)], kinds: [.normal, .unused])) == .duplicate)
    #expect(reason(SmallUnigram([("a", 0), ("a", 1)], kinds: [.normal, .control])) == nil)
    #expect(
      reason(SmallUnigram([("a", 0), ("a", 1), ("a", 1)], kinds: [.normal, .control, .normal]))
        == .duplicate)
    #expect(reason(SmallUnigram([("a", 0), ("b", 1)], kinds: [.normal, .unknown])) == .duplicate)
    #expect(reason(SmallUnigram([("a", 0), ("", 1)], kinds: [.normal, .normal])) == .malformed)
    #expect(reason(SmallUnigram([("a", .nan)], kinds: [.normal])) == .malformed)
    #expect(
      reason(SmallUnigram([("a", 0), ("<0x41>", 1)], kinds: [.normal, .byte])) == .malformed)
    var vocabulary = SmallUnigram([("a", 0)], kinds: [.normal])
    vocabulary.addBytes(missing: [7])
    #expect(reason(vocabulary) == .missing)
    vocabulary.tokens[0] = Array("<0x7>".utf8)
    vocabulary.kinds?[0] = .byte
    #expect(reason(vocabulary) == .missing)
  }
}

extension SmallUnigram {
  /// Takes out the tokens that hold U+2581 behind something else.
  fileprivate mutating func dropTokensAcrossWords() {
    for place in tokens.indices.reversed() {
      let text = String(decoding: tokens[place], as: UTF8.self).unicodeScalars
      if text.drop(while: { $0 == "▁" }).contains("▁") {
        tokens.remove(at: place)
        scores.remove(at: place)
        kinds?.remove(at: place)
      }
    }
  }
}
