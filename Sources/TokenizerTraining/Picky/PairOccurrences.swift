/// How often two symbols are neighbours, and in which words: an open-addressing table. A pair whose
/// count is 0 has no entry.
///
/// Unlike the counts of plain byte-pair training these may rise again, when a token is split.
struct PairOccurrences: ~Copyable {
  struct Slot: BitwiseCopyable {
    var pair: UInt64
    var count: Int64
    /// The list of words.
    var words: UInt32
    /// The last step in which the count rose.
    var step: UInt32
  }

  // No pair, since no symbol is that great.
  private static let empty = Slot(pair: .max, count: 0, words: WordChains.none, step: 0)

  private var slots: GrowingArray<Slot>
  private var count = 0
  private var shift: UInt64

  init(capacity: Int = 1 << 12) {
    var size = 16
    while size * 2 < capacity * 3 { size *= 2 }
    slots = GrowingArray(repeating: Self.empty, count: size)
    shift = UInt64(64 - size.trailingZeroBitCount)
  }

  @inline(__always)
  private func home(of pair: UInt64) -> Int {
    Int(truncatingIfNeeded: ((pair ^ pair >> 29) &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  /// The slot of `pair`, or the empty one where it would be.
  @inline(__always)
  private func slot(of pair: UInt64) -> Int {
    var index = home(of: pair)
    while slots[index].pair != pair, slots[index].pair != .max {
      index = (index &+ 1) & (slots.count &- 1)
    }
    return index
  }

  /// How often `pair` stands in the words.
  subscript(pair: UInt64) -> Int64 { slots[slot(of: pair)].count }

  /// Adds `change`, which is above 0, to the count of `pair`, which now stands in `word`.
  ///
  /// - Returns: whether it is the first time in `step`.
  mutating func raise(
    _ pair: UInt64, by change: Int64, in word: UInt32, step: UInt32, _ chains: inout WordChains
  ) -> Bool {
    var index = slot(of: pair)
    if slots[index].pair == .max {
      if (count + 1) * 3 > slots.count * 2 {
        grow()
        index = slot(of: pair)
      }
      count += 1
      slots[index].pair = pair
      // subtle: a pair that was not there has risen in no step, and steps begin at 1.
      slots[index].step = 0
    }
    var slot = slots[index]
    slot.count += change
    chains.add(word, to: &slot.words)
    let isFirst = slot.step != step
    slot.step = step
    slots[index] = slot
    return isFirst
  }

  /// Takes `change` from the count of `pair`, which has so much.
  mutating func lower(_ pair: UInt64, by change: Int64, _ chains: inout WordChains) {
    let index = slot(of: pair)
    assert(slots[index].count >= change)
    slots[index].count -= change
    guard slots[index].count == 0 else { return }
    chains.remove(slots[index].words)
    removeSlot(index)
  }

  /// Takes the list of words of `pair` out, for the caller to go through and to give back.
  mutating func takeWords(of pair: UInt64) -> UInt32 {
    let index = slot(of: pair)
    defer { slots[index].words = WordChains.none }
    return slots[index].words
  }

  /// Closes the gap, so that no search ends too early.
  private mutating func removeSlot(_ gap: Int) {
    count -= 1
    var gap = gap
    var index = gap
    while true {
      index = (index &+ 1) & (slots.count &- 1)
      let slot = slots[index]
      if slot.pair == .max { break }
      let distance = (index &- home(of: slot.pair)) & (slots.count &- 1)
      if distance >= (index &- gap) & (slots.count &- 1) {
        slots[gap] = slot
        gap = index
      }
    }
    slots[gap] = Self.empty
  }

  private mutating func grow() {
    var larger = GrowingArray(repeating: Self.empty, count: slots.count * 2)
    swap(&slots, &larger)
    shift -= 1
    for index in 0..<larger.count where larger[index].pair != .max {
      slots[slot(of: larger[index].pair)] = larger[index]
    }
  }
}
