/// The pairs of a long pretoken that can merge, and which of its symbols are left.
///
/// A heap of words, the rank in the high half and the place in the low one, so that the order of words
/// is the order of merges; and a doubly linked list of places. Each word of the heap has four below it,
/// which lie together: in a long pretoken what costs is to fetch them.
///
/// In the longest pretokens pairs wait in a list for each rank. When a rank's turn comes its list is
/// taken out, and the heap is only for pairs that must not wait for the list's end.
struct MergeQueue {
  /// Longer texts have no room in a word.
  static let maximumSymbolCount = Int(UInt32.max)
  /// Where lists are worth it.
  static let listedSymbolCount = 1 << 12

  private var heap: [UInt64] = []
  private var lists = RankLists()
  private var usesLists = false
  /// The list whose turn it is, and how many of its places are done.
  private var turn: (rank: UInt32, places: [UInt32], done: Int) = (0, [], 0)
  private var following: [UInt32] = []
  private var preceding: [UInt32] = []
  private static let removed = UInt32.max

  /// Empties the queue for a list of `symbolCount` symbols, at most ``maximumSymbolCount``.
  mutating func start(symbolCount: Int) {
    heap.removeAll(keepingCapacity: true)
    lists.removeAll()
    turn.done = turn.places.count
    usesLists = symbolCount >= Self.listedSymbolCount
    following.removeAll(keepingCapacity: true)
    preceding.removeAll(keepingCapacity: true)
    following.append(contentsOf: (0..<UInt32(symbolCount)).lazy.map { $0 + 1 })
    preceding.append(contentsOf: (0..<UInt32(symbolCount)).lazy.map { $0 == 0 ? 0 : $0 - 1 })
  }

  /// The place behind `place`, or the number of symbols at the end.
  func next(_ place: Int) -> Int { Int(following[place]) }

  /// The place before `place`, which is not the first one.
  func previous(_ place: Int) -> Int { Int(preceding[place]) }

  func isAlive(_ place: Int) -> Bool { preceding[place] != Self.removed }

  /// Takes the place out of the list; it is not the first one.
  mutating func remove(_ place: Int) {
    let next = following[place]
    let previous = preceding[place]
    following[Int(previous)] = next
    if next < following.count { preceding[Int(next)] = previous }
    preceding[place] = Self.removed
  }

  /// Puts a place that was taken out back into the list, behind `previous`.
  mutating func insert(_ place: Int, after previous: Int) {
    let next = following[previous]
    following[place] = next
    preceding[place] = UInt32(truncatingIfNeeded: previous)
    following[previous] = UInt32(truncatingIfNeeded: place)
    if next < following.count { preceding[Int(next)] = UInt32(truncatingIfNeeded: place) }
  }

  /// Adds a pair that begins at `place`, unless it does not merge.
  mutating func push(_ rank: UInt32, at place: Int) {
    guard rank != PairTable.none else { return }
    if usesLists, rank > turn.rank || turn.done == turn.places.count {
      lists.append(UInt32(truncatingIfNeeded: place), to: rank)
      return
    }
    let entry = UInt64(rank) << 32 | UInt64(place)
    var index = heap.count
    heap.append(entry)
    var heap = heap.mutableSpan
    while index > 0 {
      let parent = (index &- 1) >> 2
      guard heap[parent] > entry else { break }
      heap[index] = heap[parent]
      index = parent
    }
    heap[index] = entry
  }

  /// Takes out the pair of lowest rank, the leftmost of equals.
  mutating func pop() -> (rank: UInt32, place: Int)? {
    if usesLists, let listed = popListed() { return listed }
    guard let top = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty { sink(last) }
    return (UInt32(truncatingIfNeeded: top >> 32), Int(top & 0xFFFF_FFFF))
  }

  /// Takes out the first pair of the lists, unless one of the heap comes before it.
  private mutating func popListed() -> (rank: UInt32, place: Int)? {
    if turn.done == turn.places.count {
      guard let rank = lists.lowestRank else { return nil }
      if let top = heap.first, top >> 32 < rank { return nil }
      turn.rank = rank
      turn.done = 0
      lists.removeAll(of: rank, to: &turn.places)
    }
    let place = turn.places[turn.done]
    if let top = heap.first, top < UInt64(turn.rank) << 32 | UInt64(place) { return nil }
    turn.done += 1
    return (turn.rank, Int(place))
  }

  /// Puts `entry` in the place of the first one, and lets it sink as far as it must.
  private mutating func sink(_ entry: UInt64) {
    var heap = heap.mutableSpan
    var index = 0
    while true {
      let first = index << 2 &+ 1
      guard first < heap.count else { break }
      var lowest = first
      var value = heap[first]
      for child in (first &+ 1)..<max(min(first &+ 4, heap.count), first &+ 1)
      where heap[child] < value {
        (lowest, value) = (child, heap[child])
      }
      guard value < entry else { break }
      heap[index] = value
      index = lowest
    }
    heap[index] = entry
  }

  /// Leaves only the symbols that are still in the list.
  func compact(_ symbols: inout [UInt32]) {
    var count = 0
    for place in symbols.indices where isAlive(place) {
      symbols[count] = symbols[place]
      count += 1
    }
    symbols.removeLast(symbols.count - count)
  }
}
