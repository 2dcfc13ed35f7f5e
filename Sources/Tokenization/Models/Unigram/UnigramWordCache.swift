internal import SplitPatterns

/// Remembers the tokens of words that one thread has met in the texts of a sentencepiece model, within
/// a bound in bytes. Its hits change speed, nothing else.
///
/// Sums of 32 bits are rounded the more the greater they are, so that what stands before a word can
/// decide between two segmentations of nearly the same score. Each entry knows up to which sum before
/// the word no rounding does; beyond it the word is searched anew. And it has the scores of its tokens,
/// so that the sum goes on exactly.
///
/// Made as ``PretokenCache`` is: two tables, the words themselves as keys.
package struct UnigramWordCache: ~Copyable {
  private var short: CacheTable<ShortWord>
  private var long: CacheTable<LongWord>
  /// The words of a block, and what is asked for each.
  private(set) var words = [Range<Int>](repeating: 0..<0, count: blockCount)
  private(set) var queries = [Query](repeating: Query(), count: blockCount)

  /// How many words are looked at before the first is looked up.
  static let blockCount = 64
  /// Longer words are not kept.
  static let maximumLength = 31

  /// - Parameter maximumByteCount: how much memory the tables may grow to, at least 416 kB.
  package init(maximumByteCount: Int = 32 << 20) {
    short = CacheTable(maximumByteCount: maximumByteCount / 2)
    long = CacheTable(maximumByteCount: maximumByteCount / 2)
  }

  /// Forgets everything, for another model.
  package mutating func removeAll() {
    short.removeAll()
    long.removeAll()
  }

  /// A word made ready for being looked up.
  struct Query {
    fileprivate var key = LongKey(low: ShortKey(low: 0, high: 0), high: ShortKey(low: 0, high: 0))
    fileprivate var hash = 0
    fileprivate var isShort = true
  }

  /// What was found.
  enum Answer {
    /// The ids are appended, and the sum goes on.
    case found
    /// The word is to be searched with the sum at hand.
    case search
    case missing
  }

  /// Makes `text[start..<start + count]` ready, 1 to ``maximumLength`` bytes, and asks the memory for
  /// its place.
  @inline(__always)
  func query(_ text: Span<UInt8>, _ start: Int, count: Int) -> Query {
    if count <= ShortWord.maximumLength {
      let key = ShortKey(text, start, count: count)
      let hash = key.hash
      short.prefetch(hash)
      return Query(
        key: LongKey(low: key, high: ShortKey(low: 0, high: 0)), hash: hash, isShort: true)
    }
    let key = LongKey(text, start, count: count)
    let hash = key.hash
    long.prefetch(hash)
    return Query(key: key, hash: hash, isShort: false)
  }

  /// Appends the ids of a word behind the sum `sum`, if they are known. `ids` has room for eight more.
  @inline(__always)
  func append(_ query: Query, sum: inout Float, to ids: inout IDBuffer) -> Answer {
    if query.isShort {
      guard let entry = short.entry(query.key.low, hash: query.hash) else { return .missing }
      guard abs(sum) <= entry.limit else { return .search }
      ids.appendPacked(entry.ids)
      entry.scores.add(to: &sum)
    } else {
      guard let entry = long.entry(query.key, hash: query.hash) else { return .missing }
      guard abs(sum) <= entry.limit else { return .search }
      ids.appendPacked(entry.ids)
      entry.scores.add(to: &sum)
    }
    return .found
  }

  /// Finds the next words of `text`, makes those of at most ``maximumLength`` bytes ready to be looked up,
  /// and returns how many there are.
  @inline(__always)
  mutating func prepareWords(
    of text: Span<UInt8>, from position: inout Int, by scanner: SpacedWordScanner
  ) -> Int {
    var found = words.mutableSpan
    let count = scanner.fill(&found, in: text, from: &position)
    for index in 0..<count {
      let word = words[index]
      if word.count <= Self.maximumLength {
        queries[index] = query(text, word.lowerBound, count: word.count)
      }
    }
    return count
  }

  /// Whether a word may be found, or become one that is kept, once the sum before it is known.
  @inline(__always)
  func mayHold(_ query: Query) -> Bool {
    let limit =
      query.isShort
      ? short.entry(query.key.low, hash: query.hash)?.limit
      : long.entry(query.key, hash: query.hash)?.limit
    return limit.map { $0 >= 0 } ?? true
  }

  /// Looks where a short word lies that has more tokens than short entries hold.
  func appendMany(_ query: Query, sum: inout Float, to ids: inout IDBuffer) -> Answer {
    guard query.isShort else { return .missing }
    let key = LongKey(widening: query.key.low)
    guard let entry = long.entry(key, hash: key.hash) else { return .missing }
    guard abs(sum) <= entry.limit else { return .search }
    ids.appendPacked(entry.ids)
    entry.scores.add(to: &sum)
    return .found
  }

  /// Remembers the ids from `start` on for a word, up to ``LongWord/maximumCount``.
  ///
  /// - Parameters:
  ///   - scores: those of the ids, and zeros behind them.
  ///   - limit: the greatest sum before the word for which they hold; -1 if they never do.
  mutating func insert(
    _ query: Query, _ ids: borrowing IDBuffer, from start: Int, scores: SIMD8<Float>, limit: Float
  ) {
    let packed = ids.packed(from: start)
    if query.isShort, ids.count - start <= ShortWord.maximumCount {
      let entry = ShortWord(key: query.key.low, ids: packed, scores: scores.lowHalf, limit: limit)
      short.insert(entry, hash: query.hash)
    } else {
      let key = query.isShort ? LongKey(widening: query.key.low) : query.key
      let entry = LongWord(key: key, ids: packed, scores: scores, limit: limit)
      long.insert(entry, hash: key.hash)
    }
  }
}

extension SIMD where Scalar == Float {
  /// Adds the scores of a word's tokens one by one; zeros behind the last change no sum.
  @inline(__always)
  func add(to sum: inout Float) {
    for index in 0..<Self.scalarCount { sum += self[index] }
  }
}

/// Up to four tokens for up to 15 bytes: a cache line.
struct ShortWord: CacheEntry {
  static let maximumLength = 15
  static let maximumCount = 4
  var key = ShortKey(low: 0, high: 0)
  var ids: (UInt64, UInt64) = (0, 0)
  var scores = SIMD4<Float>()
  var limit: Float = 0

  init() {}

  init(key: ShortKey, ids: PackedIDs, scores: SIMD4<Float>, limit: Float) {
    self.key = key
    self.ids = (ids.words.0, ids.words.1)
    self.scores = scores
    self.limit = limit
  }

  var hash: Int { key.hash }
  var isEmpty: Bool { key.high == 0 }
}

/// Up to seven tokens for up to 31 bytes.
struct LongWord: CacheEntry {
  static let maximumCount = 7
  var key = LongKey(low: ShortKey(low: 0, high: 0), high: ShortKey(low: 0, high: 0))
  var ids: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  var scores = SIMD8<Float>()
  var limit: Float = 0

  init() {}

  init(key: LongKey, ids: PackedIDs, scores: SIMD8<Float>, limit: Float) {
    self.key = key
    self.ids = ids.words
    self.scores = scores
    self.limit = limit
  }

  var hash: Int { key.hash }
  var isEmpty: Bool { key.high.high == 0 }
}
