extension Model {
  package func knows(_ drawing: Drawing) -> Bool { false }
  package var hasScores: Bool { false }

  package func draw(
    _ drawing: Drawing, _ pretoken: Span<UInt8>, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch,
    by generator: inout any RandomNumberGenerator
  ) throws(EncodingError) {
    throw EncodingError(.unsupported, "the model does not draw", range: 0..<pretoken.count)
  }

  package func bestEncodings(
    of pretoken: Span<UInt8>, count: Int
  ) throws(EncodingError) -> [ScoredEncoding] {
    throw EncodingError(.unsupported, "the model has no scores", range: 0..<pretoken.count)
  }
}

extension UnigramModel {
  package func knows(_ drawing: Drawing) -> Bool {
    if case .segmentation = drawing { true } else { false }
  }

  package var hasScores: Bool { true }

  package func draw(
    _ drawing: Drawing, _ pretoken: Span<UInt8>, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch,
    by generator: inout any RandomNumberGenerator
  ) throws(EncodingError) {
    guard case .segmentation(let inverseTemperature) = drawing else { return }
    let drawn = try sample(
      pretoken, inverseTemperature: inverseTemperature, using: &generator)
    append(drawn, of: pretoken, to: &ids, ranges: &ranges)
  }

  package func bestEncodings(
    of pretoken: Span<UInt8>, count: Int
  ) throws(EncodingError) -> [ScoredEncoding] {
    var encodings: [ScoredEncoding] = []
    for segmentation in try bestSegmentations(pretoken, count: count) {
      var ids = IDBuffer()
      ids.reserve(pretoken.count)
      var ranges = TokenRanges(areWanted: false)
      append(segmentation, of: pretoken, to: &ids, ranges: &ranges)
      var list: [TokenID] = []
      ids.appendAll(to: &list)
      encodings.append(ScoredEncoding(ids: list, score: segmentation.score))
    }
    return encodings
  }
}

/// Leaves merges out by chance.
struct Dropout {
  let rate: Double
  var generator: any RandomNumberGenerator

  /// Whether the merge that is due is left out.
  mutating func dropsMerge() -> Bool {
    // 53 bits: every number is a multiple of the smallest, and 1 is none.
    Double(generator.next() >> 11) * 0x1p-53 < rate
  }
}

extension CharacterPairModel {
  package func knows(_ drawing: Drawing) -> Bool {
    if case .dropout = drawing { true } else { false }
  }

  package func draw(
    _ drawing: Drawing, _ pretoken: Span<UInt8>, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch,
    by generator: inout any RandomNumberGenerator
  ) throws(EncodingError) {
    guard case .dropout(let rate) = drawing else { return }
    var dropout = Dropout(rate: rate, generator: generator)
    encode(
      pretoken, to: &ids, ranges: &ranges, using: &scratch.characterPair, leavingOut: &dropout)
    generator = dropout.generator
  }
}

extension BytePairModel {
  package func knows(_ drawing: Drawing) -> Bool {
    if case .dropout = drawing { options.hasAllBytes } else { false }
  }

  package func draw(
    _ drawing: Drawing, _ pretoken: Span<UInt8>, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch,
    by generator: inout any RandomNumberGenerator
  ) throws(EncodingError) {
    guard case .dropout(let rate) = drawing else { return }
    var dropout = Dropout(rate: rate, generator: generator)
    var symbols = (0..<pretoken.count).map { UInt32(pretoken[$0]) }
    mergeByQueue(&symbols, queue: &scratch.bytePair.queue, leavingOut: &dropout)
    for symbol in symbols { ids.append(self.symbols.id(of: symbol)) }
    generator = dropout.generator
  }
}
