internal import Tokenization

/// Words as sequences of symbols, of which the most frequent pair of neighbours is wanted again and
/// again, and merged everywhere.
///
/// A pair is counted at each place where it stands, also where places overlap: `aaa` has the pair `a a`
/// twice. Words that have a pair are found in a list, so that a merge costs what it changes. In the queue
/// stands a pair with the count that it had when that last grew; one that is rarer by now goes back with
/// its count of now when it is on top.
struct SymbolWords {
  /// The words' rooms, one behind another; a word's symbols stand at the start of its room.
  private var symbols: [UInt32] = []
  /// Where the rooms begin, and the end of the last one.
  private var starts: [Int] = [0]
  private var lengths: [Int] = []
  private let counts: [UInt64]

  private var numbers = PairNumbers()
  /// By the numbers of pairs.
  private var pairCounts: [UInt64] = []
  private var lists = WordLists()
  private var isRaised: [Bool] = []
  /// Pairs that count more than the queue says.
  private var raised: [Int] = []
  private var queue = FrequentPairs()
  private var changed: [Int] = []

  /// - Parameters:
  ///   - counts: how often each word stands there.
  ///   - words: the symbols of each.
  /// - Throws: `limit` where all symbols of the text are more than 2^64, or words more than 2^32; what
  ///   `words` throws.
  init(
    counts: [UInt64], words: (Int) throws(TrainingError) -> [UInt32]
  ) throws(TrainingError) {
    self.counts = counts
    guard counts.count < UInt32.max else {
      throw TrainingError(.limit, "\(counts.count) different words, of at most \(UInt32.max - 1)")
    }
    var total: UInt64 = 0
    for word in counts.indices {
      let new = try words(word)
      symbols.append(contentsOf: new)
      starts.append(symbols.count)
      lengths.append(new.count)
      let (product, overflows) = counts[word].multipliedReportingOverflow(by: UInt64(new.count))
      guard !overflows else {
        throw TrainingError(.limit, "the words have more than \(UInt64.max) symbols")
      }
      total = try sum(total, product)
    }
    for word in counts.indices { countPairs(of: word) }
  }

  /// Takes the most frequent pair out of the queue, of equals the one of lower symbols; nil when every
  /// word is one symbol. It comes again only when it has become more frequent.
  mutating func popMostFrequent() -> (left: UInt32, right: UInt32, count: UInt64)? {
    for number in raised { push(number) }
    raised.removeAll(keepingCapacity: true)
    while let top = queue.pop() {
      let count = pairCounts[top.number]
      if count == top.count {
        return (
          UInt32(truncatingIfNeeded: top.pair >> 32), UInt32(truncatingIfNeeded: top.pair), count
        )
      }
      if count > 0, count < top.count { push(top.number) }
    }
    return nil
  }

  private mutating func push(_ number: Int) {
    isRaised[number] = false
    guard pairCounts[number] > 0 else { return }
    queue.push(
      FrequentPairs.Entry(
        count: pairCounts[number], pair: numbers.pairs[number], number: number))
  }

  /// Makes one symbol of each `left` with a `right` behind it, from the left.
  mutating func merge(_ left: UInt32, _ right: UInt32, into new: UInt32) {
    var words: [Int] = []
    swap(&words, &changed)
    let number = self.number(of: left, right)
    lists.removeAll(from: number, to: &words)
    for word in words { merge(left, right, into: new, in: word) }
    swap(&words, &changed)
  }

  private mutating func merge(
    _ left: UInt32, _ right: UInt32, into new: UInt32, in word: Int
  ) {
    let end = starts[word] + lengths[word]
    var read = starts[word]
    var write = read
    var isBehindMerge = false
    while read < end {
      let symbol = symbols[read]
      if symbol == left, read + 1 < end, symbols[read + 1] == right {
        if write > starts[word] {
          if !isBehindMerge { lower(symbols[write - 1], left, in: word) }
          raise(symbols[write - 1], new, in: word)
        }
        lower(left, right, in: word)
        if read + 2 < end { lower(right, symbols[read + 2], in: word) }
        symbols[write] = new
        isBehindMerge = true
        read += 2
      } else {
        if isBehindMerge { raise(new, symbol, in: word) }
        symbols[write] = symbol
        isBehindMerge = false
        read += 1
      }
      write += 1
    }
    lengths[word] = write - starts[word]
  }

  /// The number of a pair, whose entries are made when it is first seen.
  private mutating func number(of left: UInt32, _ right: UInt32) -> Int {
    let number = numbers.number(of: left, right)
    if number == pairCounts.count {
      pairCounts.append(0)
      isRaised.append(false)
      lists.appendList()
    }
    return number
  }

  private mutating func raise(_ left: UInt32, _ right: UInt32, in word: Int) {
    let number = self.number(of: left, right)
    pairCounts[number] += counts[word]
    lists.add(word, to: number)
    if !isRaised[number] {
      isRaised[number] = true
      raised.append(number)
    }
  }

  private mutating func lower(_ left: UInt32, _ right: UInt32, in word: Int) {
    pairCounts[number(of: left, right)] -= counts[word]
  }

  private mutating func countPairs(of word: Int) {
    for place in (starts[word]..<starts[word] + lengths[word]).dropFirst() {
      raise(symbols[place - 1], symbols[place], in: word)
    }
  }
}
