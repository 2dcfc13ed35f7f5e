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
      for end in ends {
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
    for table in tables.indices {
      for entry in tables[table].entries.indices {
        let start = tables[table].entries[entry].start
        var front: UInt64 = 0
        for index in start..<start + 8 { front = front << 8 | UInt64(tables[table].bytes[index]) }
        words.append(Word(front: front, table: Int32(table), entry: Int32(entry)))
      }
    }
    words.sort { one, other in
      if one.front != other.front { return one.front < other.front }
      let (oneTable, otherTable) = (Int(one.table), Int(other.table))
      return tables[oneTable].bytes[tables[oneTable].entries[Int(one.entry)].range]
        .lexicographicallyPrecedes(
          tables[otherTable].bytes[tables[otherTable].entries[Int(other.entry)].range])
    }
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
