/// Sequences of symbols, each with a count, in which neighbours are merged, and how often each pair of
/// neighbours stands there: the bytes of words, or the pretokens of runs.
///
/// In a run of one symbol only pairs that do not overlap count: `a a a` has one pair, as many as will be
/// merged. So a merge changes what is counted up to the ends of such runs: `i n` in `i n i n` leaves one
/// pair of the new symbol, and `x x` before a merged `x` counts again. What a merge changes is counted
/// anew within *windows* around it that end where runs do.
///
/// Every count is exact at every time. The queue has an entry for each pair from when its count last
/// rose; a pair whose count has fallen since is put there again when its turn comes.
struct CountedSequences: ~Copyable {
  /// A stretch of a sequence that ends where runs of one symbol do, with merges in it.
  private struct Window {
    var range: Range<Int>
    var mergeCount: Int
  }

  private enum Change { case lost, won }

  private(set) var texts = SymbolTexts()
  /// How often each symbol stands there.
  private(set) var frequencies: [Int64] = []
  /// Whether the pairs of a symbol count.
  private var isCounted: [Bool] = []
  /// For each symbol the list of sequences that a merge put it into; empty where nothing is split.
  private var homes: [UInt32] = []
  private let keepsHomes: Bool

  private var cells = GrowingArray<UInt32>()
  /// Where the cells of each sequence begin: how many symbols it has, then the symbols.
  private var places = GrowingArray<UInt32>()
  private var counts = GrowingArray<Int64>()
  private var total: Int64 = 0

  private var pairs = PairOccurrences()
  private var chains = WordChains()
  private var queue = PairsByText()
  /// The pairs whose counts rose in this step.
  private var risen: [UInt64] = []
  private var step: UInt32 = 1
  private var windows: [Window] = []

  /// - Parameter splits: whether symbols will be split.
  init(splits: Bool) { keepsHomes = splits }

  /// Adds a symbol.
  ///
  /// - Parameter isCounted: whether its pairs count; what is added later is counted so.
  mutating func addSymbol(_ text: some Sequence<UInt8>, isCounted: Bool) {
    texts.append(text)
    frequencies.append(0)
    self.isCounted.append(isCounted)
    if keepsHomes { homes.append(WordChains.none) }
  }

  /// Adds a sequence, whose symbols are there already.
  ///
  /// - Throws: `limit` where all sequences together have too many symbols, or counts pass 2^63.
  mutating func append(_ symbols: [UInt32], count: UInt64) throws(TrainingError) {
    guard cells.count + symbols.count + 1 < UInt32.max, places.count < UInt32.max - 1 else {
      throw TrainingError(.limit, "different words have more than \(UInt32.max) symbols")
    }
    let (added, passes) = count.multipliedReportingOverflow(by: UInt64(symbols.count))
    guard !passes, let added = Int64(exactly: added), let count = Int64(exactly: count),
      added <= Int64.max - total
    else { throw .countOverflow }
    total += added
    let sequence = UInt32(places.count)
    places.append(UInt32(cells.count))
    counts.append(count)
    cells.append(UInt32(symbols.count))
    for symbol in symbols {
      cells.append(symbol)
      frequencies[Int(symbol)] += count
    }
    note(.won, range(of: sequence), in: sequence)
  }

  /// How many symbols a sequence has.
  func length(of sequence: UInt32) -> Int { Int(cells[Int(places[Int(sequence)])]) }

  private func range(of sequence: UInt32) -> Range<Int> {
    let start = Int(places[Int(sequence)]) + 1
    return start..<start + length(of: sequence)
  }

  // MARK: - The most frequent pair

  /// Puts the pairs whose counts rose into the queue: to be called when all of a step is done.
  mutating func endStep() {
    for pair in risen {
      let count = pairs[pair]
      if count > 0 { queue.push(PairsByText.Entry(count: count, pair: pair), texts) }
    }
    risen.removeAll(keepingCapacity: true)
    step += 1
  }

  /// The most frequent pair, of equally frequent ones the first in the order of texts; nil if there is
  /// none.
  mutating func first() -> (pair: UInt64, count: UInt64)? {
    while let entry = queue.first {
      let count = pairs[entry.pair]
      if count == entry.count { return (entry.pair, UInt64(count)) }
      // One that has risen has another entry.
      if count > 0, count < entry.count {
        queue.replaceFirst(by: PairsByText.Entry(count: count, pair: entry.pair), texts)
      } else {
        queue.removeFirst(texts)
      }
    }
    return nil
  }

  /// Passes over the most frequent pair until its count rises.
  mutating func skipFirst() { queue.removeFirst(texts) }

  // MARK: - Merging

  /// Merges `pair` wherever it stands, from the left, into the symbol that was added last.
  ///
  /// - Returns: how often that was, which is its count.
  /// - Complexity: O(*s*) in the symbols of the sequences where it ever stood.
  mutating func merge(_ pair: UInt64) -> Int64 {
    let merged = UInt32(texts.count - 1)
    let left = UInt32(truncatingIfNeeded: pair >> 32)
    let right = UInt32(truncatingIfNeeded: pair)
    let list = pairs.takeWords(of: pair)
    var total: Int64 = 0
    var node = list
    while node != WordChains.none {
      let sequence = chains.word(of: node)
      let made = merge(left, right, into: merged, in: sequence)
      if made > 0, keepsHomes { chains.add(sequence, to: &homes[Int(merged)]) }
      total += made * counts[Int(sequence)]
      node = chains.next(of: node)
    }
    chains.remove(list)
    frequencies[Int(left)] -= total
    frequencies[Int(right)] -= total
    frequencies[Int(merged)] += total
    endStep()
    return total
  }

  private mutating func merge(
    _ left: UInt32, _ right: UInt32, into merged: UInt32, in sequence: UInt32
  ) -> Int64 {
    let range = range(of: sequence)
    findWindows(left, right, in: range)
    guard !windows.isEmpty else { return 0 }
    for window in windows { note(.lost, window.range, in: sequence) }
    var made = 0
    for index in windows.indices {
      // What lies between windows moves as it is; so do the ends of windows.
      let window = windows[index]
      var write = window.range.lowerBound - made
      var read = window.range.lowerBound
      while read < window.range.upperBound {
        let isPair =
          read + 1 < window.range.upperBound && cells[read] == left && cells[read + 1] == right
        cells[write] = isPair ? merged : cells[read]
        write += 1
        read += isPair ? 2 : 1
      }
      windows[index].range = (window.range.lowerBound - made)..<write
      made += window.mergeCount
      let next =
        index + 1 < windows.count ? windows[index + 1].range.lowerBound : range.upperBound
      while read < next {
        cells[write] = cells[read]
        write += 1
        read += 1
      }
    }
    cells[range.lowerBound - 1] = UInt32(range.count - made)
    for window in windows { note(.won, window.range, in: sequence) }
    return Int64(made)
  }

  private mutating func findWindows(_ left: UInt32, _ right: UInt32, in range: Range<Int>) {
    windows.removeAll(keepingCapacity: true)
    var read = range.lowerBound
    while read + 1 < range.upperBound {
      guard cells[read] == left, cells[read + 1] == right else {
        read += 1
        continue
      }
      let behind = read + 2
      var window = Window(range: read..<read, mergeCount: 0)
      if let last = windows.last, read <= last.range.upperBound {
        window = last
        windows.removeLast()
      } else if read > range.lowerBound {
        var start = read - 1
        while start > range.lowerBound, cells[start - 1] == cells[start] { start -= 1 }
        window.range = start..<read
      }
      var end = window.range.upperBound
      if behind >= end {
        end = behind
        if end < range.upperBound {
          end += 1
          while end < range.upperBound, cells[end] == cells[end - 1] { end += 1 }
        }
      }
      windows.append(
        Window(range: window.range.lowerBound..<end, mergeCount: window.mergeCount + 1))
      read = behind
    }
  }

  /// Notes that the pairs of a stretch that ends where runs do are gone, or are there.
  private mutating func note(_ change: Change, _ range: Range<Int>, in sequence: UInt32) {
    let count = counts[Int(sequence)]
    var place = range.lowerBound
    while place + 1 < range.upperBound {
      let symbol = cells[place]
      var next = place + 1
      if cells[next] == symbol {
        while next + 1 < range.upperBound, cells[next + 1] == symbol { next += 1 }
        note(change, symbol, symbol, in: sequence, Int64((next - place + 1) / 2) * count)
        place = next
      } else {
        note(change, symbol, cells[next], in: sequence, count)
        next += 1
        place += 1
      }
    }
  }

  @inline(__always)
  private mutating func note(
    _ change: Change, _ left: UInt32, _ right: UInt32, in sequence: UInt32, _ count: Int64
  ) {
    guard isCounted[Int(left)], isCounted[Int(right)] else { return }
    let pair = PairCounts.pair(left, right)
    switch change {
    case .lost: pairs.lower(pair, by: count, &chains)
    case .won:
      if pairs.raise(pair, by: count, in: sequence, step: step, &chains) { risen.append(pair) }
    }
  }

  // MARK: - Splitting

  /// Splits `symbol`, which merges made, wherever it stands.
  ///
  /// - Complexity: O(*s*) in the symbols of the sequences that it ever stood in.
  mutating func split(_ symbol: UInt32, into parts: [UInt32]) {
    var total: Int64 = 0
    let list = homes[Int(symbol)]
    homes[Int(symbol)] = WordChains.none
    var node = list
    while node != WordChains.none {
      let sequence = chains.word(of: node)
      total += split(symbol, into: parts, in: sequence) * counts[Int(sequence)]
      node = chains.next(of: node)
    }
    chains.remove(list)
    frequencies[Int(symbol)] -= total
    for part in parts { frequencies[Int(part)] += total }
    endStep()
  }

  private mutating func split(
    _ symbol: UInt32, into parts: [UInt32], in sequence: UInt32
  ) -> Int64 {
    let old = range(of: sequence).map { cells[$0] }
    guard old.contains(symbol) else { return 0 }
    note(.lost, range(of: sequence), in: sequence)
    let start = Int(places[Int(sequence)]) + 1
    var end = start
    for other in old {
      for part in other == symbol ? parts : [other] {
        cells[end] = part
        end += 1
      }
    }
    cells[start - 1] = UInt32(end - start)
    note(.won, start..<end, in: sequence)
    return Int64(old.count { $0 == symbol })
  }

  /// Takes so many from the count of a sequence of one symbol.
  mutating func lowerCount(of sequence: UInt32, by count: Int64) {
    let range = range(of: sequence)
    precondition(range.count == 1, "a sequence of \(range.count) symbols")
    counts[Int(sequence)] -= count
    frequencies[Int(cells[range.lowerBound])] -= count
  }

  // MARK: - What counts

  /// Says whether the pairs of `symbol`, which stands in no other than these sequences, count from now
  /// on; that has to be news.
  mutating func setCounted(_ symbol: UInt32, _ counts: Bool, in sequences: ArraySlice<UInt32>) {
    // Pairs are noted while the symbol counts.
    isCounted[Int(symbol)] = true
    for sequence in sequences {
      let range = range(of: sequence)
      let count = self.counts[Int(sequence)]
      let change: Change = counts ? .won : .lost
      var place = range.lowerBound
      while place < range.upperBound {
        guard cells[place] == symbol else {
          place += 1
          continue
        }
        var end = place + 1
        while end < range.upperBound, cells[end] == symbol { end += 1 }
        if place > range.lowerBound { note(change, cells[place - 1], symbol, in: sequence, count) }
        if end - place > 1 {
          note(change, symbol, symbol, in: sequence, Int64((end - place) / 2) * count)
        }
        if end < range.upperBound { note(change, symbol, cells[end], in: sequence, count) }
        place = end
      }
    }
    isCounted[Int(symbol)] = counts
    endStep()
  }
}
