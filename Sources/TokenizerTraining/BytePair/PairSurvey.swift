/// A look through all words for pairs: how often each stands there, and where.
struct PairSurvey: ~Copyable {
  struct Entry: BitwiseCopyable {
    var pair: UInt64
    /// A count that the pair is known not to pass; 0 where nothing is known.
    var bound: UInt64
    var count: Int64 = 0
    var lastPlace = UInt32.max
    /// In how many words it stands.
    var placeCount: UInt32 = 0
    var isListed = false
    var places = PlacePool.List.empty
  }

  private var entries = GrowingArray<Entry>()
  /// The index of each pair of symbols below `side` plus 1; 0 where it was not met.
  private var small = GrowingArray<UInt32>(
    repeating: 0, count: PairSurvey.side * PairSurvey.side)
  /// The same of all other pairs.
  private var others = PairCounts()
  private static let side = 256

  var count: Int { entries.count }

  @inline(__always)
  subscript(index: Int) -> Entry { entries[index] }

  /// The index of a pair; nil if it was neither met nor inserted.
  @inline(__always)
  func index(of pair: UInt64) -> Int? {
    index(UInt32(truncatingIfNeeded: pair >> 32), UInt32(truncatingIfNeeded: pair))
  }

  @inline(__always)
  private func index(_ left: UInt32, _ right: UInt32) -> Int? {
    let index =
      left | right < UInt32(Self.side)
      ? Int(small[Int(left) * Self.side + Int(right)])
      : Int(others[PairCounts.pair(left, right)])
    return index > 0 ? index - 1 : nil
  }

  /// Adds a pair that is to be looked for, if it is not there yet.
  @discardableResult
  mutating func insert(_ pair: UInt64, bound: UInt64 = 0) -> Int {
    let (left, right) = (UInt32(truncatingIfNeeded: pair >> 32), UInt32(truncatingIfNeeded: pair))
    if let index = index(left, right) { return index }
    entries.append(Entry(pair: pair, bound: bound))
    if left | right < UInt32(Self.side) {
      small[Int(left) * Self.side + Int(right)] = UInt32(entries.count)
    } else {
      others.add(Int64(entries.count), to: pair)
    }
    return entries.count - 1
  }

  /// Forgets the index of a pair, so that whoever looks for it need not look at its entry.
  private mutating func remove(_ pair: UInt64) {
    let (left, right) = (UInt32(truncatingIfNeeded: pair >> 32), UInt32(truncatingIfNeeded: pair))
    if left | right < UInt32(Self.side) {
      small[Int(left) * Self.side + Int(right)] = 0
    } else {
      others.add(-others[pair], to: pair)
    }
  }

  /// Counts all pairs of `words`.
  mutating func countAll(_ words: borrowing WordArena) {
    for word in 0..<words.count {
      let place = words.place(word)
      let count = words.count(at: place)
      words.forEachPair(at: place) { left, right in
        note(index(left, right) ?? insert(PairCounts.pair(left, right)), count, place)
      }
    }
  }

  /// Counts the pairs of `words` that one of which is `symbol`.
  mutating func countAll(of symbol: UInt32, _ words: borrowing WordArena) {
    for word in 0..<words.count {
      let place = words.place(word)
      words.forEachPair(at: place) { left, right in
        guard left == symbol || right == symbol else { return }
        note(insert(PairCounts.pair(left, right)), words.count(at: place), place)
      }
    }
  }

  /// Counts the pairs that were inserted.
  mutating func countInserted(_ words: borrowing WordArena) {
    for word in 0..<words.count {
      let place = words.place(word)
      words.forEachPair(at: place) { left, right in
        if let index = index(left, right) { note(index, words.count(at: place), place) }
      }
    }
  }

  @inline(__always)
  private func note(_ index: Int, _ count: Int64, _ place: UInt32) {
    entries[index].count += count
    if entries[index].lastPlace != place {
      entries[index].lastPlace = place
      entries[index].placeCount += 1
    }
  }

  /// Counts a pair as none.
  func refuse(_ index: Int) { entries[index].count = 0 }

  /// Says that the places of a pair are wanted.
  func listPlaces(of index: Int) { entries[index].isListed = true }

  /// Makes the lists that are wanted. Other pairs have no index then.
  mutating func list(_ words: borrowing WordArena, in pool: inout PlacePool) {
    for index in 0..<entries.count {
      guard entries[index].isListed else {
        remove(entries[index].pair)
        continue
      }
      entries[index].places = pool.makeList(count: Int(entries[index].placeCount))
      entries[index].placeCount = 0
      entries[index].lastPlace = .max
    }
    for word in 0..<words.count {
      let place = words.place(word)
      words.forEachPair(at: place) { left, right in
        guard let index = index(left, right), entries[index].lastPlace != place else { return }
        entries[index].lastPlace = place
        pool.setPlace(Int(entries[index].placeCount), in: &entries[index].places, to: place)
        entries[index].placeCount += 1
      }
    }
  }
}
