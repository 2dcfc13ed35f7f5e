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
    var counts: [[UInt8]: UInt64] = [:]
    var overflows = false
    for word in 0..<words.count {
      do {
        try pretokenizer.forEachBlock(
          of: words.words.bytes.span.extracting(words.words.range(word)), using: &scratch
        ) { bytes, ranges in
          for place in 0..<ranges.count where !ranges[place].isEmpty {
            let key = ranges[place].map { bytes[$0] }
            let sum = counts[key, default: 0].addingReportingOverflow(words.counts[word])
            counts[key] = sum.partialValue
            overflows = overflows || sum.overflow
          }
        }
      } catch { throw TrainingError(.input, error.description) }
    }
    guard !overflows else {
      throw TrainingError(.limit, "a word stands there more than \(UInt64.max) times")
    }
    try self.init(counts.map { (word: $0.key, count: $0.value) })
  }
}
