/// How often two symbols are neighbours: an open-addressing table. A pair whose count is 0 has no
/// entry, and leaves no trace.
struct PairCounts: ~Copyable {
  struct Slot: BitwiseCopyable {
    var pair: UInt64
    var count: Int64
  }

  private var slots: GrowingArray<Slot>
  private(set) var count = 0
  /// A count has passed 2^63.
  private(set) var hasOverflowed = false
  private var shift: UInt64

  // No pair, since no symbol is that great.
  private static let empty = Slot(pair: .max, count: 0)

  init(capacity: Int = 1 << 12) {
    var size = 16
    while size * 2 < capacity * 3 { size *= 2 }
    slots = GrowingArray(repeating: Self.empty, count: size)
    shift = UInt64(64 - size.trailingZeroBitCount)
  }

  /// A pair as a number: pairs are ordered by their left symbols, then by their right ones.
  @inline(__always)
  static func pair(_ left: UInt32, _ right: UInt32) -> UInt64 {
    UInt64(left) << 32 | UInt64(right)
  }

  @inline(__always)
  static func symbols(_ pair: UInt64) -> (left: UInt32, right: UInt32) {
    (UInt32(truncatingIfNeeded: pair >> 32), UInt32(truncatingIfNeeded: pair))
  }

  @inline(__always)
  private func home(of pair: UInt64) -> Int {
    Int(truncatingIfNeeded: ((pair ^ pair >> 29) &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  @inline(__always)
  func prefetch(_ pair: UInt64) { slots.prefetch(home(of: pair)) }

  @inline(__always)
  subscript(pair: UInt64) -> Int64 {
    var index = home(of: pair)
    while true {
      let slot = slots[index]
      if slot.pair == pair { return slot.count }
      if slot.pair == .max { return 0 }
      index = (index &+ 1) & (slots.count &- 1)
    }
  }

  /// Adds `change` to the count of `pair`, and gives what it was before.
  @inline(__always)
  @discardableResult
  mutating func add(_ change: Int64, to pair: UInt64) -> Int64 {
    var index = home(of: pair)
    while true {
      let slot = slots[index]
      if slot.pair == pair {
        let (sum, overflows) = slot.count.addingReportingOverflow(change)
        if overflows { hasOverflowed = true }
        if sum == 0 { remove(at: index) } else { slots[index] = Slot(pair: pair, count: sum) }
        return slot.count
      }
      if slot.pair == .max { break }
      index = (index &+ 1) & (slots.count &- 1)
    }
    if change != 0 {
      slots[index] = Slot(pair: pair, count: change)
      count += 1
      if count * 3 > slots.count * 2 { grow() }
    }
    return 0
  }

  /// Takes `change` from the count of `pair`, if it has one.
  @inline(__always)
  mutating func take(_ change: Int64, from pair: UInt64) {
    var index = home(of: pair)
    while true {
      let slot = slots[index]
      if slot.pair == pair {
        if slot.count == change {
          remove(at: index)
        } else {
          slots[index] = Slot(pair: pair, count: slot.count - change)
        }
        return
      }
      if slot.pair == .max { return }
      index = (index &+ 1) & (slots.count &- 1)
    }
  }

  /// Closes the gap with what was pushed behind it.
  private mutating func remove(at gap: Int) {
    let mask = slots.count - 1
    var gap = gap
    var index = gap
    while true {
      index = (index + 1) & mask
      let slot = slots[index]
      if slot.pair == .max { break }
      if (index - home(of: slot.pair)) & mask >= (index - gap) & mask {
        slots[gap] = slot
        gap = index
      }
    }
    slots[gap] = Self.empty
    count -= 1
  }

  private mutating func grow() {
    var larger = GrowingArray(repeating: Self.empty, count: slots.count * 2)
    shift -= 1
    for old in 0..<slots.count where slots[old].pair != .max {
      var index = home(of: slots[old].pair)
      while larger[index].pair != .max { index = (index + 1) & (larger.count - 1) }
      larger[index] = slots[old]
    }
    swap(&slots, &larger)
  }
}

// MARK: - In a checkpoint

extension PairCounts {
  /// - Throws: `unwritable`.
  func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try slots.write(to: &writer)
    try writer.append(count)
  }

  /// Takes what was written, in the place of what there is.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func restore(from reader: inout CheckpointReader) throws(TrainingError) {
    try slots.restore(from: &reader)
    count = try reader.count(upTo: slots.count)
    guard slots.count.nonzeroBitCount == 1 else { throw reader.damage }
    shift = UInt64(64 - slots.count.trailingZeroBitCount)
  }
}
