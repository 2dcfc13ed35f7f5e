/// Numbers pairs of symbols from 0 on, in the order in which they are first seen.
///
/// An open-addressing table: a slot is a pair's number and one more, or 0; at most half are taken.
struct PairNumbers {
  /// The pairs: the left symbol in the high half.
  private(set) var pairs: [UInt64] = []
  private var slots = [UInt32](repeating: 0, count: 1 << 10)

  static func key(_ left: UInt32, _ right: UInt32) -> UInt64 { UInt64(left) << 32 | UInt64(right) }

  /// The number of a pair, which it gets now if it has none.
  mutating func number(of left: UInt32, _ right: UInt32) -> Int {
    let key = Self.key(left, right)
    var slot = home(of: key)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if pairs[number] == key { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    pairs.append(key)
    slots[slot] = UInt32(pairs.count)
    if pairs.count * 2 > slots.count { grow() }
    return pairs.count - 1
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for (number, key) in pairs.enumerated() {
      var slot = home(of: key)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(number + 1)
    }
  }

  private func home(of key: UInt64) -> Int {
    let mixed = (key ^ key >> 29) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> UInt64(64 - slots.count.trailingZeroBitCount))
  }
}
