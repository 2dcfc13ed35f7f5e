import SplitPatterns
import Testing
import Tokenization
import TokenizerFormats

@Suite struct ComponentTests {
  static let plain =
    #"{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":false}"#
  static let split =
    #"{"type":"Split","pattern":{"Regex":"b"},"behavior":"Isolated","invert":false}"#
  static let token = Sample.token("<s>", 5)

  static func steps(_ parts: String...) -> Sample {
    .with(
      "pre_tokenizer",
      #"{"type":"Sequence","pretokenizers":[\#(parts.joined(separator: ","))]}"#)
  }

  static func template(
    single: String =
      #"[{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}]"#,
    tokens: String = #"{"<s>":{"id":"<s>","ids":[5],"tokens":["<s>"]}}"#
  ) -> String {
    #"{"type":"TemplateProcessing","single":\#(single),"pair":["#
      + #"{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],"#
      + #""special_tokens":\#(tokens)}"#
  }

  static func processed(_ processor: String) -> Sample {
    var sample = Sample.added(token)
    sample.members.removeAll { $0.key == "post_processor" }
    sample.members.append(("post_processor", processor))
    return sample
  }

  // MARK: accepted

  @Test func `split steps`() throws {
    let inner = #"{"type":"Sequence","pretokenizers":[\#(Self.split)]}"#
    let digits = #"{"type":"Digits","individual_digits":true}"#
    let literal =
      #"{"type":"Split","pattern":{"String":"x"},"behavior":"MergedWithNext","invert":true,"o":1}"#
    let splitter = try Self.steps(inner, digits, literal, Self.plain).read().pipeline.splitter
    #expect(
      splitter.steps == [
        .pattern(try SplitPattern("b", dialect: .oniguruma), .isolated, inverted: false),
        .digits(individually: true), .literal("x", .mergedWithNext, inverted: true),
        .byteLevel(addsPrefixSpace: false, splits: false),
      ])
    // `use_regex` came later than the rest.
    let old = #"{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true}"#
    #expect(
      try Sample.with("pre_tokenizer", old).read().pipeline.splitter.steps
        == [.byteLevel(addsPrefixSpace: true, splits: true)])
  }

  @Test(arguments: SplitBehavior.allCases)
  func `split behaviors`(behavior: SplitBehavior) throws {
    let text =
      #"{"type":"Split","pattern":{"String":"x"},"behavior":"\#(behavior.rawValue)","invert":false}"#
    let steps = try Self.steps(text, Self.plain).read().pipeline.splitter.steps
    #expect(steps.first == .literal("x", behavior, inverted: false))
  }

  @Test func `a template gives roles`() throws {
    let single =
      #"[{"SpecialToken":{"id":"x","type_id":0}},{"Sequence":{"id":"A","type_id":0}},"#
      + #"{"SpecialToken":{"id":"y","type_id":0}}]"#
    // A name stands for several tokens, and is the key, whatever `id` says: as in the original.
    let tokens =
      #"{"x":{"id":"o","ids":[5,1],"tokens":["<s>","b"]},"y":{"id":"y","ids":[2,0],"tokens":["c","a"]}}"#
    let processor =
      #"{"type":"Sequence","processors":[\#(Self.plain),\#(Self.template(single: single, tokens: tokens))]}"#
    let pipeline = try Self.processed(processor).read().pipeline
    #expect(pipeline.roles == TokenRoles(beginning: 5, end: 0))
  }

  @Test func `truncation and padding are kept`() throws {
    var sample = Sample.with(
      "truncation", #"{"max_length":5,"strategy":"OnlyFirst","stride":9}"#)
    sample.members.removeAll { $0.key == "padding" }
    sample.members.append(
      (
        "padding",
        #"{"strategy":{"Fixed":8},"direction":"Left","pad_id":2,"pad_type_id":0,"pad_token":"c"}"#
      ))
    let pipeline = try sample.read().pipeline
    #expect(
      pipeline.truncation
        == Truncation(maximumLength: 5, strategy: .onlyFirst, stride: 9, direction: .right))
    #expect(
      pipeline.padding
        == Padding(
          strategy: .fixed(8), direction: .left, multiple: nil, id: 2, typeID: 0, token: "c"))
    #expect(pipeline.roles.padding == 2)
  }

  @Test(arguments: [
    "version", "truncation", "padding", "added_tokens", "normalizer", "post_processor",
  ])
  func `members that may be missing`(key: String) throws {
    #expect(try Sample.with(key, nil).read().model.bytePair.tokens.count == 5)
  }

  @Test func `no decoder joins with spaces`() throws {
    #expect(try Sample.with("decoder", nil).read().pipeline.decoder == .spaced)
    #expect(try Sample.with("decoder", "null").read().pipeline.decoder == .spaced)
  }

  // Without ByteLevel the model sees characters; behind it another step sees the byte alphabet, and so
  // does the model.
  @Test func `only a last ByteLevel makes the model one over bytes`() throws {
    #expect(try Sample().read().model is BytePairDefinition)
    #expect(try Self.steps(Self.split, Self.plain).read().model is BytePairDefinition)
    for sample in [
      Sample.with("pre_tokenizer", "null"), .with("pre_tokenizer", nil), Self.steps(Self.split),
      Self.steps(Self.plain, Self.split), Self.steps(Self.plain, Self.plain),
    ] {
      #expect(try sample.read().model is CharacterPairDefinition)
    }
  }

  // MARK: refused

  @Test(
    arguments: [
      (steps(#"{"type":"Metaspace"}"#), .missing, "pre_tokenizer.pretokenizers[0]"),
      (
        steps(#"{"type":"Split","pattern":"b","behavior":"Isolated","invert":false}"#), .wrongType,
        "pre_tokenizer.pretokenizers[0].pattern"
      ),
      (
        steps(#"{"type":"Split","pattern":{"Regex":"b"},"behavior":"isolated","invert":false}"#),
        .malformed, "pre_tokenizer.pretokenizers[0].behavior"
      ),
      (
        steps(#"{"type":"Split","pattern":{"Regex":"b"},"behavior":"Isolated"}"#), .missing,
        "pre_tokenizer.pretokenizers[0]"
      ),
      (
        steps(
          #"{"type":"Split","pattern":{"Regex":"b","String":"b"},"behavior":"Isolated","invert":false}"#
        ), .malformed, "pre_tokenizer.pretokenizers[0].pattern"
      ),
      (steps(#"{"type":"Digits"}"#), .missing, "pre_tokenizer.pretokenizers[0]"),
      (.with("pre_tokenizer", #"{"add_prefix_space":false}"#), .missing, "pre_tokenizer"),
      (.with("pre_tokenizer", #""ByteLevel""#), .wrongType, "pre_tokenizer"),
      (
        .with("pre_tokenizer", #"{"type":"ByteLevel","trim_offsets":true}"#), .missing,
        "pre_tokenizer"
      ),
      (.with("decoder", #"{"type":"ByteLevel"}"#), .missing, "decoder"),
      // The original crashes when it encodes.
      (processed(template(tokens: "{}")), .unknownToken, "post_processor.single[0]"),
      (
        processed(template(single: #"[{"Sequence":{"id":"B","type_id":0}}]"#)), .unsupported,
        "post_processor.single"
      ),
      // The original inserts an id that no token has.
      (
        processed(template(tokens: #"{"<s>":{"id":"<s>","ids":[9],"tokens":["<s>"]}}"#)),
        .unknownToken, "post_processor"
      ),
      (
        processed(template(tokens: #"{"<s>":{"id":"<s>","ids":[5,4],"tokens":["<s>"]}}"#)),
        .malformed, "post_processor.special_tokens.<s>"
      ),
      (processed(template(single: #""<s> $A""#)), .wrongType, "post_processor.single"),
      (
        .with("truncation", #"{"max_length":-1,"strategy":"OnlyFirst","stride":0}"#), .wrongType,
        "truncation.max_length"
      ),
      (
        .with("truncation", #"{"max_length":1,"strategy":"OnlyFirst"}"#), .missing, "truncation"
      ),
      (.with("version", #""2.0""#), .unsupported, "version"),
      (.with("model", nil), .missing, "model"),
      // The original's reader stumbles over members that it does not know.
      (.with("other", "1"), .unsupported, "other"),
    ] as [(Sample, VocabularyError.Reason, String)])
  func `refuses`(sample: Sample, reason: VocabularyError.Reason, path: String) {
    let error = sample.refusal()
    #expect(error?.reason == reason)
    #expect(error?.path == path)
  }

  @Test(arguments: ["[]", "1", "null"])
  func `refuses what is no object`(text: String) {
    #expect(throws: VocabularyError.self) { try readTokenizerJSON(Array(text.utf8).span) }
  }
}
