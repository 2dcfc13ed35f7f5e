/// Words as symbols, one behind another in one array. A merge only shrinks a word.
struct SymbolSequences: ~Copyable {
  private var symbols = GrowingArray<UInt32>()
  private var words = GrowingArray<Word>()

  struct Word: BitwiseCopyable {
    var start: Int
    var count: UInt32
    /// How often it stands in the text.
    var weight: Int64
  }

  var count: Int { words.count }

  subscript(index: Int) -> Word { words[index] }

  mutating func append(_ word: [UInt32], weight: Int64) {
    words.append(Word(start: symbols.count, count: UInt32(word.count), weight: weight))
    for symbol in word { symbols.append(symbol) }
  }

  /// The symbol at `position` of the word at `index`.
  @inline(__always)
  func symbol(_ position: Int, of index: Int) -> UInt32 {
    symbols[words[index].start + position]
  }

  /// Makes `left` and `right`, where they are neighbours, one symbol, from the left; says how often.
  ///
  /// - Parameter changes: gets each pair of neighbours that is no more (-1) and that came about (1).
  func merge(
    _ left: UInt32, _ right: UInt32, into merged: UInt32, in index: Int,
    _ changes: inout [(pair: UInt64, sign: Int64)]
  ) -> Int {
    var word = words[index]
    let end = word.start + Int(word.count)
    var (read, write) = (word.start, word.start)
    while read < end {
      guard symbols[read] == left, read + 1 < end, symbols[read + 1] == right else {
        symbols[write] = symbols[read]
        write += 1
        read += 1
        continue
      }
      if write > word.start {
        changes.append((PairCounts.pair(symbols[write - 1], left), -1))
        changes.append((PairCounts.pair(symbols[write - 1], merged), 1))
      }
      symbols[write] = merged
      write += 1
      read += 2
      if read < end {
        changes.append((PairCounts.pair(right, symbols[read]), -1))
        changes.append((PairCounts.pair(merged, symbols[read]), 1))
      }
    }
    let removed = end - write
    word.count = UInt32(write - word.start)
    words[index] = word
    return removed
  }
}

// MARK: - In a checkpoint

extension SymbolSequences {
  /// - Throws: `unwritable`.
  func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try symbols.write(to: &writer)
    try words.write(to: &writer)
  }

  /// Takes what was written, in the place of what there is.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func restore(from reader: inout CheckpointReader) throws(TrainingError) {
    try symbols.restore(from: &reader)
    try words.restore(from: &reader)
  }
}
