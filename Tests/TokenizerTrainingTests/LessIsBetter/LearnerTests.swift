import References
import TestSupport
import Testing
import Tokenization

@testable import TokenizerTraining

/// The trainer against the plain one, on random small texts.
struct LearnerTests {
  /// The generator of both, so that the plain one draws the same numbers.
  private final class Draws: @unchecked Sendable {
    var generator: SplitMix
    init(seed: UInt64) { generator = SplitMix(state: seed) }
  }

  @Test(arguments: LessIsBetterOptions.Variant.allCases)
  func `the plain trainer learns the same`(variant: LessIsBetterOptions.Variant) throws {
    var random = SeededGenerator(seed: 7)
    for round in 0..<8 as Range<UInt64> {
      let letters = Array("abcdé字".unicodeScalars.prefix(Int.random(in: 1...6, using: &random)))
      let sentences = (0..<Int.random(in: 1...24, using: &random)).map { _ in
        (0..<Int.random(in: 1...20, using: &random)).map { _ in
          letters[Int.random(in: letters.indices, using: &random)].value
        }
      }
      var options = LessIsBetterOptions.published(variant)
      options.documents = .consecutive(sentences: Int.random(in: 1...8, using: &random))
      options.documentCount = 30
      options.seed = round
      options.memorizingRate = [1, 0.5, 0.25][Int.random(in: 0..<3, using: &random)]
      options.forgettingRate = [0.01, 0.1, 0.5][Int.random(in: 0..<3, using: &random)]
      options.updateRate = [0.1, 0.2, 0.9][Int.random(in: 0..<3, using: &random)]
      options.life = Int.random(in: 1...4, using: &random)
      options.maximumCharacterCount = Int.random(in: 1...12, using: &random)
      options.inspectsContext = Bool.random(using: &random)
      if Bool.random(using: &random) { options.vocabularySize = 13 }
      try compare(options, sentences)
    }
  }

  private func compare(_ options: LessIsBetterOptions, _ sentences: [[UInt32]]) throws {
    var strings = ByteStrings()
    for sentence in sentences {
      var text = String.UnicodeScalarView()
      for character in sentence { text.append(try #require(Unicode.Scalar(character))) }
      strings.append(String(text).utf8)
    }
    let draws = Draws(seed: options.seed)
    var plain = ReferenceLearner(
      .init(options), draw: { draws.generator.uniform() })
    guard case .consecutive(let length) = options.documents else { return }
    let documents = stride(from: 0, to: sentences.count, by: length).map {
      Array(sentences[$0...].prefix(length))
    }
    if options.variant == .lib2020 {
      plain.begin(with: Array(Set(documents[0].joined()).sorted().prefix(options.unitLimit)))
    }
    var training = LessIsBetterTraining(options, strings)
    for document in 0..<options.documentCount {
      training.readDocument()
      plain.read(documents[document % documents.count])
      let units = training.lexicon.units.map { Array(training.lexicon.trie.characters(of: $0)) }
      try #require(units == plain.lexicon, "document \(document) of \(options) in \(sentences)")
      try #require(training.lexicon.watchedCount == plain.watchedCount)
    }
  }
}

extension ReferenceLearner.Options {
  fileprivate init(_ options: LessIsBetterOptions) {
    self.init(
      isOf2020: options.variant == .lib2020, lengthLimit: options.maximumCharacterCount ?? .max,
      sizeLimit: options.unitLimit)
    memorizingRate = options.memorizingRate
    forgettingRate = options.forgettingRate
    updateRate = options.updateRate
    life = options.life
    gapLimit = options.maximumGap
    inspectsContext = options.inspectsContext
  }
}
