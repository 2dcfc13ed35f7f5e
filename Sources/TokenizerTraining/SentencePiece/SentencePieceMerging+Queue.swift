extension SentencePieceMerging {
  /// A pair as the queue has it: its count may have fallen since.
  struct QueueEntry {
    var count: UInt64
    /// The first three characters, 21 bits each.
    var prefix: UInt64
    /// In characters.
    var length: UInt32
    var pair: UInt32
  }

  /// The more frequent first; of equal ones the shorter, then the one whose text comes first.
  @inline(__always)
  private func precedes(_ one: QueueEntry, _ other: QueueEntry) -> Bool {
    if one.count != other.count { return one.count > other.count }
    if one.length != other.length { return one.length < other.length }
    if one.prefix != other.prefix { return one.prefix < other.prefix }
    return precedes(one.pair, other.pair)
  }

  /// - Complexity: O(log *q*).
  mutating func insert(_ entry: QueueEntry) {
    queue.append(entry)
    var place = queue.count - 1
    while place > 0 {
      let parent = (place - 1) / 2
      guard precedes(entry, queue[parent]) else { break }
      queue[place] = queue[parent]
      place = parent
    }
    queue[place] = entry
  }

  /// - Complexity: O(log *q*).
  mutating func popFirst() -> QueueEntry? {
    guard let last = queue.popLast() else { return nil }
    guard let first = queue.first else { return last }
    var place = 0
    while true {
      var child = 2 * place + 1
      guard child < queue.count else { break }
      if child + 1 < queue.count, precedes(queue[child + 1], queue[child]) { child += 1 }
      guard precedes(queue[child], last) else { break }
      queue[place] = queue[child]
      place = child
    }
    queue[place] = last
    return first
  }
}
