import Testing
import Tokenization
import TokenizerFormats

// "As the original" means tokenizers 0.23.3, to which each row was given.
@Suite struct ModelReaderTests {
  @Test func `reads tokens, ids and merges`() throws {
    let model = try Sample().read().model
    #expect(model.bytePair.tokensByID == [0: "a", 1: "b", 2: "c", 3: "ab", 4: "abc"])
    #expect(model.bytePair.mergesAsText == ["0+1=3", "3+2=4"])
    #expect(model.bytePair.unspelled.isEmpty)
    #expect(
      !model.bytePair.takesWholePretokens && !model.bytePair.fusesUnknown
        && model.unknownToken == nil)
  }

  // MARK: ids

  @Test(
    arguments: [
      // Any order, and holes, as the original: the id is what the file says.
      (#"{"abc":4,"a":0,"ab":3,"c":2,"b":1}"#, [0: "a", 1: "b", 2: "c", 3: "ab", 4: "abc"]),
      (#"{"a":0,"b":1,"c":2,"ab":3,"abc":400}"#, [0: "a", 1: "b", 2: "c", 3: "ab", 400: "abc"]),
      // A key twice: the later one holds, as in the original (a map); the other id is a hole.
      (#"{"a":7,"b":1,"c":2,"ab":3,"abc":4,"a":0}"#, [0: "a", 1: "b", 2: "c", 3: "ab", 4: "abc"]),
      (
        #"{"a":0,"b":1,"c":2,"ab":3,"abc":4,"abc":5}"#,
        [0: "a", 1: "b", 2: "c", 3: "ab", 5: "abc"]
      ),
    ] as [(String, [TokenID: String])])
  func `takes ids as they are`(vocabulary: String, expected: [TokenID: String]) throws {
    let model = try Sample.model(vocabulary: vocabulary).read().model
    #expect(model.bytePair.tokensByID == expected)
    #expect(model.ids.count == expected.count)
  }

  @Test(
    arguments: [
      // The original keeps either token, as its hash map has it today: decoding would be chance.
      (#"{"a":0,"b":1,"c":2,"ab":3,"abc":3}"#, .duplicate, "model.vocab"),
      (#"{"a":-1}"#, .wrongType, "model.vocab.a"),  // as the original
      (#"{"a":1.0}"#, .wrongType, "model.vocab.a"),  // as the original
      (#"{"a":"1"}"#, .wrongType, "model.vocab.a"),  // as the original
      (#"{"a":1e2}"#, .wrongType, "model.vocab.a"),  // as the original
      // The original allows ids to 4294967295; tables by id bound us.
      (#"{"a":4194304}"#, .limit, "model.vocab.a"),
      (#"{"a":99999999999999999999999999}"#, .limit, "model.vocab.a"),
      (#"{"\ud800":0}"#, .malformed, "model"),  // an unpaired surrogate: as the original
      (#"["a"]"#, .wrongType, "model.vocab"),  // as the original
      ("null", .wrongType, "model.vocab"),  // as the original
    ] as [(String, VocabularyError.Reason, String)])
  func `refuses ids`(vocabulary: String, reason: VocabularyError.Reason, path: String) {
    let error = Sample.model(vocabulary: vocabulary, merges: "[]").refusal()
    #expect(error?.reason == reason)
    #expect(error?.path.hasPrefix(path) == true, "\(error?.path ?? "")")
  }

  @Test func `a limit says both numbers`() {
    let error = Sample.model(vocabulary: #"{"a":4194304}"#).refusal()
    #expect(error?.message == "the id 4194304 where 4194302 is the largest allowed")
    #expect(error?.path == "model.vocab.a")
  }

  // MARK: merges

  @Test(
    arguments: [
      (#"[["a","b"],["ab","c"]]"#, ["0+1=3", "3+2=4"]), ("[]", []),
      // Whatever begins with this mark is left out, also a merge: as the original.
      (##"["#version: 0.2","a b"]"##, ["0+1=3"]), (##"["#versiona b","a b"]"##, ["0+1=3"]),
      // A pair twice: both are kept, and the later rank holds, as in the original (a map).
      (#"["a b","ab c","a b"]"#, ["0+1=3", "3+2=4", "0+1=3"]),
      (#"["\u0061 b"]"#, ["0+1=3"]),
    ] as [(String, [String])])
  func `reads merges`(merges: String, expected: [String]) throws {
    #expect(try Sample.model(merges: merges).read().model.bytePair.mergesAsText == expected)
  }

  @Test(
    arguments: [
      // All of these as the original.
      (#"["x b"]"#, .unknownToken, "model.merges[0]"),
      (#"["a b","a c"]"#, .unknownToken, "model.merges[1]"),
      (#"["ab"]"#, .malformed, "model.merges[0]"), (#"["a b c"]"#, .malformed, "model.merges[0]"),
      (#"["a  b"]"#, .malformed, "model.merges[0]"), (#"["a "]"#, .unknownToken, "model.merges[0]"),
      (#"[["a","b","c"]]"#, .malformed, "model.merges[0]"),
      (#"[["a"]]"#, .malformed, "model.merges[0]"),
      (#"[["a","b"],"ab c"]"#, .wrongType, "model.merges[1]"),
      (#"["a b",["ab","c"]]"#, .wrongType, "model.merges[1]"),
      ("[1]", .wrongType, "model.merges[0]"),
      ("null", .wrongType, "model.merges"),
    ] as [(String, VocabularyError.Reason, String)])
  func `refuses merges`(merges: String, reason: VocabularyError.Reason, path: String) {
    let error = Sample.model(merges: merges).refusal()
    #expect(error?.reason == reason)
    #expect(error?.path == path)
    #expect(error?.offset != nil)
  }

  // MARK: texts and bytes

  @Test func `texts are turned into bytes`() throws {
    let vocabulary = #"{"Ġ":0,"a":1,"Ċ":2,"é":3,"\u0143":4,"Ġa":5,"Ã":6,"©":7,"Ã©":8}"#
    let model = try Sample.model(vocabulary: vocabulary, merges: #"["Ġ a","Ã ©"]"#).read().model
    let bytes = (0..<model.bytePair.tokens.count).map { model.bytePair.tokens[$0] }
    #expect(bytes == [[32], [97], [10], [0xE9], [0xAD], [32, 97], [0xC3], [0xA9], [0xC3, 0xA9]])
    #expect(model.bytePair.mergesAsText == ["0+1=5", "6+7=8"])
  }

  // No text can produce them, in the original neither; decoding gives their text.
  @Test func `texts outside the alphabet are kept as they are`() throws {
    let vocabulary = #"{"a":0,"中":1,"a中":2," ":3,"Ġ":4,"":5,"Ġ中":6}"#
    let model = try Sample.model(
      vocabulary: vocabulary, merges: #"["a 中","Ġ 中"]"#
    ).read().model
    #expect(model.bytePair.unspelled == [1, 2, 3, 5, 6])
    #expect(model.bytePair.tokensByID[3] == " " && model.bytePair.tokensByID[4] == " ")
    #expect(model.bytePair.tokensByID[6] == "Ġ中")
    #expect(model.bytePair.mergesAsText == [])
  }

  // MARK: options

  @Test(arguments: [
    #","dropout":null"#, #","dropout":0"#, #","dropout":0.0"#, #","continuing_subword_prefix":"""#,
    #","end_of_word_suffix":null"#, #","fuse_unk":null"#, #","byte_fallback":false"#,
    #","ignore_merges":null"#, #","other":[1,{"x":2}]"#,
  ])
  func `options that change nothing`(more: String) throws {
    let model = try Sample.model(more: more).read().model
    #expect(
      model.bytePair.tokens.count == 5 && !model.bytePair.takesWholePretokens
        && !model.bytePair.fusesUnknown)
  }

  @Test func `options`() throws {
    let more = #","ignore_merges":true,"fuse_unk":true,"unk_token":"abc""#
    let definition = try Sample.model(more: more).read()
    #expect(definition.model.bytePair.takesWholePretokens && definition.model.bytePair.fusesUnknown)
    #expect(definition.model.unknownToken == 4 && definition.pipeline.roles.unknown == 4)
  }

  // The original leaves merges out at every encoding; here that is asked for, not a state.
  @Test func `a rate of merges left out is kept and not applied`() throws {
    let definition = try Sample.model(more: #","dropout":0.1"#).read()
    #expect(definition.pipeline.dropout == 0.1)
    let tokenizer = try Tokenizer(definition)
    #expect(try tokenizer.encode("abcab") == [4, 3])
    let json = pipelineJSON(tokenizer.pipeline)
    #expect(json["tok:dropout"] == .number("0.1"))
    #expect(try readPipeline(json) == tokenizer.pipeline)
    #expect(try Sample.model(more: #","dropout":0"#).read().pipeline.dropout == nil)
  }

  // Ids of tokenizers 0.23.3.
  @Test func `the unknown token merges`() throws {
    let vocabulary = #"{"a":0,"b":1,"?":2,"a?":3,"?b":4,"a?b":5,"??":6}"#
    let rows: [(fuses: Bool, text: String, ids: [TokenID])] = [
      (false, "axb", [5]), (false, "axxb", [3, 4]), (false, "xx", [6]), (false, "xé", [6, 2]),
      (true, "axxb", [5]), (true, "xxx", [2]), (true, "aéb?", [5, 2]),
    ]
    for row in rows {
      let more = #","unk_token":"?","fuse_unk":\#(row.fuses)"#
      let tokenizer = try Tokenizer(
        Sample.model(
          vocabulary: vocabulary, merges: #"["a ?","? b","a? b","? ?"]"#, more: more
        ).read())
      #expect(try tokenizer.encode(row.text) == row.ids, "\(row)")
    }
  }

  @Test(
    arguments: [
      (#","dropout":2"#, .malformed, "model.dropout"),
      (#","dropout":"0""#, .wrongType, "model.dropout"),
      (#","continuing_subword_prefix":1"#, .wrongType, "model.continuing_subword_prefix"),
      (#","end_of_word_suffix":[]"#, .wrongType, "model.end_of_word_suffix"),
      (#","byte_fallback":"yes""#, .wrongType, "model.byte_fallback"),
      (#","fuse_unk":"x""#, .wrongType, "model.fuse_unk"),
      (#","type":"BPE""#, .duplicate, "model.type"),
      // The original loads it and fails at the first byte without a token; we say so at once.
      (#","unk_token":"zz""#, .unknownToken, "model.unk_token"),
      (#","unk_token":"""#, .unknownToken, "model.unk_token"),
    ] as [(String, VocabularyError.Reason, String)])
  func `refuses options`(more: String, reason: VocabularyError.Reason, path: String) {
    let error = Sample.model(more: more).refusal()
    #expect(error?.reason == reason)
    #expect(error?.path == path)
  }

  @Test func `an unknown token that is never needed may be missing`() throws {
    let texts = ByteAlphabet.scalars.map { String(Unicode.Scalar($0)!) }
    let entries = texts.enumerated().map { place, text in
      (text == "\"" || text == "\\" ? "\"\\\(text)\"" : "\"\(text)\"") + ":\(place)"
    }
    let vocabulary = "{" + entries.joined(separator: ",") + "}"
    let sample = Sample.model(vocabulary: vocabulary, merges: "[]", more: #","unk_token":"zz""#)
    let model = try sample.read().model
    #expect(model.unknownToken == nil)
    #expect((0..<256).allSatisfy { model.bytePair.tokens[$0] == [UInt8($0)] })
  }

  // MARK: which model

  @Test(arguments: [
    // As in the files of gpt2 and others: the original tries its models, BPE first.
    #"{"vocab":\#(Sample.vocabulary),"merges":["a b","ab c"]}"#,
    // serde's own order of an untyped model: `merges` stands first.
    #"{"merges":["a b","ab c"],"vocab":\#(Sample.vocabulary)}"#,
    #"{"merges":["a b","ab c"],"vocab":\#(Sample.vocabulary),"type":"BPE"}"#,
  ])
  func `members in any order`(model: String) throws {
    let model = try Sample.with("model", model).read().model
    #expect(
      model.bytePair.tokensByID.count == 5 && model.bytePair.mergesAsText == ["0+1=3", "3+2=4"])
  }

  @Test(
    arguments: [
      (#"{"type":"Turing","vocab":{}}"#, .unsupported, "model.type"),
      (#"{"type":null,"vocab":{},"merges":[]}"#, .wrongType, "model.type"),
      (#"{"type":"BPE","merges":[]}"#, .missing, "model"),
      (#"{"type":"BPE","vocab":{}}"#, .missing, "model"), ("[]", .wrongType, "model"),
    ] as [(String, VocabularyError.Reason, String)])
  func `refuses models`(model: String, reason: VocabularyError.Reason, path: String) {
    let error = Sample.with("model", model).refusal()
    #expect(error?.reason == reason)
    #expect(error?.path == path)
  }
}
