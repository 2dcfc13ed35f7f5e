/// Pairs in order of the counts that they were put there with, the greatest first; of equal counts in
/// order of their texts. A binary heap.
struct PairsByText: ~Copyable {
  struct Entry: BitwiseCopyable {
    var count: Int64
    var pair: UInt64
  }

  private var entries = GrowingArray<Entry>()

  /// What comes first; nil if there is nothing.
  var first: Entry? { entries.count > 0 ? entries[0] : nil }

  mutating func push(_ entry: Entry, _ texts: borrowing SymbolTexts) {
    entries.append(entry)
    var index = entries.count - 1
    while index > 0, Self.precedes(entry, entries[(index - 1) / 2], texts) {
      entries[index] = entries[(index - 1) / 2]
      index = (index - 1) / 2
    }
    entries[index] = entry
  }

  mutating func removeFirst(_ texts: borrowing SymbolTexts) {
    let last = entries.removeLast()
    if entries.count > 0 { sink(last, texts) }
  }

  /// Puts an entry in the place of the first one.
  mutating func replaceFirst(by entry: Entry, _ texts: borrowing SymbolTexts) {
    sink(entry, texts)
  }

  private mutating func sink(_ entry: Entry, _ texts: borrowing SymbolTexts) {
    var index = 0
    while true {
      var child = index * 2 + 1
      guard child < entries.count else { break }
      if child + 1 < entries.count, Self.precedes(entries[child + 1], entries[child], texts) {
        child += 1
      }
      guard Self.precedes(entries[child], entry, texts) else { break }
      entries[index] = entries[child]
      index = child
    }
    entries[index] = entry
  }

  @inline(__always)
  private static func precedes(
    _ entry: Entry, _ other: Entry, _ texts: borrowing SymbolTexts
  ) -> Bool {
    entry.count != other.count
      ? entry.count > other.count : texts.precedes(entry.pair, other.pair)
  }
}
