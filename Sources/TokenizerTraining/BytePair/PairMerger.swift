/// How pairs are counted that a merge makes for the second time.
enum MergeRule: Hashable, Sendable {
  /// A merged pair is gone, wherever it stands.
  case exact
  /// As huggingface's trainer counts: the count of a merged pair stays what it was, and a pair whose
  /// count has grown gets another entry of the queue, with only the words of that step.
  case huggingface
}

/// Counts pairs of neighbouring symbols in words, gives the most frequent one and merges it.
///
/// Sennrich, Haddow and Birch, "Neural Machine Translation of Rare Words with Subword Units", 2016. A
/// merge visits only the words that hold the pair. What it changes is first added up for each neighbour
/// (of `e` in `th`+`e` stood before ` t`, `wi`, ...), so that the table of pairs is touched twice for
/// each different neighbour and not for each occurrence.
///
/// A pair has a list of its words from the merge that made the newer of its symbols, and its count only
/// falls from then on, unless a merge makes a symbol that there was already. What then holds is
/// `MergeRule`.
struct PairMerger<Choice: PairChoice & ~Copyable>: ~Copyable {
  private(set) var words: WordArena
  /// What is merged, and in which order. Of each new symbol it is to be told before ``merge(_:_:into:)``.
  var choice: Choice
  private let rule: MergeRule
  /// Pairs that would cover more characters are not counted.
  private let maximumLength: Int

  private var counts = PairCounts()
  private var pool: PlacePool
  private var queue = PairQueue<Choice>()
  /// Pairs of which the queue has several entries, each with some of the words.
  private var scattered: Set<UInt64> = []

  private var neighbors = NeighborTable()

  /// - Parameter maximumLength: how many characters a symbol covers at most; only where `words` measures them.
  init(
    _ words: consuming WordArena, _ choice: consuming Choice, rule: MergeRule,
    maximumLength: Int = .max
  ) {
    self.words = words
    self.choice = choice
    self.rule = rule
    self.maximumLength = maximumLength
    pool = PlacePool()
    countPairs()
  }

  /// The most frequent pair, with its count and where it stands; of equally frequent ones the first.
  mutating func next() -> (pair: UInt64, count: UInt64, places: PlacePool.List)? {
    while let top = queue.pop(choice) {
      let count = UInt64(bitPattern: counts[top.pair])
      if top.count == count { return (top.pair, count, top.places) }
      if count == 0, rule == .exact, !Choice.takesAbsentPairs {
        pool.remove(top.places)
      } else {
        queue.push(top.pair, count: count, top.places, choice)
      }
    }
    return nil
  }

  /// Leaves `places` out, of a pair that is not to be merged.
  mutating func drop(_ places: PlacePool.List) { pool.remove(places) }

  /// Merges `pair`, as ``next()`` gave it, to `merged`, a new symbol or an old one.
  mutating func merge(_ pair: UInt64, _ places: PlacePool.List, into merged: UInt32) {
    let left = UInt32(truncatingIfNeeded: pair >> 32)
    let right = UInt32(truncatingIfNeeded: pair)
    if rule == .exact, scattered.remove(pair) != nil {
      for index in 0..<words.count where words.contains(left, right, at: words.place(index)) {
        visit(words.place(index), left, right, merged)
      }
    } else {
      for index in 0..<Int(places.count) {
        if index + 6 < Int(places.count) { words.prefetch(pool.place(index + 6, in: places)) }
        visit(pool.place(index, in: places), left, right, merged)
      }
    }
    pool.remove(places)
    neighbors.distributePlaces(into: &pool)
    updateCounts(left, right, merged)
    if rule == .exact { counts.add(-counts[pair], to: pair) }
    queueNewPairs(merged)
    neighbors.removeAll()
  }

  /// Merges a pair that was not asked for.
  ///
  /// - Complexity: O(*s*), *s* being the symbols of all words.
  mutating func mergeEverywhere(_ pair: UInt64, into merged: UInt32) {
    scattered.insert(pair)
    merge(pair, .empty, into: merged)
  }

  @inline(__always)
  private mutating func visit(
    _ place: UInt32, _ left: UInt32, _ right: UInt32, _ merged: UInt32
  ) {
    Self.visit(words, &neighbors, maximumLength, place, left, right, merged)
  }

  @inline(__always)
  private static func visit(
    _ words: borrowing WordArena, _ neighbors: inout NeighborTable, _ maximumLength: Int,
    _ place: UInt32, _ left: UInt32, _ right: UInt32, _ merged: UInt32
  ) {
    let count = words.count(at: place)
    words.merge(left, right, into: merged, at: place) { side, symbol, length in
      let isLeft = side == .left
      let index = neighbors.index(symbol, isLeft: isLeft)
      neighbors.lose(count, index)
      guard length <= maximumLength else { return }
      // subtle: (merged, merged) is one pair, on whichever side it came about.
      neighbors.win(
        count, at: place,
        isLeft || symbol != merged ? index : neighbors.index(symbol, isLeft: true))
    }
  }

  private mutating func updateCounts(_ left: UInt32, _ right: UInt32, _ merged: UInt32) {
    for index in 0..<neighbors.count {
      if index + 4 < neighbors.count {
        let ahead = neighbors[index + 4]
        counts.prefetch(ahead.pair(ahead.isLeft ? left : right))
        counts.prefetch(ahead.pair(merged))
      }
      let neighbor = neighbors[index]
      let old = neighbor.pair(neighbor.isLeft ? left : right)
      if rule == .huggingface || counts[old] != 0 { counts.add(-neighbor.lost, to: old) }
      let new = neighbor.pair(merged)
      if Choice.isSelective, neighbor.won > 0, !choice.allows(new) {
        neighbors.refuse(index)
        continue
      }
      if counts.add(neighbor.won, to: new) > 0, neighbor.won > 0, rule == .exact {
        scattered.insert(new)
      }
    }
  }

  private mutating func queueNewPairs(_ merged: UInt32) {
    for index in 0..<neighbors.count where neighbors[index].placeCount > 0 {
      let neighbor = neighbors[index]
      let count = counts[neighbor.pair(merged)]
      if count > 0 || Choice.takesAbsentPairs && neighbor.won > 0 {
        queue.push(neighbor.pair(merged), count: UInt64(count), neighbor.places, choice)
      } else {
        pool.remove(neighbor.places)
      }
    }
  }

  // MARK: - At first

  private mutating func countPairs() {
    // First how many words each pair has, then which ones.
    var pairs = FirstPairs()
    for word in 0..<words.count { pairs.count(words, at: words.place(word)) }
    pairs.makeLists(in: &pool)
    for word in 0..<words.count { pairs.list(words, at: words.place(word), in: &pool) }
    for index in 0..<pairs.count {
      let first = pairs[index]
      guard choice.allows(first.pair) else {
        pool.remove(first.places)
        continue
      }
      counts.add(first.count, to: first.pair)
      queue.push(first.pair, count: UInt64(first.count), first.places, choice)
    }
  }
}

// MARK: - In a checkpoint

extension PairMerger where Choice: ~Copyable {
  /// - Throws: `unwritable`.
  func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try words.write(to: &writer)
    try counts.write(to: &writer)
    try pool.write(to: &writer)
    try queue.write(to: &writer)
    try writer.append(scattered.count)
    for pair in scattered { try writer.append(pair) }
  }

  /// Takes what was written, in the place of what there is.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func restore(from reader: inout CheckpointReader) throws(TrainingError) {
    try words.restore(from: &reader)
    try counts.restore(from: &reader)
    try pool.restore(from: &reader)
    try queue.restore(from: &reader)
    scattered.removeAll()
    for _ in 0..<(try reader.count(upTo: reader.remaining / 8)) {
      scattered.insert(try reader.number())
    }
  }
}
