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
/// Most pairs are never merged, since they are too rare. Only those that stand there as often as
/// `threshold` are looked after: they have a count, a place in the queue and a list of their words. Of the
/// others it is noted how frequent they were when they came about; more they cannot become, unless a
/// merge makes a symbol that there was already. When nothing frequent is left the threshold is lowered, and
/// one look through all words finds the pairs that are above it now:
///
///     threshold 80:   th 1250  e· 990  he 610 ...  queue, counts and lists
///                     zq 31  qp 12 ...             noted: no more than this
///
/// What holds where a symbol is made again is `MergeRule`.
struct PairMerger<Choice: PairChoice & ~Copyable>: ~Copyable {
  var words: WordArena
  /// What is merged, and in which order. Of each new symbol it is to be told before ``merge(_:_:into:)``.
  var choice: Choice
  let rule: MergeRule
  /// Pairs that would cover more characters are not counted.
  private let maximumLength: Int
  let extent: MergeExtent

  /// The counts of the pairs that are looked after, and, by huggingface's rule, of those that were merged.
  var counts = PairCounts()
  var pool = PlacePool()
  var queue = PairQueue<Choice>()
  /// Pairs that have several lists, each with some of their words.
  var scattered: Set<UInt64> = []

  var rare = RarePairs()
  /// No pair that is not looked after stands there as often.
  var threshold: UInt64 = 1
  /// All symbols so far are below it.
  private var symbolLimit: UInt32
  /// Where the lists of places outgrow this many, rarer pairs lose theirs.
  var placeLimit = Int.max

  var neighbors = NeighborTable()

  /// - Parameter maximumLength: how many characters a symbol covers at most; only where `words` measures them.
  init(
    _ words: consuming WordArena, _ choice: consuming Choice, rule: MergeRule,
    maximumLength: Int = .max, extent: MergeExtent = MergeExtent()
  ) {
    symbolLimit = words.symbolLimit
    self.words = words
    self.choice = choice
    self.rule = rule
    self.maximumLength = maximumLength
    self.extent = extent
    countPairs()
  }

  /// A count has passed 2^63; what follows is nothing.
  var hasOverflowed: Bool { counts.hasOverflowed }

  /// Whether all pairs are looked after, however rare they are.
  var hasAllPairs: Bool { choice.takesAbsentPairs || extent.looksAfterAll }

  /// The most frequent pair, with its count and where it stands; of equally frequent ones the first.
  mutating func next() -> (pair: UInt64, count: UInt64, places: PlacePool.List)? {
    while true {
      let top = queue.pop(choice)
      if !rare.isEmpty, top.map({ $0.count < threshold }) ?? true {
        if let top { queue.push(top.pair, count: top.count, top.places, choice) }
        lookAfterRarer()
        continue
      }
      guard let top else { return nil }
      let count = UInt64(bitPattern: counts[top.pair])
      if top.count == count { return (top.pair, count, top.places) }
      if count == 0, rule == .exact, !choice.takesAbsentPairs {
        pool.remove(top.places)
      } else if count == 0, rule == .huggingface, !hasAllPairs {
        // subtle: it is still merged, in no word, should it come about again.
        pool.remove(top.places)
        queue.push(top.pair, count: 0, .empty, choice)
      } else if count < threshold, !hasAllPairs, rule == .exact || !scattered.contains(top.pair) {
        forget(top.pair, count, top.places)
      } else {
        queue.push(top.pair, count: count, top.places, choice)
      }
    }
  }

  /// Leaves `places` out, of a pair that is not to be merged.
  mutating func drop(_ places: PlacePool.List) { pool.remove(places) }

  /// Merges `pair`, as ``next()`` gave it, to `merged`, a new symbol or an old one.
  mutating func merge(_ pair: UInt64, _ places: PlacePool.List, into merged: UInt32) {
    let isNew = merged >= symbolLimit
    symbolLimit = max(symbolLimit, merged + 1)
    if isNew, !hasAllPairs {
      visitAll(pair, places, merged)
      countNewPairs(pair, merged)
    } else if rare.isEmpty {
      visitAll(pair, places, merged)
      countPairsAgain(pair, merged)
    } else {
      let unlisted = survey(of: merged)
      visitAll(pair, places, merged)
      recover(unlisted, merged)
      countPairsAgain(pair, merged)
    }
    neighbors.distributePlaces(into: &pool)
    queueNewPairs(merged)
    neighbors.removeAll()
    if pool.cellCount > placeLimit { forgetAll() }
  }

  /// Merges a pair that was not asked for.
  ///
  /// - Complexity: O(*s*), *s* being the symbols of all words.
  mutating func mergeEverywhere(_ pair: UInt64, into merged: UInt32) {
    scattered.insert(pair)
    merge(pair, .empty, into: merged)
  }

  /// Merges `pair` in all its words.
  private mutating func visitAll(_ pair: UInt64, _ places: PlacePool.List, _ merged: UInt32) {
    let (left, right) = PairCounts.symbols(pair)
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

  /// Counts what a merge to a new symbol changed: no pair with it stood anywhere before.
  private mutating func countNewPairs(_ pair: UInt64, _ merged: UInt32) {
    let (left, right) = PairCounts.symbols(pair)
    neighbors.settle(left, merged)
    for index in 0..<neighbors.count {
      if index + 4 < neighbors.count {
        let ahead = neighbors[index + 4]
        counts.prefetch(ahead.pair(ahead.isLeft ? left : right))
      }
      let neighbor = neighbors[index]
      counts.take(neighbor.lost, from: neighbor.pair(neighbor.isLeft ? left : right))
      guard neighbor.won > 0 else { continue }
      let new = neighbor.pair(merged)
      if Choice.isSelective, !choice.allows(new) { continue }
      if UInt64(neighbor.won) >= threshold {
        counts.add(neighbor.won, to: new)
        neighbors.listPlaces(of: index)
      } else {
        rare.add(
          merged, beside: neighbor.symbol, isLeft: neighbor.isLeft, count: UInt64(neighbor.won))
      }
    }
    if rule == .exact { counts.add(-counts[pair], to: pair) }
  }

  /// Counts what a merge to any symbol changed.
  private mutating func countPairsAgain(_ pair: UInt64, _ merged: UInt32) {
    let (left, right) = PairCounts.symbols(pair)
    // subtle: where the new symbol is the right one (with affixes), the pair may come about again.
    if rule == .exact { counts.add(-counts[pair], to: pair) }
    // What was won comes first, since some of it was lost again.
    for index in 0..<neighbors.count {
      let neighbor = neighbors[index]
      let new = neighbor.pair(merged)
      if Choice.isSelective, neighbor.won > 0, !choice.allows(new) {
        neighbors.refuse(index)
        continue
      }
      let before = counts.add(neighbor.won, to: new)
      if neighbor.won > 0, rule == .exact ? before > 0 : !hasAllPairs { scattered.insert(new) }
      if neighbor.placeCount > 0 { neighbors.listPlaces(of: index) }
    }
    for index in 0..<neighbors.count {
      let neighbor = neighbors[index]
      let old = neighbor.pair(neighbor.isLeft ? left : right)
      if rule == .huggingface, hasAllPairs {
        counts.add(-neighbor.lost, to: old)
      } else {
        counts.take(neighbor.lost, from: old)
      }
    }
  }

  private mutating func queueNewPairs(_ merged: UInt32) {
    for index in 0..<neighbors.count where neighbors[index].isListed {
      let neighbor = neighbors[index]
      let pair = neighbor.pair(merged)
      let count = counts[pair]
      if count > 0, UInt64(count) < threshold, rule == .exact, !hasAllPairs {
        forget(pair, UInt64(count), neighbor.places)
      } else if count > 0 || choice.takesAbsentPairs && neighbor.won > 0 {
        queue.push(pair, count: UInt64(count), neighbor.places, choice)
      } else {
        pool.remove(neighbor.places)
      }
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
    try rare.write(to: &writer)
    try writer.append(threshold)
    try writer.append(UInt64(symbolLimit))
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
    try rare.restore(from: &reader)
    threshold = try reader.number()
    symbolLimit = UInt32(try reader.count(upTo: Int(UInt32.max)))
    placeLimit = max(memory / 4, pool.cellCount)
  }
}
