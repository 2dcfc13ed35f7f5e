/// Pairs of symbols in order of their scores, the greatest first; of equal scores the smaller pair first.
///
/// A binary heap in which every pair knows its place, since a score goes up and down. Scores are fractions
/// of whole numbers and are compared as such: nothing is rounded.
struct LikelihoodQueue: ~Copyable {
  struct Key: BitwiseCopyable {
    /// How often the pair stands there.
    var count: UInt64
    /// How often each of its parts does, multiplied.
    var divisor: UInt128
    /// The pair as a number, for ties.
    var pair: UInt64
    /// Who asks.
    var index: UInt32

    @inline(__always)
    func precedes(_ other: Key) -> Bool {
      // count / divisor > other.count / other.divisor, multiplied out.
      let mine = other.divisor.multipliedFullWidth(by: UInt128(count))
      let theirs = divisor.multipliedFullWidth(by: UInt128(other.count))
      if mine.high != theirs.high { return mine.high > theirs.high }
      if mine.low != theirs.low { return mine.low > theirs.low }
      return pair < other.pair
    }
  }

  private var keys = GrowingArray<Key>()
  /// Where in the heap the pair of each index stands, plus 1; 0 for one that does not wait.
  private var positions = GrowingArray<UInt32>()

  /// The first of all, which stays.
  var first: Key? { keys.count > 0 ? keys[0] : nil }

  /// Puts a pair in, or to where its key belongs now.
  ///
  /// - Complexity: O(log *n*), *n* being the pairs that wait.
  mutating func set(_ key: Key) {
    let index = Int(key.index)
    if index >= positions.count {
      positions.append(repeating: 0, count: index + 1 - positions.count)
    }
    if positions[index] == 0 {
      keys.append(key)
      rise(keys.count - 1, key)
    } else {
      settle(Int(positions[index]) - 1, key)
    }
  }

  /// Takes the pair of `index` out, if it waits.
  ///
  /// - Complexity: O(log *n*)
  mutating func remove(_ index: UInt32) {
    guard Int(index) < positions.count, positions[Int(index)] > 0 else { return }
    let gap = Int(positions[Int(index)]) - 1
    positions[Int(index)] = 0
    let last = keys.removeLast()
    if gap < keys.count { settle(gap, last) }
  }

  /// Puts `key` at `position` or above or below it.
  private func settle(_ position: Int, _ key: Key) {
    if position > 0, key.precedes(keys[(position - 1) / 2]) {
      rise(position, key)
    } else {
      sink(position, key)
    }
  }

  private func rise(_ start: Int, _ key: Key) {
    var position = start
    while position > 0, key.precedes(keys[(position - 1) / 2]) {
      place(keys[(position - 1) / 2], position)
      position = (position - 1) / 2
    }
    place(key, position)
  }

  private func sink(_ start: Int, _ key: Key) {
    var position = start
    while true {
      var child = position * 2 + 1
      guard child < keys.count else { break }
      if child + 1 < keys.count, keys[child + 1].precedes(keys[child]) { child += 1 }
      guard keys[child].precedes(key) else { break }
      place(keys[child], position)
      position = child
    }
    place(key, position)
  }

  @inline(__always)
  private func place(_ key: Key, _ position: Int) {
    keys[position] = key
    positions[Int(key.index)] = UInt32(position + 1)
  }
}
