import Testing
import Tokenization
import TokenizerFormats

/// Models of the type `tok:MergeEvents` in a tokenizer.json.
@Suite struct MergeEventsReaderTests {
  static let file = #"""
    {"added_tokens":[{"id":9,"content":"<u>","single_word":false,"lstrip":false,"rstrip":false,
    "normalized":false,"special":true}],"model":{"events":[["merge","t","h"],
    ["merge","th","e"],["split","t","h"],["merge","Ġ","t","h","e"],["merge","Ã","©"]],
    "type":"tok:MergeEvents","unit":"bytes","ignore_events":true,"unknown":9,"fuse_unknown":true,
    "lexicon":[["t",4],["h",3],["e",2],["the",1],["Ġ",0],["Ġthe",12],["Ã",11],["©",10],["Ã©",8]]},
    "pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,
    "use_regex":true},"decoder":{"type":"ByteLevel","add_prefix_space":false,
    "trim_offsets":true,"use_regex":true}}
    """#

  @Test func `what was written comes back`() throws {
    let definition = try readTokenizerJSON(Array(Self.file.utf8).span)
    let model = try #require(definition.model as? MergeEventsDefinition)
    #expect(model.passing.count == 1 && model.events.count == 5 && model.takesWholePretokens)
    let written = try definition.written(as: .tokenizerJSON).bytes
    let back = try readTokenizerJSON(written.span)
    #expect(back.model as? MergeEventsDefinition == model)
    #expect(try back.written(as: .tokenizerJSON).bytes == written)
    let tokenizer = try Tokenizer(definition)
    let image = try Tokenizer(CompiledImage(tokenizer.compiled().span))
    #expect(try tokenizer.encode("the the") == [1, 12])
    #expect(try tokenizer.encode("thé tho the") == [4, 3, 8, 0, 4, 3, 9, 12])
    for text in ["", "the the", "thé tho the", "th", "xyz \u{0}", "the  the"] {
      #expect(try image.encode(text) == tokenizer.encode(text))
      #expect(try image.tokenize(text) == tokenizer.tokenize(text))
    }
    #expect(throws: VocabularyError.self) { try definition.written(as: .gguf) }
  }

  @Test func `every truncation`() {
    let file = Array(Self.file.utf8)
    for count in 0..<file.count {
      #expect(throws: VocabularyError.self) { try readTokenizerJSON(Array(file[..<count]).span) }
    }
  }

  @Test func `a changed byte gives an error or a tokenizer`() throws {
    let file = Array(Self.file.utf8)
    var tokenizers = 0
    for place in file.indices {
      var changed = file
      changed[place] = Array("t[1".utf8)[place % 3]
      guard let tokenizer = try? Tokenizer(readTokenizerJSON(changed.span)) else { continue }
      tokenizers += 1
      #expect(throws: Never.self) { try tokenizer.encode("thé the\u{0} tththe") }
    }
    #expect(tokenizers > 0)
  }

  static func error(_ model: String) -> VocabularyError? {
    do throws(VocabularyError) {
      let file = "{\"model\":{\"type\":\"tok:MergeEvents\"\(model)}}"
      _ = try Tokenizer(readTokenizerJSON(Array(file.utf8).span))
      return nil
    } catch { return error }
  }

  private static let lexicon = #","lexicon":[["a",0],["b",1],["ab",2]]"#

  @Test(
    arguments: [
      (#","unit":"bytes","lexicon":[],"events":[]"#, nil, ""),
      (#","unit":"characters","events":[["merge","a","b"]]"# + lexicon, nil, ""),
      (#","unit":"bytes","events":[]"#, .missing, "model"),
      (#","unit":"bytes","lexicon":[]"#, .missing, "model"),
      (#","lexicon":[],"events":[]"#, .missing, "model"),
      (#","unit":"words","lexicon":[],"events":[]"#, .unsupported, "model.unit"),
      (#","unit":"bytes","lexicon":[],"events":{}"#, .wrongType, "model.events"),
      (#","unit":"bytes","lexicon":[],"events":["merge"]"#, .wrongType, "model.events[0]"),
      (#","unit":"bytes","lexicon":[],"events":[[]]"#, .malformed, "model.events[0]"),
      (#","unit":"bytes","lexicon":[],"events":[["merge","a"]]"#, .malformed, "model.events[0]"),
      (
        #","unit":"bytes","lexicon":[],"events":[["join","a","b"]]"#, .unsupported,
        "model.events[0]"
      ),
      (
        #","unit":"bytes","lexicon":[],"events":[["merge","a","字"]]"#, .malformed, "model.events[0]"
      ),
      (#","unit":"bytes","lexicon":[],"events":[["merge",1,"a"]]"#, .wrongType, "model.events[0]"),
      (#","unit":"bytes","events":[["merge","a","a"]]"# + lexicon, .malformed, "events[0]"),
      (#","unit":"bytes","events":[["split","b","a"]]"# + lexicon, nil, ""),
      (
        #","unit":"bytes","events":[["merge","b","a"],["merge","ba","a"],["split","b","a"]]"#
          + lexicon, .malformed, "events[1]"
      ),
      (#","unit":"bytes","events":[["merge","a",""]]"# + lexicon, .malformed, "events[0]"),
      (
        #","unit":"bytes","unmatched":[1],"events":[["merge","a","b"]]"# + lexicon, .malformed,
        "events[0]"
      ),
      (#","unit":"bytes","events":[],"unknown":7"# + lexicon, .unknownToken, "model"),
      (#","unit":"bytes","events":[],"vocab":{}"# + lexicon, .unsupported, "model"),
      (#","unit":"bytes","events":[],"dropout":0.1"# + lexicon, .unsupported, "model"),
      (#","unit":"bytes","events":[],"events":[]"# + lexicon, .duplicate, "model.events"),
    ] as [(String, VocabularyError.Reason?, String)])
  func `what is wrong is named with its place`(
    members: String, reason: VocabularyError.Reason?, path: String
  ) {
    let error = Self.error(members)
    #expect(error?.reason == reason)
    #expect(error?.path ?? "" == path)
  }
}
