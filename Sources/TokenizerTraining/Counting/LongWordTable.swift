internal import Tokenization
internal import UnicodeText

/// Counts of words of any length, one behind another in one buffer.
struct LongWordTable: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var entries: [Entry] = []
  /// The upper half of a slot is that of the hash, the lower the entry's index plus one; 0 is empty. A
  /// power of two in number, at most half of them used.
  private var slots = [UInt64](repeating: 0, count: 64)
  /// A count passed 2^64.
  private(set) var overflowed = false

  struct Entry: BitwiseCopyable, Sendable {
    var hash: UInt64
    var count: UInt64
    var start: Int
    var length: Int

    var range: Range<Int> { start..<start + length }
  }

  /// How much memory it takes.
  var byteCount: Int {
    bytes.capacity + entries.capacity * MemoryLayout<Entry>.stride + slots.count * 8
  }

  /// Counts a word `times` more.
  mutating func add(_ word: Span<UInt8>, hash: UInt64, times: UInt64) {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      if (slots[slot] ^ hash) >> 32 == 0 {
        let index = Int(slots[slot] & 0xFFFF_FFFF) - 1
        if bytes.span.extracting(entries[index].range).isEqual(to: word) {
          let (sum, overflows) = entries[index].count.addingReportingOverflow(times)
          entries[index].count = sum
          if overflows { overflowed = true }
          return
        }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = (hash >> 32) << 32 | UInt64(entries.count + 1)
    entries.append(Entry(hash: hash, count: times, start: bytes.count, length: word.count))
    bytes.append(contentsOf: word)
    if entries.count * 2 > slots.count { grow() }
  }

  private mutating func grow() {
    slots = [UInt64](repeating: 0, count: slots.count * 2)
    for index in entries.indices {
      let hash = entries[index].hash
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = (hash >> 32) << 32 | UInt64(index + 1)
    }
  }

  /// Empties the table and leaves its room.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    for slot in slots.indices { slots[slot] = 0 }
    overflowed = false
  }
}
