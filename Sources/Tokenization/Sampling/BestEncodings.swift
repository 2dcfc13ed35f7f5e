/// One of the best encodings of a text.
public struct ScoredEncoding: Hashable, Sendable {
  public var ids: [TokenID]
  /// The sum of the tokens' scores.
  public var score: Double

  public init(ids: [TokenID], score: Double) {
    self.ids = ids
    self.score = score
  }
}

extension Tokenizer {
  /// The best encodings of a text, best first, by the scores of a Unigram model; fewer than `count` if
  /// there are no more. Of equal scores the one comes first whose earlier pretokens have the better
  /// ones. The template and added tokens take no part.
  ///
  /// - Throws: `unsupported` where the model has no scores.
  /// - Complexity: O(*p* *k* log *k*) for *k* encodings of *p* pretokens, and what the model takes for
  ///   the *k* best of each.
  public func bestEncodings(
    of text: String, count: Int
  ) throws(EncodingError) -> [ScoredEncoding] {
    try bestEncodings(of: text.utf8Span.span, count: count)
  }

  /// The same for bytes of UTF-8.
  public func bestEncodings(
    of text: Span<UInt8>, count: Int
  ) throws(EncodingError) -> [ScoredEncoding] {
    guard model.hasScores else {
      throw EncodingError(.unsupported, "a \(modelName) model has no scores", range: 0..<0)
    }
    guard count > 0 else { return [] }
    var context = EncodingContext(maximumCacheByteCount: 1 << 18)
    context.task = .best(BestEncodings(count: count))
    var sink = IDSink(ids: [])
    _ = try encode(
      text, trust: Trust(.onlyModelTokens), into: &sink, using: &context)
    guard case .best(let best) = context.task else { return [] }
    return best.encodings
  }
}

/// The best encodings of the pretokens so far, put together.
struct BestEncodings {
  let count: Int
  private(set) var encodings = [ScoredEncoding(ids: [], score: 0)]

  /// Goes on with the best ones of the next pretoken, which are in order.
  mutating func append(_ next: [ScoredEncoding]) {
    // Of both lists only pairs can be among the best whose places' product is small enough.
    var joined: [ScoredEncoding] = []
    for (place, first) in encodings.enumerated() {
      for second in next.prefix(count / (place + 1)) {
        joined.append(
          ScoredEncoding(ids: first.ids + second.ids, score: first.score + second.score))
      }
    }
    // A stable sort: of equal scores the earlier pair comes first.
    let order = joined.indices.sorted {
      joined[$0].score > joined[$1].score || (joined[$0].score == joined[$1].score && $0 < $1)
    }
    encodings = order.prefix(count).map { joined[$0] }
  }
}
