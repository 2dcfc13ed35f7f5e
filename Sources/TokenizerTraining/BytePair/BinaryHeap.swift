/// Keys of which the first is always at hand. What comes first the caller says, each time alike.
struct BinaryHeap<Key: BitwiseCopyable>: ~Copyable {
  private var keys = GrowingArray<Key>()

  /// - Complexity: O(log *n*).
  @inline(__always)
  mutating func push(_ key: Key, by precedes: (Key, Key) -> Bool) {
    keys.append(key)
    var index = keys.count - 1
    while index > 0, precedes(key, keys[(index - 1) / 2]) {
      keys[index] = keys[(index - 1) / 2]
      index = (index - 1) / 2
    }
    keys[index] = key
  }

  /// Any of the last ones.
  mutating func removeLast() -> Key? { keys.count > 0 ? keys.removeLast() : nil }

  /// The first of all.
  ///
  /// - Complexity: O(log *n*).
  @inline(__always)
  mutating func pop(by precedes: (Key, Key) -> Bool) -> Key? {
    guard keys.count > 0 else { return nil }
    let first = keys[0]
    let last = keys.removeLast()
    guard keys.count > 0 else { return first }
    var index = 0
    while true {
      var child = index * 2 + 1
      guard child < keys.count else { break }
      if child + 1 < keys.count, precedes(keys[child + 1], keys[child]) { child += 1 }
      guard precedes(keys[child], last) else { break }
      keys[index] = keys[child]
      index = child
    }
    keys[index] = last
    return first
  }
}

// MARK: - In a checkpoint

extension BinaryHeap {
  /// - Throws: `unwritable`.
  func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try keys.write(to: &writer)
  }

  /// Takes what was written, in the place of what there is.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func restore(from reader: inout CheckpointReader) throws(TrainingError) {
    try keys.restore(from: &reader)
  }
}
