import TestSupport
import Testing
import Tokenization

@testable import TokenizerFormats

/// Vocabularies of every kind but byte-level BPE. Rows were observed from llama.cpp b11549 (xllamacpp
/// 2026.10.11549), given the same files.
@Suite struct GGUFTokenizerTests {
  static let prefix = GGUFVocabularyTests.prefix
  static let byteNames = (0...255 as ClosedRange<UInt8>).map {
    String(decoding: CharacterPairDefinition.nameOfByte($0), as: UTF8.self)
  }

  static func file(
    _ model: String, _ tokens: [String], types: [Int32], scores: [Float] = [],
    ids: [String: UInt32] = [:], flags: [String: Bool] = [:]
  ) -> GGUFWriter {
    var file = GGUFWriter()
    file[prefix + "model"] = .text(model)
    file[prefix + "tokens"] = .texts(tokens)
    file[prefix + "token_type"] = .int32s(types)
    if !scores.isEmpty { file[prefix + "scores"] = .floats(scores) }
    for (key, id) in ids.sorted(by: { $0.key < $1.key }) {
      file[prefix + key + "_token_id"] = .uint32(id)
    }
    for (key, flag) in flags.sorted(by: { $0.key < $1.key }) { file[prefix + key] = .bool(flag) }
    return file
  }

  static func tokenizer(_ file: GGUFWriter) throws -> Tokenizer {
    try Tokenizer(GGUFVocabulary(file.bytes.span).tokenizer())
  }

  /// A text, its ids with special tokens and template, and its ids as plain text.
  typealias Row = (text: String, all: [TokenID], plain: [TokenID])

  static func check(_ tokenizer: Tokenizer, _ rows: [Row]) throws {
    for row in rows {
      #expect(try tokenizer.encode(row.text, specialTokens: .parse) == row.all, "\(row.text)")
      #expect(try tokenizer.encode(row.text, addsTemplate: false) == row.plain, "\(row.text)")
    }
  }

  // MARK: - Byte pairs by score

  static var scored: GGUFWriter {
    let bytes = byteNames
    return file(
      "llama",
      ["<unk>", "<s>", "</s>", "\u{2581}", "a", "b", "ab", "\u{2581}a", "\u{2581}ab", "<u>"]
        + bytes,
      types: [2, 3, 3, 1, 1, 1, 1, 1, 1, 4] + bytes.map { _ in 6 },
      scores: [0, 0, 0, -9, -8, -7, -1, -2, -3, 0] + bytes.map { _ in 0 },
      flags: ["add_eos_token": true])
  }

  @Test func `byte pairs by score`() throws {
    let tokenizer = try Self.tokenizer(Self.scored)
    try Self.check(
      tokenizer,
      [
        ("ab", [1, 8, 2], [8]),
        ("  ab ab", [1, 3, 3, 8, 8, 2], [3, 3, 8, 8]),
        ("a<s>b", [1, 7, 1, 3, 5, 2], [7, 70, 125, 72, 5]),
        ("a<u>ab", [1, 7, 9, 8, 2], [7, 9, 8]),
        ("aéb", [1, 7, 205, 179, 5, 2], [7, 205, 179, 5]),
        ("", [1, 2], []),
        ("a\nb", [1, 7, 20, 5, 2], [7, 20, 5]),
        ("<0x41>", [1, 3, 70, 58, 130, 62, 59, 72, 2], [3, 70, 58, 130, 62, 59, 72]),
      ])
    #expect(try tokenizer.decode([3, 3, 8, 8]) == "  ab ab")
    #expect(try tokenizer.decode([7, 205, 179, 5]) == "aéb")
    #expect(try tokenizer.decode([7, 9, 8]) == "a<u> ab")
  }

  // llama.cpp puts the name together from the parts that are tokens, and makes it the control token.
  @Test func `a control token is not made by merges`() throws {
    var file = Self.file(
      "llama", ["<unk>", "<s>", "<s", "<", "s", ">"], types: [2, 3, 1, 1, 1, 1],
      scores: [0, 0, -1, -2, -3, -4], flags: ["add_space_prefix": false, "add_bos_token": false])
    #expect(try Self.tokenizer(file).encode("<s>x") == [2, 5, 0])
    file[Self.prefix + "unknown_token_id"] = .uint32(5)
    #expect(try Self.tokenizer(file).encode("xx") == [5, 5])
  }

  // Names stand for the rule, as the file has no key for it.
  @Test func `white space behind tokens of Phi-3 is theirs`() throws {
    var file = Self.scored
    #expect(
      try Self.tokenizer(file).encode("</s> \n<u> a", specialTokens: .parse, addsTemplate: false)
        == [2, 3, 3, 20, 9, 3, 7])
    file["general.name"] = .text("Phi-3 Mini")
    #expect(
      try Self.tokenizer(file).encode("</s> \n<u> a", specialTokens: .parse, addsTemplate: false)
        == [2, 9, 7])
  }

  // MARK: - WordPiece

  static var words: GGUFWriter {
    file(
      "bert",
      [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "\u{2581}ab", "c", "\u{2581}!", "\u{2581}a", "bc",
        "\u{2581}中", "\u{2581}é",
      ], types: [3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1],
      ids: ["bos": 2, "unknown": 1, "seperator": 3, "padding": 0])
  }

  @Test func `words with marks before them`() throws {
    let tokenizer = try Self.tokenizer(Self.words)
    try Self.check(
      tokenizer,
      [
        ("abc", [2, 4, 5, 3], [4, 5]),
        ("ABc Ábc!", [2, 4, 5, 4, 5, 6, 3], [4, 5, 4, 5, 6]),
        ("a中ab x", [2, 7, 9, 4, 1, 3], [7, 9, 4, 1]),
        ("[CLS]ab", [2, 2, 4, 3], [1, 1, 1, 4]),
        ("", [2, 3], []),
        ("abcc abx", [2, 4, 5, 5, 1, 3], [4, 5, 5, 1]),
      ])
    // Here BERT's own decoder decides: llama.cpp begins with a space.
    #expect(try tokenizer.decode([4, 5, 4, 5, 6]) == "abc abc!")
  }

  @Test func `words whose case counts`() throws {
    var file = Self.words
    file[Self.prefix + "normalizer.lowercase"] = .bool(false)
    try Self.check(
      Self.tokenizer(file),
      [("ABc Ábc!", [2, 1, 1, 6, 3], [1, 1, 6]), ("é", [2, 10, 3], [10])])
  }

  @Test func `a word of any length is cut`() throws {
    let word = "ab" + String(repeating: "c", count: 300)
    #expect(
      try Self.tokenizer(Self.words).encode(word, addsTemplate: false)
        == [4] + Array(repeating: 5, count: 300))
  }

  // MARK: - Unigram

  static func unigram(flags: [String: Bool]) -> GGUFWriter {
    file(
      "t5",
      ["<pad>", "</s>", "<unk>", "\u{2581}", "a", "b", "\u{2581}ab", "ab", "<x>", "[PAD9]"],
      types: [3, 3, 2, 1, 1, 1, 1, 1, 4, 5], scores: [0, 0, 0, -3, -2, -2, -4, -3, 0, -1000],
      flags: flags)
  }

  @Test func `unigram`() throws {
    let tokenizer = try Self.tokenizer(
      Self.unigram(flags: ["remove_extra_whitespaces": true, "add_space_prefix": true]))
    try Self.check(
      tokenizer,
      [
        ("ab", [6, 1], [6]),
        ("  ab  ba ", [6, 3, 5, 4, 1], [6, 3, 5, 4]),
        ("zz a", [3, 2, 3, 4, 1], [3, 2, 3, 4]),
        ("a<x>b", [3, 4, 8, 3, 5, 1], [3, 4, 8, 3, 5]),
        ("</s>a", [1, 3, 4, 1], [3, 2, 4]),
        ("", [1], []),
      ])
    #expect(try tokenizer.decode([6, 3, 5, 4]) == "ab ba")
  }

  @Test func `unigram that leaves spaces as they are`() throws {
    try Self.check(
      Self.tokenizer(Self.unigram(flags: [:])),
      [("ab", [7, 1], [7]), ("  ab ", [3, 6, 3, 1], [3, 6, 3])])
  }

  // MARK: - The longest match

  static var escaped: GGUFWriter {
    let digits = Array("0123456789abcdef")
    let bytes = (0..<256).map { "\\x\(digits[$0 / 16])\(digits[$0 % 16])" }
    return file(
      "rwkv", ["<s>"] + bytes + ["ab", "a\\n", "\\xc3\\xa9", "\\'s", "\\\\\\\\"],
      types: [3] + Array(repeating: 1, count: 261), ids: ["bos": 0])
  }

  @Test func `escapes in the tokens of the longest match`() throws {
    let tokenizer = try Self.tokenizer(Self.escaped)
    try Self.check(
      tokenizer,
      [
        ("aba\n", [257, 258], [257, 258]),
        ("é\u{A9}", [259, 195, 170], [259, 195, 170]),
        ("a's", [98, 260], [98, 260]),
        ("\\\\\\", [261, 93], [261, 93]),
        // As plain text llama.cpp has the control token here as well.
        ("b<s>", [99, 0], [99, 61, 116, 63]),
      ])
    #expect(try tokenizer.decode([259, 195, 170]) == "é\u{A9}")
  }

  @Test(arguments: ["a\\", "\\x1", "\\xzz"])
  func `an escape that is none is refused`(_ token: String) {
    let file = Self.file("rwkv", ["a", token], types: [1, 1])
    let error = #expect(throws: VocabularyError.self) { try Self.tokenizer(file) }
    #expect(error?.path == Self.prefix + "tokens[1]")
    #expect(error?.reason == .malformed)
  }

  // MARK: - Byte pairs by listed merges

  static var listed: GGUFWriter {
    var file = file(
      "gemma4",
      ["<unk>", "<bos>", "<eos>", "\u{2581}", "a", "b", "ab", "\u{2581}a", "\n", "\n\n"]
        + byteNames,
      types: [2, 3, 3, 1, 1, 1, 1, 1, 1, 1] + byteNames.map { _ in 6 }, ids: ["bos": 1, "eos": 2])
    file[prefix + "merges"] = .texts(["a b", "\u{2581} a"])
    return file
  }

  @Test func `listed merges over text with spaces escaped`() throws {
    var file = Self.listed
    let tokenizer = try Self.tokenizer(file)
    try Self.check(
      tokenizer,
      [
        ("ab a", [1, 6, 7], [6, 7]),
        // Newlines that are a token become it without a merge.
        ("a\n\nb", [1, 4, 9, 5], [4, 9, 5]),
        ("é<eos>", [1, 205, 179, 2], [205, 179, 70, 111, 121, 125, 72]),
        ("a  a", [1, 4, 3, 7], [4, 3, 7]),
      ])
    #expect(try tokenizer.decode([205, 179, 7]) == "é a")
    file[Self.prefix + "merges"] = nil
    let error = #expect(throws: VocabularyError.self) { try Self.tokenizer(file) }
    #expect(error?.path == Self.prefix + "merges")
  }

  // MARK: - What is missing

  @Test(arguments: ["bert", "t5"])
  func `a token for what is unknown is asked for`(_ model: String) {
    // The ids that llama.cpp takes where a file is silent lie beyond this vocabulary.
    let file = Self.file(
      model, ["\u{2581}a"], types: [1],
      flags: ["add_bos_token": false, "add_eos_token": false, "add_sep_token": false])
    let error = #expect(throws: VocabularyError.self) { try Self.tokenizer(file) }
    #expect(error?.reason == .missing)
    #expect(error?.path == Self.prefix + "unknown_token_id")
  }

  @Test func `a word that begins a word and does not, by one name, is refused`() {
    let file = Self.file(
      "bert", ["[UNK]", "\u{2581}##a", "a"], types: [3, 1, 1], ids: ["unknown": 0],
      flags: ["add_bos_token": false, "add_sep_token": false])
    let error = #expect(throws: VocabularyError.self) { try Self.tokenizer(file) }
    #expect(error?.reason == .duplicate)
  }

  @Test func `files with bytes changed are refused or read`() throws {
    var random = SeededGenerator(seed: 31)
    let files = [
      Self.scored, Self.words, Self.unigram(flags: ["remove_extra_whitespaces": true]),
      Self.escaped, Self.listed,
    ]
    for file in files {
      let bytes = file.bytes
      for _ in 0..<40 {
        var changed = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          changed[Int.random(in: changed.indices, using: &random)] = UInt8.random(
            in: 0...255, using: &random)
        }
        guard let definition = try? GGUFVocabulary(changed.span).tokenizer(),
          let tokenizer = try? Tokenizer(definition)
        else { continue }
        let ids = try tokenizer.encode(" ab\u{E9}<s>\n\n", specialTokens: .parse)
        _ = try tokenizer.decodeBytes(ids)
      }
    }
  }
}
