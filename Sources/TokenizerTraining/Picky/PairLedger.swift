/// All that is counted of the pairs of words that are merged and split, and which pair comes first.
///
/// Every count is exact at every time: what a merge or a split changes in a word is added and taken away
/// pair by pair. The queue has an entry for each pair from when its count last rose; a pair whose count
/// has fallen since is put there again when its turn comes.
struct PairLedger: ~Copyable {
  private var pairs = PairOccurrences()
  /// The lists of words.
  var chains = WordChains()
  private var queue = BinaryHeap<CountedPair>()
  /// The pairs whose counts rose in this step.
  private var risen: [UInt64] = []
  private var step: UInt32 = 1

  /// No symbol: stands for a character without a token, and has no pairs.
  static let barrier = UInt32.max

  /// Notes what became of one occurrence of a pair in `word`, which stands there `count` times.
  @inline(__always)
  mutating func note(
    _ change: SplittingWords.Change, _ pair: UInt64, in word: UInt32, count: Int64
  ) {
    guard UInt32(truncatingIfNeeded: pair) != Self.barrier, pair >> 32 != UInt64(Self.barrier)
    else { return }
    switch change {
    case .lost: pairs.lower(pair, by: count, &chains)
    case .won:
      if pairs.raise(pair, by: count, in: word, step: step, &chains) { risen.append(pair) }
    }
  }

  /// Puts the pairs whose counts rose into the queue: to be called when all of a step is noted.
  mutating func endStep() {
    for pair in risen {
      let count = pairs[pair]
      if count > 0 { queue.push(CountedPair(count: count, pair: pair)) { $0.precedes($1) } }
    }
    risen.removeAll(keepingCapacity: true)
    step += 1
  }

  /// The most frequent pair, of equally frequent ones the smaller one; nil if there is none.
  mutating func next() -> (pair: UInt64, count: UInt64)? {
    while let entry = queue.pop(by: { $0.precedes($1) }) {
      let count = pairs[entry.pair]
      if count == entry.count { return (entry.pair, UInt64(count)) }
      // One that has risen has another entry.
      if count > 0, count < entry.count {
        queue.push(CountedPair(count: count, pair: entry.pair)) { $0.precedes($1) }
      }
    }
    return nil
  }

  /// Takes the list of words of `pair` out, for the caller to go through and to give back.
  mutating func takeWords(of pair: UInt64) -> UInt32 { pairs.takeWords(of: pair) }
}
