import Testing
import Tokenization
import TokenizerFormats

/// Lexicons of Less-is-Better in a tokenizer.json.
@Suite struct LexiconReaderTests {
  /// Ids with holes against the order of ranks; units that are no text.
  static func definition(
    _ reading: LessIsBetterDefinition.Reading, depth: Int, unknown: TokenID?
  ) -> TokenizerDefinition {
    var tokens = ByteStrings()
    let units: [[UInt8]] = [
      Array("the".utf8), [0xFF], Array(" dog".utf8), [0xC3, 0xA9, 0x80], Array("é".utf8), [0x00],
      Array("t".utf8), Array("h".utf8), Array("e".utf8), Array("Ġ".utf8), Array("\"\\\n".utf8),
      [0xE9], Array("字".utf8), Array("th".utf8), Array(" ".utf8), Array("do".utf8), [0xAD],
      Array("g".utf8), Array("dog".utf8),
    ]
    for unit in units { tokens.append(unit) }
    return TokenizerDefinition(
      pipeline: Pipeline(
        addedTokens: unknown == nil ? [] : [AddedToken("é", id: 46), AddedToken("<unk>", id: 500)],
        splitter: Splitter([.byteLevel(addsPrefixSpace: false, splits: false)]),
        decoder: .byteLevel(addsPrefixSpace: false, trimsRanges: false, splits: false),
        roles: TokenRoles(unknown: unknown)),
      model: LessIsBetterDefinition(
        tokens: tokens, ids: units.indices.map { TokenID(50 - $0) }, unknown: unknown,
        reading: reading, subunitDepth: depth))
  }

  @Test(
    arguments: [
      (.longest(characterLimit: nil), 0, 500), (.longest(characterLimit: 2), 2, 500),
      (.counterfactual(skipsLoneUnits: false), 1, nil),
      (.counterfactual(skipsLoneUnits: true), 0, 44),
    ] as [(LessIsBetterDefinition.Reading, Int, TokenID?)])
  func `what was written comes back`(
    reading: LessIsBetterDefinition.Reading, depth: Int, unknown: TokenID?
  ) throws {
    let definition = Self.definition(reading, depth: depth, unknown: unknown)
    let file = try definition.written(as: .tokenizerJSON).bytes
    let back = try readTokenizerJSON(file.span)
    #expect(back.model as? LessIsBetterDefinition == definition.model as? LessIsBetterDefinition)
    #expect(back.pipeline.addedTokens == definition.pipeline.addedTokens)
    #expect(try back.written(as: .tokenizerJSON).bytes == file)
    let original = try Tokenizer(definition)
    let image = try Tokenizer(CompiledImage(Tokenizer(back).compiled().span))
    for text in [
      "", "the dog", " dogthe thé", "\u{0}字字é\"\\\nĠ", "dog doggo", "xyz 🐙", "thedog\u{E9}e\u{301}",
    ] {
      let ids = try original.encode(text)
      #expect(try Tokenizer(back).encode(text) == ids)
      #expect(try image.encode(text) == ids)
    }
    let bytes = definition.model.ids
    #expect(try image.decodeBytes(bytes) == original.decodeBytes(bytes))
  }

  static func error(_ model: String, added: String = "[]") -> VocabularyError? {
    do throws(VocabularyError) {
      let file = "{\"added_tokens\":\(added),\"model\":{\"type\":\"tok:LessIsBetter\"\(model)}}"
      _ = try Tokenizer(readTokenizerJSON(Array(file.utf8).span))
      return nil
    } catch { return error }
  }

  @Test(
    arguments: [
      (#","reading":"longest","lexicon":[]"#, nil, ""),
      (#","lexicon":[["a",0]],"reading":"longest","character_limit":1,"unknown":0"#, nil, ""),
      (#","reading":"longest""#, .missing, "model"),
      (#","lexicon":[]"#, .missing, "model"),
      (#","reading":"shortest","lexicon":[]"#, .unsupported, "model.reading"),
      (#","reading":1,"lexicon":[]"#, .wrongType, "model.reading"),
      (#","reading":"longest","lexicon":{}"#, .wrongType, "model.lexicon"),
      (#","reading":"longest","lexicon":["a"]"#, .wrongType, "model.lexicon[0]"),
      (#","reading":"longest","lexicon":[["a"]]"#, .malformed, "model.lexicon[0]"),
      (#","reading":"longest","lexicon":[["a",0,1]]"#, .malformed, "model.lexicon[0]"),
      (#","reading":"longest","lexicon":[["a",-1]]"#, .wrongType, "model.lexicon[0]"),
      (#","reading":"longest","lexicon":[["a",4294967295]]"#, .limit, "model.lexicon[0]"),
      (#","reading":"longest","lexicon":[["b",0],["字",1]]"#, .malformed, "model.lexicon[1]"),
      (#","reading":"longest","lexicon":[["a",0],["a",1]]"#, .duplicate, "model.lexicon[1]"),
      (#","reading":"longest","lexicon":[["a",0],["b",0]]"#, .duplicate, "model"),
      (#","reading":"longest","lexicon":[["a",0]],"unknown":7"#, .unknownToken, "model"),
      (
        #","reading":"longest","lexicon":[],"character_limit":-1"#, .wrongType,
        "model.character_limit"
      ),
      (
        #","reading":"longest","lexicon":[],"subunit_depth":0.5"#, .wrongType, "model.subunit_depth"
      ),
      (
        #","reading":"longest","lexicon":[],"skips_lone_units":3"#, .wrongType,
        "model.skips_lone_units"
      ),
      (#","reading":"longest","lexicon":[],"vocab":{}"#, .unsupported, "model"),
      (#","reading":"longest","lexicon":[],"dropout":0.1"#, .unsupported, "model"),
      (#","reading":"longest","lexicon":[],"lexicon":[]"#, .duplicate, "model.lexicon"),
    ] as [(String, VocabularyError.Reason?, String)])
  func `what is wrong is named with its place`(
    members: String, reason: VocabularyError.Reason?, path: String
  ) {
    let error = Self.error(members)
    #expect(error?.reason == reason)
    #expect(error?.path ?? "" == path)
  }
}
