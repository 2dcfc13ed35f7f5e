import SplitPatterns
import TestSupport
import Testing
import UnicodeText

@testable import Tokenization

@Suite struct StreamingEncoderTests {
  private static func pattern(_ source: String) throws -> SplitPattern {
    try SplitPattern(source, dialect: .oniguruma)
  }

  // MARK: Splitting

  @Test(arguments: KnownSplitter.allCases)
  func `recognised patterns`(known: KnownSplitter) throws {
    let tokenizer = try SmallVocabulary.trained.tokenizer(splitter: try known.splitter())
    try StreamedTexts.check(tokenizer, "\(known)", seed: 1, count: 300)
    // Few characters, so that all their orders come.
    let parts = [" ", "\n", "a", "A", "中", "'", "s", "ll", "1", ".", "\u{301}", "/", "\u{378}"]
    try StreamedTexts.check(tokenizer, "\(known)", seed: 2, count: 1000) {
      RandomText.made(of: parts.map { Array($0.utf8) }, atLeast: 9, using: &$0)
    }
  }

  static func splitters() throws -> [Splitter] {
    var all: [[SplitStep]] = [
      [.bert], [.whitespace], [.whitespaceSplit], [.unicodeScripts], [.fixedLength(3)],
      [.digitGroups(3)], [.digits(individually: true)], [.digits(individually: false)],
      [.characterDelimiter("a")], [.byteLevel(addsPrefixSpace: true, splits: true)],
      [.whitespaceSplit, .metaspace(replacement: "\u{2581}", scheme: .always, splits: true)],
      [.digits(individually: false), .metaspace(replacement: "_", scheme: .first, splits: true)],
      [.digits(individually: true), .byteLevel(addsPrefixSpace: true, splits: true)],
      [.whitespaceSplit, .byteLevel(addsPrefixSpace: true, splits: true)],
      [.unicodeScripts, .digits(individually: true)], [.fixedLength(5), .whitespaceSplit],
      [.bert, .digitGroups(2), .punctuation(.isolated)], [.digitGroups(3), .whitespace],
    ]
    for scheme in MetaspaceScheme.allCases {
      all.append([.metaspace(replacement: "\u{2581}", scheme: scheme, splits: true)])
      all.append([.metaspace(replacement: "_", scheme: scheme, splits: true)])
    }
    for behavior in SplitBehavior.allCases {
      all.append([.punctuation(behavior)])
      for inverted in [false, true] {
        all.append([.literal("ab", behavior, inverted: inverted)])
        all.append([.literal(" ", behavior, inverted: inverted), .digits(individually: true)])
        let words = try pattern(#"\p{L}+'?|\p{N}{2}(?!\p{N})|\s+(?=\S)"#)
        all.append([.pattern(words, behavior, inverted: inverted)])
        all.append([
          .pattern(try pattern("a[a-z]*b"), behavior, inverted: inverted), .whitespace,
          .digits(individually: true),
        ])
      }
    }
    all.append([
      .matchRuns(try pattern(#"\p{L}+| \p{L}+|."#), joining: try pattern(#" ?\p{L}+"#)),
      .punctuation(.isolated),
    ])
    return all.map { Splitter($0) }
  }

  @Test func `steps of splitting`() throws {
    for splitter in try Self.splitters() {
      let tokenizer = try SmallVocabulary.trained.tokenizer(splitter: splitter)
      try StreamedTexts.check(tokenizer, "\(splitter.steps)", seed: 3, count: 25)
      let parts = [" ", "a", "b", "ab", "1", "22", ".", "'", "_", "\u{2581}", "я", "\n", "é"]
      try StreamedTexts.check(tokenizer, "\(splitter.steps)", seed: 4, count: 50) {
        RandomText.made(of: parts.map { Array($0.utf8) }, atLeast: 12, using: &$0)
      }
    }
  }

  // MARK: Normalizing

  @Test func `normalizers`() throws {
    var normalizers: [(String, Normalizer)] = [
      ("NFC", .form(.nfc)), ("NFD", .form(.nfd)), ("NFKC", .form(.nfkc)), ("NFKD", .form(.nfkd)),
      ("prepend", .sequence([.strip(left: true, right: true), .prepend("ab")])),
      ("nothing", .sequence([.replace(.literal(""), "-"), .strip(left: false, right: true)])),
      ("after", .replace(.pattern(try Self.pattern("a(?=b)|e+$")), "<>")),
    ]
    let names = [
      "lowercase", "stripAccents", "nmt", "byteLevel", "bertUncased", "bertCased", "bertAccents",
      "bertLowercase", "strip", "stripLeft", "stripRight", "prepend", "replaceLiteral",
      "replaceSpace", "replaceNothing", "replaceSpaces", "precompiled", "sequence",
    ]
    for name in names + (0..<16).map({ "sentencePiece\($0)" }) {
      normalizers.append((name, try SampleNormalizer.named(name)))
    }
    let splitter = Splitter([.whitespace])
    let first = Splitter([.metaspace(replacement: "\u{2581}", scheme: .first, splits: true)])
    for (name, normalizer) in normalizers {
      for splitter in [splitter, first] {
        let tokenizer = try SmallVocabulary.trained.tokenizer(
          splitter: splitter, normalizer: normalizer)
        try StreamedTexts.check(tokenizer, name, seed: 5, count: 30)
        var seed: UInt64 = 0
        try StreamedTexts.check(tokenizer, name, seed: 6, count: 60) { _ in
          seed += 1
          return SampleNormalizer.randomText(seed: seed)
        }
      }
    }
  }

  // MARK: Added tokens

  @Test(arguments: [SpecialTokens.parse, .asPlainText, .parseOnly([900])])
  func `added tokens`(specialTokens: SpecialTokens) throws {
    let added = [
      AddedToken("<a>", id: 900), AddedToken("<a", id: 901, isSpecial: false),
      AddedToken("bb", id: 902, isSpecial: false, isSingleWord: true),
      AddedToken("<l>", id: 903, isSpecial: false, stripsLeft: true),
      AddedToken("<r>", id: 904, isSpecial: false, stripsRight: true),
      AddedToken("  ", id: 905, isSpecial: false),
      AddedToken("<É>", id: 906, isSpecial: false, isNormalized: true),
      AddedToken("x", id: 907, isSpecial: false, isSingleWord: true, isNormalized: true),
      AddedToken("<n>", id: 908, stripsLeft: true, stripsRight: true, isNormalized: true),
    ]
    let splitters = [
      Splitter([.byteLevel(addsPrefixSpace: true, splits: true)]),
      Splitter([.metaspace(replacement: "\u{2581}", scheme: .first, splits: true)]),
    ]
    let parts = [
      "<a>", "<a", "<", "bb", "b", "<l>", "<r>", " ", "  ", "\u{3000}", "<É>", "<é>", "<e\u{301}>",
      "x", "<N>", "<n>", ">", "é",
    ]
    for splitter in splitters {
      for normalizer in [nil, Normalizer.sequence([.prepend("<n>"), .bert(.init())])] {
        let tokenizer = try SmallVocabulary.trained.tokenizer(
          splitter: splitter, addedTokens: added, normalizer: normalizer)
        try StreamedTexts.check(
          tokenizer, "\(splitter)", specialTokens: specialTokens, seed: 7, count: 400
        ) {
          RandomText.made(of: parts.map { Array($0.utf8) }, atLeast: 20, using: &$0)
        }
      }
    }
  }

  @Test func `a special token that is refused has its place`() throws {
    let tokenizer = try SmallVocabulary.trained.tokenizer(
      splitter: Splitter([.whitespace]), addedTokens: [AddedToken("<end>", id: 900)])
    var encoder = try tokenizer.streamingEncoder(specialTokens: .refuse)
    var ids: [TokenID] = []
    try encoder.append(String(repeating: "word ", count: 1000), into: &ids)
    try encoder.append("<e", into: &ids)
    let error = #expect(throws: EncodingError.self) {
      try encoder.append("nd> and more", into: &ids)
      try encoder.finish(into: &ids)
    }
    #expect(error?.reason == .specialToken)
    #expect(error?.range == 5000..<5005)
  }

  // MARK: Models

  private static func tokenizer(
    _ model: some ModelDefinition, splitter: Splitter = Splitter([]), normalizer: Normalizer? = nil
  ) throws -> Tokenizer {
    try Tokenizer(
      TokenizerDefinition(
        pipeline: Pipeline(normalizer: normalizer, splitter: splitter, decoder: .bytes),
        model: model))
  }

  @Test func `unigram models that see the whole text`() throws {
    let tokens = [
      ("a", -2.0), ("b", -2.5), ("ab", -4.4), ("\u{2581}", -1.5), ("\u{2581}a", -3.5), ("é", -3),
      ("ba\u{2581}", -5), ("aaa", -5.9), ("\u{2581}ab", -5.0),
    ]
    let kinds = [UnigramDefinition.Kind](repeating: .normal, count: tokens.count)
    let parts = [" ", "a", "b", "é", "ab", "\u{2581}", "中", "<unk>", "aaaa", "\u{301}"]
    for crossesWords in [true, false] {
      let some = tokens.enumerated().filter { crossesWords || $0.offset != 6 }.map(\.element)
      for rules in [nil, Array(kinds.prefix(some.count))] {
        for hasBytes in [false, true] {
          var small = SmallUnigram(some, kinds: rules)
          if hasBytes { small.addBytes(missing: rules == nil ? [0xE4] : []) }
          let metaspace = Splitter([
            .metaspace(replacement: "\u{2581}", scheme: .always, splits: false)
          ])
          for splitter in [Splitter([]), metaspace] {
            let tokenizer = try Self.tokenizer(small.definition, splitter: splitter)
            try StreamedTexts.check(tokenizer, "\(small)", seed: 8, count: 150) {
              RandomText.made(of: parts.map { Array($0.utf8) }, atLeast: 30, using: &$0)
            }
          }
        }
      }
    }
  }

  @Test func `models that go from the left`() throws {
    var strings = ByteStrings()
    for text in ["a", "b", "ab", "abab", "ba", "é", " ", "中文"] { strings.append(text.utf8) }
    let ids = (0..<8).map { TokenID($0) }
    let models: [any ModelDefinition] = [
      GreedyDefinition(tokens: strings, ids: ids, unknown: 9), BytesDefinition(offset: 3),
      CharactersDefinition(tokens: strings, ids: ids, unknown: 9),
    ]
    let parts = ["a", "b", " ", "é", "中", "文", "x"].map { Array($0.utf8) }
    for model in models {
      try StreamedTexts.check(try Self.tokenizer(model), "\(type(of: model))", seed: 9) {
        RandomText.made(of: parts, atLeast: 20, using: &$0)
      }
    }
  }

  // MARK: What is not possible

  private static func refusal(
    _ splitter: Splitter, _ normalizer: Normalizer? = nil
  ) throws -> StreamingError? {
    let tokenizer = try SmallVocabulary.trained.tokenizer(
      splitter: splitter, normalizer: normalizer)
    do throws(StreamingError) {
      _ = try tokenizer.streamingEncoder()
      return nil
    } catch {
      return error
    }
  }

  @Test func `what may need all of a text is said beforehand`() throws {
    let whole = try Self.refusal(Splitter([]))
    #expect(whole?.reason == .model)
    #expect(whole?.path == "model")
    let behind = SplitStep.pattern(try Self.pattern("(?<=a)b"), .isolated, inverted: false)
    #expect(try Self.refusal(Splitter([behind]))?.reason == .splitter)
    let start = SplitStep.pattern(try Self.pattern(#"\Aa|b"#), .isolated, inverted: false)
    #expect(try Self.refusal(Splitter([start]))?.reason == .splitter)
    let empty = SplitStep.pattern(try Self.pattern("b*"), .isolated, inverted: false)
    #expect(try Self.refusal(Splitter([empty]))?.path == "pre_tokenizer")
    #expect(
      try Self.refusal(Splitter([.literal("", .isolated, inverted: false)]))?.reason == .splitter)
    let replacing = Normalizer.sequence([
      .lowercase, .replace(.pattern(try Self.pattern("(?<=a)b")), "c"),
    ])
    let error = try Self.refusal(Splitter([.whitespace]), replacing)
    #expect(error?.reason == .normalizer)
    #expect(error?.path == "normalizer.normalizers[1]")
    // A step before it may cut what it sees.
    #expect(try Self.refusal(Splitter([.whitespaceSplit, behind])) == nil)
  }

  @Test func `ids come as soon as they are settled`() throws {
    let tokenizer = try SmallVocabulary.trained.tokenizer(splitter: KnownSplitter.gpt2.splitter())
    var encoder = try tokenizer.streamingEncoder()
    var ids: [TokenID] = []
    try encoder.append("the theory is that", into: &ids)
    #expect(ids == (try tokenizer.encode("the theory is")))
  }
}
