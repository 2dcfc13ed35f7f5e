/// Words as symbols that are merged, and split again. A word keeps the room that its characters need.
struct SplittingWords: ~Copyable {
  /// A pair that a change of a word took away, or that it made.
  enum Change { case lost, won }

  private var cells = GrowingArray<UInt32>()
  /// Where the cells of each word begin: how many symbols it has, then the symbols.
  private var places = GrowingArray<UInt32>()
  private var counts = GrowingArray<Int64>()

  /// - Throws: `limit` where all words together have too many symbols.
  mutating func append(_ symbols: [UInt32], count: Int64) throws(TrainingError) {
    guard cells.count + symbols.count + 1 < UInt32.max else {
      throw TrainingError(.limit, "different words have more than \(UInt32.max) symbols")
    }
    places.append(UInt32(cells.count))
    counts.append(count)
    cells.append(UInt32(symbols.count))
    for symbol in symbols { cells.append(symbol) }
  }

  /// How many words there are.
  var count: Int { places.count }

  func count(of word: UInt32) -> Int64 { counts[Int(word)] }

  func symbolCount(of word: UInt32) -> Int { Int(cells[Int(places[Int(word)])]) }

  func symbol(_ index: Int, of word: UInt32) -> UInt32 {
    cells[Int(places[Int(word)]) + 1 + index]
  }

  /// Makes `left` and `right`, where they are neighbours, one symbol, from the left, and tells which pairs
  /// that changes, one merge after another.
  ///
  /// - Returns: how often they were.
  @inline(__always)
  func merge(
    _ left: UInt32, _ right: UInt32, into merged: UInt32, in word: UInt32,
    _ body: (Change, UInt64) -> Void
  ) -> Int64 {
    let header = Int(places[Int(word)])
    let start = header + 1
    let end = start + Int(cells[header])
    var read = start
    while read + 1 < end, cells[read] != left || cells[read + 1] != right { read += 1 }
    guard read + 1 < end else { return 0 }
    var write = read
    var made: Int64 = 0
    while read < end {
      guard cells[read] == left, read + 1 < end, cells[read + 1] == right else {
        cells[write] = cells[read]
        write += 1
        read += 1
        continue
      }
      body(.lost, PairCounts.pair(left, right))
      if write > start {
        body(.lost, PairCounts.pair(cells[write - 1], left))
        body(.won, PairCounts.pair(cells[write - 1], merged))
      }
      cells[write] = merged
      write += 1
      read += 2
      made += 1
      if read < end {
        body(.lost, PairCounts.pair(right, cells[read]))
        body(.won, PairCounts.pair(merged, cells[read]))
      }
    }
    cells[header] = UInt32(write - start)
    return made
  }

  /// Puts `parts` in the place of a symbol wherever it stands, and tells which pairs that changes.
  ///
  /// - Returns: how often it stood there.
  func split(
    _ symbol: UInt32, into parts: [UInt32], in word: UInt32, _ body: (Change, UInt64) -> Void
  ) -> Int64 {
    let header = Int(places[Int(word)])
    let start = header + 1
    var symbols: [UInt32] = []
    var made: Int64 = 0
    let old = (start..<start + Int(cells[header])).map { cells[$0] }
    for index in old.indices {
      guard old[index] == symbol else {
        symbols.append(old[index])
        continue
      }
      made += 1
      if let previous = symbols.last {
        body(.lost, PairCounts.pair(previous, symbol))
        body(.won, PairCounts.pair(previous, parts[0]))
      }
      for part in parts.indices.dropFirst() {
        body(.won, PairCounts.pair(parts[part - 1], parts[part]))
      }
      symbols += parts
      if index + 1 < old.count {
        body(.lost, PairCounts.pair(symbol, old[index + 1]))
        body(.won, PairCounts.pair(parts[parts.count - 1], old[index + 1]))
      }
    }
    for (index, symbol) in symbols.enumerated() { cells[start + index] = symbol }
    cells[header] = UInt32(symbols.count)
    return made
  }
}
