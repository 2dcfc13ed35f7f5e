import TestSupport
import Testing

@testable import Tokenization

@Suite struct TokenizerThreadsTests {
  private static let template = PostProcessor.template(
    Template(
      single: [.special("<s>", typeID: 0), .sequence(.a, typeID: 0), .special("<e>", typeID: 0)],
      pair: [],
      specialTokens: [
        .init(name: "<s>", ids: [900], tokens: ["<s>"]),
        .init(name: "<e>", ids: [901, 901], tokens: ["<e>", "<e>"]),
      ]))
  private static let added = [AddedToken("<s>", id: 900), AddedToken("<e>", id: 901)]

  private static func tokenizer(_ splitter: KnownSplitter) throws -> Tokenizer {
    try SmallVocabulary.trained.tokenizer(
      splitter: splitter.splitter(), addedTokens: added, postProcessor: template)
  }

  @Test(arguments: [1, 2, 5], [true, false])
  func `any number of threads`(threads: Int, addsTemplate: Bool) throws {
    var generator = SeededGenerator(seed: 1)
    let tokenizer = try Self.tokenizer(.cl100kPossessive)
    var bytes: [UInt8] = []
    var documents: [Range<Int>] = []
    for round in 0..<200 {
      let text =
        round % 5 == 0
        ? [] : RandomText.mixture(Int.random(in: 0...60, using: &generator), using: &generator)
      documents.append(bytes.count..<(bytes.count + text.count))
      bytes += text
    }
    let expected = try documents.map {
      try tokenizer.encode(bytes.span.extracting($0), addsTemplate: addsTemplate)
    }
    let batch = try tokenizer.encode(
      documents: documents, in: bytes.span, addsTemplate: addsTemplate, threads: threads)
    #expect(batch.count == 200)
    #expect(batch.ends.indices.map { Array(batch[$0]) } == expected)
    #expect(batch.ends.last == batch.ids.count)
  }

  @Test func `strings`() throws {
    let tokenizer = try Self.tokenizer(.gpt2)
    let texts = ["the", "", "a b"]
    for threads in [1, 3] {
      #expect(
        try tokenizer.encode(texts, threads: threads) == texts.map { try tokenizer.encode($0) })
    }
    #expect(try tokenizer.encode([String](), threads: 2) == [])
    #expect(try tokenizer.encode(documents: [], in: [UInt8]().span) == EncodedBatch())
  }

  /// Long enough to be cut; letters before spaces are rare, so that the cut has to be looked for.
  @Test(arguments: [KnownSplitter.cl100kPossessive, .o200k, .deepSeek], [2, 5])
  func `huge documents are cut`(splitter: KnownSplitter, threads: Int) throws {
    var generator = SeededGenerator(seed: 3)
    let tokenizer = try Self.tokenizer(splitter)
    let units = (0..<100).map { _ in RandomText.mixture(10, using: &generator) }
    let huge = RandomText.made(of: units, atLeast: 600_000, using: &generator)
    let small = Array("the end".utf8)
    let bytes = small + huge + small
    let documents = [
      0..<small.count, small.count..<(small.count + huge.count),
      (small.count + huge.count)..<bytes.count,
    ]
    let expected = try documents.map { try tokenizer.encode(bytes.span.extracting($0)) }
    let batch = try tokenizer.encode(documents: documents, in: bytes.span, threads: threads)
    #expect(batch.ends.indices.allSatisfy { Array(batch[$0]) == expected[$0] })
    #expect(try tokenizer.encode(huge.span, threads: threads) == expected[1])
  }

  @Test func `a huge document without a place to cut`() throws {
    let tokenizer = try Self.tokenizer(.gpt2)
    let text = [UInt8](repeating: 0x2E, count: 600_000)
    #expect(try tokenizer.encode(text.span, threads: 4) == tokenizer.encode(text.span))
  }

  @Test(arguments: [1, 2, 5])
  func `the first text that is refused`(threads: Int) throws {
    let tokenizer = try Self.tokenizer(.gpt2)
    var texts = [String](repeating: "some text of no account", count: 20_000)
    texts[7] = "a <e>"
    texts[15_000] = "<s>"
    do throws(BatchError) {
      _ = try tokenizer.encode(texts, specialTokens: .refuse, threads: threads)
      Issue.record("accepted")
    } catch {
      #expect(error.index == 7)
      #expect(error.error.range == 2..<5)
      #expect(error.description.hasPrefix("text 7: byte 2: "))
    }
  }
}
