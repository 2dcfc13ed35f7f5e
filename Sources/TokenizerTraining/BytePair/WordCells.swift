/// Words as symbols in one array, of cells that hold a symbol each.
///
/// A word's header is how many symbols it has and its count, a cell each; where one of them does not fit,
/// the uppermost bit of the first cell is set, and both follow in 64 bits.
struct WordCells<Cell: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>: ~Copyable {
  private var cells: GrowingArray<Cell>
  /// How many characters each symbol covers, in cells beside those of ``cells``; empty where nobody
  /// asks.
  private var lengths = GrowingArray<UInt32>()
  private let measuresSymbols: Bool

  private static var shortHeader: Int { 2 }
  /// How many cells 64 bits take.
  private static var cellsOfNumber: Int { 64 / Cell.bitWidth }
  private static var longHeader: Int { 2 + 2 * cellsOfNumber }
  private static var isLong: Cell { 1 << (Cell.bitWidth - 1) }

  init(capacity: Int, measuresSymbols: Bool) {
    cells = GrowingArray(capacity: capacity)
    self.measuresSymbols = measuresSymbols
  }

  var count: Int { cells.count }
  var byteCount: Int { cells.byteCount + lengths.byteCount }

  mutating func append(_ symbols: [UInt32], count: UInt64) {
    if let short = Cell(exactly: count), symbols.count < Int(Self.isLong) {
      cells.append(Cell(symbols.count))
      cells.append(short)
    } else {
      cells.append(Self.isLong)
      cells.append(0)
      for number in [UInt64(symbols.count), count] {
        for index in 0..<Self.cellsOfNumber {
          cells.append(Cell(truncatingIfNeeded: number >> UInt64(index * Cell.bitWidth)))
        }
      }
    }
    for symbol in symbols { cells.append(Cell(symbol)) }
    if measuresSymbols { lengths.append(repeating: 1, count: cells.count - lengths.count) }
  }

  @inline(__always)
  private func number(at index: Int) -> UInt64 {
    var number: UInt64 = 0
    for part in 0..<Self.cellsOfNumber {
      number |= UInt64(cells[index + part]) << UInt64(part * Cell.bitWidth)
    }
    return number
  }

  @inline(__always)
  func count(at place: Int) -> Int64 {
    if cells[place] & Self.isLong == 0 { return Int64(cells[place + 1]) }
    return Int64(number(at: place + Self.shortHeader + Self.cellsOfNumber))
  }

  @inline(__always)
  func symbols(at place: Int) -> Range<Int> {
    if cells[place] & Self.isLong == 0 {
      let start = place + Self.shortHeader
      return start..<start + Int(cells[place])
    }
    let start = place + Self.longHeader
    return start..<start + Int(number(at: place + Self.shortHeader))
  }

  @inline(__always)
  private func setSymbolCount(_ count: Int, at place: Int) {
    if cells[place] & Self.isLong == 0 {
      cells[place] = Cell(count)
    } else {
      for part in 0..<Self.cellsOfNumber {
        cells[place + Self.shortHeader + part] = Cell(
          truncatingIfNeeded: count >> (part * Cell.bitWidth))
      }
    }
  }

  @inline(__always)
  subscript(index: Int) -> UInt32 { UInt32(cells[index]) }

  @inline(__always)
  func prefetch(_ place: Int) { cells.prefetch(place) }

  /// What ``WordArena/merge(_:_:into:at:_:)`` does.
  @inline(__always)
  func merge(
    _ left: UInt32, _ right: UInt32, into merged: UInt32, at place: Int,
    _ body: (WordArena.Side, UInt32, Int) -> Void
  ) {
    let symbols = symbols(at: place)
    let left = Cell(truncatingIfNeeded: left)
    let right = Cell(truncatingIfNeeded: right)
    let (start, end) = (symbols.lowerBound, symbols.upperBound)
    var read = start
    while read + 1 < end, cells[read] != left || cells[read + 1] != right { read += 1 }
    guard read + 1 < end else { return }
    var write = read
    while read < end {
      guard cells[read] == left, read + 1 < end, cells[read + 1] == right else {
        cells[write] = cells[read]
        if measuresSymbols { lengths[write] = lengths[read] }
        write += 1
        read += 1
        continue
      }
      var length = 0
      if measuresSymbols { length = Int(lengths[read] + lengths[read + 1]) }
      if write > start {
        body(
          .left, UInt32(cells[write - 1]),
          measuresSymbols ? length + Int(lengths[write - 1]) : 0)
      }
      cells[write] = Cell(truncatingIfNeeded: merged)
      if measuresSymbols { lengths[write] = UInt32(length) }
      write += 1
      read += 2
      if read < end {
        body(.right, UInt32(cells[read]), measuresSymbols ? length + Int(lengths[read]) : 0)
      }
    }
    setSymbolCount(write - start, at: place)
  }

  /// Moves a word to a place before its own, which may overlap it; gives the place behind.
  mutating func move(_ place: Int, to target: Int) -> Int {
    let end = symbols(at: place).upperBound
    for index in place..<end {
      cells[target + index - place] = cells[index]
      if measuresSymbols { lengths[target + index - place] = lengths[index] }
    }
    return target + end - place
  }

  /// Leaves everything from `end` on out, and its memory.
  mutating func truncate(to end: Int) {
    cells.truncate(to: end)
    cells.shrink()
    guard measuresSymbols else { return }
    lengths.truncate(to: end)
    lengths.shrink()
  }
}

// MARK: - In a checkpoint

extension WordCells {
  /// - Throws: `unwritable`.
  func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try cells.write(to: &writer)
    try lengths.write(to: &writer)
  }

  /// Takes what was written, in the place of what there is.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func restore(from reader: inout CheckpointReader) throws(TrainingError) {
    try cells.restore(from: &reader)
    try lengths.restore(from: &reader)
  }
}
