/// The words of a training as symbols, one word behind another in one array.
///
/// A word is known by its place: there stand its count (two cells), how many symbols it has, and the
/// symbols, so that whoever visits it waits for the memory once. A merge only shrinks a word; what it
/// leaves free stays free.
struct WordArena: ~Copyable {
  private(set) var cells: GrowingArray<UInt32>
  /// How many characters each symbol covers, in cells beside those of ``cells``; empty where nobody
  /// asks.
  private var lengths = GrowingArray<UInt32>()
  let measuresSymbols: Bool
  private var places = GrowingArray<UInt32>()
  /// How many symbols all words have, each as often as it stands in the text.
  private var total: UInt64 = 0

  private static let headerCount = 3

  /// - Parameter measuresSymbols: whether the lengths of symbols are kept for ``merge(_:_:into:at:_:)``.
  init(capacity: Int, measuresSymbols: Bool = false) {
    cells = GrowingArray(capacity: capacity)
    self.measuresSymbols = measuresSymbols
  }

  /// Adds a word; words of fewer than two symbols never change, and are left out.
  ///
  /// - Throws: `limit` where all words together have too many symbols, or the text has 2^63.
  mutating func append(_ symbols: [UInt32], count: UInt64) throws(TrainingError) {
    guard symbols.count > 1 else { return }
    guard cells.count + symbols.count + Self.headerCount < UInt32.max else {
      throw TrainingError(.limit, "different words have more than \(UInt32.max) symbols")
    }
    let (product, overflows) = count.multipliedReportingOverflow(by: UInt64(symbols.count))
    let (sum, overflowsToo) = total.addingReportingOverflow(product)
    guard !overflows, !overflowsToo, sum <= Int64.max else {
      throw TrainingError(.limit, "the text has more than \(Int64.max) symbols")
    }
    total = sum
    places.append(UInt32(cells.count))
    cells.append(UInt32(truncatingIfNeeded: count))
    cells.append(UInt32(truncatingIfNeeded: count >> 32))
    cells.append(UInt32(symbols.count))
    for symbol in symbols { cells.append(symbol) }
    if measuresSymbols {
      lengths.append(repeating: 1, count: symbols.count + Self.headerCount)
    }
  }

  /// How many words there are.
  var count: Int { places.count }

  /// Whether each word is one symbol.
  ///
  /// - Complexity: O(*n*), *n* being the words.
  var areWhole: Bool { (0..<count).allSatisfy { symbolCount(at: place($0)) == 1 } }

  /// Where word `index` stands.
  @inline(__always)
  func place(_ index: Int) -> UInt32 { places[index] }

  @inline(__always)
  func count(at place: UInt32) -> Int64 {
    Int64(cells[Int(place)]) | Int64(cells[Int(place) + 1]) << 32
  }

  @inline(__always)
  func symbolCount(at place: UInt32) -> Int { Int(cells[Int(place) + 2]) }

  @inline(__always)
  func symbol(_ index: Int, at place: UInt32) -> UInt32 {
    cells[Int(place) + Self.headerCount + index]
  }

  @inline(__always)
  func prefetch(_ place: UInt32) { cells.prefetch(Int(place)) }

  func contains(_ left: UInt32, _ right: UInt32, at place: UInt32) -> Bool {
    for index in 1..<max(symbolCount(at: place), 1)
    where symbol(index - 1, at: place) == left && symbol(index, at: place) == right {
      return true
    }
    return false
  }

  /// What stood beside a merged pair, and what stands there now.
  enum Side { case left, right }

  /// Makes `left` and `right`, where they are neighbours, one symbol, from the left.
  ///
  /// `body` is told the neighbours of each, first the left one, which may be a symbol that was just
  /// made, and how many characters it and the new symbol cover, or 0 where they are not measured.
  @inline(__always)
  func merge(
    _ left: UInt32, _ right: UInt32, into merged: UInt32, at place: UInt32,
    _ body: (Side, UInt32, Int) -> Void
  ) {
    let count = symbolCount(at: place)
    let start = Int(place) + Self.headerCount
    let end = start + count
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
        body(.left, cells[write - 1], measuresSymbols ? length + Int(lengths[write - 1]) : 0)
      }
      cells[write] = merged
      if measuresSymbols { lengths[write] = UInt32(length) }
      write += 1
      read += 2
      if read < end {
        body(.right, cells[read], measuresSymbols ? length + Int(lengths[read]) : 0)
      }
    }
    cells[Int(place) + 2] = UInt32(write - start)
  }
}

// MARK: - In a checkpoint

extension WordArena {
  /// - Throws: `unwritable`.
  func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try cells.write(to: &writer)
    try lengths.write(to: &writer)
    try places.write(to: &writer)
  }

  /// Takes what was written, in the place of what there is.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func restore(from reader: inout CheckpointReader) throws(TrainingError) {
    try cells.restore(from: &reader)
    try lengths.restore(from: &reader)
    try places.restore(from: &reader)
  }
}
