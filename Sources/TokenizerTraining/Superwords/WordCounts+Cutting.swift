internal import Tokenization

extension WordCounts {
  /// The words that `splitter` cuts of other words, each cut by itself.
  ///
  /// - Throws: `vocabulary` for a splitter that cannot be built; `input` where a pattern goes beyond its
  ///   limit; `limit` for counts that are too large.
  init(cutting words: WordCounts, by splitter: Splitter) throws(TrainingError) {
    let pretokenizer: Pretokenizer
    do {
      pretokenizer = try Pretokenizer(
        normalizer: nil, splitter: splitter, isByteLevel: true, cutsAtSpaceMarks: false)
    } catch { throw TrainingError(error) }
    var scratch = Pretokenizer.Scratch()
    var parts = PartCounter()
    var failure: TrainingError?
    for word in 0..<words.count {
      do {
        try pretokenizer.forEachBlock(
          of: words.words.bytes.span.extracting(words.words.range(word)), using: &scratch
        ) { bytes, ranges in
          do throws(TrainingError) {
            for place in 0..<ranges.count {
              try parts.add(bytes.extracting(ranges[place]), words.counts[word])
            }
          } catch { failure = error }
        }
      } catch { throw TrainingError(.input, error.description) }
      if let failure { throw failure }
    }
    self = try parts.finish()
  }
}
