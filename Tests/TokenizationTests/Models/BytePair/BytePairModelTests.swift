import References
import TestSupport
import Testing
import Tokenization

@Suite struct BytePairModelTests {
  static func encode(_ text: [UInt8], _ tokenizer: Tokenizer) throws -> [TokenID] {
    try tokenizer.encode(text.span)
  }

  // MARK: rows

  // Sennrich, Haddow and Birch (2016), figure 1: `r ·`, `l o`, `lo w`, `e r·` learned in this order;
  // here with the end of a word written as a dot.
  @Test func `the paper's example`() throws {
    let tokenizer = try SmallVocabulary(merges: ["r+.", "l+o", "lo+w", "e+r."]).tokenizer()
    let rows: [(String, [TokenID])] = [
      ("lower.", [258, 259]), ("low", [258]), ("lowest", [258, 101, 115, 116]), ("er", [101, 114]),
      ("", []), ("newer.", [110, 101, 119, 259]), ("r.r.", [256, 256]),
    ]
    for (text, expected) in rows { #expect(try tokenizer.encode(text) == expected, "\(text)") }
  }

  @Test(
    arguments: [
      // The leftmost of equal ranks: three letters, one merge.
      (["a+a"], "aaa", [256, 97]), (["a+a", "aa+a"], "aaa", [257]),
      (["a+a", "aa+aa"], "aaaaaaa", [257, 256, 97]),
      // A lower rank on the right takes the letter in the middle.
      (["b+c", "a+b"], "abc", [97, 256]), (["a+b", "b+c"], "abc", [256, 99]),
      // The longest token is not taken where merges do not lead to it.
      (["b+c", "a+b", "ab+c"], "abc", [97, 256]),
      // A token of two derivations, the second of which happens.
      (["a+b", "b+c", "a+bc", "ab+c"], "abc", [258]),
    ] as [([String], String, [TokenID])])
  func `rows of merges`(merges: [String], text: String, expected: [TokenID]) throws {
    #expect(try SmallVocabulary(merges: merges).tokenizer().encode(text) == expected)
  }

  @Test func `of a pair that stands twice the later rank holds`() throws {
    let tokenizer = try SmallVocabulary(merges: ["a+b", "b+c", "a+b"]).tokenizer()
    #expect(try tokenizer.encode("abc") == [97, 257])
  }

  @Test func `a token that merges do not lead to is taken whole where the file says so`() throws {
    var vocabulary = SmallVocabulary(merges: ["b+c", "a+b"])
    vocabulary.tokens.append(Array("abc".utf8))
    vocabulary.ids.append(300)
    #expect(try vocabulary.tokenizer().encode("abc") == [97, 256])
    vocabulary.takesWholePretokens = true
    #expect(try vocabulary.tokenizer().encode("abc") == [300])
    #expect(try vocabulary.tokenizer().encode("abca") == [97, 256, 97])
  }

  @Test func `bytes without a token`() throws {
    var vocabulary = SmallVocabulary()
    vocabulary.tokens = ["a", "b", "ab", "?!"].map { Array($0.utf8) }
    vocabulary.ids = [0, 1, 2, 3]
    vocabulary.addMerge([0x61], [0x62])
    // Left out before neighbours merge, as in the original.
    #expect(try vocabulary.tokenizer().encode("axb") == [2])
    vocabulary.unknown = 3
    #expect(try vocabulary.tokenizer().encode("axxb") == [0, 3, 3, 1])
    vocabulary.fusesUnknown = true
    #expect(try vocabulary.tokenizer().encode("axxbab") == [0, 3, 1, 2])
    #expect(try vocabulary.tokenizer().encode("xx") == [3])
  }

  @Test func `a byte that lacks its token is an error under tiktoken's rule`() {
    var vocabulary = SmallVocabulary(merges: [])
    vocabulary.merges = nil
    vocabulary.tokens.remove(at: 200)
    vocabulary.ids.remove(at: 200)
    #expect(throws: VocabularyError(.missing, "no token for the byte 200")) {
      try vocabulary.tokenizer()
    }
  }

  // MARK: agreement

  static let seeds: [UInt64] = Array(1...12)

  @Test(arguments: SmallVocabulary.Kind.allCases, seeds)
  func `agrees with the reference on all short texts`(
    kind: SmallVocabulary.Kind, seed: UInt64
  ) throws {
    var generator = SeededGenerator(seed: seed)
    let two = RandomText.all(over: [0x61, 0x62], upTo: 7)
    let three = RandomText.all(over: [0x61, 0x62, 0xE4], upTo: 7)
    for round in 0..<7 {
      let isWide = round == 0
      let vocabulary = SmallVocabulary.random(
        kind, alphabet: isWide ? [0x61, 0x62, 0xE4] : [0x61, 0x62],
        tokenCount: Int.random(in: 2...14, using: &generator), lacksBytes: round % 3 == 2,
        using: &generator)
      try Self.compare(
        vocabulary, isWide && seed <= 4 ? three : isWide ? Array(three.prefix(400)) : two)
    }
  }

  private static func compare(_ vocabulary: SmallVocabulary, _ texts: [[UInt8]]) throws {
    let tokenizer = try vocabulary.tokenizer()
    let reference = vocabulary.reference
    var context = EncodingContext(maximumCacheByteCount: 0)
    var found: [TokenID] = []
    for text in texts {
      found.removeAll(keepingCapacity: true)
      try tokenizer.encode(text.span, into: &found, using: &context)
      let expected = reference.encode(text)
      guard found == expected else {
        Issue.record("\(text): \(found), not \(expected), by \(vocabulary)")
        return
      }
    }
  }

  @Test(arguments: SmallVocabulary.Kind.allCases, [11, 12] as [UInt64])
  func `agrees with the reference on long texts of tokens`(
    kind: SmallVocabulary.Kind, seed: UInt64
  ) throws {
    var generator = SeededGenerator(seed: seed)
    for round in 0..<3 {
      let vocabulary = SmallVocabulary.random(
        kind, alphabet: [0x61, 0x62, 0x63, 0xE4], tokenCount: 60, lacksBytes: round == 2,
        using: &generator)
      // Around 64 bytes another way of merging is chosen, and the places are kept in more words.
      var texts = [62, 63, 64, 65, 66, 127, 128, 129, 200].map { length in
        Array(RandomText.made(of: vocabulary.tokens, atLeast: length, using: &generator)[..<length])
      }
      texts.append(RandomText.made(of: vocabulary.tokens, atLeast: 1_000, using: &generator))
      texts.append(Array(repeating: 0x61, count: 400))
      try Self.compare(vocabulary, texts)
    }
  }

  /// Ordered models take another way than others: the tests above reach both, and both with bytes
  /// that have no token.
  @Test func `both kinds of models occur`() throws {
    var seen: Set<BytePairModel.Options> = []
    for seed in Self.seeds {
      for kind in SmallVocabulary.Kind.allCases {
        var generator = SeededGenerator(seed: seed)
        for round in 0..<7 {
          let vocabulary = SmallVocabulary.random(
            kind, alphabet: [0x61, 0x62], tokenCount: 8, lacksBytes: round % 3 == 2,
            using: &generator)
          var options = try vocabulary.tokenizer().packageModel.bytePair.options
          options.unknown = options.unknown.map { _ in 0 }
          seen.insert(options)
        }
      }
    }
    for isOrdered in [true, false] {
      for takesWhole in [true, false] {
        #expect(
          seen.contains {
            $0.isOrdered == isOrdered && $0.takesWholePretokens == takesWhole && $0.hasAllBytes
          })
      }
      for fuses in [true, false] {
        #expect(
          seen.contains {
            $0.isOrdered == isOrdered && !$0.hasAllBytes && $0.unknown != nil
              && $0.fusesUnknown == fuses
          })
      }
      #expect(seen.contains { $0.isOrdered == isOrdered && !$0.hasAllBytes && $0.unknown == nil })
    }
  }

  @Test func `a vocabulary in order is ordered, the textbook's is`() throws {
    #expect(try SmallVocabulary.trained.tokenizer().packageModel.bytePair.options.isOrdered)
    let improper = SmallVocabulary(merges: ["ab+c", "a+b"])
    #expect(try !improper.tokenizer().packageModel.bytePair.options.isOrdered)
    #expect(try improper.tokenizer().encode("abcab") == [256, 257])
  }

  // MARK: context

  @Test(arguments: [21, 22] as [UInt64])
  func `contexts change nothing`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let vocabularies = [
      SmallVocabulary.trained,
      .random(.everyDerivation, alphabet: Array("the 1".utf8), tokenCount: 40, using: &generator),
    ]
    let byWords = Splitter([.byteLevel(addsPrefixSpace: false, splits: true)])
    let tokenizers = try vocabularies.map { try $0.tokenizer(splitter: byWords) }
    var shared = EncodingContext()
    var tiny = EncodingContext(maximumCacheByteCount: 0)
    for round in 0..<300 {
      let tokenizer = tokenizers[round % 7 == 0 ? 1 : 0]
      let text =
        round % 2 == 0
        ? RandomText.mixture(40, using: &generator)
        : RandomText.made(of: SmallVocabulary.trained.tokens, atLeast: 200, using: &generator)
      let expected = try Self.encode(text, tokenizer)
      var fresh = EncodingContext()
      var results: [[TokenID]] = [[], [], []]
      try tokenizer.encode(text.span, into: &results[0], using: &shared)
      try tokenizer.encode(text.span, into: &results[1], using: &tiny)
      try tokenizer.encode(text.span, into: &results[2], using: &fresh)
      #expect(results == [expected, expected, expected], "\(text)")
    }
  }

  /// More pretokens than the smallest cache holds.
  @Test func `a full cache changes nothing`() throws {
    let splitter = Splitter([.byteLevel(addsPrefixSpace: false, splits: true)])
    let tokenizer = try SmallVocabulary.trained.tokenizer(splitter: splitter)
    let reference = SmallVocabulary.trained.reference
    var context = EncodingContext(maximumCacheByteCount: 0)
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<6_000 {
      let word = (0..<Int.random(in: 1...35, using: &generator)).map { _ in
        UInt8.random(in: 0x61...0x7A, using: &generator)
      }
      var ids: [TokenID] = []
      try tokenizer.encode(word.span, into: &ids, using: &context)
      if Int.random(in: 0..<8, using: &generator) == 0 { #expect(ids == reference.encode(word)) }
    }
  }
}

extension Model {
  /// The byte-level model that these tests are about.
  fileprivate var bytePair: BytePairModel {
    guard let model = self as? BytePairModel else { preconditionFailure("another model") }
    return model
  }
}
