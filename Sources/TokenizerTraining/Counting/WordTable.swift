internal import Tokenization

/// Counts of words: short ones in slots, long ones one behind another.
struct WordTable: ~Copyable, Sendable {
  private(set) var short: ShortWordTable
  private(set) var long = LongWordTable()

  /// - Parameter commonBits: how many of the uppermost bits of all hashes of short words are the same.
  init(commonBits: Int = 0) { short = ShortWordTable(commonBits: commonBits) }

  var count: Int { short.count + long.entries.count }
  var byteCount: Int { short.byteCount + long.byteCount }
  var overflowed: Bool { short.overflowed || long.overflowed }

  /// Counts `text[start..<end]`, which may be empty and then is no word, `times` more.
  @inline(__always)
  mutating func add(_ text: Span<UInt8>, _ start: Int, _ end: Int, times: UInt64) {
    let length = end &- start
    if length <= ShortWord.maximumLength {
      if length <= 0 { return }
      let word = ShortWord(text, start, count: length)
      short.add(word, hash: word.hash, times: times)
    } else {
      let word = text.extracting(start..<end)
      long.add(word, hash: Tokenization.hash(word), times: times)
    }
  }

  mutating func add(_ entry: ShortWordTable.Entry) {
    short.add(entry.word, hash: entry.word.hash, times: entry.count)
  }

  mutating func add(_ entry: LongWordTable.Entry, of table: borrowing LongWordTable) {
    long.add(table.bytes.span.extracting(entry.range), hash: entry.hash, times: entry.count)
  }

  /// Empties the table and leaves its room.
  mutating func removeAll() {
    short.removeAll()
    long.removeAll()
  }
}
