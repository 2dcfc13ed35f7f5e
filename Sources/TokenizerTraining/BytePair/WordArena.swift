/// The words of a training as symbols, one word behind another in one array.
///
/// A word is known by its place: there stand its count, how many symbols it has, and the symbols, so that
/// whoever visits it waits for the memory once. Symbols take 16 bits each where all will fit, else 32. A
/// merge only shrinks a word; what it leaves free stays free until ``compact()``.
struct WordArena: ~Copyable {
  private var narrow: WordCells<UInt16>
  private var wide: WordCells<UInt32>
  private var isNarrow: Bool
  let measuresSymbols: Bool
  private var places = GrowingArray<UInt32>()
  /// No symbol is that great.
  private(set) var symbolLimit: UInt32 = 0
  /// How many symbols all words have, each as often as it stands in the text.
  private(set) var total: UInt64 = 0

  /// - Parameters:
  ///   - capacity: how many symbols there will be, about.
  ///   - symbolLimit: all symbols will be below it.
  ///   - measuresSymbols: whether the lengths of symbols are kept for ``merge(_:_:into:at:_:)``.
  init(capacity: Int, symbolLimit: Int = .max, measuresSymbols: Bool = false) {
    isNarrow = symbolLimit <= 1 << 16
    narrow = WordCells(capacity: isNarrow ? capacity : 0, measuresSymbols: measuresSymbols)
    wide = WordCells(capacity: isNarrow ? 0 : capacity, measuresSymbols: measuresSymbols)
    self.measuresSymbols = measuresSymbols
  }

  /// Adds a word; words of fewer than two symbols never change, and are left out.
  ///
  /// - Throws: `limit` where all words together have too many symbols, or the text has 2^63.
  mutating func append(_ symbols: [UInt32], count: UInt64) throws(TrainingError) {
    guard symbols.count > 1 else { return }
    let place = isNarrow ? narrow.count : wide.count
    guard place + symbols.count < Int(UInt32.max) - 16 else {
      throw TrainingError(.limit, "different words have more than \(UInt32.max) symbols")
    }
    let (product, overflows) = count.multipliedReportingOverflow(by: UInt64(symbols.count))
    let (sum, overflowsToo) = total.addingReportingOverflow(product)
    guard !overflows, !overflowsToo, sum <= Int64.max else {
      throw TrainingError(.limit, "the text has more than \(Int64.max) symbols")
    }
    total = sum
    places.append(UInt32(place))
    for symbol in symbols { symbolLimit = max(symbolLimit, symbol + 1) }
    if isNarrow {
      narrow.append(symbols, count: count)
    } else {
      wide.append(symbols, count: count)
    }
  }

  /// How many words there are.
  var count: Int { places.count }
  var byteCount: Int { narrow.byteCount + wide.byteCount + places.byteCount }

  /// Whether each word is one symbol.
  ///
  /// - Complexity: O(*n*), *n* being the words.
  var areWhole: Bool { (0..<count).allSatisfy { symbolCount(at: place($0)) == 1 } }

  /// Where word `index` stands.
  @inline(__always)
  func place(_ index: Int) -> UInt32 { places[index] }

  @inline(__always)
  func count(at place: UInt32) -> Int64 {
    isNarrow ? narrow.count(at: Int(place)) : wide.count(at: Int(place))
  }

  func symbolCount(at place: UInt32) -> Int {
    isNarrow ? narrow.symbols(at: Int(place)).count : wide.symbols(at: Int(place)).count
  }

  @inline(__always)
  func prefetch(_ place: UInt32) {
    isNarrow ? narrow.prefetch(Int(place)) : wide.prefetch(Int(place))
  }

  /// Gives all pairs of neighbours of the word at `place` to `body`, from the left.
  @inline(__always)
  func forEachPair(at place: UInt32, _ body: (UInt32, UInt32) -> Void) {
    if isNarrow {
      Self.forEachPair(narrow, Int(place), body)
    } else {
      Self.forEachPair(wide, Int(place), body)
    }
  }

  @inline(__always)
  private static func forEachPair<Cell>(
    _ cells: borrowing WordCells<Cell>, _ place: Int, _ body: (UInt32, UInt32) -> Void
  ) {
    let symbols = cells.symbols(at: place)
    var left = cells[symbols.lowerBound]
    for index in symbols.lowerBound + 1..<symbols.upperBound {
      let right = cells[index]
      body(left, right)
      left = right
    }
  }

  func contains(_ left: UInt32, _ right: UInt32, at place: UInt32) -> Bool {
    var isFound = false
    forEachPair(at: place) { isFound = isFound || $0 == left && $1 == right }
    return isFound
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
    if isNarrow {
      narrow.merge(left, right, into: merged, at: Int(place), body)
    } else {
      wide.merge(left, right, into: merged, at: Int(place), body)
    }
  }

  /// Moves the words together, and leaves those out that are one symbol. All places are others then.
  ///
  /// - Complexity: O(*s*), *s* being the symbols of all words.
  mutating func compact() {
    var end = 0
    var kept = 0
    for index in 0..<places.count {
      let place = Int(places[index])
      let symbols = isNarrow ? narrow.symbols(at: place) : wide.symbols(at: place)
      if symbols.count < 2 { continue }
      places[kept] = UInt32(end)
      kept += 1
      end = isNarrow ? narrow.move(place, to: end) : wide.move(place, to: end)
    }
    places.truncate(to: kept)
    places.shrink()
    if isNarrow { narrow.truncate(to: end) } else { wide.truncate(to: end) }
  }
}

// MARK: - In a checkpoint

extension WordArena {
  /// - Throws: `unwritable`.
  func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try writer.append(isNarrow ? 1 : 0)
    try narrow.write(to: &writer)
    try wide.write(to: &writer)
    try places.write(to: &writer)
  }

  /// Takes what was written, in the place of what there is.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func restore(from reader: inout CheckpointReader) throws(TrainingError) {
    isNarrow = try reader.count(upTo: 1) == 1
    try narrow.restore(from: &reader)
    try wide.restore(from: &reader)
    try places.restore(from: &reader)
  }
}
