/// How often each token's merge took a border between characters away, and how often that was one
/// between morphemes.
struct MergeBlame {
  private(set) var uses: [UInt64]
  private(set) var offences: [UInt64]
  /// How many words were not counted: their tokens do not spell them.
  private(set) var skippedCount = 0
  private var open: [(symbol: UInt32, start: Int)] = []

  init(symbolCount: Int) {
    uses = Array(repeating: 0, count: symbolCount)
    offences = uses
  }

  mutating func skip() { skippedCount += 1 }

  /// Counts the merges that made `symbols` of a word.
  ///
  /// - Parameter borders: the places between morphemes, in bytes of the symbols' texts together.
  /// - Throws: `limit` where counts pass 2^64.
  mutating func count(
    _ symbols: [UInt32], borders: Set<Int>, weight: UInt64, _ tree: MergeTree, lengths: [Int]
  ) throws(TrainingError) {
    var start = 0
    for symbol in symbols {
      open.append((symbol, start))
      start += lengths[Int(symbol)]
    }
    while let (symbol, start) = open.popLast() {
      var place = start
      for (index, part) in tree.parts[Int(symbol)].enumerated() {
        if index > 0 {
          uses[Int(symbol)] = try sum(uses[Int(symbol)], weight)
          if borders.contains(place) {
            offences[Int(symbol)] = try sum(offences[Int(symbol)], weight)
          }
        }
        open.append((part, place))
        place += lengths[Int(part)]
      }
    }
  }

  /// The share of its uses in which a merge was wrong; 0 without uses.
  func share(of symbol: UInt32) -> Double {
    uses[Int(symbol)] == 0 ? 0 : Double(offences[Int(symbol)]) / Double(uses[Int(symbol)])
  }
}
