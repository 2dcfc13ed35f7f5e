/// Merges the pair that makes the text likelier the most, for as often as it stands there.
///
/// Schuster and Nakajima, "Japanese and Korean Voice Search", 2012: of all pairs the one is made a token
/// that raises the likelihood of the training text the most. The authors do not say how that is found;
/// what is told of their trainer since is the score used here,
///
///     count(ab) / (count(a) · count(b))
///
/// by which a pair comes first whose parts are seldom seen apart. Of `hug` 10 times, `pug` 5, `pun` 12,
/// `bun` 4 and `hugs` 5, the first merge is not that of the most frequent pair, `##u` `##g` 20 times
/// (20 / (36 · 20)), but that of `##g` `##s` (5 / (20 · 5)).
///
/// A merge makes its parts rarer, and so the scores of all pairs that hold one of them greater. So each
/// symbol has a chain of its pairs, and they all get new places in the queue.
struct LikelihoodMerger: ~Copyable {
  private struct Options: BitwiseCopyable {
    var minimumFrequency: UInt64
    var maximumLength: UInt32
  }

  /// A pair; one that stands nowhere any more is never used again.
  struct Pair: BitwiseCopyable {
    var pair: UInt64
    var count: Int64 = 0
    /// The first and the last of its places, which are words that hold it and perhaps some that did.
    var firstPlace = LikelihoodMerger.none
    var lastPlace = LikelihoodMerger.none
    /// The next pair with the same left symbol, and with the same right one.
    var nextOfLeft = LikelihoodMerger.none
    var nextOfRight = LikelihoodMerger.none
  }

  struct Place: BitwiseCopyable {
    var word: UInt32
    var next = LikelihoodMerger.none
  }

  /// A symbol.
  struct Symbol: BitwiseCopyable {
    var count: UInt64 = 0
    /// How many characters it covers.
    var length: UInt32 = 1
    /// The first pairs in which it is the left symbol, and the right one.
    var firstAsLeft = LikelihoodMerger.none
    var firstAsRight = LikelihoodMerger.none
  }

  static let none = UInt32.max

  var words: SymbolSequences
  var symbols = GrowingArray<Symbol>()
  var pairs = GrowingArray<Pair>()
  /// The index of each pair that stands somewhere, plus 1.
  var indices = PairCounts()
  var places = GrowingArray<Place>()
  /// The first of the places that were given back.
  var freePlace = LikelihoodMerger.none
  var queue = LikelihoodQueue()
  private var changes: [(pair: UInt64, sign: Int64)] = []
  private let options: Options

  /// - Parameters:
  ///   - words: also those of one symbol, which count where a part is counted.
  ///   - minimumFrequency: pairs that stand there less often are not merged.
  ///   - maximumLength: how many characters a merged symbol covers at most.
  init(
    _ words: consuming SymbolSequences, minimumFrequency: UInt64 = 0, maximumLength: Int = .max
  ) {
    self.words = words
    options = Options(
      minimumFrequency: max(minimumFrequency, 1),
      maximumLength: UInt32(clamping: maximumLength))
    for word in 0..<self.words.count { count(word) }
    for index in 0..<pairs.count { requeue(UInt32(index)) }
  }

  private mutating func count(_ word: Int) {
    let (count, weight) = (Int(words[word].count), words[word].weight)
    for position in 0..<count {
      let symbol = words.symbol(position, of: word)
      reach(symbol)
      symbols[Int(symbol)].count += UInt64(weight)
      if position > 0 {
        add(weight, to: PairCounts.pair(words.symbol(position - 1, of: word), symbol), in: word)
      }
    }
  }

  /// Makes room for `symbol`.
  private mutating func reach(_ symbol: UInt32) {
    let missing = Int(symbol) + 1 - symbols.count
    if missing > 0 { symbols.append(repeating: Symbol(), count: missing) }
  }

  /// Why nothing can be merged any more.
  ///
  /// - Complexity: O(*n*), *n* being the pairs there ever were.
  var shortage: TrainingReport.Shortage {
    var shortage = TrainingReport.Shortage.exhausted
    for index in 0..<pairs.count where pairs[index].count > 0 {
      if UInt64(pairs[index].count) >= options.minimumFrequency { return .tooLong }
      shortage = .tooRare
    }
    return shortage
  }

  /// The pair with the greatest score, the smaller one of equal ones.
  func next() -> UInt64? { queue.first?.pair }

  /// Makes `pair` one symbol, a new one or an old one, wherever it stands.
  ///
  /// - Complexity: O(*p* + *n* log *q*) for *p* symbols of the words that hold the pair, *n* pairs that hold
  ///   one of its parts, *q* pairs in all.
  mutating func merge(_ pair: UInt64, into merged: UInt32) {
    let left = UInt32(truncatingIfNeeded: pair >> 32)
    let right = UInt32(truncatingIfNeeded: pair)
    reach(merged)
    symbols[Int(merged)].length = symbols[Int(left)].length + symbols[Int(right)].length
    guard indices[pair] > 0 else { return }
    let index = Int(indices[pair]) - 1
    var link = pairs[index].firstPlace
    while link != Self.none {
      let word = Int(places[Int(link)].word)
      link = places[Int(link)].next
      let weight = words[word].weight
      changes.removeAll(keepingCapacity: true)
      let times = words.merge(left, right, into: merged, in: word, &changes)
      for change in changes { add(change.sign * weight, to: change.pair, in: word) }
      let count = UInt64(weight) * UInt64(times)
      symbols[Int(left)].count -= count
      symbols[Int(right)].count -= count
      symbols[Int(merged)].count += count
    }
    // What is left of it are overlaps, as in `aaa`.
    pairs[index].count = 0
    for symbol in [left, right, merged] { requeuePairs(of: symbol) }
  }

  /// Adds to the count of `pair`, and `word` to its places where it has become more frequent there.
  private mutating func add(_ change: Int64, to pair: UInt64, in word: Int) {
    let index = insert(pair)
    pairs[index].count += change
    guard change > 0 else { return }
    let last = Int(pairs[index].lastPlace)
    if last != Self.none, places[last].word == UInt32(word) { return }
    var link = freePlace
    if link == Self.none {
      link = UInt32(places.count)
      places.append(Place(word: UInt32(word)))
    } else {
      freePlace = places[Int(link)].next
      places[Int(link)] = Place(word: UInt32(word))
    }
    if last == Self.none { pairs[index].firstPlace = link } else { places[last].next = link }
    pairs[index].lastPlace = link
  }

  /// The index of `pair`, a new one where it has none.
  private mutating func insert(_ pair: UInt64) -> Int {
    let known = Int(indices[pair])
    if known > 0 { return known - 1 }
    let left = Int(pair >> 32)
    let right = Int(UInt32(truncatingIfNeeded: pair))
    let index = pairs.count
    pairs.append(
      Pair(
        pair: pair, nextOfLeft: symbols[left].firstAsLeft,
        nextOfRight: symbols[right].firstAsRight))
    symbols[left].firstAsLeft = UInt32(index)
    symbols[right].firstAsRight = UInt32(index)
    indices.add(Int64(index + 1), to: pair)
    return index
  }

  /// Gives the pairs that hold `symbol` their new places, and lets go of those that are no more.
  private mutating func requeuePairs(of symbol: UInt32) {
    var link = symbols[Int(symbol)].firstAsLeft
    var kept = Self.none
    while link != Self.none {
      let next = pairs[Int(link)].nextOfLeft
      if requeue(link) {
        kept = link
      } else if kept == Self.none {
        symbols[Int(symbol)].firstAsLeft = next
      } else {
        pairs[Int(kept)].nextOfLeft = next
      }
      link = next
    }
    link = symbols[Int(symbol)].firstAsRight
    kept = Self.none
    while link != Self.none {
      let next = pairs[Int(link)].nextOfRight
      if requeue(link) {
        kept = link
      } else if kept == Self.none {
        symbols[Int(symbol)].firstAsRight = next
      } else {
        pairs[Int(kept)].nextOfRight = next
      }
      link = next
    }
  }

  /// Puts a pair where it belongs in the queue; false if it stands nowhere any more.
  @discardableResult
  mutating func requeue(_ index: UInt32) -> Bool {
    let pair = pairs[Int(index)]
    guard pair.count > 0 else {
      queue.remove(index)
      // subtle: another one may have the number by now.
      if indices[pair.pair] == Int64(index) + 1 {
        indices.add(-Int64(index) - 1, to: pair.pair)
        if pair.lastPlace != Self.none {
          places[Int(pair.lastPlace)].next = freePlace
          freePlace = pair.firstPlace
        }
      }
      return false
    }
    let left = symbols[Int(pair.pair >> 32)]
    let right = symbols[Int(UInt32(truncatingIfNeeded: pair.pair))]
    guard UInt64(pair.count) >= options.minimumFrequency,
      left.length + right.length <= options.maximumLength
    else {
      queue.remove(index)
      return true
    }
    queue.set(
      LikelihoodQueue.Key(
        count: UInt64(pair.count), divisor: UInt128(left.count) * UInt128(right.count),
        pair: pair.pair, index: index))
    return true
  }
}
