internal import SplitPatterns
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
  /// - Throws: `vocabulary` for patterns that cannot be built; `input` where one goes beyond its limit;
  ///   `limit` for counts that are too large.
  init(_ counts: WordCounts, _ pattern: SplitPattern, _ rule: MatchRuns) throws(TrainingError) {
    let pretokens = try WordCounts(
      cutting: counts, by: Splitter([.pattern(pattern, .isolated, inverted: false)]))
    self.pretokens = pretokens
    do throws(EncodingError) {
      for index in 0..<pretokens.count {
        isJoinable.append(try rule.joins(pretokens.words[index].span))
      }
      let index = ByteStringIndex(pretokens.words)
      var ranges: [Range<Int>] = []
      for word in 0..<counts.count {
        let text = counts.words.bytes.span.extracting(counts.words.range(word))
        ranges.removeAll(keepingCapacity: true)
        try rule.cut(text, into: &ranges)
        var start = cells.count
        for range in ranges {
          guard let pretoken = index[text.extracting(range)], isJoinable[pretoken] else {
            endRun(from: start, counts.counts[word])
            start = cells.count
            continue
          }
          cells.append(UInt32(pretoken))
        }
        endRun(from: start, counts.counts[word])
      }
    } catch { throw TrainingError(.input, error.description) }
    listHomes()
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
