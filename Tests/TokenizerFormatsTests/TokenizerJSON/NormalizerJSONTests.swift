import SplitPatterns
import TestSupport
import Testing
import Tokenization
import TokenizerFormats
import UnicodeText

@Suite struct NormalizerJSONTests {
  /// One rule, from `A` to `b`, and its base64 as Python writes it.
  static let charsmap = CharsmapBuilder.charsmap([([0x41], [0x62])])

  private static func read(_ json: String) throws -> Normalizer? {
    try Sample.with("normalizer", json).read().pipeline.normalizer
  }

  private static func written(_ normalizer: Normalizer) -> JSONValue? {
    pipelineJSON(Pipeline(normalizer: normalizer, splitter: Splitter([]), decoder: .bytes))[
      "normalizer"]
  }

  /// Spelled as tokenizers 0.23.3 spells them.
  static let rows: [(String, Normalizer)] = [
    (#"{"type":"NFC"}"#, .form(.nfc)), (#"{"type":"NFKD"}"#, .form(.nfkd)),
    (#"{"type":"Lowercase"}"#, .lowercase), (#"{"type":"StripAccents"}"#, .stripAccents),
    (#"{"type":"Nmt"}"#, .nmt), (#"{"type":"ByteLevel"}"#, .byteLevel),
    (
      #"{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":false,"strip_accents":null,"lowercase":true}"#,
      .bert(.init(separatesIdeographs: false))
    ),
    (
      #"{"type":"BertNormalizer","clean_text":false,"handle_chinese_chars":true,"strip_accents":false,"lowercase":true}"#,
      .bert(.init(cleansText: false, stripsAccents: false))
    ),
    (
      #"{"type":"Strip","strip_left":true,"strip_right":false}"#, .strip(left: true, right: false)
    ),
    (#"{"type":"Prepend","prepend":"▁"}"#, .prepend("▁")),
    (
      #"{"type":"Replace","pattern":{"String":" "},"content":"▁"}"#, .replace(.literal(" "), "▁")
    ),
    (
      #"{"type":"Sequence","normalizers":[{"type":"Lowercase"},{"type":"Sequence","normalizers":[]}]}"#,
      .sequence([.lowercase, .sequence([])])
    ),
  ]

  @Test(arguments: rows.indices)
  func `reads and writes`(index: Int) throws {
    let (json, normalizer) = Self.rows[index]
    #expect(try Self.read(json) == normalizer)
    #expect(Self.written(normalizer) == (try JSONValue(parsing: Array(json.utf8).span)))
  }

  @Test func `reads and writes patterns`() throws {
    let json = #"{"type":"Replace","pattern":{"Regex":"\\s+"},"content":" "}"#
    let normalizer = Normalizer.replace(
      .pattern(try SplitPattern(#"\s+"#, dialect: .oniguruma)), " ")
    #expect(try Self.read(json) == normalizer)
    #expect(Self.written(normalizer) == (try JSONValue(parsing: Array(json.utf8).span)))
  }

  @Test func `reads and writes charsmaps`() throws {
    let text = "CAAAAAEAAAABAAAAYgA="
    let json = #"{"type":"Precompiled","precompiled_charsmap":"\#(text)"}"#
    let normalizer = Normalizer.precompiled(
      try PrecompiledCharsmap([8, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0x62, 0]))
    #expect(try Self.read(json) == normalizer)
    #expect(Self.written(normalizer) == (try JSONValue(parsing: Array(json.utf8).span)))
  }

  @Test func `our own form reads back`() throws {
    let normalizers: [Normalizer] = [
      .sentencePiece(SentencePieceNormalizer()),
      .sentencePiece(
        SentencePieceNormalizer(
          charsmap: try PrecompiledCharsmap(Self.charsmap), addsDummySpace: false,
          removesExtraSpaces: false, escapesSpaces: false, addsSpaceBehind: true,
          userSymbols: ["<a>", "é", "e\u{301}"])),
      .replace(.pattern(try SplitPattern(#"\s+"#, dialect: .rust)), ""),
      .precompiled(try PrecompiledCharsmap(Self.charsmap)),
    ]
    for normalizer in normalizers + Self.rows.map(\.1) {
      let pipeline = Pipeline(normalizer: normalizer, splitter: Splitter([]), decoder: .bytes)
      #expect(try readPipeline(pipelineJSON(pipeline)).normalizer == normalizer)
    }
  }

  /// The original goes by the members where the type is missing or unknown.
  @Test(
    arguments: [
      (#"{"normalizers":[]}"#, .sequence([])), (#"{"prepend":"x"}"#, .prepend("x")),
      (#"{"type":"Foo","prepend":"x"}"#, .prepend("x")),
      (#"{"type":null,"prepend":"x"}"#, .prepend("x")),
      (#"{"pattern":{"String":"a"},"content":"b"}"#, .replace(.literal("a"), "b")),
      (#"{"strip_left":false,"strip_right":true,"prepend":"x"}"#, .strip(left: false, right: true)),
      (#"{"clean_text":true,"handle_chinese_chars":true,"lowercase":true}"#, .bert(.init())),
      (
        #"{"type":"Bert","clean_text":true,"handle_chinese_chars":true,"lowercase":false}"#,
        .bert(.init(lowercases: false))
      ),
      (#"{"type":"Lowercase","x":1}"#, .lowercase),
    ] as [(String, Normalizer)])
  func `reads what is spelled otherwise`(json: String, normalizer: Normalizer) throws {
    #expect(try Self.read(json) == normalizer)
  }

  @Test(
    arguments: [
      (#"{"type":"Foo"}"#, .unsupported, "normalizer"), ("{}", .missing, "normalizer"),
      (#""NFC""#, .wrongType, "normalizer"), (#"{"type":5}"#, .wrongType, "normalizer.type"),
      (#"{"type":"tok:SentencePiece"}"#, .unsupported, "normalizer"),
      (#"{"type":"Strip","strip_left":true}"#, .missing, "normalizer"),
      (#"{"type":"Prepend","prepend":5}"#, .wrongType, "normalizer.prepend"),
      (
        #"{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true}"#, .missing,
        "normalizer"
      ),
      (
        #"{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":1,"lowercase":true}"#,
        .wrongType, "normalizer.strip_accents"
      ),
      (
        #"{"type":"Replace","pattern":"a","content":"b"}"#, .wrongType, "normalizer.pattern"
      ),
      (
        #"{"type":"Replace","pattern":{"String":"a","Regex":"a"},"content":"b"}"#, .malformed,
        "normalizer.pattern"
      ),
      (
        #"{"type":"Replace","pattern":{"Word":"a"},"content":"b"}"#, .malformed,
        "normalizer.pattern.Word"
      ),
      (
        #"{"type":"Replace","pattern":{"Regex":"("},"content":"b"}"#, .malformed,
        "normalizer.pattern.Regex"
      ),
      (#"{"type":"Replace","pattern":{"String":"a"}}"#, .missing, "normalizer"),
      (
        #"{"type":"Precompiled","precompiled_charsmap":"A"}"#, .malformed,
        "normalizer.precompiled_charsmap"
      ),
      (
        #"{"type":"Precompiled","precompiled_charsmap":"AAAA"}"#, .truncated,
        "normalizer.precompiled_charsmap"
      ),
      (
        #"{"type":"Precompiled","precompiled_charsmap":null}"#, .wrongType,
        "normalizer.precompiled_charsmap"
      ),
      (
        #"{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Prepend"}]}"#, .missing,
        "normalizer.normalizers[1]"
      ),
      (#"{"type":"Sequence"}"#, .missing, "normalizer"),
    ] as [(String, VocabularyError.Reason, String)])
  func `refuses`(json: String, reason: VocabularyError.Reason, path: String) {
    let error = Sample.with("normalizer", json).refusal()
    #expect(error?.reason == reason)
    #expect(error?.path == path)
  }
}
