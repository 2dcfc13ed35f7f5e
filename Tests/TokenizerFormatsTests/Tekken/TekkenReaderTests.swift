import SplitPatterns
import Testing
import Tokenization

@testable import TokenizerFormats

@Suite struct TekkenReaderTests {
  /// A file of all bytes and two tokens more, of which the vocabulary takes one.
  struct Sample {
    var pattern = #"\\p{L}+|\\s"#
    var version = "v3"
    var vocabularySize = 259
    var specialCount = 2
    var tokens: [String] =
      (0..<256).map { Self.entry($0, [UInt8($0)]) } + [
        Self.entry(256, Array("ab".utf8)), Self.entry(257, Array("abc".utf8)),
      ]
    var specialTokens: String? = #"[{"rank":0,"token_str":"<s>","is_control":true}]"#
    var others = ""

    static func entry(_ rank: Int, _ bytes: [UInt8]) -> String {
      #"{"rank":\#(rank),"token_bytes":"\#(base64(bytes))","token_str":null}"#
    }

    static func base64(_ bytes: [UInt8]) -> String {
      let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
      var text = ""
      for start in stride(from: 0, to: bytes.count, by: 3) {
        var bits = 0
        for index in 0..<3 {
          bits = bits << 8 | (start + index < bytes.count ? Int(bytes[start + index]) : 0)
        }
        for digit in 0..<4 {
          let isThere = start + digit <= bytes.count
          text.append(isThere ? digits[bits >> (18 - 6 * digit) & 63] : "=")
        }
      }
      return text
    }

    var text: String {
      let special = specialTokens.map { #","special_tokens":\#($0)"# } ?? ""
      return #"{"config":{"pattern":"\#(pattern)","num_vocab_tokens":258,"#
        + #""default_vocab_size":\#(vocabularySize),"default_num_special_tokens":\#(specialCount),"#
        + #""version":"\#(version)"},"vocab":[\#(tokens.joined(separator: ","))]\#(special)\#(others)}"#
    }
  }

  static func read(_ sample: Sample) throws(VocabularyError) -> TokenizerDefinition {
    try readTekken(Array(sample.text.utf8).span)
  }

  static func refusal(_ change: (inout Sample) -> Void) -> VocabularyError? {
    var sample = Sample()
    change(&sample)
    do throws(VocabularyError) {
      _ = try read(sample)
      return nil
    } catch { return error }
  }

  @Test func `reads a file`() throws {
    var sample = Sample()
    sample.others = #","image":{"a":[1]}"#
    let definition = try Self.read(sample)
    #expect(
      definition.pipeline.addedTokens == [
        AddedToken("<s>", id: 0), AddedToken("<SPECIAL_1>", id: 1),
      ])
    #expect(definition.pipeline.roles == TokenRoles(beginning: 0))
    let pattern = try SplitPattern(#"\p{L}+|\s"#, dialect: .rust)
    #expect(definition.pipeline.splitter.steps.first == .pattern(pattern, .removed, inverted: true))
    #expect(definition.model.ids == (2..<259).map { TokenID($0) })
    #expect(definition.model.bytePair.takesWholePretokens)
    let tokenizer = try Tokenizer(definition)
    // The token of rank 257 is beyond the vocabulary.
    #expect(try tokenizer.encode("abc ab") == [258, 101, 34, 258])
    #expect(tokenizer.bytes(of: 258) == Array("ab".utf8))
  }

  @Test func `special tokens of old files`() throws {
    var sample = Sample()
    sample.specialTokens = nil
    sample.specialCount = 22
    sample.vocabularySize = 22 + 256
    let definition = try Self.read(sample)
    let tokens = definition.pipeline.addedTokens
    #expect(tokens.count == 22 && tokens[11].content == "<pad>")
    #expect(tokens[20].content == "<SPECIAL_20>")
    #expect(
      definition.pipeline.roles == TokenRoles(beginning: 1, end: 2, padding: 11, unknown: 0))
    sample.specialTokens = "null"
    #expect(try Self.read(sample).pipeline.addedTokens == tokens)
  }

  /// A change to the sample, and how it is refused.
  struct Refusal: Sendable {
    var reason: VocabularyError.Reason
    var path: String
    var change: @Sendable (inout Sample) -> Void

    init(
      _ reason: VocabularyError.Reason, _ path: String,
      _ change: @escaping @Sendable (inout Sample) -> Void
    ) {
      self.reason = reason
      self.path = path
      self.change = change
    }
  }

  static let refusals: [Refusal] = [
    Refusal(.version, "config.version") { $0.version = "v4" },
    Refusal(.missing, "special_tokens") {
      $0.version = "v11"
      $0.specialTokens = nil
    },
    Refusal(.missing, "vocab") { $0.vocabularySize = 300 },
    Refusal(.malformed, "config.default_vocab_size") { $0.vocabularySize = 257 },
    Refusal(.limit, "config.default_vocab_size") { $0.vocabularySize = 1 << 40 },
    Refusal(.limit, "special_tokens") {
      $0.specialTokens =
        #"[{"rank":0,"token_str":"a"},{"rank":1,"token_str":"b"},"#
        + #"{"rank":2,"token_str":"c"}]"#
    },
    Refusal(.malformed, "special_tokens[0]") {
      $0.specialTokens = #"[{"rank":1,"token_str":"a"}]"#
    },
    Refusal(.duplicate, "special_tokens[1]") {
      $0.specialTokens = #"[{"rank":0,"token_str":"<SPECIAL_1>"}]"#
    },
    Refusal(.malformed, "special_tokens[0].token_str") {
      $0.specialTokens = #"[{"rank":0,"token_str":""}]"#
    },
    Refusal(.malformed, "vocab[1].rank") { $0.tokens[1] = Sample.entry(2, [1]) },
    Refusal(.malformed, "vocab[65]") { $0.tokens[65] = Sample.entry(65, [66]) },
    Refusal(.duplicate, "vocab[256]") { $0.tokens[256] = Sample.entry(256, [66]) },
    Refusal(.malformed, "vocab[2].token_bytes") { $0.tokens[2] = Sample.entry(2, []) },
    Refusal(.malformed, "vocab[2].token_bytes") {
      $0.tokens[2] = #"{"rank":2,"token_bytes":"A"}"#
    },
    Refusal(.missing, "vocab[2]") { $0.tokens[2] = #"{"rank":2}"# },
    Refusal(.missing, "vocab[2]") { $0.tokens[2] = #"{"token_bytes":"AA=="}"# },
    Refusal(.duplicate, "vocab[2].rank") { $0.tokens[2] = #"{"rank":2,"rank":2}"# },
    Refusal(.duplicate, "config") { $0.others = #","config":1"# },
    Refusal(.malformed, "config.pattern") { $0.pattern = "(" },
  ]

  @Test(arguments: refusals.indices)
  func `refuses`(row: Int) {
    let error = Self.refusal(Self.refusals[row].change)
    #expect(error?.reason == Self.refusals[row].reason)
    #expect(error?.path == Self.refusals[row].path)
  }
}
