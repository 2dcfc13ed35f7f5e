import SplitPatterns
import Testing
import Tokenization
import TokenizerFormats
import UnicodeText

@Suite struct PipelineJSONTests {
  static func pipelines() throws -> [Pipeline] {
    let rust = try SplitPattern(#"\p{L}+|"\\"#, dialect: .rust)
    let oniguruma = try SplitPattern(#"\h+"#, dialect: .oniguruma)
    let template = Template(
      single: [.special("[CLS]", typeID: 0), .sequence(.a, typeID: 0), .special("é", typeID: 0)],
      pair: [.sequence(.b, typeID: 1), .sequence(.a, typeID: 0)],
      specialTokens: [
        Template.SpecialToken(name: "[CLS]", ids: [4_000_000, 2], tokens: ["a", "b"]),
        Template.SpecialToken(name: "é", ids: [], tokens: []),
      ])
    return [
      Pipeline(splitter: Splitter([]), decoder: .spaced),
      Pipeline(
        addedTokens: [
          AddedToken("<\u{1}\"\\\n>", id: 7, isSpecial: false, isSingleWord: true),
          AddedToken(" ", id: 0, stripsLeft: true, stripsRight: true, isNormalized: true),
        ],
        normalizer: .sequence([.form(.nfc), .sequence([.form(.nfkd)])]),
        splitter: Splitter([
          .pattern(rust, .removed, inverted: true),
          .pattern(oniguruma, .contiguous, inverted: false),
          .literal("", .mergedWithPrevious, inverted: true), .digits(individually: false),
          .byteLevel(addsPrefixSpace: true, splits: false),
        ]),
        postProcessor: .sequence([
          .template(template), .byteLevel(addsPrefixSpace: true, trimsRanges: false, splits: true),
          .sequence([]),
        ]),
        decoder: .byteLevel(addsPrefixSpace: false, trimsRanges: true, splits: false),
        truncation: Truncation(
          maximumLength: Int.max, strategy: .onlySecond, stride: 0, direction: .left),
        padding: Padding(
          strategy: .batchLongest, direction: .right, multiple: 8, id: 3, typeID: 1, token: "p"),
        roles: TokenRoles(beginning: 1, end: 2, padding: 3, unknown: 4)),
      Pipeline(
        normalizer: .form(.nfd),
        splitter: Splitter([
          .digits(individually: true), .bert, .whitespace, .whitespaceSplit, .unicodeScripts,
          .punctuation(.contiguous), .characterDelimiter("\u{10FFFF}"), .fixedLength(7),
          .metaspace(replacement: "\u{2581}", scheme: .first, splits: false), .digitGroups(4),
          .words,
        ]),
        postProcessor: .template(template), decoder: .bytes,
        padding: Padding(
          strategy: .fixed(0), direction: .left, multiple: nil, id: 3, typeID: 1, token: ""),
        roles: TokenRoles(end: 9)),
    ]
  }

  @Test func `round trip through bytes`() throws {
    for pipeline in try Self.pipelines() {
      let bytes = pipelineJSON(pipeline).write()
      #expect(try readPipeline(JSONValue(parsing: bytes.span)) == pipeline)
    }
  }

  @Test func `in the words of tokenizer.json`() throws {
    let pattern = try SplitPattern("x+", dialect: .rust)
    let pipeline = Pipeline(
      splitter: Splitter([.pattern(pattern, .isolated, inverted: false)]), decoder: .bytes,
      roles: TokenRoles(end: 1))
    #expect(
      String(decoding: pipelineJSON(pipeline).write(), as: UTF8.self)
        == #"{"truncation":null,"padding":null,"added_tokens":[],"normalizer":null,"#
        + #""pre_tokenizer":{"type":"Split","pattern":{"Regex":"x+"},"behavior":"Isolated","#
        + #""invert":false,"tok:dialect":"rust"},"post_processor":null,"#
        + #""decoder":{"type":"tok:bytes"},"tok:roles":{"end":1}}"#)
  }

  @Test func `what a file says is written back`() throws {
    let pipeline = try Sample.added(Sample.token("<s>", 5)).read().pipeline
    let bytes = pipelineJSON(pipeline).write()
    #expect(try readPipeline(JSONValue(parsing: bytes.span)) == pipeline)
  }
}
