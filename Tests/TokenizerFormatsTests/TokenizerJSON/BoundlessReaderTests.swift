import Testing
import Tokenization
import TokenizerFormats

/// Models of the type `tok:Boundless` in a tokenizer.json.
@Suite struct BoundlessReaderTests {
  static let file: String = {
    var tokens = (0...255).map { (byte: Int) in
      "[\"\\u" + String(0x1_0000 + Int(ByteAlphabet.scalars[byte]), radix: 16).dropFirst()
        + "\",\(byte)]"
    }
    tokens += [
      #"["of",256]"#, #"["Ġof",257]"#, #"["Ġa",258]"#, #"["ĠofĠa",259]"#, #"["Ġaf",260]"#,
    ]
    return #"""
      {"model":{"type":"tok:Boundless","events":[["merge","o","f"],["merge","Ġ","of"],
      ["merge","Ġ","a"],["join","Ġof","Ġa"],["split","o","f"],["merge","Ġa","f"]],
      "pattern":{"Regex":" ?[^ ]+| +"},"lexicon":[\#(tokens.joined(separator: ","))]},
      "pre_tokenizer":{"type":"tok:MatchRuns","pattern":{"Regex":" ?[^ ]+| +"},
      "joined":{"Regex":" ?\\p{L}+"}},"decoder":{"type":"ByteLevel","add_prefix_space":false,
      "trim_offsets":true,"use_regex":true}}
      """#
  }()

  @Test func `what was written comes back`() throws {
    let definition = try readTokenizerJSON(Array(Self.file.utf8).span)
    let model = try #require(definition.model as? BoundlessDefinition)
    #expect(model.joins.map(\.eventCount) == [3] && model.words.events.count == 5)
    let written = try definition.written(as: .tokenizerJSON)
    #expect(written.losses == [])
    let back = try readTokenizerJSON(written.bytes.span)
    #expect(back.model as? BoundlessDefinition == model)
    #expect(try back.written(as: .tokenizerJSON).bytes == written.bytes)
    let tokenizer = try Tokenizer(definition)
    let image = try Tokenizer(CompiledImage(tokenizer.compiled().span))
    #expect(try tokenizer.encode(" of a of af") == [259, 257, 260])
    #expect(try tokenizer.encode("of a") == [111, 102, 258])
    for text in ["", " ", " of a", " of a of af of", "of, a 12", "x\u{0}", " of of of a"] {
      #expect(try image.encode(text) == tokenizer.encode(text))
      #expect(try image.tokenize(text) == tokenizer.tokenize(text))
      #expect(try tokenizer.decode(tokenizer.encode(text)) == text)
    }
    #expect(throws: VocabularyError.self) { try definition.written(as: .gguf) }
  }

  @Test func `every truncation`() {
    let file = Array(Self.file.utf8)
    for count in stride(from: 0, to: file.count, by: 7) {
      #expect(throws: VocabularyError.self) { try readTokenizerJSON(Array(file[..<count]).span) }
    }
  }

  @Test func `a changed byte gives an error or a tokenizer`() throws {
    let file = Array(Self.file.utf8)
    var tokenizers = 0
    for place in file.indices where place < 300 || place > file.count - 400 {
      var changed = file
      changed[place] = Array("f[1".utf8)[place % 3]
      guard let tokenizer = try? Tokenizer(readTokenizerJSON(changed.span)) else { continue }
      tokenizers += 1
      _ = try? tokenizer.encode(" of a of af, \u{0}")
    }
    #expect(tokenizers > 0)
  }

  @Test func `a damaged compiled form gives an error or a tokenizer`() throws {
    let tokenizer = try Tokenizer(readTokenizerJSON(Array(Self.file.utf8).span))
    let model = tokenizer.compiled()
    for count in stride(from: 0, to: model.count, by: 97) {
      #expect(throws: VocabularyError.self) {
        try Tokenizer(CompiledImage(Array(model[..<count]).span))
      }
    }
  }

  @Test(
    arguments: [
      (#","pattern":{"Regex":"a"},"lexicon":[]"#, .missing, "model"),
      (#","pattern":{"Regex":"a"},"events":[]"#, .missing, "model"),
      (#","lexicon":[],"events":[]"#, .missing, "model"),
      (#","pattern":"a","lexicon":[],"events":[]"#, .wrongType, "model.pattern"),
      (#","pattern":{"Regex":"("},"lexicon":[],"events":[]"#, .malformed, "model.pattern.Regex"),
      (
        #","pattern":{"Regex":"a"},"lexicon":[],"events":[["join","a"]]"#, .malformed,
        "model.events[0]"
      ),
      (
        #","pattern":{"Regex":"a"},"lexicon":[],"events":[["join","a","b","c"]]"#, .malformed,
        "model.events[0]"
      ),
      (
        #","pattern":{"Regex":"a"},"lexicon":[["a",0]],"events":[["join","a","a"]]"#, .missing, ""
      ),
      (#","pattern":{"Regex":"a"},"unit":"bytes","lexicon":[],"events":[]"#, .unsupported, "model"),
    ] as [(String, VocabularyError.Reason, String)])
  func `what is wrong is named with its place`(
    members: String, reason: VocabularyError.Reason, path: String
  ) {
    do throws(VocabularyError) {
      let file = "{\"model\":{\"type\":\"tok:Boundless\"\(members)}}"
      _ = try Tokenizer(readTokenizerJSON(Array(file.utf8).span))
      Issue.record("read")
    } catch {
      #expect(error.reason == reason)
      #expect(error.path == path)
    }
  }
}
