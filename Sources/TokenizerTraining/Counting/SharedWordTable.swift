internal import Synchronization
internal import Tokenization

/// The counts of all threads: parts by the words' hashes, each with a lock of its own.
///
/// A thread counts in a small table that stays in its nearest caches, and pours it in here when that
/// is full; most words are frequent ones, so that this is rare beside counting.
final class SharedWordTable: Sendable {
  private final class Part: Sendable {
    let table: Mutex<WordTable>
    init() { table = Mutex(WordTable(commonBits: partBits)) }
  }

  static let partBits = 4
  private let parts: [Part]
  /// Bytes of memory that all parts take.
  private let byteTotal = Atomic<Int>(0)

  init() { parts = (0..<(1 << Self.partBits)).map { _ in Part() } }

  var byteCount: Int { byteTotal.load(ordering: .relaxed) }

  /// Adds all that `table` has, and empties it. False where a count passed 2^64.
  func absorb(_ table: inout WordTable) -> Bool {
    var short: [ShortWordTable.Entry] = []
    short.reserveCapacity(table.short.count)
    table.short.visit { short.append($0) }
    var start = 0
    while start < short.count {
      let part = Self.part(of: short[start].word.hash)
      var end = start + 1
      while end < short.count, Self.part(of: short[end].word.hash) == part { end += 1 }
      update(part) { shared in
        for index in start..<end { shared.add(short[index]) }
      }
      start = end
    }
    for part in parts.indices where !table.long.entries.isEmpty {
      update(part) { shared in
        for entry in table.long.entries where Self.part(of: entry.hash) == part {
          shared.add(entry, of: table.long)
        }
      }
    }
    let isWhole = !table.overflowed
    table.removeAll()
    return isWhole
  }

  private static func part(of hash: UInt64) -> Int { Int(hash >> UInt64(64 - partBits)) }

  private func update(_ part: Int, _ body: (inout WordTable) -> Void) {
    let change = parts[part].table.withLock { table in
      let before = table.byteCount
      body(&table)
      return table.byteCount - before
    }
    byteTotal.wrappingAdd(change, ordering: .relaxed)
  }

  /// Takes all words out, in the order of their bytes.
  ///
  /// - Throws: `limit`.
  /// - Complexity: O(*n* log *n*).
  func takeAll() throws(TrainingError) -> WordCounts {
    // Others may go on pouring in meanwhile: what is looked at twice is taken away first.
    let taken = parts.map { takeTable(of: $0) }
    var short = ShortWordOrder()
    var overflowed = false
    for part in taken {
      part.table.withLock { table in
        overflowed = overflowed || table.overflowed
        table.short.visit { short.expect($0.word) }
      }
    }
    short.makeRoom()
    var long: [LongWordTable] = []
    for part in taken {
      part.table.withLock { table in
        table.short.visit { short.add($0) }
        long.append(table.long)
        table = WordTable(commonBits: Self.partBits)
      }
    }
    guard !overflowed else { throw TrainingError.countOverflow }
    short.sort()
    return try Self.merged(short, LongWordOrder(long))
  }

  /// A part that nobody else has, with the words of `part`, which has none then.
  private func takeTable(of part: Part) -> Part {
    let taken = Part()
    let size = part.table.withLock { table in
      let size = table.byteCount
      taken.table.withLock { swap(&$0, &table) }
      return size - table.byteCount
    }
    byteTotal.wrappingSubtract(size, ordering: .relaxed)
    return taken
  }

  private static func merged(
    _ short: ShortWordOrder, _ long: LongWordOrder
  ) throws(TrainingError) -> WordCounts {
    let byteCount = short.byteCount + long.byteCount
    try WordCounts.checkSize(byteCount)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(byteCount)
    var ends: [UInt32] = []
    ends.reserveCapacity(short.count + long.count)
    var counts: [UInt64] = []
    counts.reserveCapacity(short.count + long.count)
    var next = 0
    func close(_ count: UInt64) {
      ends.append(UInt32(bytes.count))
      counts.append(count)
    }
    for index in 0..<long.count {
      // What both begin with decides, and the short word comes first where it is all of that.
      let front = long.front(index)
      while next < short.count, short[next].word <= front {
        short[next].word.append(to: &bytes)
        close(short[next].count)
        next += 1
      }
      long.append(index, to: &bytes)
      close(long.wordCount(index))
    }
    while next < short.count {
      short[next].word.append(to: &bytes)
      close(short[next].count)
      next += 1
    }
    return WordCounts(sortedWords: ByteStrings(bytes: bytes, ends: ends), counts: counts)
  }
}

extension TrainingError {
  /// A word stands there too often.
  static var countOverflow: TrainingError {
    TrainingError(.limit, "a word stands there more than \(UInt64.max) times")
  }
}
