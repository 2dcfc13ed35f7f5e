/// Remembers the ids of pretokens that one thread has met: a table of fixed size classes that grows up
/// to a bound in bytes and then forgets what a newcomer displaces. Its hits change speed, nothing else.
///
/// An entry is half a cache line: up to 15 bytes of text with their length in the last byte, and up to
/// four ids with their count above the first. Longer pretokens and longer results are not kept. Two
/// entries share a line, and a pretoken may lie in either.
@safe
struct PretokenCache: ~Copyable {
  /// A pretoken's text as two words, unequal for unequal pretokens.
  struct Key {
    var low: UInt64
    var high: UInt64

    /// The pretoken `text[range]`, which has 1 to 15 bytes.
    @inline(__always)
    init(_ text: Span<UInt8>, _ start: Int, count: Int) {
      if start &+ 16 <= text.count {
        // SAFETY: any bytes may be seen as bytes.
        let raw = unsafe text.bytes
        // SAFETY: the condition above keeps all sixteen bytes within the span.
        low = unsafe raw.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self).littleEndian
        high = unsafe raw.unsafeLoadUnaligned(fromByteOffset: start &+ 8, as: UInt64.self)
          .littleEndian
        let bits = UInt64(truncatingIfNeeded: count &* 8)
        if count <= 8 {
          low &= UInt64.max >> (64 &- bits)
          high = 0
        } else {
          high &= UInt64.max >> (128 &- bits)
        }
      } else {
        low = 0
        high = 0
        for index in 0..<count {
          let byte = UInt64(text[start &+ index])
          if index < 8 {
            low |= byte << UInt64(index * 8)
          } else {
            high |= byte << UInt64(index * 8 - 64)
          }
        }
      }
      high |= UInt64(truncatingIfNeeded: count) << 56
    }

    init(low: UInt64, high: UInt64) {
      self.low = low
      self.high = high
    }

    @inline(__always)
    var hash: Int {
      let product = (low ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(
        by: high ^ 0xE703_7ED1_A0B4_28DB)
      return Int(truncatingIfNeeded: product.low ^ product.high)
    }
  }

  private struct Entry {
    var low: UInt64 = 0
    var high: UInt64 = 0
    /// The first id, the count above its 29 bits; then the second.
    var firstTwo: UInt64 = 0
    var lastTwo: UInt64 = 0
  }

  static let maximumLength = 15
  static let maximumCount = 4
  private static let initialCount = 1 << 12

  private var entries: UnsafeMutablePointer<Entry>
  private var entryCount: Int
  private var usedCount = 0
  private let maximumEntryCount: Int

  /// - Parameter maximumByteCount: how much memory the entries may take, at least 128 kB.
  init(maximumByteCount: Int) {
    var limit = Self.initialCount
    while limit * 2 * MemoryLayout<Entry>.stride <= maximumByteCount { limit *= 2 }
    maximumEntryCount = limit
    entryCount = Self.initialCount
    unsafe entries = Self.allocate(entryCount)
  }

  deinit { unsafe entries.deallocate() }

  private static func allocate(_ count: Int) -> UnsafeMutablePointer<Entry> {
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Entry>.stride, alignment: 64)
    let entries = unsafe raw.bindMemory(to: Entry.self, capacity: count)
    unsafe entries.initialize(repeating: Entry(), count: count)
    return unsafe entries
  }

  /// Forgets everything.
  mutating func removeAll() {
    unsafe entries.update(repeating: Entry(), count: entryCount)
    usedCount = 0
  }

  /// Appends the ids remembered for `key`, or returns false. `ids` has room for four more.
  @inline(__always)
  func append(_ key: Key, hash: Int, to ids: inout IDBuffer) -> Bool {
    let home = hash & (entryCount &- 2)
    // SAFETY: `home` is even and below `entryCount`, a power of two.
    var entry = unsafe entries + home
    if unsafe entry.pointee.low != key.low || entry.pointee.high != key.high {
      unsafe entry += 1
      guard unsafe entry.pointee.low == key.low && entry.pointee.high == key.high else {
        return false
      }
    }
    unsafe ids.appendUpToFour(entry.pointee.firstTwo, entry.pointee.lastTwo)
    return true
  }

  /// Remembers one to four ids for `key`.
  mutating func insert(_ key: Key, hash: Int, _ ids: borrowing IDBuffer, from start: Int) {
    let count = ids.count - start
    var firstTwo = UInt64(ids[start]) | UInt64(count) << 29
    var lastTwo: UInt64 = 0
    if count > 1 { firstTwo |= UInt64(ids[start + 1]) << 32 }
    if count > 2 { lastTwo |= UInt64(ids[start + 2]) }
    if count > 3 { lastTwo |= UInt64(ids[start + 3]) << 32 }
    if usedCount * 4 >= entryCount * 3, entryCount < maximumEntryCount { grow() }
    place(Entry(low: key.low, high: key.high, firstTwo: firstTwo, lastTwo: lastTwo), hash: hash)
  }

  private mutating func place(_ entry: Entry, hash: Int) {
    let home = hash & (entryCount - 2)
    // SAFETY: `home` is even and below `entryCount`, a power of two.
    let first = unsafe entries + home
    if unsafe first.pointee.high != 0 {
      // The older of the two goes when both are taken.
      if unsafe first[1].high == 0 { usedCount += 1 }
      unsafe first[1] = first[0]
    } else {
      usedCount += 1
    }
    unsafe first[0] = entry
  }

  private mutating func grow() {
    let old = unsafe entries
    let oldCount = entryCount
    entryCount = min(oldCount * 4, maximumEntryCount)
    unsafe entries = Self.allocate(entryCount)
    usedCount = 0
    for index in 0..<oldCount {
      let entry = unsafe old[index]
      guard entry.high != 0 else { continue }
      place(entry, hash: Key(low: entry.low, high: entry.high).hash)
    }
    unsafe old.deallocate()
  }
}
