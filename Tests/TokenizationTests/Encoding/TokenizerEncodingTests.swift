import References
import TestSupport
import Testing
import UnicodeText

@testable import Tokenization

@Suite struct TokenizerEncodingTests {
  private static let added = [
    AddedToken("<e>", id: 1000), AddedToken("<think>", id: 1001, isSpecial: false),
    AddedToken("<e>x", id: 1002),
  ]

  private static func tokenizers() throws -> [Tokenizer] {
    try KnownSplitter.allCases.map {
      try SmallVocabulary.trained.tokenizer(splitter: $0.splitter(), addedTokens: added)
    } + [try SmallVocabulary.trained.tokenizer(addedTokens: added)]
  }

  private static func texts(_ seed: UInt64, count: Int) -> [[UInt8]] {
    var generator = SeededGenerator(seed: seed)
    return RandomText.nasty
      + (0..<count).map { round in
        switch round % 4 {
        case 0: RandomText.mixture(30, using: &generator)
        case 1: RandomText.bytes(40, using: &generator)
        case 2: RandomText.anyScalars(20, using: &generator)
        default:
          RandomText.made(of: SmallVocabulary.trained.tokens, atLeast: 80, using: &generator)
        }
      }
  }

  // MARK: agreement

  @Test(arguments: KnownSplitter.allCases)
  func `encode is split and merge`(splitter: KnownSplitter) throws {
    let tokenizer = try SmallVocabulary.trained.tokenizer(splitter: splitter.splitter())
    let general = try splitter.general()
    let reference = SmallVocabulary.trained.reference
    for text in Self.texts(1, count: 40) {
      let expected = try general.ranges(of: text).flatMap { reference.encode(Array(text[$0])) }
      #expect(try tokenizer.encode(text.span) == expected, "\(text)")
    }
  }

  // MARK: properties

  @Test(arguments: [2] as [UInt64])
  func `what always holds`(seed: UInt64) throws {
    for tokenizer in try Self.tokenizers() {
      for text in Self.texts(seed, count: 40) {
        let ids = try tokenizer.encode(text.span)
        #expect(try tokenizer.decodeBytes(ids) == text)
        #expect(try tokenizer.countTokens(in: text.span) == ids.count)
        for limit in [0, ids.count - 1, ids.count, ids.count + 1, .max] where limit >= 0 {
          let count = try tokenizer.countTokens(in: text.span, upTo: limit)
          #expect(count == (limit < ids.count ? nil : ids.count), "\(limit)")
        }
        let tokens = try tokenizer.tokenize(text.span)
        #expect(tokens.map(\.id) == ids)
        var end = 0
        for token in tokens {
          #expect(token.range.lowerBound == end)
          #expect(tokenizer.bytes(of: token.id) == Array(text[token.range]))
          end = token.range.upperBound
        }
        #expect(end == text.count)
      }
    }
  }

  @Test func `strings and their bytes are the same`() throws {
    let tokenizer = try Self.tokenizers()[0]
    for text in ["", "e\u{301}", "\u{E9}", "a \u{301}", "the tokens"] {
      let bytes = Array(text.utf8)
      #expect(try tokenizer.encode(text) == tokenizer.encode(bytes.span))
      #expect(try tokenizer.tokenize(text) == tokenizer.tokenize(bytes.span))
      #expect(try tokenizer.countTokens(in: text) == tokenizer.countTokens(in: bytes.span))
      #expect(try tokenizer.countTokens(in: text, upTo: 0) == (bytes.isEmpty ? 0 : nil))
    }
    // Equal to Swift, different texts.
    #expect(try tokenizer.encode("e\u{301}") != tokenizer.encode("\u{E9}"))
  }

  @Test func `a text longer than all buffers`() throws {
    let sentence = Array("the tokens, they're here 123 ".utf8)
    let text = Array(repeatElement(sentence, count: 2_000).joined())
    for tokenizer in [try Self.tokenizers()[0], try Self.tokenizers()[3]] {
      let ids = try tokenizer.encode(text.span)
      #expect(try tokenizer.decodeBytes(ids) == text)
      #expect(try tokenizer.countTokens(in: text.span) == ids.count)
      #expect(try tokenizer.countTokens(in: text.span, upTo: 10) == nil)
      #expect(try tokenizer.tokenize(text.span).map(\.id) == ids)
    }
  }

  /// A million equal letters, and other texts that are one pretoken.
  @Test(arguments: ["a", " ", "\n", "中", "1", "the", "ab"])
  func `long pretokens`(unit: String) throws {
    let count = 100_000 / unit.utf8.count
    let text = Array(repeatElement(Array(unit.utf8), count: count).joined())
    let tokenizer = try SmallVocabulary.trained.tokenizer()
    let ids = try tokenizer.encode(text.span)
    #expect(try tokenizer.decodeBytes(ids) == text)
    var improper = SmallVocabulary.trained
    improper.merges?.reverse()
    let other = try improper.tokenizer()
    #expect(try other.decodeBytes(other.encode(text.span)) == text)
  }

  // MARK: added tokens

  @Test(
    arguments: [
      (.asPlainText, [nil, 1001, nil]), (.onlyModelTokens, [nil]),
      (.parse, [nil, 1002, nil, 1001, nil, 1000]), (.parseOnly([1000]), [nil, 1001, nil, 1000]),
      (.parseOnly([1002]), [nil, 1002, nil, 1001, nil]), (.parseOnly([]), [nil, 1001, nil]),
    ] as [(SpecialTokens, [TokenID?])])
  func `policies`(policy: SpecialTokens, expected: [TokenID?]) throws {
    let text = "a<e>x b<think>c<e>"
    for tokenizer in try Self.tokenizers() {
      let ids = try tokenizer.encode(text, specialTokens: policy)
      var found: [TokenID?] = []
      for id in ids {
        if id >= 1000 {
          found.append(id)
        } else if found.isEmpty || found.last != .some(nil) {
          found.append(nil)
        }
      }
      #expect(found == expected)
      #expect(try tokenizer.decode(ids, keepsSpecialTokens: true) == text)
      #expect(try tokenizer.countTokens(in: text, specialTokens: policy) == ids.count)
      let tokens = try tokenizer.tokenize(text, specialTokens: policy)
      #expect(tokens.map(\.id) == ids)
      let bytes = Array(text.utf8)
      #expect(tokens.allSatisfy { tokenizer.bytes(of: $0.id) == Array(bytes[$0.range]) })
    }
  }

  @Test(
    arguments: [
      (.refuse, "é <e>", 3..<6), (.refuse, "<think><e>x", 7..<11),
      (.parseOnly([1000], refusingOthers: true), "<e><e>x", 3..<7),
    ] as [(SpecialTokens, String, Range<Int>)])
  func `refused tokens`(policy: SpecialTokens, text: String, range: Range<Int>) throws {
    for tokenizer in try Self.tokenizers() {
      var ids: [TokenID] = [7]
      var context = EncodingContext()
      do throws(EncodingError) {
        try tokenizer.encode(
          text.utf8Span.span, into: &ids, using: &context, specialTokens: policy)
        Issue.record("accepted")
      } catch {
        #expect(error.reason == .specialToken)
        #expect(error.range == range)
        #expect(error.description.hasPrefix("byte \(range.lowerBound): "))
      }
      #expect(ids == [7])
      // The context is as good as before.
      try tokenizer.encode("a".utf8Span.span, into: &ids, using: &context)
      #expect(ids == [7, 97])
      #expect(throws: EncodingError.self) {
        try tokenizer.tokenize(text, specialTokens: policy)
      }
      #expect(throws: EncodingError.self) {
        try tokenizer.countTokens(in: text, specialTokens: policy)
      }
    }
  }

  @Test func `special tokens are left out by decoding`() throws {
    let tokenizer = try Self.tokenizers()[0]
    let ids: [TokenID] = [97, 1000, 1001, 98]
    #expect(try tokenizer.decode(ids) == "a<think>b")
    #expect(try tokenizer.decode(ids, keepsSpecialTokens: true) == "a<e><think>b")
  }

  // MARK: normaliser

  @Test(arguments: [NormalizationForm.nfc, .nfd, .nfkc, .nfkd], [3] as [UInt64])
  func `ranges through a normaliser`(form: NormalizationForm, seed: UInt64) throws {
    let tokenizer = try SmallVocabulary.trained.tokenizer(
      splitter: KnownSplitter.gpt2.splitter(), addedTokens: Self.added, normalizer: .form(form))
    let plain = try SmallVocabulary.trained.tokenizer(splitter: KnownSplitter.gpt2.splitter())
    for text in Self.texts(seed, count: 40) + [Array("Ae\u{301}\u{323}ﬁ한 <e> K\u{30A}".utf8)] {
      var edits: TextEdits?
      var normalized: [UInt8] = []
      TextNormalizer(form).append(normalized: text.span, to: &normalized, edits: &edits)
      let ids = try tokenizer.encode(text.span)
      #expect(ids == (try plain.encode(normalized.span)), "\(text)")
      let tokens = try tokenizer.tokenize(text.span)
      #expect(tokens.map(\.id) == ids)
      var end = 0
      var start = 0
      for token in tokens {
        #expect(token.range.lowerBound >= start && token.range.lowerBound <= end)
        #expect(token.range.upperBound >= end)
        start = token.range.lowerBound
        end = token.range.upperBound
      }
      #expect(end == text.count, "\(text) \(tokens)")
    }
  }

  @Test func `rows of ranges through a normaliser`() throws {
    let tokenizer = try SmallVocabulary(merges: []).tokenizer(
      normalizer: .form(.nfc))
    let tokens = try tokenizer.tokenize("ae\u{301}b")
    #expect(tokens.map(\.id) == [0x61, 0xC3, 0xA9, 0x62])
    #expect(tokens.map(\.range) == [0..<1, 1..<4, 1..<4, 4..<5])
  }

  @Test func `an added token in normalised text`() throws {
    let token = AddedToken("\u{E9}!", id: 500, isNormalized: true)
    let tokenizer = try SmallVocabulary(merges: []).tokenizer(
      addedTokens: [token], normalizer: .form(.nfd))
    // The token is normalised as the text is; ranges and errors are of the text that came.
    let text = "x\u{E9}!e\u{301}!"
    #expect(
      try tokenizer.tokenize(text, specialTokens: .parse)
        == [
          Token(id: 0x78, range: 0..<1), Token(id: 500, range: 1..<4),
          Token(id: 500, range: 4..<8),
        ])
    do throws(EncodingError) {
      _ = try tokenizer.encode(text, specialTokens: .refuse)
      Issue.record("accepted")
    } catch { #expect(error.range == 1..<4) }
  }

  // MARK: space in front

  @Test(
    arguments: [
      ("ab", " ab", [0..<0, 0..<1, 1..<2]), (" ab", " ab", [0..<1, 1..<2, 2..<3]), ("", "", []),
      ("\n", " \n", [0..<0, 0..<1]),
    ] as [(String, String, [Range<Int>])])
  func `a space in front`(text: String, expected: String, ranges: [Range<Int>]) throws {
    let splitter = Splitter([.byteLevel(addsPrefixSpace: true, splits: true)])
    let tokenizer = try SmallVocabulary(merges: []).tokenizer(splitter: splitter)
    #expect(try tokenizer.encode(text) == expected.utf8.map { TokenID($0) })
    #expect(try tokenizer.tokenize(text).map(\.range) == ranges)
    #expect(try tokenizer.countTokens(in: text) == expected.utf8.count)
  }

  @Test func `a space in front of each stretch between added tokens`() throws {
    let splitter = Splitter([.byteLevel(addsPrefixSpace: true, splits: true)])
    let tokenizer = try SmallVocabulary(merges: [" +a"]).tokenizer(
      splitter: splitter, addedTokens: Self.added)
    #expect(try tokenizer.encode("a<think>a<think> a") == [256, 1001, 256, 1001, 256])
    #expect(
      try tokenizer.tokenize("a<think>a").map(\.range) == [0..<1, 1..<8, 8..<9])
  }

  // MARK: bytes without a token

  @Test func `ranges where bytes lack a token`() throws {
    var vocabulary = SmallVocabulary()
    vocabulary.tokens = ["a", "b", "ab", "?!"].map { Array($0.utf8) }
    vocabulary.ids = [0, 1, 2, 3]
    vocabulary.addMerge([0x61], [0x62])
    #expect(try vocabulary.tokenizer().tokenize("xaxb") == [Token(id: 2, range: 1..<4)])
    vocabulary.unknown = 3
    let single = [
      Token(id: 3, range: 0..<1), Token(id: 3, range: 1..<2), Token(id: 2, range: 2..<4),
    ]
    #expect(try vocabulary.tokenizer().tokenize("xxab") == single)
    vocabulary.fusesUnknown = true
    let fused = [Token(id: 3, range: 0..<2), Token(id: 2, range: 2..<4)]
    #expect(try vocabulary.tokenizer().tokenize("xxab") == fused)
  }

  @Test func `ranges by a context that met bytes without a token before`() throws {
    var vocabulary = SmallVocabulary()
    vocabulary.tokens = ["a", "b", "ab"].map { Array($0.utf8) }
    vocabulary.ids = [0, 1, 2]
    vocabulary.addMerge([0x61], [0x62])
    let tokenizer = try vocabulary.tokenizer()
    #expect(try tokenizer.encode("abb") == [2, 1])
    #expect(try tokenizer.encode("x") == [])
    // From the cache now.
    #expect(
      try tokenizer.tokenize("abb") == [Token(id: 2, range: 0..<2), Token(id: 1, range: 2..<3)])
  }
}
