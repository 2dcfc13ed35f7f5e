import TestSupport
import Testing
import Tok
import Tokenization
import TokenizerFormats

@Suite struct CompiledFormTests {
  static let image: [UInt8] = (try? SmallFiles.tokenizer().compiled()) ?? []

  private static func error(_ bytes: [UInt8]) -> VocabularyError? {
    do throws(VocabularyError) {
      _ = try Tokenizer(bytes: bytes.span)
      return nil
    } catch { return error }
  }

  /// Everything that a file can say, there and back.
  @Test func `comes back as it was`() throws {
    let template = Template(
      single: [.special("<e>", typeID: 1), .sequence(.a, typeID: 0)],
      pair: [.sequence(.a, typeID: 0), .sequence(.b, typeID: 1)],
      specialTokens: [.init(name: "<e>", ids: [300], tokens: ["<e>"])])
    let pattern = try SplitPattern(#"\p{L}+|[^\p{L}]"#, dialect: .oniguruma)
    let normalizer = try #require(SmallFiles.tokenizer().pipeline.normalizer)
    let added = [
      AddedToken("<e>", id: 300, stripsLeft: true),
      AddedToken("e\u{301}", id: 301, isSpecial: false, isSingleWord: true, isNormalized: true),
    ]
    let pipeline = Pipeline(
      addedTokens: added, normalizer: .sequence([normalizer, normalizer]),
      splitter: Splitter([
        .literal("-", .mergedWithNext, inverted: true), .digits(individually: true),
        .pattern(pattern, .isolated, inverted: false),
        .byteLevel(addsPrefixSpace: false, splits: true),
      ]),
      postProcessor: .sequence([
        .byteLevel(addsPrefixSpace: true, trimsRanges: false, splits: true), .template(template),
      ]),
      decoder: .spaced,
      truncation: Truncation(
        maximumLength: 9, strategy: .onlySecond, stride: 2, direction: .left),
      padding: Padding(
        strategy: .fixed(7), direction: .right, multiple: 8, id: 300, typeID: 1, token: "<e>"),
      roles: TokenRoles(beginning: 300, end: 301, padding: 300, unknown: 300))
    for unknown in [nil, 300] as [TokenID?] {
      var tokens = ByteStrings()
      for text in ["a", "b", "ab", "Ġ中"] { tokens.append(text.utf8) }
      let model = BytePairDefinition(
        tokens: tokens, ids: [5, 3, 9, 2], unspelled: [3],
        merges: .listed([.init(left: 5, right: 3, result: 9)]), takesWholePretokens: true,
        unknown: unknown, fusesUnknown: true)
      let tokenizer = try Tokenizer(
        TokenizerDefinition(pipeline: pipeline, model: model))
      let compiled = tokenizer.compiled()
      let reopened = try Tokenizer(bytes: compiled.span)
      #expect(reopened.pipeline == pipeline)
      #expect(reopened.compiled() == compiled)
      for text in ["", "ab ba-é <e>", "1xyz"] {
        #expect(try reopened.tokenize(text) == tokenizer.tokenize(text))
      }
    }
  }

  @Test func `errors of the header`() {
    var version = Self.image
    version[8] = 99
    #expect(Self.error(version)?.reason == .version)
    #expect(Self.error(version)?.description.contains("version 99") == true)
    var contents = Self.image
    contents[Self.image.count - 1] ^= 1
    #expect(Self.error(contents)?.reason == .checksum)
    #expect(Self.error(Self.image + [0])?.reason == .malformed)
    #expect(Self.error(Self.image) == nil)
  }

  @Test func `every truncation`() {
    #expect(Self.image.count > 1_000)
    for end in 0..<Self.image.count where end < 2_000 || end % 61 == 0 {
      guard let error = Self.error(Array(Self.image[..<end])) else {
        Issue.record("\(end) bytes are accepted")
        return
      }
      // Below the mark it is no compiled form; below the header and then the length, cut off.
      if end >= 8 { #expect(error.reason == .truncated, "\(end): \(error)") }
    }
  }

  @Test(arguments: [1, 2] as [UInt64])
  func `changed bytes`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var bytes = Self.image
    for _ in 0..<5_000 {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
      bytes[place] ^= bit
      if Self.error(bytes) == nil { Issue.record("bit \(bit) of byte \(place) may change") }
      bytes[place] ^= bit
    }
  }
}

/// Whatever stands in a small file, reading it gives an error or a tokenizer that encodes.
@Suite struct ChangedFileTests {
  @Test(arguments: [1, 2] as [UInt64])
  func `changed bytes`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let pattern = try SplitPattern(#"\s*\w+|\W"#, dialect: .rust)
    let text = Array(" the <e> reason \u{E9}\u{301} 12".utf8)
    for file in [SmallFiles.json, SmallFiles.tiktoken] {
      #expect((try? Tokenizer(bytes: file.span, pattern: pattern)) != nil)
      for _ in 0..<150 {
        var bytes = file
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
            in: 0...255, using: &generator)
        }
        guard let tokenizer = try? Tokenizer(bytes: bytes.span, pattern: pattern) else { continue }
        let ids = try tokenizer.encode(text.span, specialTokens: .parse)
        _ = try tokenizer.decodeBytes(ids)
      }
    }
  }
}
