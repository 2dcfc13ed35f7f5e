/// The words of a training whose tokens may be given up again, and how often each symbol stands there.
struct PickyMerging: ~Copyable {
  private var words: SplittingWords
  private var ledger = PairLedger()
  /// How often each symbol stands in the words.
  private(set) var frequencies: [Int64] = []
  /// For each symbol the list of words that it came to stand in; nothing for characters, which are
  /// never split.
  private var symbolWords: [UInt32] = []
  private let characterCount: Int

  /// - Parameter characterCount: the symbols below are those of characters.
  init(_ words: consuming SplittingWords, characterCount: Int) {
    self.words = words
    self.characterCount = characterCount
    for _ in 0..<characterCount { addSymbol() }
    for word in 0..<UInt32(self.words.count) {
      let count = self.words.count(of: word)
      var previous = PairLedger.barrier
      for index in 0..<self.words.symbolCount(of: word) {
        let symbol = self.words.symbol(index, of: word)
        if symbol != PairLedger.barrier { frequencies[Int(symbol)] += count }
        ledger.note(.won, PairCounts.pair(previous, symbol), in: word, count: count)
        previous = symbol
      }
    }
    ledger.endStep()
  }

  /// Makes room for one more symbol.
  mutating func addSymbol() {
    frequencies.append(0)
    symbolWords.append(WordChains.none)
  }

  /// The most frequent pair, of equally frequent ones the smaller one; nil if there is none.
  mutating func next() -> (pair: UInt64, count: UInt64)? { ledger.next() }

  /// Merges `pair` wherever it stands.
  ///
  /// - Returns: how often that was, which in a run of one symbol is less than its count.
  mutating func merge(_ pair: UInt64, into merged: UInt32) -> Int64 {
    let left = UInt32(truncatingIfNeeded: pair >> 32)
    let right = UInt32(truncatingIfNeeded: pair)
    var total: Int64 = 0
    let list = ledger.takeWords(of: pair)
    var node = list
    while node != WordChains.none {
      let word = ledger.chains.word(of: node)
      let made = Self.merge(words, &ledger, left, right, into: merged, in: word)
      if made > 0 { ledger.chains.add(word, to: &symbolWords[Int(merged)]) }
      total += made
      node = ledger.chains.next(of: node)
    }
    ledger.chains.remove(list)
    frequencies[Int(left)] -= total
    frequencies[Int(right)] -= total
    frequencies[Int(merged)] += total
    ledger.endStep()
    return total
  }

  /// Splits `symbol`, which is no character, wherever it stands.
  ///
  /// - Complexity: O(*s*) in the symbols of the words that it ever stood in since it was last split.
  mutating func split(_ symbol: UInt32, into parts: [UInt32]) {
    var total: Int64 = 0
    let list = symbolWords[Int(symbol)]
    symbolWords[Int(symbol)] = WordChains.none
    var node = list
    while node != WordChains.none {
      let word = ledger.chains.word(of: node)
      let made = Self.split(words, &ledger, symbol, into: parts, in: word)
      if made > 0 {
        for part in parts where part >= characterCount {
          ledger.chains.add(word, to: &symbolWords[Int(part)])
        }
      }
      total += made
      node = ledger.chains.next(of: node)
    }
    ledger.chains.remove(list)
    frequencies[Int(symbol)] -= total
    for part in parts { frequencies[Int(part)] += total }
    ledger.endStep()
  }

  // Static, so that words are read while the ledger changes.

  private static func merge(
    _ words: borrowing SplittingWords, _ ledger: inout PairLedger, _ left: UInt32,
    _ right: UInt32, into merged: UInt32, in word: UInt32
  ) -> Int64 {
    let count = words.count(of: word)
    return count
      * words.merge(left, right, into: merged, in: word) { change, pair in
        ledger.note(change, pair, in: word, count: count)
      }
  }

  private static func split(
    _ words: borrowing SplittingWords, _ ledger: inout PairLedger, _ symbol: UInt32,
    into parts: [UInt32], in word: UInt32
  ) -> Int64 {
    let count = words.count(of: word)
    return count
      * words.split(symbol, into: parts, in: word) { change, pair in
        ledger.note(change, pair, in: word, count: count)
      }
  }
}
