internal import Tokenization

/// Counts of words of up to 15 bytes: an open-addressing table with the words in its slots.
///
/// Slots are in the order of the words' hashes, so that one table is poured into others, each for a
/// part of the hashes, from front to back.
///
/// It is its entries' only owner, so that it may go from thread to thread.
@safe
struct ShortWordTable: ~Copyable, @unchecked Sendable {
  struct Entry: BitwiseCopyable {
    var word = ShortWord()
    var count: UInt64 = 0
  }

  // SAFETY: `entries` has `capacity` initialised entries, a power of two, at least one of them empty.
  private var entries: UnsafeMutablePointer<Entry>
  private var capacity: Int
  /// How many words there are.
  private(set) var count = 0
  /// The uppermost bits of all hashes here are the same.
  private let commonBits: UInt64
  /// A count passed 2^64.
  private(set) var overflowed = false

  private static let initialCapacity = 1 << 8

  init(commonBits: Int = 0) {
    self.commonBits = UInt64(commonBits)
    capacity = Self.initialCapacity
    unsafe entries = Self.allocate(capacity)
  }

  deinit { unsafe entries.deallocate() }

  private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Entry> {
    let raw = unsafe LargeMemory.allocate(byteCount: capacity * MemoryLayout<Entry>.stride)
    let entries = unsafe raw.bindMemory(to: Entry.self, capacity: capacity)
    unsafe entries.initialize(repeating: Entry(), count: capacity)
    return unsafe entries
  }

  /// How much memory it takes.
  var byteCount: Int { capacity * MemoryLayout<Entry>.stride }

  @inline(__always)
  private func slot(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: (hash &<< commonBits) >> UInt64(64 &- capacity.trailingZeroBitCount))
  }

  /// Counts a word `times` more.
  @inline(__always)
  mutating func add(_ word: ShortWord, hash: UInt64, times: UInt64) {
    var slot = slot(of: hash)
    while true {
      // SAFETY: a slot is below `capacity`.
      let entry = unsafe entries + slot
      if unsafe entry.pointee.word == word {
        let (sum, overflows) = unsafe entry.pointee.count.addingReportingOverflow(times)
        unsafe entry.pointee.count = sum
        if overflows { overflowed = true }
        return
      }
      if unsafe entry.pointee.word.isEmpty {
        unsafe entry.pointee = Entry(word: word, count: times)
        count &+= 1
        if count &* 2 > capacity { grow() }
        return
      }
      slot = (slot &+ 1) & (capacity &- 1)
    }
  }

  private mutating func grow() {
    let old = unsafe entries
    let oldCapacity = capacity
    capacity *= 2
    unsafe entries = Self.allocate(capacity)
    count = 0
    for index in 0..<oldCapacity {
      let entry = unsafe old[index]
      if !entry.word.isEmpty { add(entry.word, hash: entry.word.hash, times: entry.count) }
    }
    unsafe old.deallocate()
  }

  /// Gives every word to `body`, in the order of their hashes, nearly.
  func visit(_ body: (Entry) -> Void) {
    for index in 0..<capacity {
      // SAFETY: the index is below `capacity`.
      let entry = unsafe entries[index]
      if !entry.word.isEmpty { body(entry) }
    }
  }

  /// Empties the table and leaves its room.
  mutating func removeAll() {
    unsafe entries.update(repeating: Entry(), count: capacity)
    count = 0
    overflowed = false
  }
}
