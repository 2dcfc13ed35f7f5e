import SplitPatterns
import Testing
import Tokenization

@testable import TokenizerFormats

@Suite struct DecoderJSONTests {
  private static func decoder(_ text: String) throws -> TokenDecoder {
    try Sample.with("decoder", text).read().pipeline.decoder
  }

  @Test func `reads every decoder`() throws {
    let pattern = try SplitPattern(#"\s+"#, dialect: .oniguruma)
    let rows: [(String, TokenDecoder)] = [
      (#"{"type":"BPEDecoder","suffix":"</w>","more":1}"#, .bpe(suffix: "</w>")),
      (#"{"type":"ByteFallback"}"#, .byteFallback), (#"{"type":"Fuse"}"#, .fuse),
      (
        #"{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":false}"#,
        .byteLevel(addsPrefixSpace: true, trimsRanges: false, splits: true)
      ),
      (
        #"{"type":"CTC","pad_token":"<pad>","word_delimiter_token":"|","cleanup":true}"#,
        .ctc(pad: "<pad>", wordDelimiter: "|", cleansUp: true)
      ),
      (
        #"{"type":"WordPiece","prefix":"@@","cleanup":false}"#,
        .wordPiece(prefix: "@@", cleansUp: false)
      ),
      (
        #"{"type":"Strip","content":"é","start":1,"stop":0}"#,
        .strip(content: "é", start: 1, stop: 0)
      ),
      (
        #"{"type":"Replace","pattern":{"String":"▁"},"content":" "}"#,
        .replace(.string("▁"), content: " ")
      ),
      (
        #"{"type":"Replace","pattern":{"Regex":"\\s+"},"content":""}"#,
        .replace(.regex(pattern), content: "")
      ),
      (
        #"{"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"Sequence","decoders":[]}]}"#,
        .sequence([.fuse, .sequence([])])
      ),
    ]
    for (text, expected) in rows { #expect(try Self.decoder(text) == expected, "\(text)") }
  }

  // As huggingface's tokenizers 0.23.3 reads them.
  @Test func `old spellings and defaults`() throws {
    func metaspace(
      _ scheme: TokenDecoder.MetaspaceScheme, splits: Bool = true
    ) -> TokenDecoder { .metaspace(replacement: "_", scheme: scheme, splits: splits) }
    let rows: [(String, TokenDecoder)] = [
      (#"{"type":"Metaspace","replacement":"_"}"#, metaspace(.always)),
      (
        #"{"type":"Metaspace","replacement":"_","add_prefix_space":true,"str_rep":"_"}"#,
        metaspace(.always)
      ),
      (
        #"{"type":"Metaspace","replacement":"_","add_prefix_space":false,"prepend_scheme":"never"}"#,
        metaspace(.never)
      ),
      (
        #"{"type":"Metaspace","replacement":"_","add_prefix_space":true,"prepend_scheme":"never"}"#,
        metaspace(.never)
      ),
      (
        #"{"type":"Metaspace","replacement":"_","add_prefix_space":null,"prepend_scheme":"first","split":null}"#,
        metaspace(.first)
      ),
      (
        #"{"type":"Metaspace","replacement":"_","split":false}"#, metaspace(.always, splits: false)
      ),
      (#"{"suffix":"x"}"#, .bpe(suffix: "x")), (#"{"type":"BPE","suffix":"x"}"#, .bpe(suffix: "x")),
      (#"{"prefix":"@@","cleanup":true}"#, .wordPiece(prefix: "@@", cleansUp: true)),
      (
        #"{"pad_token":"p","word_delimiter_token":"w","cleanup":false}"#,
        .ctc(pad: "p", wordDelimiter: "w", cleansUp: false)
      ),
      (#"{"pattern":{"String":"a"},"content":"b"}"#, .replace(.string("a"), content: "b")),
      (#"{"content":"a","start":1,"stop":0}"#, .strip(content: "a", start: 1, stop: 0)),
    ]
    for (text, expected) in rows { #expect(try Self.decoder(text) == expected, "\(text)") }
  }

  @Test(
    arguments: [
      (#"{"type":"Other"}"#, .unsupported, ""), ("{}", .missing, ""), ("[]", .wrongType, ""),
      (#""Fuse""#, .wrongType, ""), (#"{"type":1}"#, .wrongType, ".type"),
      (#"{"decoders":[]}"#, .missing, ""), (#"{"replacement":"_"}"#, .missing, ""),
      (#"{"type":"BPEDecoder"}"#, .missing, ""),
      (#"{"type":"ByteLevel"}"#, .missing, ""),
      (#"{"type":"WordPiece","prefix":"@@"}"#, .missing, ""),
      (#"{"type":"WordPiece","prefix":null,"cleanup":true}"#, .wrongType, ".prefix"),
      (#"{"type":"CTC","pad_token":"p","word_delimiter_token":"w"}"#, .missing, ""),
      (#"{"type":"Strip","content":"ab","start":1,"stop":0}"#, .malformed, ".content"),
      (#"{"type":"Strip","content":"","start":1,"stop":0}"#, .malformed, ".content"),
      (#"{"type":"Strip","content":"a","start":-1,"stop":0}"#, .wrongType, ".start"),
      (#"{"type":"Strip","content":"a","start":1}"#, .missing, ""),
      (#"{"type":"Metaspace","replacement":"__"}"#, .malformed, ".replacement"),
      (#"{"type":"Metaspace","replacement":"_","add_prefix_space":false}"#, .malformed, ""),
      (
        #"{"type":"Metaspace","replacement":"_","prepend_scheme":"Always"}"#, .malformed,
        ".prepend_scheme"
      ),
      (
        #"{"type":"Metaspace","replacement":"_","prepend_scheme":null}"#, .wrongType,
        ".prepend_scheme"
      ),
      (#"{"type":"Metaspace","replacement":"_","str_rep":3}"#, .wrongType, ".str_rep"),
      (#"{"type":"Replace","pattern":"a","content":"b"}"#, .wrongType, ".pattern"),
      (
        #"{"type":"Replace","pattern":{"String":"a","Regex":"b"},"content":"b"}"#, .malformed,
        ".pattern"
      ),
      (#"{"type":"Replace","pattern":{"Text":"a"},"content":"b"}"#, .malformed, ".pattern.Text"),
      (#"{"type":"Replace","pattern":{"Regex":"("},"content":"b"}"#, .malformed, ".pattern.Regex"),
      (#"{"type":"Replace","pattern":{"String":"a"}}"#, .missing, ""),
      (
        #"{"type":"Sequence","decoders":[{"type":"Fuse"},null]}"#, .wrongType, ".decoders[1]"
      ),
      (#"{"type":"Sequence","decoders":[{"type":"tok:bytes"}]}"#, .unsupported, ".decoders[0]"),
    ] as [(String, VocabularyError.Reason, String)])
  func `refuses`(text: String, reason: VocabularyError.Reason, path: String) {
    let error = Sample.with("decoder", text).refusal()
    #expect(error?.reason == reason)
    #expect(error?.path == "decoder" + path)
  }

  @Test func `round trip`() throws {
    let decoders: [TokenDecoder] = [
      .bytes, .spaced, .fuse, .byteFallback, .bpe(suffix: ""), .sequence([]),
      .byteLevel(addsPrefixSpace: false, trimsRanges: true, splits: false),
      .ctc(pad: "\u{1}\"", wordDelimiter: "", cleansUp: false),
      .wordPiece(prefix: "\\", cleansUp: true), .strip(content: "\n", start: 0, stop: .max),
      .metaspace(replacement: "▁", scheme: .first, splits: false),
      .replace(.string("e\u{301}"), content: "é"),
      .replace(.regex(try SplitPattern(#"\h+"#, dialect: .oniguruma)), content: "$1"),
      .replace(.regex(try SplitPattern(#"\pL+"#, dialect: .rust)), content: ""),
    ]
    for decoder in decoders + [.sequence(decoders), .sequence([.sequence(decoders)])] {
      let bytes = json(decoder).write()
      #expect(try readDecoder(JSONValue(parsing: bytes.span), .ours) == decoder)
    }
  }

  @Test func `is written as the original writes it`() {
    let decoder: TokenDecoder = .sequence([
      .replace(.string("▁"), content: " "), .byteFallback, .fuse,
      .strip(content: " ", start: 1, stop: 0),
      .metaspace(replacement: "▁", scheme: .always, splits: true),
    ])
    #expect(
      String(decoding: json(decoder).write(), as: UTF8.self)
        == #"{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"#
        + #""content":" "},{"type":"ByteFallback"},{"type":"Fuse"},"#
        + #"{"type":"Strip","content":" ","start":1,"stop":0},{"type":"Metaspace","#
        + #""replacement":"▁","prepend_scheme":"always","split":true}]}"#)
  }
}
