/// The symbols that stand beside a pair while it is being merged, each with what that changes.
struct NeighborTable: ~Copyable {
  struct Neighbor: BitwiseCopyable {
    var symbol: UInt32
    var isLeft: Bool
    /// What the pair with the merged part loses, and that with the new symbol wins.
    var lost: Int64 = 0
    var won: Int64 = 0
    var lastPlace = UInt32.max
    var placeCount: UInt32 = 0
    /// Where the pair with the new symbol stands.
    var places = PlacePool.List.empty
    /// Whether the pair with the new symbol is looked after.
    var isListed = false

    /// The pair of this neighbour with `symbol` between it and what was merged.
    @inline(__always)
    func pair(_ other: UInt32) -> UInt64 {
      isLeft ? PairCounts.pair(symbol, other) : PairCounts.pair(other, symbol)
    }
  }

  private var neighbors = GrowingArray<Neighbor>()
  /// The index plus 1 of each symbol, on the right and on the left; 0 where it has none.
  private var indices = GrowingArray<UInt32>(repeating: 0, count: 1 << 10)
  /// Words that get into the lists of new pairs: index of the neighbour and place.
  private var additions = GrowingArray<UInt64>()

  var count: Int { neighbors.count }

  @inline(__always)
  subscript(index: Int) -> Neighbor { neighbors[index] }

  /// The index of `symbol`, which is a new one where it was not met yet.
  @inline(__always)
  mutating func index(_ symbol: UInt32, isLeft: Bool) -> Int {
    let key = Int(symbol) * 2 + (isLeft ? 1 : 0)
    if key >= indices.count {
      indices.append(repeating: 0, count: max(indices.count, key + 1 - indices.count))
    }
    let index = indices[key]
    if index > 0 { return Int(index) - 1 }
    neighbors.append(Neighbor(symbol: symbol, isLeft: isLeft))
    indices[key] = UInt32(neighbors.count)
    return neighbors.count - 1
  }

  @inline(__always)
  func lose(_ count: Int64, _ index: Int) { neighbors[index].lost += count }

  /// The new pair is none: it has won nothing.
  func refuse(_ index: Int) { neighbors[index].won = 0 }

  /// Says that the places of the new pair are wanted.
  func listPlaces(of index: Int) { neighbors[index].isListed = true }

  /// Takes from what the pairs with `merged` have won what they lost again in the same step, as `merged`,
  /// which is a new symbol, came to stand beside itself where `left` had stood.
  func settle(_ left: UInt32, _ merged: UInt32) {
    guard let itself = find(merged, isLeft: true), let before = find(left, isLeft: false) else {
      return
    }
    if neighbors[before].won > 0 { neighbors[before].won -= neighbors[itself].lost }
    neighbors[itself].lost = 0
  }

  private func find(_ symbol: UInt32, isLeft: Bool) -> Int? {
    let key = Int(symbol) * 2 + (isLeft ? 1 : 0)
    guard key < indices.count, indices[key] > 0 else { return nil }
    return Int(indices[key]) - 1
  }

  /// Notes `count` more of the new pair, in the word at `place`; words come one after another.
  @inline(__always)
  mutating func win(_ count: Int64, at place: UInt32, _ index: Int) {
    neighbors[index].won += count
    guard neighbors[index].lastPlace != place else { return }
    neighbors[index].lastPlace = place
    neighbors[index].placeCount += 1
    additions.append(UInt64(index) << 32 | UInt64(place))
  }

  /// Makes the lists of places that are wanted, each in the order in which it was noted.
  mutating func distributePlaces(into pool: inout PlacePool) {
    var count = 0
    for index in 0..<neighbors.count where neighbors[index].isListed {
      count += Int(neighbors[index].placeCount)
      neighbors[index].places = pool.makeList(count: Int(neighbors[index].placeCount))
      neighbors[index].placeCount = 0
    }
    if count == 0 { return }
    for addition in 0..<additions.count {
      let index = Int(additions[addition] >> 32)
      guard neighbors[index].isListed else { continue }
      pool.setPlace(
        Int(neighbors[index].placeCount), in: &neighbors[index].places,
        to: UInt32(truncatingIfNeeded: additions[addition]))
      neighbors[index].placeCount += 1
    }
  }

  mutating func removeAll() {
    for index in 0..<neighbors.count {
      indices[Int(neighbors[index].symbol) * 2 + (neighbors[index].isLeft ? 1 : 0)] = 0
    }
    neighbors.removeAll()
    additions.removeAll()
  }
}
