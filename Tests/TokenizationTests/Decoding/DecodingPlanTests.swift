import References
import SplitPatterns
import TestSupport
import Testing

@testable import Tokenization

@Suite struct DecodingPlanTests {
  @Test func `rows of the original`() throws {
    for (decoder, rows) in DecoderRows.all {
      let decoding = try TextDecoding(decoder)
      for (texts, expected) in rows {
        let whole = try decoding.text(texts)
        #expect(Array(whole.utf8) == Array(expected.utf8), "\(decoder) \(texts): \(whole)")
        let parts = try decoding.parts(texts).joined()
        #expect(Array(parts.utf8) == Array(expected.utf8), "\(decoder) \(texts): \(parts)")
      }
    }
  }

  // Rows of tokenizers 0.23.3 too.
  @Test func `patterns`() throws {
    let rows: [(String, String, [String], String)] = [
      (#"a+|\s"#, "_", ["baac", " ", "", "a"], "b_c__"),
      ("a*", "<>", ["baac", ""], "<>b<>c<>"),
      ("^[^a]|$", "^", ["ba", "", "a"], "^a^a^"),
      (#"(a)\1|\bn"#, "$1", ["aan n", "n"], "$1n $1$1"),
    ]
    for (source, content, texts, expected) in rows {
      let pattern = try SplitPattern(source, dialect: .oniguruma)
      let decoding = try TextDecoding(.replace(.regex(pattern), content: content))
      #expect(try decoding.text(texts) == expected)
      #expect(try decoding.parts(texts).joined() == expected)
    }
  }

  // Where the original crashes: more characters to strip than there are.
  @Test func `strips what there is`() throws {
    let rows: [(Int, Int, String, String)] = [
      (2, 2, "aaa", ""), (0, 3, "aa", ""), (0, 1, "", ""), (1, 1, "a", ""), (2, 2, "aabaa", "b"),
      (.max, .max, "aabaab", "baab"), (1, 1, "aaaa", "aa"),
    ]
    for (start, stop, text, expected) in rows {
      let decoding = try TextDecoding(.strip(content: "a", start: start, stop: stop))
      #expect(try decoding.text([text]) == expected, "\(start) \(stop) \(text)")
    }
  }

  @Test func `keeps no more than it must`() throws {
    let llama: TokenDecoder = .sequence([
      .replace(.string("▁"), content: " "), .byteFallback, .fuse,
      .strip(content: " ", start: 1, stop: 0),
    ])
    let pattern = try SplitPattern("b", dialect: .oniguruma)
    let rows: [(TokenDecoder, [String], [String])] = [
      (
        .wordPiece(prefix: "##", cleansUp: true), ["a", "b", "##c", "."], ["a", " b", "c", ".", ""]
      ),
      (llama, ["▁a", "b", "<0xC3>", "<0xA9>", "▁", "c"], ["a", "b", "", "", "é ", "c", ""]),
      (llama, ["▁", "▁a", "<0x61>", "<0xFF>", "<0xFF>"], ["", " a", "", "��", "�", ""]),
      (.bpe(suffix: "</w>"), ["a", "b</w>", "c</w>"], ["a", "b", " c", ""]),
      (
        .sequence([.fuse, .bpe(suffix: "</w>")]), ["a", "</", "w", ">", "b"],
        ["a", "", "", "", "", "b"]
      ),
      (
        .sequence([.fuse, .replace(.string("ab"), content: "")]), ["ca", "a", "b"],
        ["c", "a", "", ""]
      ),
      (
        .sequence([.fuse, .strip(content: "a", start: 0, stop: 2)]), ["baaa", "c", "aa", "a"],
        ["ba", "aac", "", "a", ""]
      ),
      (
        .sequence([.fuse, .wordPiece(prefix: "##", cleansUp: true)]), ["a ", "do", "g", " ", "."],
        ["a", "", " dog", "", ".", ""]
      ),
      (.sequence([.fuse, .byteFallback]), ["ab", "<0", "x41>"], ["ab", "<0", "x41>", ""]),
      (.sequence([.fuse, .byteFallback]), ["<0", "x", "41>"], ["", "", "", "A"]),
      (
        .byteLevel(addsPrefixSpace: true, trimsRanges: true, splits: true), ["Ġa", "Ã", "©", "ð"],
        [" a", "", "é", "", "�"]
      ),
      (.replace(.regex(pattern), content: "x"), ["ab", "b"], ["ax", "x", ""]),
      // Once all is one text, a pattern needs all of it.
      (
        .sequence([.fuse, .replace(.regex(pattern), content: "x")]), ["ab", "b"], ["", "", "axx"]
      ),
      (
        .ctc(pad: "p", wordDelimiter: "|", cleansUp: true), ["a", "a", "|", "p"],
        ["a", "", " ", "", ""]
      ),
      (.spaced, ["a", "", "b"], ["a", " ", " b", ""]),
      (
        .metaspace(replacement: "▁", scheme: .first, splits: true), ["▁a", "▁b"], ["a", " b", ""]
      ),
    ]
    for (decoder, texts, expected) in rows {
      #expect(try TextDecoding(decoder).parts(texts) == expected, "\(decoder)")
    }
  }

  @Test func `refuses what would grow without bounds`() throws {
    let doubling = TokenDecoder.replace(.string("a"), content: "aa")
    #expect(throws: Never.self) {
      try DecodingPlan(.sequence([doubling, doubling]), isByteLevel: false)
    }
    let many = [
      TokenDecoder.sequence(Array(repeating: doubling, count: 40)),
      .sequence(Array(repeating: .replace(.string(""), content: "abc"), count: 64)),
      .sequence(Array(repeating: .bpe(suffix: ""), count: 64)),
      .replace(.string("a"), content: String(repeating: "a", count: 1 << 21)),
    ]
    for decoder in many {
      do throws(VocabularyError) {
        _ = try DecodingPlan(decoder, isByteLevel: false)
        Issue.record("accepted")
      } catch {
        #expect(error.reason == .limit && error.path == "decoder")
      }
    }
  }

  @Test func `the bytes of tokens are the result where nothing else is asked for`() throws {
    let byteLevel = TokenDecoder.byteLevel(addsPrefixSpace: true, trimsRanges: true, splits: true)
    let rows: [(TokenDecoder, Bool, Bool)] = [
      (.bytes, true, true), (.bytes, false, true), (byteLevel, true, true),
      (byteLevel, false, false), (.sequence([.sequence([byteLevel])]), true, true),
      (.sequence([byteLevel, .fuse]), true, false), (.spaced, true, false),
      (.sequence([]), true, false),
    ]
    for (decoder, isByteLevel, expected) in rows {
      let plan = try DecodingPlan(decoder, isByteLevel: isByteLevel)
      #expect(plan.joinsBytes == expected, "\(decoder)")
    }
  }

  @Test func `a text that is too hard for a pattern is an error`() throws {
    let pattern = try SplitPattern(#"(?:a|aa)+(?=b)"#, dialect: .oniguruma)
    let decoder: TokenDecoder = .sequence([.fuse, .replace(.regex(pattern), content: "")])
    let tokenizer = try SmallVocabulary(merges: []).tokenizer(decoder: decoder)
    let ids = Array(repeating: TokenID(0x61), count: 5_000)
    do throws(DecodingError) {
      _ = try tokenizer.decode(ids)
      Issue.record("no limit was met")
    } catch {
      #expect(error.reason == .patternLimit)
    }
    var streaming = StreamingDecoder(tokenizer)
    for id in ids { #expect(try streaming.append(id).isEmpty) }
    do throws(DecodingError) {
      _ = try streaming.finish()
      Issue.record("no limit was met")
    } catch {
      #expect(error.reason == .patternLimit)
    }
    #expect(try streaming.append(0x62).isEmpty)
    #expect(try streaming.finish() == "b")
  }

  /// Long texts of one text and long lists take as long as they are.
  @Test func `linear`() throws {
    let decoding = try TextDecoding(
      .sequence([
        .fuse, .wordPiece(prefix: "##", cleansUp: true), .replace(.string("aaab"), content: "b"),
        .bpe(suffix: "aaac"), .strip(content: "a", start: 1, stop: .max), .byteFallback,
      ]))
    let texts = Array(repeating: "aaa", count: 50_000).map { Array($0.utf8) }
    #expect(try decoding.decode(texts, inParts: false).joined().isEmpty)
    #expect(try decoding.decode(texts, inParts: true).joined().isEmpty)
  }
}

// MARK: - Against the definition

@Suite struct DecodingReferenceTests {
  private static let pairs: [(TokenDecoder, ReferenceDecoder)] = [
    (.spaced, .spaced), (.fuse, .fuse), (.byteFallback, .byteFallback),
    (.byteLevel(addsPrefixSpace: true, trimsRanges: true, splits: true), .byteLevel),
    (
      .metaspace(replacement: "▁", scheme: .always, splits: true),
      .metaspace("▁", removesInFirst: true)
    ),
    (
      .metaspace(replacement: "a", scheme: .never, splits: true),
      .metaspace("a", removesInFirst: false)
    ),
    (.wordPiece(prefix: "##", cleansUp: true), .wordPiece(prefix: "##", cleansUp: true)),
    (.wordPiece(prefix: "a", cleansUp: false), .wordPiece(prefix: "a", cleansUp: false)),
    (.wordPiece(prefix: "", cleansUp: true), .wordPiece(prefix: "", cleansUp: true)),
    (.bpe(suffix: "</w>"), .bpe(suffix: "</w>")), (.bpe(suffix: "aa"), .bpe(suffix: "aa")),
    (.bpe(suffix: ""), .bpe(suffix: "")),
    (
      .ctc(pad: "a", wordDelimiter: "|", cleansUp: true),
      .ctc(pad: "a", wordDelimiter: "|", cleansUp: true)
    ),
    (
      .ctc(pad: "ab", wordDelimiter: "", cleansUp: false),
      .ctc(pad: "ab", wordDelimiter: "", cleansUp: false)
    ),
    (.strip(content: " ", start: 1, stop: 0), .strip(" ", start: 1, stop: 0)),
    (.strip(content: "▁", start: 0, stop: 2), .strip("▁", start: 0, stop: 2)),
    (.strip(content: "a", start: 2, stop: 1), .strip("a", start: 2, stop: 1)),
    (.replace(.string("▁"), content: " "), .replace("▁", content: " ")),
    (.replace(.string("aba"), content: "ab"), .replace("aba", content: "ab")),
    (.replace(.string("aab"), content: ""), .replace("aab", content: "")),
    (.replace(.string(""), content: "-"), .replace("", content: "-")),
    (.replace(.string("a"), content: "<0x4"), .replace("a", content: "<0x4")),
  ]

  private static let texts: [String] = [
    "", "a", "b", "ab", "aa", "aab", "aba", " ", "  ", "▁", "▁▁", "▁a", "##", "##a", "#", "</w>",
    "a</w>", "</w", "<0x41>", "<0xC3>", "<0xA9>", "<0xE4>", "<0xB8>", "<0xAD>", "<0xFF>", "1>",
    "<0x+A>", "é", "中", "😀", "\u{FFFD}", ".", "'", "n't", "'s", " do not", "do", "not", " ' ", "|",
    "Ġ", "Ã", "©", "ä", "¸", "Ń", "ð", "\n", "e\u{301}", "─",
  ]

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `any decoders over any texts, whole and in parts`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<250 {
      let chain = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        Self.pairs.randomElement(using: &generator) ?? Self.pairs[0]
      }
      let pool = (0..<6).map { _ in Self.texts.randomElement(using: &generator) ?? "" }
      let texts = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
        Array((pool.randomElement(using: &generator) ?? "").utf8)
      }
      let expected = Array(chain.reduce(texts) { $1.1.decode($0) }.joined())
      let decoding = try TextDecoding(.sequence(chain.map(\.0)))
      #expect(Array(try decoding.decode(texts, inParts: false).joined()) == expected, "\(chain)")
      let parts = try decoding.decode(texts, inParts: true)
      #expect(Array(parts.joined()) == expected, "\(chain) \(texts)")
      for part in parts { #expect(incompleteSuffixCount(of: part.span) == 0, "\(chain)") }
    }
  }

  @Test func `characters end where they end`() {
    // The borders of what may stand in each place.
    let edges: [UInt8] = [
      0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0,
      0xF1, 0xF4, 0xF5,
    ]
    let followers: [UInt8] = [0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2, 0xF0]
    var all: [[UInt8]] = [[]]
    for length in 1...4 {
      let bytes = length > 2 ? followers : edges
      all += all.filter { $0.count == length - 1 }.flatMap { start in bytes.map { start + [$0] } }
    }
    for bytes in all {
      var boundary = CharacterBoundary()
      let isWhole = bytes.allSatisfy { boundary.take($0) } && boundary.isBetween
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      if isWhole != isValid { Issue.record("\(bytes)") }
      let suffix = incompleteSuffixCount(of: bytes.span)
      // Something can follow that makes the suffix a character, and nothing longer.
      let expected = (1...3).last { length in
        length <= bytes.count && canBeCompleted(Array(bytes.suffix(length)))
      }
      if suffix != expected ?? 0 { Issue.record("\(bytes) \(suffix)") }
    }
  }

  private func canBeCompleted(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, first >= 0xC0,
      !bytes.dropFirst().contains(where: { $0 & 0xC0 != 0x80 })
    else { return false }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard length > bytes.count else { return false }
    let rest = Array(repeating: 0x80 as UInt8, count: length - bytes.count - 1)
    return [0x80, 0x9F, 0xBF].contains {
      String(validating: bytes + [$0] + rest, as: UTF8.self) != nil
    }
  }
}
