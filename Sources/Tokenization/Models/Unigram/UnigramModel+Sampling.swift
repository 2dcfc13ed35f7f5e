#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Segmentations by chance: Kudo (2018), section 3.2. A segmentation of score *s* has a probability in
/// proportion to exp(*t* *s*). With *t*, the inverse temperature, at 1 these are the model's own
/// probabilities; at 0 all segmentations are equally likely; the greater it is, the likelier the best.
///
/// The sums over all segmentations of what is left behind each place are found backwards, in
/// logarithms; then a path is drawn forwards, each token with its share of the sum. (Scott, "Bayesian
/// Methods for Hidden Markov Models", 2002, section 2.1, the other way round, for tokens are found
/// forwards.) Nothing is cut off: the probabilities are exact up to rounding in 64 bits.
///
/// Scores are those of encoding. In sentencepiece's lattice user-defined tokens of several bytes a
/// character have a lower one.
extension UnigramModel {
  /// Draws a segmentation of `pretoken`.
  ///
  /// - Parameters:
  ///   - inverseTemperature: from 0 up, finite.
  ///   - generator: the same numbers give the same segmentation, on machines whose `exp` and `log` agree.
  /// - Throws: `unknownCharacter` for a text that has no segmentation.
  /// - Complexity: O(*n* *l*) in the length of `pretoken` and that of the longest token; memory O(*n*).
  package func sample(
    _ pretoken: Span<UInt8>, inverseTemperature: Double,
    using generator: inout some RandomNumberGenerator
  ) throws(EncodingError) -> UnigramSegmentation {
    let sums = try logSums(pretoken, inverseTemperature)
    var segmentation = UnigramSegmentation(ends: [], score: 0)
    var edges: [UnigramEdge] = []
    var start = 0
    while start < pretoken.count {
      _ = findEdges(in: pretoken, at: start, &edges)
      // 53 bits: every number is a multiple of the smallest, and 1 is none.
      let drawn = Double(generator.next() >> 11) * 0x1p-53
      var sum = 0.0
      var chosen: UnigramEdge?
      for edge in edges where sums[edge.end] > -.infinity {
        sum += exp(inverseTemperature * edge.score + sums[edge.end] - sums[start])
        chosen = edge
        // subtle: should rounding leave the last sum below what was drawn, the last edge is it.
        if drawn < sum { break }
      }
      // A place that can be reached has a way to the end.
      guard let chosen else { throw Self.noSegmentation(pretoken.count) }
      segmentation.ends.append(chosen.end)
      segmentation.score += chosen.score
      start = chosen.end
    }
    return segmentation
  }

  /// The logarithm of the sum of exp(*t* *s*) over all segmentations; with *t* at 1, the logarithm of the
  /// probability of the text, if scores are those of tokens.
  ///
  /// - Throws and complexity: as ``sample(_:inverseTemperature:using:)``.
  package func logMarginal(
    _ pretoken: Span<UInt8>, inverseTemperature: Double = 1
  ) throws(EncodingError) -> Double {
    try logSums(pretoken, inverseTemperature)[0]
  }

  /// The logarithm of the probability with which ``sample(_:inverseTemperature:using:)`` draws the
  /// segmentation whose parts end at `ends`; minus infinity for what is no segmentation.
  package func logProbability(
    ofEnds ends: [Int], in pretoken: Span<UInt8>, inverseTemperature: Double = 1
  ) throws(EncodingError) -> Double {
    let sums = try logSums(pretoken, inverseTemperature)
    var edges: [UnigramEdge] = []
    var start = 0
    var score = 0.0
    for end in ends {
      guard start < pretoken.count else { return -.infinity }
      _ = findEdges(in: pretoken, at: start, &edges)
      guard let edge = edges.first(where: { $0.end == end }) else { return -.infinity }
      score += edge.score
      start = end
    }
    return start == pretoken.count ? inverseTemperature * score - sums[0] : -.infinity
  }

  /// For each place the logarithm of the sum over all segmentations of what is behind it; minus infinity
  /// where there are none, as within characters.
  private func logSums(
    _ text: Span<UInt8>, _ inverseTemperature: Double
  ) throws(EncodingError) -> [Double] {
    precondition(
      inverseTemperature >= 0 && inverseTemperature.isFinite,
      "an inverse temperature of \(inverseTemperature)")
    var edges: [UnigramEdge] = []
    var starts: [Int] = []
    var start = 0
    while start < text.count {
      starts.append(start)
      start = findEdges(in: text, at: start, &edges)
    }
    var sums = [Double](repeating: -.infinity, count: text.count + 1)
    sums[text.count] = 0
    for start in starts.reversed() {
      _ = findEdges(in: text, at: start, &edges)
      // The greatest term so far, and the sum of all by its measure.
      var greatest = -Double.infinity
      var sum = 0.0
      for edge in edges where sums[edge.end] > -.infinity {
        let term = inverseTemperature * edge.score + sums[edge.end]
        if term > greatest {
          sum = sum * exp(greatest - term) + 1
          greatest = term
        } else {
          sum += exp(term - greatest)
        }
      }
      if sum > 0 { sums[start] = greatest + log(sum) }
    }
    if sums[0] == -.infinity { throw Self.noSegmentation(text.count) }
    return sums
  }
}
