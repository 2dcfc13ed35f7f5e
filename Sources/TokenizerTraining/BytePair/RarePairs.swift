/// Pairs that are too rare to be looked after, each with a count that it has not passed since: how often it
/// stood there when it was last looked at.
///
/// They are written one behind another, in four or five bytes each: a symbol where it is not that of the
/// record before, what stands beside it and on which side, the count; each in as many times seven bits as
/// it needs.
struct RarePairs: ~Copyable {
  private var bytes = GrowingArray<UInt8>()
  private var common = UInt32.max
  /// No count is greater; 0 where there is no pair.
  private(set) var greatestCount: UInt64 = 0

  var isEmpty: Bool { bytes.count == 0 }
  var byteCount: Int { bytes.byteCount }

  mutating func add(_ pair: UInt64, count: UInt64) {
    add(
      UInt32(truncatingIfNeeded: pair >> 32), beside: UInt32(truncatingIfNeeded: pair),
      isLeft: false, count: count)
  }

  /// Adds the pair of `symbol` with `neighbor` on its left or on its right; those of one symbol in a row
  /// take less room.
  mutating func add(
    _ symbol: UInt32, beside neighbor: UInt32, isLeft: Bool, count: UInt64
  ) {
    if symbol != common {
      common = symbol
      append(UInt64(symbol) << 1 | 1)
    }
    append(UInt64(neighbor) << 2 | (isLeft ? 2 : 0))
    append(count)
    greatestCount = max(greatestCount, count)
  }

  private mutating func append(_ number: UInt64) {
    var number = number
    while number >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: number) | 0x80)
      number >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: number))
  }

  /// Gives all pairs to `body`, with their counts.
  ///
  /// - Complexity: O(*n*).
  func visit(_ body: (UInt64, UInt64) -> Void) {
    var reader = Reader()
    while reader.advance(bytes) { body(reader.pair, reader.count) }
  }

  /// Takes out all pairs for which `isTaken` is true.
  ///
  /// - Complexity: O(*n*).
  mutating func removeAll(where isTaken: (UInt64, UInt64) -> Bool) {
    var kept = RarePairs()
    var reader = Reader()
    while reader.advance(bytes) {
      if isTaken(reader.pair, reader.count) { continue }
      kept.add(
        reader.symbol, beside: reader.neighbor, isLeft: reader.isLeft, count: reader.count)
    }
    self = kept
  }

  private struct Reader {
    private var position = 0
    private(set) var symbol: UInt32 = 0
    private(set) var neighbor: UInt32 = 0
    private(set) var isLeft = false
    private(set) var count: UInt64 = 0

    var pair: UInt64 {
      isLeft ? PairCounts.pair(neighbor, symbol) : PairCounts.pair(symbol, neighbor)
    }

    /// Reads a record; false at the end.
    mutating func advance(_ bytes: borrowing GrowingArray<UInt8>) -> Bool {
      guard position < bytes.count else { return false }
      var number = number(bytes)
      if number & 1 != 0 {
        symbol = UInt32(truncatingIfNeeded: number >> 1)
        number = self.number(bytes)
      }
      neighbor = UInt32(truncatingIfNeeded: number >> 2)
      isLeft = number & 2 != 0
      count = self.number(bytes)
      return true
    }

    private mutating func number(_ bytes: borrowing GrowingArray<UInt8>) -> UInt64 {
      var number: UInt64 = 0
      var shift: UInt64 = 0
      while true {
        let byte = bytes[position]
        position += 1
        number |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return number }
        shift += 7
      }
    }
  }
}

// MARK: - In a checkpoint

extension RarePairs {
  /// - Throws: `unwritable`.
  func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try bytes.write(to: &writer)
    try writer.append(UInt64(common))
    try writer.append(greatestCount)
  }

  /// Takes what was written, in the place of what there is.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func restore(from reader: inout CheckpointReader) throws(TrainingError) {
    try bytes.restore(from: &reader)
    common = UInt32(try reader.count(upTo: Int(UInt32.max)))
    greatestCount = try reader.number()
  }
}
