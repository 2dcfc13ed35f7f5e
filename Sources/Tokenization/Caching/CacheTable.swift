internal import CMemoryHints

/// An entry of a ``CacheTable``; all zeros means there is none.
protocol CacheEntry: BitwiseCopyable {
  associatedtype Key: Equatable
  var key: Key { get }
  var hash: Int { get }
  var isEmpty: Bool { get }
  init()
}

/// A hash table of buckets of two that grows up to a bound and then forgets what a newcomer displaces.
@safe
struct CacheTable<Entry: CacheEntry>: ~Copyable {
  // SAFETY: `entries` has `count` initialised entries, a power of two and at least two.
  private var entries: UnsafeMutablePointer<Entry>
  private var count: Int
  private var usedCount = 0
  private let maximumCount: Int

  private static var initialCount: Int { 1 << 11 }

  init(maximumByteCount: Int) {
    var limit = Self.initialCount
    while limit * 2 * MemoryLayout<Entry>.stride <= maximumByteCount { limit *= 2 }
    maximumCount = limit
    count = Self.initialCount
    unsafe entries = Self.allocate(count)
  }

  deinit { unsafe entries.deallocate() }

  private static func allocate(_ count: Int) -> UnsafeMutablePointer<Entry> {
    let raw = unsafe LargeMemory.allocate(byteCount: count * MemoryLayout<Entry>.stride)
    let entries = unsafe raw.bindMemory(to: Entry.self, capacity: count)
    unsafe entries.initialize(repeating: Entry(), count: count)
    return unsafe entries
  }

  mutating func removeAll() {
    unsafe entries.update(repeating: Entry(), count: count)
    usedCount = 0
  }

  /// Asks the memory for the bucket of `hash`.
  @inline(__always)
  func prefetch(_ hash: Int) {
    // SAFETY: the mask leaves an even index below `count`; and a prefetch never faults.
    unsafe tok_prefetch(entries + (hash & (count &- 2)))
  }

  /// The entry of `key`, or nil.
  @inline(__always)
  func entry(_ key: Entry.Key, hash: Int) -> Entry? {
    // SAFETY: the mask leaves an even index below `count`.
    let bucket = unsafe entries + (hash & (count &- 2))
    if unsafe bucket[0].key == key { return unsafe bucket[0] }
    if unsafe bucket[1].key == key { return unsafe bucket[1] }
    return nil
  }

  /// Adds an entry, in the place of one of the same key if there is such.
  mutating func insert(_ entry: Entry, hash: Int) {
    // Fuller tables of buckets of two lose too much of what they are given.
    if usedCount * 4 >= count, count < maximumCount { grow() }
    place(entry, hash: hash)
  }

  private mutating func place(_ entry: Entry, hash: Int) {
    // SAFETY: the mask leaves an even index below `count`.
    let bucket = unsafe entries + (hash & (count - 2))
    for index in 0..<2 where unsafe bucket[index].key == entry.key {
      unsafe bucket[index] = entry
      return
    }
    if unsafe bucket[0].isEmpty {
      usedCount += 1
    } else {
      // The newcomer comes first, and the older of two goes.
      if unsafe bucket[1].isEmpty { usedCount += 1 }
      unsafe bucket[1] = bucket[0]
    }
    unsafe bucket[0] = entry
  }

  private mutating func grow() {
    let old = unsafe entries
    let oldCount = count
    count = min(oldCount * 4, maximumCount)
    unsafe entries = Self.allocate(count)
    usedCount = 0
    for index in 0..<oldCount {
      let entry = unsafe old[index]
      if !entry.isEmpty { place(entry, hash: entry.hash) }
    }
    unsafe old.deallocate()
  }
}

/// Up to four ids for up to 15 bytes.
struct ShortEntry: CacheEntry {
  static let maximumLength = 15
  static let maximumCount = 4
  var key = ShortKey(low: 0, high: 0)
  var ids: (UInt64, UInt64) = (0, 0)

  init() {}

  init(key: ShortKey, ids: PackedIDs) {
    self.key = key
    self.ids = (ids.words.0, ids.words.1)
  }

  var hash: Int { key.hash }
  var isEmpty: Bool { key.high == 0 }
}

/// Up to seven ids for 16 to 31 bytes.
struct LongEntry: CacheEntry {
  static let maximumCount = 7
  var key = LongKey(low: ShortKey(low: 0, high: 0), high: ShortKey(low: 0, high: 0))
  var ids: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  init() {}

  init(key: LongKey, ids: PackedIDs) {
    self.key = key
    self.ids = ids.words
  }

  var hash: Int { key.hash }
  var isEmpty: Bool { key.high.high == 0 }
}
