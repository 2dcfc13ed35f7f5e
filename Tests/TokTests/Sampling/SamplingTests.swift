import DefaultVocabulary
import TestSupport
import Testing
import Tok

@Suite struct SamplingTests {
  /// A file with a Metaspace pre-tokenizer and the model that `model` is.
  private static func tokenizer(_ model: String) throws -> Tokenizer {
    let space = #"{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true}"#
    let text =
      #"{"version":"1.0","added_tokens":[],"normalizer":null,"pre_tokenizer":\#(space),"#
      + #""post_processor":null,"decoder":\#(space),"model":\#(model)}"#
    return try Tokenizer(bytes: Array(text.utf8).span)
  }

  private static func unigram() throws -> Tokenizer {
    try tokenizer(
      #"{"type":"Unigram","unk_id":0,"vocab":[["<unk>",0],["▁",-2],["a",-2],["b",-2.5],["▁a",-3],"#
        + #"["ab",-3.2],["▁ab",-4]]}"#)
  }

  private static func pairs() throws -> Tokenizer {
    try tokenizer(
      #"{"type":"BPE","unk_token":"<unk>","vocab":{"<unk>":0,"▁":1,"a":2,"b":3,"ab":4,"▁ab":5},"#
        + #""merges":["a b","▁ ab"]}"#)
  }

  // MARK: dropout

  @Test func `dropout of nothing is encoding, of everything leaves characters`() throws {
    var generator = SeededGenerator(seed: 1)
    for (tokenizer, text) in [
      (try Self.pairs(), "ab abab b"), (Tokenizer.default, "Less is better, 語る 12345"),
    ] {
      let encoded = try tokenizer.encode(text)
      #expect(try tokenizer.draw(.dropout(0), from: text, using: &generator) == encoded)
      let drawn = try tokenizer.draw(.dropout(1), from: text, using: &generator)
      #expect(drawn.count > encoded.count)
      #expect(try tokenizer.decode(drawn) == text)
    }
  }

  @Test func `the same seed draws the same ids, and all decode to the text`() throws {
    let text = "BPE-dropout leaves merges out, one in three."
    var seen: Set<[TokenID]> = []
    for seed in 0..<40 as Range<UInt64> {
      var one = SeededGenerator(seed: seed)
      var other = SeededGenerator(seed: seed)
      let ids = try Tokenizer.default.draw(.dropout(0.3), from: text, using: &one)
      #expect(try Tokenizer.default.draw(.dropout(0.3), from: text, using: &other) == ids)
      #expect(try Tokenizer.default.decode(ids) == text)
      // The generator has moved on.
      #expect(one.next() == other.next())
      seen.insert(ids)
    }
    #expect(seen.count > 30)
  }

  // One merge, `a b`, then `▁ ab`: without the first there is no second.
  @Test func `merges are left out as often as asked for`() throws {
    let tokenizer = try Self.pairs()
    var generator = SeededGenerator(seed: 7)
    var counts: [[TokenID]: Int] = [:]
    for _ in 0..<4000 {
      counts[try tokenizer.draw(.dropout(0.25), from: "ab", using: &generator), default: 0] += 1
    }
    // 0.25 of nothing, 0.75 * 0.25 of one merge, the rest of both; five standard deviations.
    #expect(abs(counts[[1, 2, 3], default: 0] - 1000) < 140)
    #expect(abs(counts[[1, 4], default: 0] - 750) < 125)
    #expect(abs(counts[[5], default: 0] - 2250) < 160)
    #expect(counts.count == 3)
  }

  // MARK: segmentations

  @Test func `the best encodings of several pretokens`() throws {
    let tokenizer = try Self.unigram()
    let text = "ab a"
    // ▁ab -4, ▁a b -5.5, ▁ ab -5.2, ▁ a b -6.5; ▁a -3, ▁ a -4.
    let rows: [([TokenID], Double)] = [
      ([6, 4], -7), ([6, 1, 2], -8), ([1, 5, 4], -8.2), ([4, 3, 4], -8.5), ([1, 5, 1, 2], -9.2),
    ]
    let best = try tokenizer.bestEncodings(of: text, count: 5)
    #expect(best.map(\.ids) == rows.map(\.0))
    for (found, row) in zip(best, rows) { #expect(abs(found.score - row.1) < 1e-9) }
    #expect(best.first?.ids == (try tokenizer.encode(text)))
    #expect(try tokenizer.bestEncodings(of: text, count: 100).count == 8)
    #expect(try tokenizer.bestEncodings(of: text, count: 0).isEmpty)
  }

  @Test func `segmentations are drawn with their probabilities`() throws {
    let tokenizer = try Self.unigram()
    var generator = SeededGenerator(seed: 3)
    var counts: [[TokenID]: Int] = [:]
    for _ in 0..<4000 {
      let ids = try tokenizer.draw(
        .segmentation(inverseTemperature: 0), from: "ab", using: &generator)
      counts[ids, default: 0] += 1
    }
    // Four segmentations, equally likely.
    #expect(counts.count == 4 && counts.values.allSatisfy { abs($0 - 1000) < 140 })
    for _ in 0..<20 {
      let ids = try tokenizer.draw(
        .segmentation(inverseTemperature: 60), from: "ab", using: &generator)
      #expect(ids == [6])
    }
  }

  // MARK: refused

  @Test func `what a model does not do is an error`() throws {
    var generator = SeededGenerator(seed: 1)
    let unigram = try Self.unigram()
    let pairs = try Self.pairs()
    for (tokenizer, drawing) in [
      (unigram, Drawing.dropout(0.1)), (pairs, .segmentation(inverseTemperature: 1)),
      (pairs, .dropout(-0.1)), (pairs, .dropout(.nan)),
      (unigram, .segmentation(inverseTemperature: .infinity)),
    ] {
      let error = #expect(throws: EncodingError.self) {
        try tokenizer.draw(drawing, from: "a", using: &generator)
      }
      #expect(error?.reason == .unsupported)
    }
    #expect(throws: EncodingError.self) { try pairs.bestEncodings(of: "a", count: 2) }
  }

  // MARK: cutting

  @Test func `fewest tokens`() throws {
    let tokenizer = try Tokenizer.default.cutting(.fewestTokens)
    for text in ["Less is better.", "antidisestablishmentarianism 1234567", "語る 🇩🇪\u{0}", ""] {
      let ids = try tokenizer.encode(text)
      #expect(ids.count <= (try Tokenizer.default.encode(text).count))
      #expect(try tokenizer.decode(ids) == text)
      #expect(try tokenizer.tokenize(text).map(\.id) == ids)
    }
  }

  @Test func `highest likelihood`() throws {
    let pairs = try Self.pairs()
    // `▁ ab` has -3, `▁ab` -5, `▁ a b` -3.5.
    let tokenizer = try pairs.cutting(.highestLikelihood(scores: [-9, -1, -1, -1.5, -2, -5]))
    #expect(try tokenizer.encode("ab ab") == [1, 4, 1, 4])
    #expect(try tokenizer.decode([1, 4, 1, 4]) == "ab ab")
    #expect(throws: VocabularyError.self) { try pairs.cutting(.highestLikelihood(scores: [1])) }
    let compiled = try Tokenizer(bytes: tokenizer.compiled().span)
    #expect(try compiled.encode("ab ab") == [1, 4, 1, 4])
  }
}
