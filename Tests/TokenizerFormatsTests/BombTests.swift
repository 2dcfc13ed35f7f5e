import SplitPatterns
import TestSupport
import Testing
import Tokenization

@testable import TokenizerFormats

/// Small files that ask for much: a typed error that says where, or a value no larger than the file.
@Suite struct BombTests {
  private static func error(_ read: () throws(VocabularyError) -> Void) -> VocabularyError? {
    do throws(VocabularyError) {
      try read()
      return nil
    } catch { return error }
  }

  // MARK: deep nesting

  @Test(arguments: ["[", "{\"a\":"])
  func `containers within each other`(opening: String) {
    let nested = Array(String(repeating: opening, count: 300_000).utf8)
    let json = Array(#"{"normalizer":"#.utf8) + nested
    let depth = Self.error { () throws(VocabularyError) in _ = try readTokenizerJSON(json.span) }
    #expect(depth?.reason == .limit && depth?.path.hasPrefix("normalizer") == true)
    let configuration = Array(#"{"other":"#.utf8) + nested
    let beside = Self.error { () throws(VocabularyError) in
      _ = try TokenizerConfiguration(configuration: configuration.span)
    }
    #expect(beside?.reason == .limit && beside?.file == "tokenizer_config.json")
    let tekken = Array(#"{"config":"#.utf8) + nested
    let other = Self.error { () throws(VocabularyError) in _ = try readTekken(tekken.span) }
    #expect(other?.reason == .limit && other?.path.hasPrefix("config") == true)
    #expect(other?.offset.map { $0 < 2_000 } == true)
  }

  @Test func `groups and arrays within each other`() {
    let groups = [UInt8](repeating: 0x4B, count: 300_000)
    let model = Self.error { () throws(VocabularyError) in _ = try SentencePieceFile(groups.span) }
    #expect(model?.reason == .limit && model?.offset == ProtobufReader.maximumDepth)
    let writer = GGUFWriter()
    let array = writer.number(9 as UInt32) + writer.number(1 as UInt64)
    let nested = Array(repeatElement(array, count: 20_000).joined())
    var file = GGUFWriter()
    file.pairs.append(("a", .raw(type: 9, nested)))
    let bytes = file.bytes
    let gguf = Self.error { () throws(VocabularyError) in _ = try GGUFVocabulary(bytes.span) }
    #expect(gguf?.reason == .limit)
  }

  // MARK: claims

  @Test(arguments: [1 << 31, 1 << 40, UInt64.max])
  func `more merges than the file has bytes`(count: UInt64) {
    var file = GGUFBytePairTests.sample
    let writer = GGUFWriter()
    file["tokenizer.ggml.merges"] = .raw(
      type: 9, writer.number(8 as UInt32) + writer.number(count))
    let bytes = file.bytes
    let error = Self.error { () throws(VocabularyError) in _ = try GGUFVocabulary(bytes.span) }
    #expect(error?.reason == .truncated || error?.reason == .limit)
    #expect(error?.path == "tokenizer.ggml.merges")
    file = GGUFWriter()
    file.claimedCount = count
    let empty = file.bytes
    let pairs = Self.error { () throws(VocabularyError) in _ = try GGUFVocabulary(empty.span) }
    #expect(pairs?.reason == .truncated || pairs?.reason == .limit)
  }

  @Test(arguments: ["4194303", "2147483648", "4294967296", "18446744073709551616"])
  func `ids that would need a table of gigabytes`(id: String) {
    let vocabulary = Sample.model(vocabulary: #"{"a":0,"b":\#(id)}"#, merges: "[]")
    let error = vocabulary.refusal()
    #expect(error?.reason == .limit && error?.path == "model.vocab.b")
    let ranks = Array("YQ== 0\nYg== \(id)\n".utf8)
    let rank = Self.error { () throws(VocabularyError) in
      _ = try readTiktoken(
        ranks.span, stem: nil, pattern: HostileFileTests.pattern, specialTokens: nil)
    }
    #expect(rank?.reason == .limit)
    let words = Array("1 'a' 1\n\(id) 'b' 1\n".utf8)
    let word = Self.error { () throws(VocabularyError) in _ = try readRWKVVocabulary(words.span) }
    #expect(word?.reason == .limit && word?.path == "line 2")
    let token = #"{"added_tokens_decoder":{"\#(id)":{"content":"a"}}}"#
    let bytes = Array(token.utf8)
    let added = Self.error { () throws(VocabularyError) in
      _ = try TokenizerConfiguration(configuration: bytes.span)
    }
    #expect(added?.reason == .limit && added?.path == "added_tokens_decoder.\(id)")
  }

  // MARK: maps that loop or grow

  @Test func `a map of characters that leads in a circle`() throws {
    // Every unit is its own child: there is always one more byte of a rule.
    let circle = UInt32(ascii: "a")
    let units = [UInt32](repeating: circle, count: 256)
    let map = CharsmapBuilder.charsmap(units: units, results: [0x62, 0])
    let tokenizer = try Self.tokenizer(map: map)
    let text = [UInt8](repeating: 0x61, count: 2_000)
    #expect(throws: Never.self) { try tokenizer.encode(text.span) }
  }

  @Test func `a map that makes much of a character is refused`() throws {
    let much = [UInt8](repeating: 0x62, count: 1 << 22)
    let map = CharsmapBuilder.charsmap([(key: Array("a".utf8), result: much)])
    let error = #expect(throws: VocabularyError.self) { try Self.tokenizer(map: map) }
    #expect(error?.reason == .limit)
  }

  private static func tokenizer(map: [UInt8]) throws -> Tokenizer {
    var file = ProtobufWriter()
    file.token("<unk>", type: 2)
    file.token("a", -1)
    file.message(3) { $0.data(2, map) }
    return try Tokenizer(SentencePieceFile(file.bytes.span).tokenizer())
  }

  // MARK: long tokens

  /// Files with a token that is most of them, and a tokenizer of each. The text is short: a model that looks for
  /// tokens from each place on takes as many steps as the longest has bytes, in the originals too.
  @Test func `a token of a hundred kilobytes`() throws {
    let count = 1 << 17
    let long = String(repeating: "a", count: count)
    let text = [UInt8](repeating: 0x61, count: 2_000)
    var model = ProtobufWriter()
    model.token("<unk>", type: 2)
    model.token("a", -1)
    model.token(long, -2)
    let words = Array("[UNK]\na\n\(long)\n".utf8)
    let list = Array("1 'a' 1\n2 '\(long)' \(count)\n".utf8)
    let json = Array(
      #"{"model":{"type":"WordLevel","unk_token":"a","vocab":{"a":0,"\#(long)":1}}}"#.utf8)
    var greedy = try readRWKVVocabulary(list.span)
    greedy.unknown = 1
    let tokenizers = [
      try Tokenizer(SentencePieceFile(model.bytes.span).tokenizer()),
      try Tokenizer(readBERTVocabulary(words.span)),
      try Tokenizer(
        TokenizerDefinition(
          pipeline: Pipeline(splitter: Splitter([]), decoder: .bytes), model: greedy)),
      try Tokenizer(readTokenizerJSON(json.span)),
    ]
    for tokenizer in tokenizers {
      let ids = try tokenizer.encode(text.span)
      #expect(throws: Never.self) { try tokenizer.decodeBytes(ids) }
    }
  }
}

extension UInt32 {
  fileprivate init(ascii scalar: Unicode.Scalar) { self = scalar.value }
}
