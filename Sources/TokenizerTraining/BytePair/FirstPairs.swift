/// The pairs of words in which nothing was merged yet: how often each stands there, and where.
struct FirstPairs: ~Copyable {
  struct Entry: BitwiseCopyable {
    var pair: UInt64
    var count: Int64 = 0
    var lastPlace = UInt32.max
    var placeCount: UInt32 = 0
    var places = PlacePool.List.empty
  }

  private var entries = GrowingArray<Entry>()
  /// The index of each pair of symbols below `side` plus 1; 0 where it was not met.
  private var small = GrowingArray<UInt32>(repeating: 0, count: FirstPairs.side * FirstPairs.side)
  /// The same of all other pairs.
  private var others = PairCounts()
  private static let side = 512

  var count: Int { entries.count }

  subscript(index: Int) -> Entry { entries[index] }

  @inline(__always)
  private mutating func index(_ left: UInt32, _ right: UInt32) -> Int {
    let isSmall = left | right < UInt32(Self.side)
    let pair = PairCounts.pair(left, right)
    let cell = Int(left) * Self.side + Int(right)
    let index = isSmall ? Int(small[cell]) : Int(others[pair])
    if index > 0 { return index - 1 }
    entries.append(Entry(pair: pair))
    if isSmall {
      small[cell] = UInt32(entries.count)
    } else {
      others.add(Int64(entries.count), to: pair)
    }
    return entries.count - 1
  }

  /// Counts the pairs of a word.
  mutating func count(_ words: borrowing WordArena, at place: UInt32) {
    let count = words.count(at: place)
    var left = words.symbol(0, at: place)
    for position in 1..<words.symbolCount(at: place) {
      let right = words.symbol(position, at: place)
      let index = index(left, right)
      entries[index].count += count
      if entries[index].lastPlace != place {
        entries[index].lastPlace = place
        entries[index].placeCount += 1
      }
      left = right
    }
  }

  /// Makes room for the places of all that was counted.
  mutating func makeLists(in pool: inout PlacePool) {
    for index in 0..<entries.count {
      entries[index].places = pool.makeList(count: Int(entries[index].placeCount))
      entries[index].placeCount = 0
      entries[index].lastPlace = .max
    }
  }

  /// Puts the place of a word into the lists of its pairs.
  mutating func list(
    _ words: borrowing WordArena, at place: UInt32, in pool: inout PlacePool
  ) {
    var left = words.symbol(0, at: place)
    for position in 1..<words.symbolCount(at: place) {
      let right = words.symbol(position, at: place)
      let index = index(left, right)
      if entries[index].lastPlace != place {
        entries[index].lastPlace = place
        pool.setPlace(Int(entries[index].placeCount), in: &entries[index].places, to: place)
        entries[index].placeCount += 1
      }
      left = right
    }
  }
}
