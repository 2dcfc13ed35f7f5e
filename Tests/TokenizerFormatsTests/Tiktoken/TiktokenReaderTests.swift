import SplitPatterns
import Testing
import Tokenization

@testable import TokenizerFormats

@Suite struct TiktokenReaderTests {
  static let file = "YQ== 0\nYg== 1\nYWI= 2\n"

  static func read(
    _ text: String, stem: String? = nil, specialTokens: [AddedToken]? = nil
  ) throws -> TokenizerDefinition {
    try readTiktoken(
      Array(text.utf8).span, stem: stem, pattern: try SplitPattern("x+", dialect: .rust),
      specialTokens: specialTokens)
  }

  static func refusal(_ text: String) -> VocabularyError? {
    do {
      _ = try read(text)
      return nil
    } catch { return error as? VocabularyError }
  }

  @Test(
    arguments: [
      (file, [0: "a", 1: "b", 2: "ab"]),
      ("YQ== 0\r\nYg== 1\r\nYWI= 2\r\n", [0: "a", 1: "b", 2: "ab"]),
      ("YQ== 0\nYg== 1", [0: "a", 1: "b"]), ("YQ== 0\n\n\r\nYg== 1\n\n", [0: "a", 1: "b"]),
      // Any order, and holes: p50k_base has one.
      ("YQ== 7\nYg== 1", [7: "a", 1: "b"]), ("YQ== 007", [7: "a"]),
    ] as [(String, [TokenID: String])])
  func `reads`(text: String, expected: [TokenID: String]) throws {
    let model = try Self.read(text).model
    #expect(model.bytePair.tokensByID == expected)
    #expect(model.bytePair.takesWholePretokens && model.bytePair.unspelled.isEmpty)
  }

  @Test func `what is around the model`() throws {
    let pipeline = try Self.read(Self.file, specialTokens: [AddedToken("<s>", id: 9)]).pipeline
    let pattern = try SplitPattern("x+", dialect: .rust)
    #expect(
      pipeline
        == Pipeline(
          addedTokens: [AddedToken("<s>", id: 9)],
          splitter: Splitter([
            .pattern(pattern, .removed, inverted: true),
            .byteLevel(addsPrefixSpace: false, splits: false),
          ]), decoder: .bytes))
  }

  // The last line of Whisper's multilingual file; Python's decoder reads it as no bytes.
  @Test func `a token without bytes`() throws {
    let model = try Self.read("YQ== 0\n= 1\n").model
    #expect(model.bytePair.unspelled == [1] && model.bytePair.tokens[1] == [])
  }

  @Test(
    arguments: [
      ("", .missing, "", nil), ("\n\r\n", .missing, "", nil),
      ("YQ== 0\nYg==", .malformed, "line 2", 7), ("YQ== 0\nYg== ", .malformed, "line 2", 12),
      ("YQ== 0\nYg= 1", .malformed, "line 2", 7), (" 0", .malformed, "line 1", 0),
      ("YQ== 0 ", .malformed, "line 1", 6), ("YQ==  0", .malformed, "line 1", 5),
      ("YQ== -1", .malformed, "line 1", 5), ("YQ== 1x", .malformed, "line 1", 6),
      ("YQ== 4194304", .limit, "line 1", 5), ("YQ== 99999999999999999999", .limit, "line 1", 5),
      // tiktoken takes the last of either and has lost a token then.
      ("YQ== 0\n\nYg== 0", .duplicate, "line 3", 8), ("YQ== 0\nYQ== 1", .duplicate, "line 2", nil),
      ("YQ==\t0", .malformed, "line 1", 0),
    ] as [(String, VocabularyError.Reason, String, Int?)])
  func `refuses`(text: String, reason: VocabularyError.Reason, path: String, offset: Int?) {
    let error = Self.refusal(text)
    #expect(error?.reason == reason)
    #expect(error?.path == path)
    #expect(error?.offset == offset)
  }

  @Test func `special tokens need ids of their own`() {
    #expect(throws: VocabularyError.self) {
      try Self.read(Self.file, specialTokens: [AddedToken("<s>", id: 2)])
    }
  }

  @Test func `a file that is not known says what to give`() {
    let bytes = Array(Self.file.utf8)
    let error = #expect(throws: VocabularyError.self) {
      try readTiktoken(bytes.span, stem: "mine", pattern: nil, specialTokens: nil)
    }
    #expect(error?.reason == .unknownVocabulary)
    #expect(error?.message.contains("`--pattern`") == true)
    #expect(error?.message.contains("`--special-tokens FILE`") == true)
  }

  @Test func `a name alone is enough`() throws {
    let bytes = Array(Self.file.utf8)
    let definition = try readTiktoken(
      bytes.span, stem: "CL100K-base", pattern: nil, specialTokens: nil)
    #expect(definition.pipeline.addedTokens.count == 5)
    #expect(definition.pipeline.roles.end == 100257)
  }

  @Test func `a file of special tokens`() throws {
    let text = #"{"<s>":3,"</s>":4}"#
    #expect(
      try readSpecialTokens(Array(text.utf8).span)
        == [AddedToken("<s>", id: 3), AddedToken("</s>", id: 4)])
    for text in ["[]", #"{"a":-1}"#, #"{"a":"1"}"#, #"{"":1}"#, #"{"a":1,"a":2}"#, ""] {
      #expect(throws: VocabularyError.self) { try readSpecialTokens(Array(text.utf8).span) }
    }
  }

  // Counts and places that the originals state: their comments, or what their code prints.
  @Test(
    arguments: [
      ("gpt2", 1, ["<|endoftext|>": 50256]), ("p50k_edit", 4, ["<|fim_suffix|>": 50283]),
      (
        "o200k_harmony", 1090,
        ["<|call|>": 200012, "<|endofprompt|>": 200018, "<|reserved_201087|>": 201087]
      ),
      (
        "llama-3.1", 256,
        ["<|eot_id|>": 128009, "<|image|>": 128011, "<|reserved_special_token_245|>": 128255]
      ),
      (
        "llama4", 2048,
        [
          "<|header_start|>": 200005, "<|image_start|>": 200080, "<|patch|>": 200092,
          "<|reasoning_thinking_end|>": 201143,
          "<|text_post_train_reserved_special_token_68|>": 200079,
        ]
      ),
      ("qwen", 208, ["<|im_end|>": 151645, "<|extra_204|>": 151850]),
      ("qwen2.5", 22, ["<|file_sep|>": 151664]), ("qwen3", 26, ["</think>": 151668]),
      ("qwen3_6", 33, ["<think>": 248068, "<|audio_pad|>": 248076]),
      (
        "kimi-k2", 256,
        [
          "[BOS]": 163584, "<|im_middle|>": 163601, "[PAD]": 163839,
          "<|reserved_token_163589|>": 163589,
        ]
      ),
      (
        "whisper_multilingual", 1608,
        ["<|startoftranscript|>": 50258, "<|en|>": 50259, "<|0.00|>": 50364, "<|30.00|>": 51864]
      ),
      ("whisper_english", 1608, ["<|en|>": 50258, "<|0.02|>": 50364, "<|29.98|>": 51862]),
    ] as [(String, Int, [String: TokenID])])
  func `known special tokens`(stem: String, count: Int, some: [String: TokenID]) throws {
    let nothing: [UInt8] = []
    let found = KnownVocabulary.find(nothing.span, stem: stem)
    let known = try #require(found)
    let tokens = known.specialTokens()
    #expect(tokens.count == count)
    #expect(Set(tokens.map(\.content)).count == count && Set(tokens.map(\.id)).count == count)
    for (text, id) in some { #expect(tokens.first { $0.content == text }?.id == id) }
  }

  @Test func `known patterns are accepted, and names are one vocabulary's`() throws {
    var names: Set<String> = []
    for known in KnownVocabulary.all {
      _ = try SplitPattern(known.pattern, dialect: .rust)
      for name in [known.name] + known.aliases { #expect(names.insert(name).inserted) }
      for role in [known.beginning, known.end, known.padding, known.unknown] {
        if let role { #expect(known.specialTokens().contains { $0.content == role }) }
      }
    }
  }
}
