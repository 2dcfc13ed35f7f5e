/// Short words, put into the order of their bytes: first by the first two bytes, as they come, so that
/// what is sorted then is small.
struct ShortWordOrder {
  private var entries: [ShortWordTable.Entry] = []
  /// Where words of each front end, as far as they were added.
  private var ends = [Int](repeating: 0, count: 1 << 16)
  private(set) var byteCount = 0

  var count: Int { entries.count }

  @inline(__always)
  subscript(index: Int) -> ShortWordTable.Entry { entries[index] }

  /// Says that a word will come.
  mutating func expect(_ word: ShortWord) {
    ends[word.front] += 1
    byteCount += word.count
  }

  /// To be called between what is expected and what comes.
  mutating func makeRoom() {
    var total = 0
    for front in ends.indices {
      let count = ends[front]
      ends[front] = total
      total += count
    }
    entries = Array(repeating: ShortWordTable.Entry(), count: total)
  }

  mutating func add(_ entry: ShortWordTable.Entry) {
    let front = entry.word.front
    entries[ends[front]] = entry
    ends[front] += 1
  }

  /// Sorts what was added.
  ///
  /// - Complexity: O(*n* log *n*).
  mutating func sort() {
    unsafe entries.withUnsafeMutableBufferPointer { entries in
      var start = 0
      for end in ends where end != start {
        // SAFETY: the ends ascend to the count of what was added.
        var some = unsafe UnsafeMutableBufferPointer(rebasing: entries[start..<end])
        unsafe some.sort { $0.word < $1.word }
        start = end
      }
    }
  }
}

/// Long words of several tables in the order of their bytes.
struct LongWordOrder {
  private struct Word: BitwiseCopyable {
    /// The first eight bytes.
    var front: UInt64
    var table: Int32
    var entry: Int32
  }

  private let tables: [LongWordTable]
  private var words: [Word] = []
  let byteCount: Int

  /// - Complexity: O(*n* log *n*).
  init(_ tables: [LongWordTable]) {
    self.tables = tables
    byteCount = tables.reduce(0) { $0 + $1.bytes.count }
    words.reserveCapacity(tables.reduce(0) { $0 + $1.entries.count })
    for (place, table) in tables.enumerated() {
      let (bytes, entries) = (table.bytes.span, table.entries.span)
      for entry in entries.indices {
        let front = Self.eightBytes(of: bytes, at: entries[entry].start)
        words.append(Word(front: front, table: Int32(place), entry: Int32(entry)))
      }
    }
    words.sort { one, other in
      one.front != other.front ? one.front < other.front : Self.precedes(one, other, tables)
    }
  }

  private static func eightBytes(of bytes: Span<UInt8>, at start: Int) -> UInt64 {
    var front: UInt64 = 0
    for index in start..<start + 8 { front = front << 8 | UInt64(bytes[index]) }
    return front
  }

  private static func precedes(_ one: Word, _ other: Word, _ tables: [LongWordTable]) -> Bool {
    let (table, otherTable) = (tables[Int(one.table)], tables[Int(other.table)])
    let range = table.entries[Int(one.entry)].range
    let otherRange = otherTable.entries[Int(other.entry)].range
    let (bytes, otherBytes) = (table.bytes.span, otherTable.bytes.span)
    // All are longer than what fits into eight bytes.
    for distance in 8..<min(range.count, otherRange.count) {
      let byte = bytes[range.lowerBound + distance]
      let otherByte = otherBytes[otherRange.lowerBound + distance]
      if byte != otherByte { return byte < otherByte }
    }
    return range.count < otherRange.count
  }

  var count: Int { words.count }

  private func entry(_ index: Int) -> LongWordTable.Entry {
    tables[Int(words[index].table)].entries[Int(words[index].entry)]
  }

  /// How often a word stands there.
  func wordCount(_ index: Int) -> UInt64 { entry(index).count }

  /// What a word begins with.
  func front(_ index: Int) -> ShortWord {
    let bytes = tables[Int(words[index].table)].bytes
    return ShortWord(bytes.span, entry(index).start, count: ShortWord.maximumLength)
  }

  func append(_ index: Int, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: tables[Int(words[index].table)].bytes[entry(index).range])
  }
}
