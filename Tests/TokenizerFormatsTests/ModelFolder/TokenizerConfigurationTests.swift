import Testing
import Tokenization

@testable import TokenizerFormats

@Suite struct TokenizerConfigurationTests {
  static func read(
    _ configuration: String, map: String? = nil, template: String? = nil
  ) throws(VocabularyError) -> TokenizerConfiguration {
    let bytes = Array(configuration.utf8)
    let mapBytes = map.map { Array($0.utf8) } ?? []
    let templateBytes = template.map { Array($0.utf8) } ?? []
    return try TokenizerConfiguration(
      configuration: bytes.span, specialTokensMap: map == nil ? nil : mapBytes.span,
      chatTemplate: template == nil ? nil : templateBytes.span)
  }

  static let token = #"{"content":"<s>","lstrip":true,"normalized":false,"special":true}"#

  @Test func `members`() throws {
    let found = try Self.read(
      """
      {"tokenizer_class":"LlamaTokenizer","add_bos_token":true,"add_eos_token":false,
      "bos_token":\(Self.token),"eos_token":"</s>","pad_token":null,"mask_token":"<m>",
      "additional_special_tokens":["<a>",\(Self.token)],"model_max_length":4096,
      "added_tokens_decoder":{"7":\(Self.token),"0":{"content":"<unk>"}},"legacy":false,
      "chat_template":"{{ x }}","clean_up_tokenization_spaces":false,"other":{"a":[1]}}
      """)
    var beginning = TokenizerConfiguration.SpecialToken("<s>")
    beginning.stripsLeft = true
    #expect(found.tokenizerClass == "LlamaTokenizer")
    #expect(found.addsBeginning == true && found.addsEnd == false && found.isLegacy == false)
    #expect(
      found.specialTokens == [.beginning: beginning, .end: .init("</s>"), .mask: .init("<m>")])
    #expect(found.additionalSpecialTokens == [.init("<a>"), beginning])
    #expect(
      found.addedTokens == [
        AddedToken("<unk>", id: 0, isSpecial: false, isNormalized: true),
        AddedToken("<s>", id: 7, stripsLeft: true),
      ])
    #expect(found.maximumLength == 4096 && found.chatTemplate == "{{ x }}")
    #expect(found.cleansUpSpaces == false && found.addsPrefixSpace == nil)
    let ids: [String: TokenID] = ["<s>": 7]
    #expect(found.roles { ids[$0] } == TokenRoles(beginning: 7))
  }

  @Test(
    arguments: [
      ("512", 512), ("512.0", 512), ("1000000000000000019884624838656", nil), ("1e30", nil),
      ("0", 0),
    ] as [(String, Int?)])
  func `the greatest length`(text: String, expected: Int?) throws {
    #expect(try Self.read(#"{"model_max_length":\#(text)}"#).maximumLength == expected)
  }

  // As transformers 5 does: with `added_tokens_decoder` the map is not looked at.
  @Test func `the map of special tokens`() throws {
    let map = #"{"bos_token":"<b>","unk_token":{"content":"<u>"}}"#
    let plain = try Self.read(#"{"bos_token":"<s>","eos_token":"</s>"}"#, map: map)
    #expect(
      plain.specialTokens.mapValues(\.text) == [
        .beginning: "<b>", .end: "</s>", .unknown: "<u>",
      ])
    let decoder = #""added_tokens_decoder":{}"#
    let listed = try Self.read(#"{"bos_token":"<s>",\#(decoder)}"#, map: map)
    #expect(listed.specialTokens.mapValues(\.text) == [.beginning: "<s>"])
  }

  @Test func `the newer name of further special tokens`() throws {
    let old = #""additional_special_tokens":["<a>"]"#
    #expect(
      try Self.read(#"{\#(old),"extra_special_tokens":["<b>"]}"#).additionalSpecialTokens == [
        .init("<b>")
      ])
    #expect(
      try Self.read(#"{\#(old),"extra_special_tokens":{}}"#).additionalSpecialTokens == [
        .init("<a>")
      ])
  }

  @Test func `templates`() throws {
    let list = #"[{"name":"default","template":"d"},{"name":"rag","template":"r"}]"#
    let found = try Self.read(#"{"chat_template":\#(list)}"#)
    #expect(found.chatTemplate == "d" && found.namedChatTemplates == ["rag": "r"])
    #expect(
      try Self.read(#"{"chat_template":"a"}"#, template: "{{ b }}\n").chatTemplate == "{{ b }}\n")
  }

  @Test(
    arguments: [
      ("[]", .wrongType, ""), ("{", .truncated, ""), (#"{"bos_token":1}"#, .wrongType, "bos_token"),
      (#"{"bos_token":{}}"#, .missing, "bos_token"),
      (#"{"add_bos_token":"yes"}"#, .wrongType, "add_bos_token"),
      (#"{"model_max_length":"1"}"#, .wrongType, "model_max_length"),
      (#"{"model_max_length":-1}"#, .wrongType, "model_max_length"),
      (#"{"chat_template":1}"#, .wrongType, "chat_template"),
      (#"{"chat_template":[{"name":"a"}]}"#, .missing, "chat_template[0]"),
      (#"{"added_tokens_decoder":{"x":"a"}}"#, .wrongType, "added_tokens_decoder.x"),
      (#"{"added_tokens_decoder":{"-1":"a"}}"#, .wrongType, "added_tokens_decoder.-1"),
      (#"{"added_tokens_decoder":{"9999999":"a"}}"#, .limit, "added_tokens_decoder.9999999"),
      (
        #"{"added_tokens_decoder":{"1":{"content":"a"},"01":{"content":"b"}}}"#, .duplicate,
        "added_tokens_decoder"
      ), (#"{"added_tokens_decoder":{"1":"a"}}"#, .wrongType, "added_tokens_decoder.1"),
      (
        #"{"added_tokens_decoder":{"1":{"content":"a","special":1}}}"#, .wrongType,
        "added_tokens_decoder.1.special"
      ),
    ] as [(String, VocabularyError.Reason, String)])
  func `refuses`(text: String, reason: VocabularyError.Reason, path: String) {
    let error = #expect(throws: VocabularyError.self) { try Self.read(text) }
    #expect(error?.reason == reason)
    #expect(error?.path == path)
    #expect(error?.file == "tokenizer_config.json")
  }

  @Test func `an error in the map names it`() {
    let error = #expect(throws: VocabularyError.self) { try Self.read("{}", map: "[]") }
    #expect(error?.file == "special_tokens_map.json")
  }
}
