/// How an encoding is drawn by chance, instead of the one that encoding gives.
public enum Drawing: Hashable, Sendable {
  /// BPE-dropout: a merge that is due is left out with this probability, from 0 to 1, until another
  /// merge has happened. (Provilkov, Emelianenko and Voita, "BPE-Dropout", 2020, in the way of
  /// huggingface's library.)
  ///
  /// Byte-level models know the one merge that makes each token; where a file lists further ones that
  /// never happen without dropout, they do not happen here either.
  case dropout(Double)
  /// A unigram segmentation with its exact probability, raised to the power of the inverse temperature
  /// and made to sum to one: 1 for the model's own probabilities, 0 for all being equally likely.
  /// (Kudo, "Subword Regularization", 2018, section 3.2.)
  case segmentation(inverseTemperature: Double)

  /// Whether the number is one that makes sense.
  var isValid: Bool {
    switch self {
    case .dropout(let rate): rate >= 0 && rate <= 1
    case .segmentation(let inverse): inverse >= 0 && inverse.isFinite
    }
  }
}

extension Tokenizer {
  /// An encoding of `text` drawn by chance. The tokenizer keeps nothing of it: the same numbers of the
  /// generator give the same ids.
  ///
  /// - Throws: as ``encode(_:specialTokens:addsTemplate:)``; `unsupported` for a drawing that the model
  ///   does not know, or whose number is out of bounds.
  /// - Complexity: O(*n* log *n*) with dropout; O(*n* *l*) for segmentations, *l* the length of the
  ///   longest token.
  public func draw<Generator: RandomNumberGenerator>(
    _ drawing: Drawing, from text: String, specialTokens: SpecialTokens = .asPlainText,
    addsTemplate: Bool = true, using generator: inout Generator
  ) throws(EncodingError) -> [TokenID] {
    try draw(
      drawing, from: text.utf8Span.span, specialTokens: specialTokens, addsTemplate: addsTemplate,
      using: &generator)
  }

  /// The same for bytes of UTF-8.
  public func draw<Generator: RandomNumberGenerator>(
    _ drawing: Drawing, from text: Span<UInt8>, specialTokens: SpecialTokens = .asPlainText,
    addsTemplate: Bool = true, using generator: inout Generator
  ) throws(EncodingError) -> [TokenID] {
    guard drawing.isValid, model.knows(drawing) else {
      throw EncodingError(
        .unsupported, "a \(modelName) model does not draw by `\(drawing)`", range: 0..<0)
    }
    var context = EncodingContext(maximumCacheByteCount: 1 << 18)
    context.task = .draw(drawing, generator)
    var sink = IDSink(ids: addsTemplate ? template.before : [])
    _ = try encode(text, trust: Trust(specialTokens), into: &sink, using: &context)
    if case .draw(_, let used) = context.task, let used = used as? Generator { generator = used }
    if addsTemplate { sink.ids += template.behind }
    return sink.ids
  }
}

/// What a call wants of each pretoken, instead of the model's own encoding.
enum PretokenTask {
  case draw(Drawing, any RandomNumberGenerator)
  case best(BestEncodings)
}

extension PretokenTask {
  /// Appends the ids of `pretoken` that were drawn, or adds its best encodings to those so far.
  mutating func run(
    _ pretoken: Span<UInt8>, by model: any Model, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch
  ) throws(EncodingError) {
    switch self {
    case .draw(let drawing, var generator):
      try model.draw(
        drawing, pretoken, to: &ids, ranges: &ranges, using: &scratch, by: &generator)
      self = .draw(drawing, generator)
    case .best(var best):
      best.append(try model.bestEncodings(of: pretoken, count: best.count))
      self = .best(best)
    }
  }
}
