import References
import TestSupport
import Testing
import Tok
import Tokenization
import TokenizerFormats

@testable import TokenizerTraining

@Suite struct BPETrainerTests {
  private func train(
    _ words: [(word: [UInt8], count: UInt64)], _ options: BPETrainer.Options
  ) throws -> BytePairDefinition? {
    let splitter = Splitter([.byteLevel(addsPrefixSpace: false, splits: true)])
    let trained = try BPETrainer(options, Preprocessing(splitter: splitter, isByteLevel: true))
      .train(on: WordCounts(words), TrainingRun())
    let file = try trained.source.written(as: .tokenizerJSON).bytes
    return try readTokenizerJSON(file.span).model as? BytePairDefinition
  }

  @Test func equalsTheReferenceOnRandomWords() throws {
    var generator = SeededGenerator(seed: 5)
    for round in 0..<300 {
      let letters = UInt8.random(in: 1...4, using: &generator)
      var counts: [[UInt8]: UInt64] = [:]
      for _ in 0..<Int.random(in: 1...40, using: &generator) {
        let length = Int.random(in: 1...12, using: &generator)
        let word = (0..<length).map { _ in 97 + UInt8.random(in: 0..<letters, using: &generator) }
        counts[word, default: 0] += UInt64.random(in: 1...9, using: &generator)
      }
      let words = counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      var options = BPETrainer.Options()
      options.compatibility = .huggingface
      options.vocabularySize = Int.random(in: 1...80, using: &generator)
      options.minimumFrequency = UInt64.random(in: 0...4, using: &generator)
      if round.isMultiple(of: 3) {
        options.maximumTokenLength = Int.random(in: 1...8, using: &generator)
      }
      let model = try #require(try train(words.map { (word: $0.key, count: $0.value) }, options))
      let reference = ReferenceBPETrainer(
        words.map { (word: $0.key, count: Int($0.value)) }, alphabet: Array(97..<123),
        size: options.vocabularySize, minimumFrequency: Int(options.minimumFrequency),
        maximumLength: options.maximumTokenLength ?? .max)
      #expect((0..<model.tokens.count).map { model.tokens[$0] } == reference.tokens)
      guard case .listed(let merges) = model.merges else {
        Issue.record("merges are listed")
        return
      }
      #expect(merges.map { [$0.left, $0.right] } == reference.listedMerges, "round \(round)")
    }
  }
}
