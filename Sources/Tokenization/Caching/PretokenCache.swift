/// Remembers the ids of pretokens that one thread has met, within a bound in bytes. Its hits change
/// speed, nothing else.
///
/// There are two tables. Pretokens of up to 15 bytes with up to four ids lie in entries of half a
/// cache line, which is most of them; other pretokens of up to 31 bytes with up to seven ids in
/// entries of a whole one, which an entry without ids in the first table says of short ones. The rest
/// is not kept.
///
/// The keys are the bytes themselves, in words, with the length in the last byte, and the entries
/// hold the ids: a hit touches one line and nothing else. (Marcel Rød's gigatoken showed how far such
/// a cache carries.)
struct PretokenCache: ~Copyable {
  private var short: CacheTable<ShortEntry>
  private var long: CacheTable<LongEntry>

  /// Longer pretokens are not kept.
  static let maximumLength = 31

  /// - Parameter maximumByteCount: how much memory the tables may grow to, at least 256 kB.
  init(maximumByteCount: Int) {
    short = CacheTable(maximumByteCount: maximumByteCount / 2)
    long = CacheTable(maximumByteCount: maximumByteCount / 2)
  }

  /// Forgets everything.
  mutating func removeAll() {
    short.removeAll()
    long.removeAll()
  }

  /// A pretoken made ready for being looked up.
  struct Query {
    fileprivate var key = LongKey(low: ShortKey(low: 0, high: 0), high: ShortKey(low: 0, high: 0))
    fileprivate var hash = 0
    fileprivate var isShort = true
  }

  /// Makes `text[start..<start + count]` ready, 1 to ``maximumLength`` bytes, and asks the memory for
  /// its place.
  @inline(__always)
  func query(_ text: Span<UInt8>, _ start: Int, count: Int) -> Query {
    if count <= ShortEntry.maximumLength {
      let key = ShortKey(text, start, count: count)
      let hash = key.hash
      short.prefetch(hash)
      return Query(
        key: LongKey(low: key, high: ShortKey(low: 0, high: 0)), hash: hash, isShort: true)
    }
    let key = LongKey(text, start, count: count)
    let hash = key.hash
    long.prefetch(hash)
    return Query(key: key, hash: hash, isShort: false)
  }

  /// Appends the ids remembered for a pretoken, or returns false. `ids` has room for eight more.
  @inline(__always)
  func append(_ query: Query, to ids: inout IDBuffer) -> Bool {
    if query.isShort {
      guard let entry = short.entry(query.key.low, hash: query.hash),
        PackedIDs.count(entry.ids.0) > 0
      else { return false }
      ids.appendPacked(entry.ids)
    } else {
      guard let entry = long.entry(query.key, hash: query.hash) else { return false }
      ids.appendPacked(entry.ids)
    }
    return true
  }

  /// The same with the ranges of the ids, of a pretoken that begins at `base`; false where the ids were
  /// remembered without. `places` have room for eight more, too.
  @inline(__always)
  func append(
    _ query: Query, to ids: inout IDBuffer, _ places: inout PlaceBuffer, from base: Int, word: Int32
  ) -> Bool {
    if query.isShort {
      guard let entry = short.entry(query.key.low, hash: query.hash) else { return false }
      if PackedIDs.isPlaced(entry.ids.0) {
        ids.appendPacked(entry.ids)
        places.appendPacked(entry.ids, from: base, word: word)
        return true
      }
      guard PackedIDs.count(entry.ids.0) == 0 else { return false }
    }
    let key = query.isShort ? LongKey(widening: query.key.low) : query.key
    guard let entry = long.entry(key, hash: query.isShort ? key.hash : query.hash),
      PackedIDs.isPlaced(entry.ids.0)
    else { return false }
    ids.appendPacked(entry.ids)
    places.appendPacked(entry.ids, from: base, word: word)
    return true
  }

  /// Looks where a short pretoken lies that has more ids than short entries hold.
  func appendMany(_ query: Query, to ids: inout IDBuffer) -> Bool {
    // What is kept there has an entry without ids here, so that new pretokens need not be looked for.
    guard query.isShort, short.entry(query.key.low, hash: query.hash) != nil else { return false }
    let key = LongKey(widening: query.key.low)
    guard let entry = long.entry(key, hash: key.hash) else { return false }
    ids.appendPacked(entry.ids)
    return true
  }

  /// Remembers the ids from `start` on for a pretoken, if there is an entry that holds them, and their
  /// ranges in it, if there are any.
  mutating func insert(
    _ query: Query, _ ids: borrowing IDBuffer, from start: Int, ranges: [Range<Int>] = []
  ) {
    let count = ids.count - start
    guard (1...LongEntry.maximumCount).contains(count) else { return }
    if query.isShort, count <= ShortEntry.maximumCount {
      short.insert(
        ShortEntry(key: query.key.low, ids: ids.packed(from: start, ranges: ranges)),
        hash: query.hash)
    } else {
      if query.isShort, short.entry(query.key.low, hash: query.hash) == nil {
        let none = PackedIDs(count: 0)
        short.insert(ShortEntry(key: query.key.low, ids: none), hash: query.hash)
      }
      let key = query.isShort ? LongKey(widening: query.key.low) : query.key
      long.insert(LongEntry(key: key, ids: ids.packed(from: start, ranges: ranges)), hash: key.hash)
    }
  }
}

/// Up to 15 bytes and their count.
struct ShortKey: Equatable {
  var low: UInt64
  var high: UInt64

  init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// `text[start..<start + count]`, 1 to 15 bytes.
  @inline(__always)
  init(_ text: Span<UInt8>, _ start: Int, count: Int) {
    let words = sixteenBytes(of: text, at: start)
    let bits = UInt64(truncatingIfNeeded: count &* 8)
    if count <= 8 {
      low = words.low & UInt64.max >> (64 &- bits)
      high = 0
    } else {
      low = words.low
      high = words.high & UInt64.max >> (128 &- bits)
    }
    high |= UInt64(truncatingIfNeeded: count) << 56
  }

  @inline(__always)
  var hash: Int {
    let product = (low ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(
      by: high ^ 0xE703_7ED1_A0B4_28DB)
    return Int(truncatingIfNeeded: product.low ^ product.high)
  }
}

/// Up to 31 bytes and their count.
struct LongKey: Equatable {
  var low: ShortKey
  var high: ShortKey

  init(low: ShortKey, high: ShortKey) {
    self.low = low
    self.high = high
  }

  /// The key of a short pretoken; its upper half is that of no long one.
  init(widening key: ShortKey) {
    low = key
    high = ShortKey(low: 0, high: 1)
  }

  /// `text[start..<start + count]`, 16 to 31 bytes.
  @inline(__always)
  init(_ text: Span<UInt8>, _ start: Int, count: Int) {
    let words = sixteenBytes(of: text, at: start)
    low = ShortKey(low: words.low, high: words.high)
    // subtle: at 16 bytes there are none left for the upper half, whose key would shift by 64.
    high =
      count == 16
      ? ShortKey(low: 0, high: 1 << 60) : ShortKey(text, start &+ 16, count: count &- 16)
  }

  @inline(__always)
  var hash: Int {
    let first = UInt64(bitPattern: Int64(low.hash))
    let product = (first ^ high.low).multipliedFullWidth(by: high.high ^ 0x8EBC_6AF0_9C88_C6E3)
    return Int(truncatingIfNeeded: product.low ^ product.high)
  }
}

/// The sixteen bytes of `text` from `start` on, those behind its end as zeros.
@inline(__always)
private func sixteenBytes(of text: Span<UInt8>, at start: Int) -> (low: UInt64, high: UInt64) {
  guard start &+ 16 <= text.count else { return lastBytes(of: text, at: start) }
  // SAFETY: any bytes may be seen as bytes.
  let raw = unsafe text.bytes
  // SAFETY: the condition above keeps all sixteen bytes within the span.
  let low = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt64.self)
  // SAFETY: the same condition.
  let high = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: start &+ 8, as: UInt64.self)
  return (low.littleEndian, high.littleEndian)
}

private func lastBytes(of text: Span<UInt8>, at start: Int) -> (low: UInt64, high: UInt64) {
  var words: (low: UInt64, high: UInt64) = (0, 0)
  for index in start..<text.count {
    let shift = UInt64((index - start) * 8)
    if shift < 64 {
      words.low |= UInt64(text[index]) << shift
    } else {
      words.high |= UInt64(text[index]) << (shift - 64)
    }
  }
  return words
}
