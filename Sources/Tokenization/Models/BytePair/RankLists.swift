/// Places by rank: a list for each rank, and which ranks have any.
///
/// What is added to a list in ascending order comes out so without being sorted, which is nearly all;
/// that, and that lists are walked from end to end, is why a long pretoken waits here and not in a heap.
struct RankLists {
  /// The last node of each rank's list, plus one; 0 where there is none.
  private var lasts: [UInt32] = []
  private var nodes: [(place: UInt32, previous: UInt32)] = []
  /// The last of the nodes that are free, plus one.
  private var free: UInt32 = 0
  /// A bit for each rank that has places, above it a bit for each word that is not zero, and so on up to
  /// one word.
  private var levels: [[UInt64]] = [[0]]

  /// The lowest rank that has places.
  ///
  /// - Complexity: O(log *r*) in the greatest rank, to base 64.
  var lowestRank: UInt32? {
    guard levels[levels.count - 1][0] != 0 else { return nil }
    var index = 0
    for level in levels.reversed() { index = index << 6 | level[index].trailingZeroBitCount }
    return UInt32(truncatingIfNeeded: index)
  }

  mutating func append(_ place: UInt32, to rank: UInt32) {
    if Int(rank) >= lasts.count { grow(for: rank) }
    let node = (place: place, previous: lasts[Int(rank)])
    if node.previous == 0 { mark(rank) }
    if free == 0 {
      nodes.append(node)
      lasts[Int(rank)] = UInt32(nodes.count)
    } else {
      let index = Int(free) - 1
      lasts[Int(rank)] = free
      free = nodes[index].previous
      nodes[index] = node
    }
  }

  /// Moves the places of `rank` to `places`, ascending.
  ///
  /// - Complexity: O(*n*) if they were added in this order, else O(*n* log *n*).
  mutating func removeAll(of rank: UInt32, to places: inout [UInt32]) {
    places.removeAll(keepingCapacity: true)
    var next = lasts[Int(rank)]
    while next != 0 {
      let node = nodes[Int(next) - 1]
      places.append(node.place)
      nodes[Int(next) - 1].previous = free
      free = next
      next = node.previous
    }
    lasts[Int(rank)] = 0
    unmark(rank)
    places.reverse()
    let isSorted = places.indices.dropFirst().allSatisfy { places[$0 - 1] <= places[$0] }
    if !isSorted { places.sort() }
  }

  /// Forgets all places and gives back unusually much memory.
  mutating func removeAll() {
    while let rank = lowestRank {
      lasts[Int(rank)] = 0
      unmark(rank)
    }
    nodes.removeAll(keepingCapacity: nodes.capacity <= Self.usualCapacity)
    free = 0
  }

  private static let usualCapacity = 1 << 16

  private mutating func mark(_ rank: UInt32) {
    var index = Int(rank)
    for level in levels.indices {
      levels[level][index >> 6] |= 1 << UInt64(index & 63)
      index >>= 6
    }
  }

  private mutating func unmark(_ rank: UInt32) {
    var index = Int(rank)
    for level in levels.indices {
      levels[level][index >> 6] &= ~(1 << UInt64(index & 63))
      if levels[level][index >> 6] != 0 { return }
      index >>= 6
    }
  }

  private mutating func grow(for rank: UInt32) {
    var count = max(lasts.count, 1 << 12)
    while count <= Int(rank) { count *= 2 }
    lasts.append(contentsOf: repeatElement(0, count: count - lasts.count))
    levels = []
    while count > 1 {
      count = (count + 63) / 64
      levels.append(Array(repeating: 0, count: count))
    }
    for rank in lasts.indices where lasts[rank] != 0 { mark(UInt32(rank)) }
  }
}
