import TestSupport
import Testing
import Tok

/// The vocabularies that `vocabularies/training/make` trained, on texts of every kind; the ids of three of
/// them are in `GoldenFileTests`.
@Suite struct TrainedVocabularyTests {
  @Test(arguments: ["tok-bpe-32k", "tok-lib-32k"])
  func `give every text back`(name: String) throws {
    let tokenizer = try Vocabularies.tokenizer(name)
    let reopened = try Tokenizer(bytes: tokenizer.compiled().span)
    for row in try GoldenFile(vocabulary: "tok-bpe-32k").rows {
      let ids = try tokenizer.encode(row.text.span, addsTemplate: false)
      let text = String(decoding: row.text, as: UTF8.self)
      #expect(try tokenizer.decodeBytes(ids) == row.text, "\(text)")
      #expect(try reopened.encode(row.text.span, addsTemplate: false) == ids, "\(text)")
      #expect(try tokenizer.countTokens(in: row.text.span, addsTemplate: false) == ids.count)
    }
    for bytes in [Array(0...255 as ClosedRange<UInt8>), [0xED, 0xA0, 0x80, 0x61, 0xFF]] {
      let ids = try tokenizer.encode(bytes.span, addsTemplate: false)
      #expect(try tokenizer.decodeBytes(ids) == bytes)
    }
  }

  @Test(arguments: ["tok-bpe-32k", "tok-unigram-32k", "tok-wordpiece-32k", "tok-lib-32k"])
  func `have as many tokens as their names say`(name: String) throws {
    let count = try Vocabularies.tokenizer(name).idCount
    #expect(name == "tok-lib-32k" ? (31_000...32_000).contains(count) : count == 32_000)
  }
}
