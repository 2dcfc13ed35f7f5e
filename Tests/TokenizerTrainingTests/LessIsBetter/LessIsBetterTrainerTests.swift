import TestSupport
import Testing
import Tok
import Tokenization

@testable import TokenizerTraining

struct LessIsBetterTrainerTests {
  static let text = String(
    repeating: "look at the book\nthe dog is here\nérable et été\n這樣的處理也衍生了\nthe doggie\n", count: 9
  )

  @Test(arguments: LessIsBetterOptions.Variant.allCases)
  func `every text can be encoded within the size`(
    variant: LessIsBetterOptions.Variant
  ) throws {
    var options = LessIsBetterOptions(variant)
    options.documents = .consecutive(sentences: 5)
    options.documentCount = 40
    options.vocabularySize = 320
    let source = try TrainingSource(
      .buffer(Array(Self.text.utf8) + [0xFF, 0xC3, 0x0A]), unit: .bareLine)
    let trained = try LessIsBetterTrainer(options).train(on: [source])
    #expect(trained.report.tokenCount <= 320)
    let tokenizer = try trained.source.tokenizer()
    for text in ["", "the dog", "ein Übel 🐙", Self.text] {
      #expect(try tokenizer.decode(tokenizer.encode(text)) == text)
    }
  }

  @Test func `says why there are fewer tokens`() throws {
    var options = LessIsBetterOptions()
    options.documents = .consecutive(sentences: 5)
    options.documentCount = 40
    options.vocabularySize = 100_000
    let lines = Self.text.split(separator: "\n").map { Array($0.utf8) }
    let report = try LessIsBetterTrainer(options).train(on: lines).report
    #expect(report.shortage == .unlearned && report.tokenCount < 100_000)
    let letters = Set(Self.text.utf8.filter { $0 < 0x80 && $0 != 0x0A }).count
    #expect(
      report.remarks.contains("\(letters) of the bytes, for which room is kept, are units"))
    options.vocabularySize = nil
    #expect(try LessIsBetterTrainer(options).train(on: lines).report.shortage == nil)
  }

  @Test(arguments: LessIsBetterOptions.Variant.allCases)
  func `what goes on from a checkpoint ends alike`(
    variant: LessIsBetterOptions.Variant
  ) throws {
    var options = LessIsBetterOptions.published(variant)
    options.documents = .sampled(documents: 4, sentences: 6)
    options.documentCount = 40
    var strings = ByteStrings()
    for line in Self.text.split(separator: "\n") { strings.append(line.utf8) }
    var whole = LessIsBetterTraining(options, strings)
    for _ in 0..<17 { whole.readDocument() }
    var resumed = LessIsBetterTraining(options, strings)
    try resumed.restore(whole.saved())
    for _ in 17..<40 {
      whole.readDocument()
      resumed.readDocument()
      #expect(
        whole.lexicon.units.map { Array(whole.lexicon.trie.characters(of: $0)) }
          == resumed.lexicon.units.map { Array(resumed.lexicon.trie.characters(of: $0)) })
    }
    for end in 0..<whole.saved().count {
      #expect(throws: TrainingError.self) { try resumed.restore(Array(whole.saved()[..<end])) }
    }
  }

  @Test func `options without a meaning are errors`() {
    var options = LessIsBetterOptions()
    options.updateRate = 1
    #expect(throws: TrainingError.self) { try LessIsBetterTrainer(options) }
    options = LessIsBetterOptions()
    options.vocabularySize = 256
    #expect(throws: TrainingError.self) { try LessIsBetterTrainer(options) }
  }

  @Test(arguments: [LessIsBetterOptions.Variant.lib2020, .lib2023])
  func `goes on from a lexicon and keeps its ids`(variant: LessIsBetterOptions.Variant) throws {
    var options = LessIsBetterOptions(variant)
    options.documents = .consecutive(sentences: 10)
    options.documentCount = 20
    options.vocabularySize = 300
    var generator = SeededGenerator(seed: 3)
    func sentences(_ words: [String]) -> [[UInt8]] {
      (0..<60).map { _ in
        Array((0..<9).map { _ in words.randomElement(using: &generator) ?? "" }.joined().utf8)
      }
    }
    let base = try LessIsBetterTrainer(options).train(on: sentences(["the", "cat", "sat", "é"]))
    let old = try base.source.tokenizer()
    options.vocabularySize = 330
    let extended = try LessIsBetterTrainer(options, extending: base.source)
      .train(on: sentences(["dog", "the", "barks", "漢"]))
    let new = try extended.source.tokenizer()
    for id in 0..<old.idCount { #expect(old.bytes(of: TokenID(id)) == new.bytes(of: TokenID(id))) }
    #expect(new.tokenCount > old.tokenCount && new.tokenCount <= 330)
    #expect(extended.report.tokenCount == new.tokenCount)
    let text = Array("thedogsatbarks漢\u{FF}".utf8) + [0xFF]
    #expect(try new.decodeBytes(new.encode(text.span)) == text)
    options.vocabularySize = 200
    #expect(throws: TrainingError.self) {
      try LessIsBetterTrainer(options, extending: base.source)
    }
  }
}
