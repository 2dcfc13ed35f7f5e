internal import Tokenization

/// What a ``BoundlessTrainer`` sees of a text: its pretokens, and the runs of those that may be joined.
struct BoundlessText {
  /// All different pretokens.
  let pretokens: WordCounts
  /// For each pretoken whether it may be joined.
  private(set) var isJoinable: [Bool] = []
  /// The runs of two and more, and how often each stands there.
  private(set) var runs: [(pretokens: Range<Int>, count: UInt64)] = []
  /// The pretokens of all runs.
  private(set) var cells: [UInt32] = []
  /// For each pretoken the runs it stands in, ascending, each once.
  private var homes: [UInt32] = []
  /// Where the runs of each pretoken lie in ``homes``.
  private var homeRanges: [Range<Int>] = []

  /// - Parameter counts: runs, and pretokens that are not joined; or any parts of a text that may be cut
  ///   by themselves.
  /// - Throws: `input` where a pattern goes beyond its limit; `limit` for counts that are too large.
  init(_ counts: WordCounts, _ rule: MatchRuns) throws(TrainingError) {
    let pretokens = try Self.pretokens(counts, rule)
    self.pretokens = pretokens
    do throws(EncodingError) {
      for index in 0..<pretokens.count {
        isJoinable.append(try rule.joins(pretokens.words[index].span))
      }
    } catch { throw TrainingError(.input, error.description) }
    let index = ByteStringIndex(pretokens.words)
    try Self.cut(counts, rule) { (text, ranges, count) throws(TrainingError) in
      var start = cells.count
      for range in ranges {
        guard let pretoken = index[text.extracting(range)], isJoinable[pretoken] else {
          endRun(from: start, count)
          start = cells.count
          continue
        }
        cells.append(UInt32(pretoken))
      }
      endRun(from: start, count)
    }
    listHomes()
  }

  private static func pretokens(
    _ counts: WordCounts, _ rule: MatchRuns
  ) throws(TrainingError) -> WordCounts {
    var parts = PartCounter()
    try cut(counts, rule) { (text, ranges, count) throws(TrainingError) in
      for range in ranges { try parts.add(text.extracting(range), count) }
    }
    return try parts.finish()
  }

  /// Gives each text to `body`, with its pretokens and its count.
  private static func cut(
    _ counts: WordCounts, _ rule: MatchRuns,
    _ body: (Span<UInt8>, [Range<Int>], UInt64) throws(TrainingError) -> Void
  ) throws(TrainingError) {
    var ranges: [Range<Int>] = []
    for index in 0..<counts.count {
      let text = counts.words.bytes.span.extracting(counts.words.range(index))
      ranges.removeAll(keepingCapacity: true)
      do throws(EncodingError) { try rule.cut(text, into: &ranges) } catch {
        throw TrainingError(.input, error.description)
      }
      try body(text, ranges, counts.counts[index])
    }
  }

  private mutating func endRun(from start: Int, _ count: UInt64) {
    if cells.count - start > 1 {
      runs.append((start..<cells.count, count))
    } else {
      cells.removeLast(cells.count - start)
    }
  }

  /// A counting sort of the runs by their pretokens.
  private mutating func listHomes() {
    var sizes = [Int](repeating: 0, count: pretokens.count)
    for pretoken in cells { sizes[Int(pretoken)] += 1 }
    var start = 0
    for size in sizes {
      homeRanges.append(start..<start)
      start += size
    }
    homes = Array(repeating: 0, count: cells.count)
    for (index, run) in runs.enumerated() {
      for cell in run.pretokens {
        let pretoken = Int(cells[cell])
        let range = homeRanges[pretoken]
        if !range.isEmpty, homes[range.upperBound - 1] == index { continue }
        homes[range.upperBound] = UInt32(index)
        homeRanges[pretoken] = range.lowerBound..<range.upperBound + 1
      }
    }
  }

  /// The runs that a pretoken stands in.
  func runs(of pretoken: UInt32) -> ArraySlice<UInt32> { homes[homeRanges[Int(pretoken)]] }
}
