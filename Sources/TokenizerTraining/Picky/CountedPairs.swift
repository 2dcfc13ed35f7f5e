/// Pairs in order of the counts that they were put there with, the greatest first; of equal counts the
/// smaller pair first. A binary heap.
struct CountedPairs: ~Copyable {
  struct Entry: BitwiseCopyable {
    var count: Int64
    var pair: UInt64

    @inline(__always)
    func precedes(_ other: Entry) -> Bool {
      count != other.count ? count > other.count : pair < other.pair
    }
  }

  private var entries = GrowingArray<Entry>()

  mutating func push(_ entry: Entry) {
    entries.append(entry)
    var index = entries.count - 1
    while index > 0, entry.precedes(entries[(index - 1) / 2]) {
      entries[index] = entries[(index - 1) / 2]
      index = (index - 1) / 2
    }
    entries[index] = entry
  }

  mutating func pop() -> Entry? {
    guard entries.count > 0 else { return nil }
    let first = entries[0]
    let last = entries.removeLast()
    guard entries.count > 0 else { return first }
    var index = 0
    while true {
      var child = index * 2 + 1
      guard child < entries.count else { break }
      if child + 1 < entries.count, entries[child + 1].precedes(entries[child]) { child += 1 }
      guard entries[child].precedes(last) else { break }
      entries[index] = entries[child]
      index = child
    }
    entries[index] = last
    return first
  }
}
