import SplitPatterns
import Testing
import Tokenization
import TokenizerFormats
import UnicodeText

/// What is written, and what comes back.
@Suite struct ConversionTests {
  /// A byte-level vocabulary with every byte, ` t` 256, `he` 257, ` the` 258 and a special token 300.
  static func bytePair(
    splits: Bool = true, added: [AddedToken] = [AddedToken("<|endoftext|>", id: 300)],
    takesWhole: Bool = false
  ) -> TokenizerDefinition {
    var tokens = ByteStrings()
    for byte in 0...255 as ClosedRange<UInt8> { tokens.append([byte]) }
    for text in [" t", "he", " the"] { tokens.append(text.utf8) }
    return TokenizerDefinition(
      pipeline: Pipeline(
        addedTokens: added,
        splitter: Splitter([.byteLevel(addsPrefixSpace: false, splits: splits)]),
        decoder: .bytes),
      model: BytePairDefinition(
        tokens: tokens, ids: (0..<259).map { TokenID($0) },
        merges: .listed([
          .init(left: 32, right: 116, result: 256), .init(left: 104, right: 101, result: 257),
          .init(left: 256, right: 257, result: 258),
        ]), takesWholePretokens: takesWhole))
  }

  static func characterPair(
    merges: CharacterPairDefinition.Merges, userDefined: [Int] = []
  ) -> TokenizerDefinition {
    var tokens = ByteStrings()
    for text in ["<unk>", "<s>", "\u{2581}", "a", "b", "\u{2581}a", "ab"] {
      tokens.append(text.utf8)
    }
    return TokenizerDefinition(
      pipeline: Pipeline(
        addedTokens: [AddedToken("<s>", id: 1)],
        normalizer: .sentencePiece(
          SentencePieceNormalizer(
            removesExtraSpaces: false, userSymbols: userDefined.isEmpty ? [] : ["ab"])),
        splitter: Splitter([]),
        decoder: .sentencePiece(
          SentencePieceDecoder(
            unknown: "<unk>", unknownSurface: " \u{2047} ", dropsFirstSpace: true,
            dropsAllFirstSpaces: false, hasBytes: false))),
      model: CharacterPairDefinition(
        tokens: tokens, ids: (0..<7).map { TokenID($0) }, merges: merges, unmatched: [0, 1],
        userDefined: userDefined, unknown: 0, fusesUnknown: true))
  }

  private static let scored = CharacterPairDefinition.Merges.byScore([0, 0, -9, -9, -9, -1, -2])

  static func error(
    _ definition: TokenizerDefinition, _ format: WritableFormat
  ) -> VocabularyError? {
    do throws(VocabularyError) {
      _ = try definition.written(as: format)
      return nil
    } catch { return error }
  }

  @Test(arguments: [
    WritableFormat.tokenizerJSON, .tiktoken, .vocabularyJSON, .gguf, .compiled,
  ])
  func `byte pairs`(format: WritableFormat) throws {
    // Of a .tiktoken file the name tells what it does not hold.
    let added = [AddedToken("<|endoftext|>", id: 50256)]
    let definition = Self.bytePair(added: added)
    let written = try definition.written(as: format, stem: "gpt2")
    #expect(written.losses == [])
    #expect((written.merges != nil) == (format == .vocabularyJSON))
    #expect(try definition.written(as: format, stem: "gpt2") == written)
  }

  @Test(arguments: [WritableFormat.tokenizerJSON, .sentencePiece, .compiled])
  func `byte pairs over characters`(format: WritableFormat) throws {
    let definition = Self.characterPair(merges: Self.scored)
    #expect(try definition.written(as: format).losses == [])
  }

  // llama.cpp makes a token of each unknown character.
  @Test func `byte pairs over characters without byte fallback`() throws {
    let error = try #require(Self.error(Self.characterPair(merges: Self.scored), .gguf))
    #expect(error.message.contains("whether unknown characters become one token"))
  }

  @Test func `the text of a tokenizer.json`() throws {
    let file = try Self.characterPair(merges: Self.scored).written(as: .tokenizerJSON)
    #expect(
      String(decoding: file.bytes, as: UTF8.self) == """
        {
        "version":"1.0",
        "truncation":null,
        "padding":null,
        "added_tokens":[{"id":1,"content":"<s>","single_word":false,"lstrip":false,"rstrip":false,\
        "normalized":false,"special":true}],
        "normalizer":{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"\u{2581}"},\
        {"type":"Replace","pattern":{"String":" "},"content":"\u{2581}"}]},
        "pre_tokenizer":null,
        "post_processor":null,
        "decoder":{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"<unk>"},\
        "content":" \u{2047} "},{"type":"Replace","pattern":{"String":"\u{2581}"},"content":" "},\
        {"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]},
        "model":{"type":"BPE","dropout":null,"unk_token":"<unk>","continuing_subword_prefix":null,\
        "end_of_word_suffix":null,"fuse_unk":true,"byte_fallback":false,"ignore_merges":false,\
        "vocab":{"<unk>":0,"<s>":1,"\u{2581}":2,"a":3,"b":4,"\u{2581}a":5,"ab":6},\
        "merges":[["\u{2581}","a"],["a","b"]]}
        }

        """)
  }

  // The library numbers added tokens itself where the model lacks them.
  @Test func `an id behind a hole is kept in the vocabulary`() throws {
    let file = try Self.bytePair().written(as: .tokenizerJSON)
    #expect(String(decoding: file.bytes, as: UTF8.self).contains(#""<|endoftext|>":300}"#))
    let next = try Self.bytePair(added: [AddedToken("<e>", id: 259)]).written(as: .tokenizerJSON)
    #expect(!String(decoding: next.bytes, as: UTF8.self).contains(#""<e>":259"#))
    let definition = try readTokenizerJSON(file.bytes.span)
    #expect(definition.pipeline.addedTokens == [AddedToken("<|endoftext|>", id: 300)])
  }

  @Test func `ranks of bytes`() throws {
    let added = [AddedToken("<|endoftext|>", id: 50256)]
    let file = try Self.bytePair(added: added).written(as: .tiktoken, stem: "gpt2")
    let text = String(decoding: file.bytes, as: UTF8.self)
    #expect(text.hasPrefix("AA== 0\nAQ== 1\n"))
    #expect(text.hasSuffix("IHQ= 256\naGU= 257\nIHRoZQ== 258\n"))
  }

  // MARK: - Losses

  @Test func `what a .tiktoken file does not hold`() throws {
    var definition = Self.bytePair(splits: false)
    definition.pipeline.normalizer = .form(.nfc)
    let error = try #require(Self.error(definition, .tiktoken))
    #expect(error.reason == .inexpressible)
    #expect(
      error.message
        == "a file of the format tiktoken would lose: the added token `<|endoftext|>`; the normalizer, "
        + "or parts of it; the way to cut a text")
    let lossy = try definition.written(as: .tiktoken, allowsLosses: true)
    #expect(lossy.losses.count == 3)
  }

  @Test func `merges in another order than ids`() throws {
    var definition = Self.bytePair(added: [])
    guard var model = definition.model as? BytePairDefinition else { return }
    model.merges = .listed([
      .init(left: 104, right: 101, result: 257), .init(left: 32, right: 116, result: 256),
      .init(left: 256, right: 257, result: 258),
    ])
    definition.model = model
    #expect(Self.error(definition, .tokenizerJSON) == nil)
    #expect(Self.error(definition, .tiktoken)?.message.contains("order of the merges") == true)
    #expect(throws: VocabularyError.self) {
      try definition.written(as: .tiktoken, stem: "gpt2", allowsLosses: true)
    }
  }

  @Test func `an unreachable token, with and without whole pretokens`() throws {
    var definition = Self.bytePair(takesWhole: true)
    guard var model = definition.model as? BytePairDefinition else { return }
    model.tokens.append("xyz".utf8)
    model.ids.append(259)
    definition.model = model
    #expect(Self.error(definition, .tokenizerJSON) == nil)
    #expect(
      Self.error(definition, .vocabularyJSON)?.message.contains("a pretoken which is a token")
        == true)
    model.takesWholePretokens = false
    definition.model = model
    #expect(
      Self.error(definition, .tiktoken)?.message.contains("only merges make a token") == true)
  }

  @Test func `each part that is lost is named`() throws {
    var definition = Self.bytePair()
    definition.pipeline.postProcessor = .bert(
      classifier: .init("<|endoftext|>", id: 300), separator: .init("<|endoftext|>", id: 300))
    definition.pipeline.truncation = Truncation(
      maximumLength: 9, strategy: .longestFirst, stride: 0, direction: .right)
    definition.pipeline.padding = Padding(
      strategy: .batchLongest, direction: .right, multiple: nil, id: 300, typeID: 0, token: "x")
    definition.pipeline.addedTokens.append(
      AddedToken("<x>", id: 301, isSpecial: false, isSingleWord: true))
    #expect(Self.error(definition, .tokenizerJSON) == nil)
    let message = Self.error(definition, .gguf)?.message ?? ""
    for part in [
      "the flags of the added token `<x>`", "the tokens around and between two texts",
      "the truncation", "the padding",
    ] { #expect(message.contains(part), "\(part)") }
    definition.pipeline.splitter.steps.insert(.digitGroups(3), at: 0)
    #expect(Self.error(definition, .tokenizerJSON)?.message.contains("the way to cut") == true)
  }

  @Test(arguments: WritableFormat.allCases)
  func `models that a format does not have`(format: WritableFormat) throws {
    var definition = Self.bytePair()
    definition.model = LessIsBetterDefinition(
      tokens: ByteStrings(), ids: [], unknown: nil, reading: .longest(characterLimit: nil))
    definition.pipeline.addedTokens = []
    if format == .compiled || format == .tokenizerJSON {
      #expect(Self.error(definition, format) == nil)
    } else {
      #expect(Self.error(definition, format)?.reason == .inexpressible)
    }
    #expect(Self.error(Self.bytePair(), .vocabularyText)?.reason == .inexpressible)
    #expect(Self.error(Self.bytePair(), .sentencePiece)?.reason == .inexpressible)
  }

  @Test func `symbols of the user cannot be said in steps`() throws {
    let definition = Self.characterPair(merges: Self.scored, userDefined: [6])
    #expect(Self.error(definition, .sentencePiece) == nil)
    #expect(Self.error(definition, .tokenizerJSON)?.message.contains("user's symbol `ab`") == true)
  }

  @Test func `unused tokens and words of SentencePiece`() throws {
    var definition = Self.characterPair(merges: Self.scored)
    guard var model = definition.model as? CharacterPairDefinition else { return }
    model.unused = [6]
    definition.model = model
    #expect(Self.error(definition, .sentencePiece) == nil)
    #expect(Self.error(definition, .compiled) == nil)
    #expect(
      Self.error(definition, .tokenizerJSON)?.message.contains("left as the token `ab`") == true)
    definition.model = WordLevelDefinition(
      tokens: model.tokens, ids: model.ids, unknown: 0, unmatched: [0, 1, 6],
      cutsAtSpaceMarks: true)
    #expect(Self.error(definition, .sentencePiece) == nil)
    #expect(Self.error(definition, .tokenizerJSON)?.message.contains("cut at U+2581") == true)
  }

  // Two tokens of one score: the leftmost is made first, which no list of merges says.
  @Test func `equal scores`() throws {
    let definition = Self.characterPair(merges: .byScore([0, 0, -9, -9, -9, -1, -1]))
    #expect(Self.error(definition, .sentencePiece) == nil)
    #expect(Self.error(definition, .tokenizerJSON)?.reason == .inexpressible)
  }

  @Test func `listed merges become scores`() throws {
    let definition = Self.characterPair(
      merges: .listed([.init(left: 3, right: 4, result: 6), .init(left: 2, right: 3, result: 5)]))
    let file = try definition.written(as: .sentencePiece)
    let model = try SentencePieceFile(file.bytes.span)
    #expect(model.scores[6] > model.scores[5])
    #expect(model.trainer.beginningID == -1 && model.unknown == 0)
    #expect(try Tokenizer(model.tokenizer()).encode("ab") == [2, 6])
  }

  @Test func `a rate of dropout is written where it can be`() throws {
    var definition = Self.bytePair()
    definition.pipeline.dropout = 0.1
    let written = try definition.written(as: .tokenizerJSON)
    #expect(try readTokenizerJSON(written.bytes.span).pipeline.dropout == 0.1)
    #expect(Self.error(definition, .gguf)?.message.contains("the rate of dropout") == true)
  }
}
