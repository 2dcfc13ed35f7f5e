/// What two neighbouring symbols merge to: an open-addressing table from a pair to a rank.
///
/// A slot is one word: 21 bits for each symbol of the pair, 22 for the rank, so that a look-up that
/// hits at once touches eight bytes. At most half of the slots are taken.
package struct PairTable: Sendable {
  /// Symbols are below this number; one pair above it would look like an empty slot.
  static let symbolLimit = 1 << 21 - 2
  /// No symbol: merges with nothing.
  static let barrier = UInt32(symbolLimit)
  /// Ranks are below this number.
  static let rankLimit = 1 << 22 - 1
  /// What ``rank(of:_:)`` gives for a pair that does not merge; greater than any rank.
  static let none = UInt32.max

  private static let rankBits: UInt64 = 22
  private static let rankMask: UInt64 = 1 << rankBits - 1
  package static let empty = UInt64.max

  package let slots: FlatArray<UInt64>
  private let shift: UInt64

  /// Reads a table that ``Builder`` made; `slots` has a power of two entries, at least one empty.
  package init(slots: FlatArray<UInt64>) {
    self.slots = slots
    shift = UInt64(64 - slots.count.trailingZeroBitCount)
  }

  /// The rank at which `left` and `right` merge, or ``none``.
  @inline(__always)
  func rank(of left: UInt32, _ right: UInt32) -> UInt32 {
    let key = UInt64(left) << 21 | UInt64(right)
    var index = Self.home(of: key, shift: shift)
    while true {
      let slot = slots[index]
      if slot >> Self.rankBits == key {
        return UInt32(truncatingIfNeeded: slot & Self.rankMask)
      }
      if slot == Self.empty { return Self.none }
      index = (index &+ 1) & (slots.count &- 1)
    }
  }

  /// The pair of a slot and its rank; nil for an empty one.
  static func merge(of slot: UInt64) -> (left: UInt32, right: UInt32, rank: UInt32)? {
    if slot == empty { return nil }
    let key = slot >> rankBits
    return (
      UInt32(truncatingIfNeeded: key >> 21), UInt32(truncatingIfNeeded: key & (1 << 21 - 1)),
      UInt32(truncatingIfNeeded: slot & rankMask)
    )
  }

  @inline(__always)
  private static func home(of key: UInt64, shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  /// A table while pairs are still being added to it.
  struct Builder {
    private(set) var slots: [UInt64]
    private var shift: UInt64
    private var used = 0

    /// - Parameter count: how many pairs will be added, more or less.
    init(capacity count: Int) {
      var size = 16
      while size < count * 2 { size *= 2 }
      slots = Array(repeating: PairTable.empty, count: size)
      shift = UInt64(64 - size.trailingZeroBitCount)
    }

    /// Adds a pair, or gives it another rank.
    mutating func insert(_ left: UInt32, _ right: UInt32, rank: UInt32) {
      if (used + 1) * 2 > slots.count { grow() }
      let key = UInt64(left) << 21 | UInt64(right)
      var index = PairTable.home(of: key, shift: shift)
      while slots[index] != PairTable.empty, slots[index] >> PairTable.rankBits != key {
        index = (index + 1) & (slots.count - 1)
      }
      if slots[index] == PairTable.empty { used += 1 }
      slots[index] = key << PairTable.rankBits | UInt64(rank)
    }

    private mutating func grow() {
      let old = slots
      slots = Array(repeating: PairTable.empty, count: old.count * 2)
      shift -= 1
      for slot in old where slot != PairTable.empty {
        var index = PairTable.home(of: slot >> PairTable.rankBits, shift: shift)
        while slots[index] != PairTable.empty { index = (index + 1) & (slots.count - 1) }
        slots[index] = slot
      }
    }

    func rank(of left: UInt32, _ right: UInt32) -> UInt32 {
      let key = UInt64(left) << 21 | UInt64(right)
      var index = PairTable.home(of: key, shift: shift)
      while true {
        let slot = slots[index]
        if slot >> PairTable.rankBits == key {
          return UInt32(truncatingIfNeeded: slot & PairTable.rankMask)
        }
        if slot == PairTable.empty { return PairTable.none }
        index = (index + 1) & (slots.count - 1)
      }
    }
  }
}
