import TestSupport
import Testing
import Tokenization

@Suite struct StreamingDecoderTests {
  private static let byteTokens = SmallVocabulary(merges: [])

  private static func streamed(
    _ ids: [TokenID], _ tokenizer: Tokenizer, keepsSpecialTokens: Bool = false
  ) throws -> [String] {
    var decoder = StreamingDecoder(tokenizer, keepsSpecialTokens: keepsSpecialTokens)
    var parts: [String] = []
    for id in ids { parts.append(try decoder.append(id)) }
    return parts + [try decoder.finish()]
  }

  @Test(
    arguments: [
      ("a", ["a", ""]), ("é", ["", "é", ""]), ("中a", ["", "", "中", "a", ""]),
      ("😀", ["", "", "", "😀", ""]), ("", [""]),
    ] as [(String, [String])])
  func `never a part of a character`(text: String, expected: [String]) throws {
    let ids = text.utf8.map { TokenID($0) }
    #expect(try Self.streamed(ids, Self.byteTokens.tokenizer()) == expected)
  }

  @Test func `what can no longer be completed comes at once`() throws {
    let tokenizer = try Self.byteTokens.tokenizer()
    let rows: [([UInt8], [String])] = [
      ([0xC3, 0x61], ["", "\u{FFFD}a", ""]), ([0xC3], ["", "\u{FFFD}"]),
      ([0x80], ["\u{FFFD}", ""]),
      ([0xFF], ["\u{FFFD}", ""]), ([0xC0], ["\u{FFFD}", ""]), ([0xF5], ["\u{FFFD}", ""]),
      ([0xE0, 0x80], ["", "\u{FFFD}\u{FFFD}", ""]),
      ([0xED, 0xA0], ["", "\u{FFFD}\u{FFFD}", ""]), ([0xE0, 0xA0], ["", "", "\u{FFFD}"]),
      ([0xF0, 0x90], ["", "", "\u{FFFD}"]), ([0xF4, 0x90], ["", "\u{FFFD}\u{FFFD}", ""]),
      ([0xF4, 0x8F, 0xBF], ["", "", "", "\u{FFFD}"]),
    ]
    for (bytes, expected) in rows {
      #expect(try Self.streamed(bytes.map { TokenID($0) }, tokenizer) == expected, "\(bytes)")
    }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `all parts together are the whole`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let added = [AddedToken("<e>", id: 900), AddedToken("<m>", id: 901, isSpecial: false)]
    let byteLevel = TokenDecoder.byteLevel(
      addsPrefixSpace: true, trimsRanges: true, splits: true)
    let decoders: [TokenDecoder] = [
      .bytes, byteLevel, .spaced, .wordPiece(prefix: "Ġ", cleansUp: true),
      .sequence([byteLevel, .wordPiece(prefix: "a", cleansUp: true)]),
      .sequence([.bytes, .fuse, .strip(content: "é", start: 1, stop: 1)]),
      .sequence([
        .replace(.string("Ġ"), content: " "), .byteFallback, .fuse,
        .strip(content: " ", start: 1, stop: 0),
      ]),
    ]
    for decoder in decoders {
      let vocabulary = SmallVocabulary.trained
      let tokenizer = try vocabulary.tokenizer(addedTokens: added, decoder: decoder)
      let all = vocabulary.ids + [900, 901]
      for round in 0..<150 {
        // Bytes from 0xE0 on are at the borders of what UTF-8 allows.
        let ids = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
          round % 2 == 0
            ? all.randomElement(using: &generator) ?? 0
            : [0x80, 0x90, 0xA0, 0xBF, 0xC3, 0xE0, 0xE2, 0xED, 0xF0, 0xF4, 0x61]
              .randomElement(using: &generator) ?? 0
        }
        for keeps in [true, false] {
          let whole = try tokenizer.decode(ids, keepsSpecialTokens: keeps)
          let parts = try Self.streamed(ids, tokenizer, keepsSpecialTokens: keeps)
          #expect(Array(parts.joined().utf8) == Array(whole.utf8), "\(ids)")
        }
      }
    }
  }

  @Test func `finishing makes it new`() throws {
    let tokenizer = try SmallVocabulary(merges: []).tokenizer(decoder: .spaced)
    var decoder = StreamingDecoder(tokenizer)
    #expect(try decoder.append(0x61) + decoder.append(0x62) + decoder.finish() == "a b")
    #expect(try decoder.append(0x61) == "a")
  }

  @Test func `an id without a token is an error that says where`() throws {
    let tokenizer = try Self.byteTokens.tokenizer()
    var decoder = StreamingDecoder(tokenizer)
    _ = try decoder.append(0x61)
    do throws(DecodingError) {
      _ = try decoder.append(256)
      Issue.record("accepted")
    } catch {
      #expect(error.reason == .unknownID && error.index == 1)
      #expect(error.description == "no token has the id 256, at place 1")
    }
    #expect(try decoder.append(0x62) == "b")
    do throws(DecodingError) {
      _ = try tokenizer.decode([0x61, 0x62, .max])
      Issue.record("accepted")
    } catch { #expect(error.reason == .unknownID && error.index == 2) }
  }
}

@Suite struct TokenizerDecodingTests {
  @Test func `bytes that are not UTF-8`() throws {
    let tokenizer = try SmallVocabulary(merges: []).tokenizer()
    let ids: [TokenID] = [0x61, 0xC3, 0x62]
    #expect(try tokenizer.decode(ids) == "a\u{FFFD}b")
    #expect(try tokenizer.decodeBytes(ids) == [0x61, 0xC3, 0x62])
    do throws(DecodingError) {
      _ = try tokenizer.decode(ids, invalidUTF8: .refuse)
      Issue.record("accepted")
    } catch {
      #expect(error.reason == .invalidUTF8 && error.index == 1)
      #expect(error.description == "byte 1 of the decoded text is not UTF-8")
    }
    #expect(try tokenizer.decode([0x61], invalidUTF8: .refuse) == "a")
  }

  // What huggingface does with a file that names no decoder: tokens as the file spells them.
  @Test func `spaced tokens`() throws {
    let added = [AddedToken("<é>", id: 300, isSpecial: false)]
    let tokenizer = try SmallVocabulary(merges: [" +a"]).tokenizer(
      addedTokens: added, decoder: .spaced)
    #expect(try tokenizer.decode([256, 300, 0x62, 0x20]) == "Ġa <é> b Ġ")
    #expect(try tokenizer.decode([TokenID]()) == "")
  }

  @Test func `an added token in the byte alphabet`() throws {
    let added = [AddedToken("Ġx", id: 300, isSpecial: false), AddedToken("中", id: 301)]
    let decoder = TokenDecoder.byteLevel(addsPrefixSpace: false, trimsRanges: true, splits: true)
    let tokenizer = try SmallVocabulary(merges: []).tokenizer(addedTokens: added, decoder: decoder)
    #expect(try tokenizer.decode([300, 301], keepsSpecialTokens: true) == " x中")
  }
}
