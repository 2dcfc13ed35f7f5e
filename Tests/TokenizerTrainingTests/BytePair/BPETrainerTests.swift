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

  /// The clean rule, over characters, with all that changes which characters there are.
  @Test func equalsTheDefinitionOverCharacters() throws {
    var generator = SeededGenerator(seed: 7)
    for round in 0..<60 {
      let letters = Array(
        "abcé\u{4E00}".unicodeScalars.prefix(.random(in: 1...5, using: &generator)))
      var counts: [String: Int] = [:]
      for _ in 0..<Int.random(in: 1...25, using: &generator) {
        var word = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 1...8, using: &generator) {
          word.append(letters[Int.random(in: 0..<letters.count, using: &generator)])
        }
        counts[String(word), default: 0] += Int.random(in: 1...9, using: &generator)
      }
      var reference = ReferenceCharacterTrainer.Options()
      var options = BPETrainer.Options()
      reference.size = Int.random(in: 1...60, using: &generator)
      reference.minimumFrequency = Int.random(in: 1...4, using: &generator)
      if round % 3 == 0 { reference.maximumLength = Int.random(in: 1...5, using: &generator) }
      reference.specialTokens = ["<s>", "ab"].filter { _ in Bool.random(using: &generator) }
      switch round % 5 {
      case 0: reference.limitAlphabet = Int.random(in: 0...5, using: &generator)
      case 1: reference.coverage = Double.random(in: 0...1, using: &generator)
      case 2: reference.prefix = "##"
      case 3: reference.suffix = "</w>"
      default: reference.requiredTokens = ["abc", "bab", "ab"]
      }
      options.vocabularySize = reference.size
      options.minimumFrequency = UInt64(reference.minimumFrequency)
      options.maximumTokenLength = reference.maximumLength
      options.specialTokens = reference.specialTokens + ["<unk>"]
      reference.specialTokens = options.specialTokens
      options.unknownToken = "<unk>"
      options.limitAlphabet = reference.limitAlphabet
      options.characterCoverage = reference.coverage
      options.continuingSubwordPrefix = reference.prefix.isEmpty ? nil : reference.prefix
      options.endOfWordSuffix = reference.suffix.isEmpty ? nil : reference.suffix
      options.requiredTokens = reference.requiredTokens
      let words = counts.sorted { $0.key < $1.key }
      let expected = ReferenceCharacterTrainer(
        words.map { (word: $0.key, count: $0.value) }, reference)
      let trained = try BPETrainer(
        options, Preprocessing(splitter: Splitter([.whitespace]), isByteLevel: false)
      )
      .train(on: WordCounts(words.map { (Array($0.key.utf8), UInt64($0.value)) }), TrainingRun())
      let file = try trained.source.written(as: .tokenizerJSON).bytes
      let model = try #require(try readTokenizerJSON(file.span).model as? CharacterPairDefinition)
      let tokens = (0..<model.tokens.count).map {
        String(decoding: model.tokens[$0], as: UTF8.self)
      }
      #expect(tokens == expected.tokens, "round \(round)")
      guard case .listed(let merges) = model.merges else {
        Issue.record("merges are listed")
        return
      }
      let pairs = merges.map { [tokens[Int($0.left)], tokens[Int($0.right)]] }
      // Of a pair that was required twice the later one is listed.
      var seen: Set<[String]> = []
      let listed = Array(expected.merges.reversed().filter { seen.insert($0).inserted }.reversed())
      #expect(pairs == listed, "round \(round)")
    }
  }
}
