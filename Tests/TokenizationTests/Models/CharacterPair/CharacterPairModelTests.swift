import References
import TestSupport
import Testing

@testable import Tokenization

@Suite struct CharacterPairModelTests {
  /// A vocabulary written as texts, and what it is to the model and to its twin.
  private struct Case {
    var texts: [String] = []
    var merges: [(left: String, right: String, result: String)] = []
    var scores: [Float]?
    var reserved: Set<String> = []
    var definition: CharacterPairDefinition
    var reference: ReferenceCharacterPair

    init(
      _ texts: [String], merges: [(left: String, right: String, result: String)] = [],
      scores: [Float]? = nil, reserved: Set<String> = []
    ) {
      let ids = Dictionary(uniqueKeysWithValues: zip(texts, 0..<UInt32(texts.count)))
      var tokens = ByteStrings()
      for text in texts { tokens.append(text.utf8) }
      definition = CharacterPairDefinition(
        tokens: tokens, ids: Array(0..<UInt32(texts.count)),
        merges: scores.map { .byScore($0) }
          ?? .listed(
            merges.map {
              BytePairDefinition.Merge(
                left: ids[$0.left]!, right: ids[$0.right]!, result: ids[$0.result]!)
            }),
        unmatched: texts.indices.filter { reserved.contains(texts[$0]) })
      reference = ReferenceCharacterPair(
        ids: ids,
        rules: scores.map { .byScore(Dictionary(uniqueKeysWithValues: zip(texts, $0))) }
          ?? .listed(merges))
      reference.reserved = reserved
    }

    mutating func setUnknown(_ unknown: UInt32?, fuses: Bool) {
      definition.unknown = unknown
      definition.fusesUnknown = fuses
      reference.unknown = unknown
      reference.fusesUnknown = fuses
    }

    mutating func fallBackToBytes() {
      definition.fallsBackToBytes = true
      reference.fallsBackToBytes = true
    }

    func compare(_ texts: [String]) throws {
      let model = try CharacterPairModel(definition)
      var scratch = CharacterPairScratch()
      for text in texts where !text.utf8.isEmpty {
        var ids = IDBuffer()
        var ranges = TokenRanges(areWanted: true)
        let bytes = Array(text.utf8)
        ids.reserve(bytes.count)
        model.encode(bytes.span, to: &ids, ranges: &ranges, using: &scratch)
        let found = (0..<ids.count).map {
          ReferenceCharacterPair.Token(id: ids[$0], range: ranges.ranges[$0])
        }
        let expected = reference.encode(text)
        guard found != expected else { continue }
        Issue.record("\(text.debugDescription): \(found), not \(expected)")
        return
      }
    }
  }

  private static func randomTexts(
    _ characters: [String], _ generator: inout SeededGenerator
  ) -> [String] {
    (0..<60).map { index in
      let count = Int.random(in: 1...(index % 10 == 0 ? 80 : 9), using: &generator)
      return (0..<count).map { _ in characters.randomElement(using: &generator)! }.joined()
    }
  }

  /// Texts that come from merging two known ones, again and again.
  private static func grownTexts(
    _ characters: [String], _ count: Int, _ generator: inout SeededGenerator
  ) -> (texts: [String], merges: [(left: String, right: String, result: String)]) {
    var texts = characters
    var merges: [(left: String, right: String, result: String)] = []
    for _ in 0..<count {
      let left = texts.randomElement(using: &generator)!
      let right = texts.randomElement(using: &generator)!
      let result = left + right
      guard result.utf8.count < 12 else { continue }
      if !texts.contains(result) { texts.append(result) }
      merges.append((left, right, result))
    }
    return (texts, merges)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `merges of the file as their definition says`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var (texts, merges) = Self.grownTexts(["a", "b", "é", "▁"], 12, &generator)
    merges.shuffle(using: &generator)
    texts.append("<unk>")
    var vocabulary = Case(texts, merges: merges)
    for (unknown, fuses) in [(nil, false), (UInt32(texts.count - 1), false), (UInt32(0), true)] {
      vocabulary.setUnknown(unknown, fuses: fuses)
      try vocabulary.compare(Self.randomTexts(["a", "b", "é", "▁", "x"], &generator))
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `merges by score as their definition says`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var texts = Self.grownTexts(["a", "b", "é", "▁"], 12, &generator).texts
    // Characters that are part of tokens need not be tokens.
    if seed % 2 == 0 { texts.removeFirst() }
    texts.append("<unk>")
    texts.append("ab<")
    let scores = texts.map { _ in Float(Int.random(in: -5...0, using: &generator)) }
    var vocabulary = Case(texts, scores: scores, reserved: ["<unk>"])
    for fuses in [false, true] {
      vocabulary.setUnknown(UInt32(texts.count - 2), fuses: fuses)
      try vocabulary.compare(Self.randomTexts(["a", "b", "é", "▁", "x", "<"], &generator))
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `unused tokens are what they were made of`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let texts = Self.grownTexts(["a", "b", "é", "▁"], 16, &generator).texts + ["<unk>"]
    let scores = texts.map { _ in Float(Int.random(in: -5...0, using: &generator)) }
    var vocabulary = Case(texts, scores: scores, reserved: ["<unk>"])
    vocabulary.setUnknown(UInt32(texts.count - 1), fuses: true)
    let isOften = Bool.random(using: &generator)
    let unused = texts.indices.dropLast().filter { place in
      Int.random(in: 0..<4, using: &generator) == 0 || isOften && texts[place].utf8.count > 2
    }
    vocabulary.definition.unused = unused
    vocabulary.reference.unused = Set(unused.map { texts[$0] })
    try vocabulary.compare(Self.randomTexts(["a", "b", "é", "▁", "x"], &generator))
  }

  @Test(arguments: [false, true])
  func `characters without a token fall back to their bytes`(isByScore: Bool) throws {
    var generator = SeededGenerator(seed: 3)
    var (texts, merges) = Self.grownTexts(["a", "b"], 8, &generator)
    let names = (0...255 as ClosedRange<UInt8>).map {
      String(decoding: CharacterPairDefinition.nameOfByte($0), as: UTF8.self)
    }
    texts += names
    merges.append((names[0xC3], names[0xA9], names[0xC3] + names[0xA9]))
    texts.append(names[0xC3] + names[0xA9])
    let scores = texts.map { _ in Float(Int.random(in: -9...0, using: &generator)) }
    var vocabulary = Case(
      texts, merges: merges, scores: isByScore ? scores : nil,
      reserved: isByScore ? Set(names + [names[0xC3] + names[0xA9]]) : [])
    vocabulary.fallBackToBytes()
    try vocabulary.compare(Self.randomTexts(["a", "b", "é", "中", "<", "😀"], &generator))
  }

  // As GPT-1 and CLIP write them; ids of tokenizers 0.23.3.
  @Test func `affixes`() throws {
    let texts = ["a", "b", "a</w>", "b</w>", "ab</w>", "ab", "##a", "##b", "##b</w>", "a##b"]
    var vocabulary = Case(
      texts, merges: [("a", "b</w>", "ab</w>"), ("a", "b", "ab")])
    vocabulary.definition.endSuffix = Array("</w>".utf8)
    vocabulary.reference.endSuffix = "</w>"
    try vocabulary.compare(["a", "b", "ab", "aab", "aba", "abab", "bbb"])
    vocabulary = Case(texts, merges: [])
    vocabulary.definition.continuingPrefix = Array("##".utf8)
    vocabulary.reference.continuingPrefix = "##"
    try vocabulary.compare(["a", "b", "ab", "aab", "aba", "abab", "bbb"])
  }

  @Test func `user-defined tokens come first and stay`() throws {
    var vocabulary = Case(["a", "b", "ab", "bb", "abb"], scores: [0, 0, -1, -2, -3])
    vocabulary.definition.userDefined = [3]
    let model = try CharacterPairModel(vocabulary.definition)
    var ids = IDBuffer()
    ids.reserve(16)
    var ranges = TokenRanges(areWanted: true)
    var scratch = CharacterPairScratch()
    model.encode(Array("abbab".utf8).span, to: &ids, ranges: &ranges, using: &scratch)
    #expect((0..<ids.count).map { ids[$0] } == [0, 3, 2])
    #expect(ranges.ranges == [0..<1, 1..<3, 3..<5])
  }

  @Test func `long pretokens`() throws {
    let vocabulary = Case(["a", "aa", "aaaa", "b"], scores: [0, -1, -2, 0])
    let model = try CharacterPairModel(vocabulary.definition)
    var scratch = CharacterPairScratch()
    let bytes = [UInt8](repeating: 0x61, count: 100_001)
    var ids = IDBuffer()
    ids.reserve(bytes.count)
    var ranges = TokenRanges(areWanted: false)
    model.encode(bytes.span, to: &ids, ranges: &ranges, using: &scratch)
    #expect(ids.count == 25_001 && ids[0] == 2 && ids[25_000] == 0)
  }

  @Test(
    arguments: [
      (["a", "▁", "▁a"], true), (["a", "▁", "a▁"], false), (["a", "▁▁", "▁"], true),
      (["a", "▁a▁b", "▁"], false), (["a", "▁a"], false),
    ] as [([String], Bool)])
  func `where words may be cut`(texts: [String], expected: Bool) throws {
    let scores = texts.map { _ in Float(0) }
    let model = try CharacterPairModel(Case(texts, scores: scores).definition)
    #expect(model.options.allowsWordCuts == expected)
  }
}
