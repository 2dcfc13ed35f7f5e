/// Pairs in order of their counts, the greatest first; of equal counts as `Choice` orders them.
///
/// Nearly all pairs have small counts. Those below ``bucketCount`` lie in a chain for each count, and
/// only the chain that is being worked off is a heap; the few others are one heap.
struct PairQueue<Choice: PairChoice & ~Copyable>: ~Copyable {
  /// What is waiting: the count it was put there with may since have become another.
  struct Entry: BitwiseCopyable {
    var pair: UInt64
    var places: PlacePool.List
    fileprivate var next = UInt32.max
  }

  struct Key: BitwiseCopyable {
    var count: UInt64
    var order: Choice.Order
    var entry: UInt32

    @inline(__always)
    func precedes(_ other: Key, _ choice: borrowing Choice) -> Bool {
      count != other.count ? count > other.count : choice.precedes(order, other.order)
    }
  }

  private static var none: UInt32 { .max }
  private static var bucketCount: Int { 1 << 12 }

  private var entries = GrowingArray<Entry>()
  private var freeEntry = UInt32.max
  /// The first entry of each small count.
  private var chains = GrowingArray(repeating: PairQueue.none, count: PairQueue.bucketCount)
  /// No chain of a greater count has an entry; that of `level` itself is in `levelHeap`.
  private var level = 0
  private var levelHeap = BinaryHeap<Key>()
  private var greatHeap = BinaryHeap<Key>()

  mutating func push(
    _ pair: UInt64, count: UInt64, _ places: PlacePool.List, _ choice: borrowing Choice
  ) {
    let entry = Entry(pair: pair, places: places)
    let index: UInt32
    if freeEntry == Self.none {
      index = UInt32(entries.count)
      entries.append(entry)
    } else {
      index = freeEntry
      freeEntry = entries[Int(index)].next
      entries[Int(index)] = entry
    }
    if count >= UInt64(Self.bucketCount) {
      greatHeap.push(Key(count: count, order: choice.order(of: pair), entry: index)) {
        $0.precedes($1, choice)
      }
      return
    }
    let count = Int(count)
    if count > level {
      while let key = levelHeap.removeLast() { chain(key.entry, to: level) }
      level = count
    }
    if count == level {
      levelHeap.push(Key(count: UInt64(count), order: choice.order(of: pair), entry: index)) {
        $0.precedes($1, choice)
      }
    } else {
      chain(index, to: count)
    }
  }

  private func chain(_ index: UInt32, to count: Int) {
    var entry = entries[Int(index)]
    entry.next = chains[count]
    entries[Int(index)] = entry
    chains[count] = index
  }

  /// The first of all, with the count it was put there with.
  mutating func pop(
    _ choice: borrowing Choice
  ) -> (count: UInt64, pair: UInt64, places: PlacePool.List)? {
    if let key = greatHeap.pop(by: { $0.precedes($1, choice) }) { return take(key) }
    while true {
      if let key = levelHeap.pop(by: { $0.precedes($1, choice) }) { return take(key) }
      while level > 0, chains[level] == Self.none { level -= 1 }
      var index = chains[level]
      if index == Self.none { return nil }
      chains[level] = Self.none
      while index != Self.none {
        let entry = entries[Int(index)]
        let order = choice.order(of: entry.pair)
        levelHeap.push(Key(count: UInt64(level), order: order, entry: index)) {
          $0.precedes($1, choice)
        }
        index = entry.next
      }
    }
  }

  private mutating func take(
    _ key: Key
  ) -> (count: UInt64, pair: UInt64, places: PlacePool.List) {
    var entry = entries[Int(key.entry)]
    defer {
      entry.next = freeEntry
      entries[Int(key.entry)] = entry
      freeEntry = key.entry
    }
    return (key.count, entry.pair, entry.places)
  }
}

// MARK: - In a checkpoint

extension PairQueue where Choice: ~Copyable {
  /// - Throws: `unwritable`.
  func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try entries.write(to: &writer)
    try writer.append(UInt64(freeEntry))
    try chains.write(to: &writer)
    try writer.append(level)
    try levelHeap.write(to: &writer)
    try greatHeap.write(to: &writer)
  }

  /// Takes what was written, in the place of what there is.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func restore(from reader: inout CheckpointReader) throws(TrainingError) {
    try entries.restore(from: &reader)
    freeEntry = UInt32(try reader.count(upTo: Int(UInt32.max)))
    try chains.restore(from: &reader)
    guard chains.count == Self.bucketCount else { throw reader.damage }
    level = try reader.count(upTo: Self.bucketCount - 1)
    try levelHeap.restore(from: &reader)
    try greatHeap.restore(from: &reader)
  }
}
