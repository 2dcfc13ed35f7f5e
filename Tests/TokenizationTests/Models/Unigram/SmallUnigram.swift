import References
import TestSupport

@testable import Tokenization

/// A unigram vocabulary of a few tokens, with its reference.
struct SmallUnigram {
  var tokens: [[UInt8]] = [Array("<unk>".utf8)]
  var scores: [Double] = [0]
  /// Those of sentencepiece's rules; huggingface's where nil.
  var kinds: [UnigramDefinition.Kind]?
  var unknown: TokenID? = 0
  var byteFallback = false

  /// The unknown token first, then `tokens`.
  init(
    _ tokens: [(String, Double)], kinds: [UnigramDefinition.Kind]? = nil, unknown: TokenID? = 0
  ) {
    for (text, score) in tokens {
      self.tokens.append(Array(text.utf8))
      scores.append(score)
    }
    if let kinds { self.kinds = [.unknown] + kinds }
    self.unknown = unknown
  }

  /// Adds `<0x00>` to `<0xFF>`, without the bytes of `missing`.
  mutating func addBytes(missing: Set<UInt8> = []) {
    byteFallback = true
    for byte in 0...255 as ClosedRange<UInt8> where !missing.contains(byte) {
      let digits = String(byte, radix: 16, uppercase: true)
      tokens.append(Array("<0x\(digits.count < 2 ? "0" : "")\(digits)>".utf8))
      scores.append(-30)
      kinds?.append(.byte)
    }
  }

  var definition: UnigramDefinition {
    var strings = ByteStrings()
    for token in tokens { strings.append(token) }
    return UnigramDefinition(
      tokens: strings, scores: scores, unknown: unknown, byteFallback: byteFallback,
      rules: kinds.map { .sentencePiece(kinds: $0) } ?? .huggingface)
  }

  func model() throws -> UnigramModel { try UnigramModel(definition) }

  var reference: ReferenceUnigram {
    var found: [ReferenceUnigram.Token] = []
    var lowest = kinds == nil ? Double.infinity : Double(Float.greatestFiniteMagnitude)
    var byteIDs: [UInt8: UInt32] = [:]
    for place in tokens.indices {
      var score = scores[place]
      let name = String(decoding: tokens[place], as: UTF8.self)
      if byteFallback, name.hasPrefix("<0x"), name.count == 6,
        let byte = UInt8(name.dropFirst(3).dropLast(), radix: 16)
      {
        byteIDs[byte] = UInt32(place)
      }
      if let kinds {
        score = Double(Float(score))
        switch kinds[place] {
        case .normal: lowest = min(lowest, score)
        case .userDefined: score = Double(Float(0.1 * Double(tokens[place].count - 1)))
        default: continue
        }
      } else {
        lowest = min(lowest, score)
      }
      found.append(ReferenceUnigram.Token(bytes: tokens[place], id: UInt32(place), score: score))
    }
    let isHuggingface = kinds == nil
    return ReferenceUnigram(
      tokens: found, rules: isHuggingface ? .huggingface : .sentencePiece, unknown: unknown ?? 0,
      unknownScore: isHuggingface ? lowest - 10 : Double(Float(lowest) - 10), byteIDs: byteIDs)
  }

  /// Scores of which many sums are equal, or nearly so.
  static let closeScores: [Double] = [
    -1, -2, -3, -4, -0.1, -0.2, -0.3, -0.6, -1.1, -1.3, -2.4, -3.9, -10.7, -1.000_000_1, 0, 2.5,
  ]

  /// - Parameter scale: what scores are multiplied by.
  static func random(
    sentencePiece: Bool, alphabet: [String], tokenCount: Int, scale: Double = 1,
    using generator: inout SeededGenerator
  ) -> SmallUnigram {
    var vocabulary = SmallUnigram([], kinds: sentencePiece ? [] : nil)
    var seen: Set<String> = []
    for _ in 0..<tokenCount {
      let length = Int.random(in: 1...4, using: &generator)
      let text = (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "" }.joined()
      // Twice the same is an error of sentencepiece's, and not of huggingface's.
      if !seen.insert(text).inserted, sentencePiece { continue }
      vocabulary.tokens.append(Array(text.utf8))
      let score =
        Bool.random(using: &generator)
        ? closeScores.randomElement(using: &generator) ?? 0
        : Double.random(in: -12...0, using: &generator)
      vocabulary.scores.append(score * scale)
      if sentencePiece {
        let kinds: [UnigramDefinition.Kind] = [.normal, .normal, .normal, .userDefined, .unused]
        vocabulary.kinds?.append(kinds.randomElement(using: &generator) ?? .normal)
      }
    }
    if sentencePiece, seen.isEmpty {
      vocabulary.tokens.append(Array("a".utf8))
      vocabulary.scores.append(-1)
      vocabulary.kinds?.append(.normal)
    }
    if Int.random(in: 0..<3, using: &generator) == 0 {
      vocabulary.addBytes(missing: sentencePiece || Bool.random(using: &generator) ? [] : [0xA9])
    }
    return vocabulary
  }
}

/// A model with what it needs to encode.
struct UnigramEncoder: ~Copyable {
  let model: UnigramModel
  private var scratch = UnigramScratch()
  private var cache = UnigramWordCache()
  private var buffer = IDBuffer()

  init(_ model: UnigramModel) { self.model = model }

  mutating func encode(_ text: [UInt8]) throws -> (ids: [TokenID], ranges: [Range<Int>]) {
    buffer.removeAll()
    buffer.reserve(text.count)
    var ranges = TokenRanges(areWanted: true)
    try model.encode(text.span, to: &buffer, ranges: &ranges, using: &scratch)
    return (ids(), ranges.ranges)
  }

  /// Through the cache of words.
  mutating func encodeSentence(_ text: [UInt8]) throws -> [TokenID] {
    buffer.removeAll()
    buffer.reserve(text.count)
    var ranges = TokenRanges(areWanted: false)
    try model.encodeSentence(
      text.span, to: &buffer, ranges: &ranges, using: &scratch, cache: &cache)
    return ids()
  }

  mutating func ids(
    of segmentation: UnigramSegmentation, _ text: [UInt8]
  ) -> (ids: [TokenID], ranges: [Range<Int>]) {
    buffer.removeAll()
    buffer.reserve(text.count)
    var ranges = TokenRanges(areWanted: true)
    model.append(segmentation, of: text.span, to: &buffer, ranges: &ranges)
    return (ids(), ranges.ranges)
  }

  private func ids() -> [TokenID] {
    var ids: [TokenID] = []
    buffer.appendAll(to: &ids)
    return ids
  }
}

/// Texts as arrays: macros that hold spans crash the compiler.
extension UnigramModel {
  func best(_ text: [UInt8], count: Int) throws(EncodingError) -> [UnigramSegmentation] {
    try bestSegmentations(text.span, count: count)
  }

  func draw(
    _ text: [UInt8], _ inverseTemperature: Double, _ generator: inout SeededGenerator
  ) throws(EncodingError) -> UnigramSegmentation {
    try sample(text.span, inverseTemperature: inverseTemperature, using: &generator)
  }

  func logMarginal(_ text: [UInt8], _ inverseTemperature: Double) throws(EncodingError) -> Double {
    try logMarginal(text.span, inverseTemperature: inverseTemperature)
  }

  func logProbability(
    _ ends: [Int], _ text: [UInt8], _ inverseTemperature: Double
  ) throws(EncodingError) -> Double {
    try logProbability(
      ofEnds: ends, in: text.span, inverseTemperature: inverseTemperature)
  }
}
