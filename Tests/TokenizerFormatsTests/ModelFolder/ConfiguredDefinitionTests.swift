import Testing
import Tokenization

@testable import TokenizerFormats

/// What a folder's configuration changes about a `.model` and a vocab.txt: ids of transformers 4.57.1,
/// its `LlamaTokenizer` and `GemmaTokenizer` (not the fast ones) and `BertTokenizerFast`.
@Suite struct ConfiguredDefinitionTests {
  private static let model: [UInt8] = {
    var file = ProtobufWriter()
    file.token("<unk>", type: 2)
    file.token("<s>", type: 3)
    file.token("</s>", type: 3)
    let tokens: [(String, Float)] = [
      ("\u{2581}", -1), ("a", -1), ("b", -2), ("\u{2581}a", -1.5), ("ab", -3),
    ]
    for (text, score) in tokens { file.token(text, score) }
    file.message(2) { $0.number(3, 2) }
    file.message(3) {
      $0.text(1, "identity")
      $0.number(4, 0)
    }
    return file.bytes
  }()

  private static func configured(
    _ definition: TokenizerDefinition, by json: String
  ) throws -> Tokenizer {
    let bytes = Array(json.utf8)
    let configuration = try TokenizerConfiguration(configuration: bytes.span)
    return try Tokenizer(configuration.applied(to: definition))
  }

  /// The configuration, and the ids of `ab a`, `a</s>b` and `a<x>b`, and of `a` with `b`.
  static let rows: [(String, [[TokenID]], [TokenID])] = [
    (
      #""tokenizer_class":"LlamaTokenizer""#,
      [[1, 6, 5, 6], [1, 6, 2, 3, 5], [1, 6, 0, 5]], [1, 6, 1, 3, 5]
    ),
    (
      #""tokenizer_class":"LlamaTokenizer","add_bos_token":false"#,
      [[6, 5, 6], [6, 2, 3, 5], [6, 0, 5]], [6, 3, 5]
    ),
    (
      #""tokenizer_class":"LlamaTokenizer","add_bos_token":false,"add_eos_token":true"#,
      [[6, 5, 6, 2], [6, 2, 3, 5, 2], [6, 0, 5, 2]], [6, 2, 3, 5, 2]
    ),
    (
      #""tokenizer_class":"LlamaTokenizer","add_eos_token":true,"added_tokens_decoder":{"#
        + #""2":{"content":"</s>","special":true},"9":{"content":"<x>","special":true}}"#,
      [[1, 6, 5, 6, 2], [1, 6, 2, 3, 5, 2], [1, 6, 9, 3, 5, 2]], [1, 6, 2, 1, 3, 5, 2]
    ),
    (
      #""tokenizer_class":"GemmaTokenizer""#,
      [[1, 6, 5, 6], [1, 6, 2, 3, 5], [1, 6, 0, 5]], [1, 6, 1, 3, 5]
    ),
  ]

  @Test(arguments: rows.indices)
  func `tokens around texts, tokens that are added`(row: Int) throws {
    let (more, single, pair) = Self.rows[row]
    let tokenizer = try Self.configured(
      SentencePieceFile(Self.model.span).tokenizer(),
      by: #"{"bos_token":"<s>","eos_token":"</s>","unk_token":"<unk>",\#(more)}"#)
    for (text, ids) in zip(["ab a", "a</s>b", "a<x>b"], single) {
      #expect(try tokenizer.encode(text, specialTokens: .parse) == ids)
    }
    #expect(try tokenizer.encodeText("a", and: "b").ids == pair)
  }

  @Test func `a model of no class is as sentencepiece has it`() throws {
    let definition = try SentencePieceFile(Self.model.span).tokenizer()
    for json in ["{}", #"{"tokenizer_class":"LlamaTokenizer","bos_token":"<none>"}"#] {
      let tokenizer = try Self.configured(definition, by: json)
      // The model's own token where the configuration names one that is not there.
      #expect(try tokenizer.encode("a") == (json == "{}" ? [6] : [1, 6]))
    }
  }

  @Test(
    arguments: [
      ("{}", [0, 4, 3, 1]), (#"{"do_lower_case":false}"#, [0, 2, 3, 1]),
      (#"{"strip_accents":false}"#, [0, 2, 3, 1]),
      (#"{"do_lower_case":false,"strip_accents":true}"#, [0, 2, 3, 1]),
      (#"{"added_tokens_decoder":{"9":{"content":"É"}}}"#, [0, 9, 3, 1]),
    ] as [(String, [TokenID])])
  func `BERT's options`(json: String, ids: [TokenID]) throws {
    let words = Array("[CLS]\n[SEP]\n[UNK]\nb\ne\n".utf8)
    let tokenizer = try Self.configured(readBERTVocabulary(words.span), by: json)
    #expect(try tokenizer.encode("É b") == ids)
  }
}
