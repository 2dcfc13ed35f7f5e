/// Byte-pair merging over characters by sentencepiece's rules (Sennrich, Haddow and Birch, "Neural
/// Machine Translation of Rare Words with Subword Units", 2016; Kudo and Richardson, "SentencePiece",
/// 2018).
///
/// All words lie one behind another with the symbol 0 between them, which joins none:
///
///     0  ▁ l o w  0  ▁ l o w e r  0
///
/// A symbol of several characters stands at the first and at the last place of what it covers, and its
/// length is known, so that both neighbours are found at once. The places of a pair are a list linked
/// in both directions through arrays, and each place, where a pair begins, is in one list at most:
/// counts are exact at any time. They only fall once a pair is there, so that the queue has one entry
/// for each pair, and asks again when it comes first.
///
/// As in the original, places that overlap are all counted (`aaa` has `aa` twice), a pair whose text is
/// a token already is dropped without a merge, and pairs go on being taken when none stands in the text
/// any more.
struct SentencePieceMerging {
  struct Merge {
    var left: UInt32
    var right: UInt32
    /// How often the pair stood in the text.
    var frequency: UInt64
  }

  private static let none = UInt32.max

  // By place.
  private var symbols: [UInt32] = [0]
  private var words: [UInt32] = [0]
  /// The pair that begins there.
  private var pairs: [UInt32]
  private var nextPlaces: [UInt32]
  private var previousPlaces: [UInt32]
  private let wordCounts: [UInt64]

  // By symbol: characters are the first ones, ascending.
  private var starts: [Int] = [0, 0]
  /// The characters of all symbols, as symbols.
  private var letters: [UInt32] = []

  // By pair.
  private var lefts: [UInt32] = []
  private var rights: [UInt32] = []
  private var counts: [UInt64] = []
  private var firsts: [UInt32] = []
  private var lasts: [UInt32] = []
  private var isTaken: [Bool] = []

  private var table = SentencePiecePairTable()
  /// The pairs that were not taken yet, as a heap; see `SentencePieceMerging+Queue.swift`.
  var queue: [QueueEntry] = []
  private var scratch: [UInt32] = []
  private var texts: Set<[UInt32]> = []
  private let validity: SentencePieceValidity
  /// Whether a pair was met that must not be a token.
  private(set) var hasRefused = false

  /// - Parameter alphabet: the characters that take part, ascending.
  /// - Throws: `limit` where the words have 2^32 characters or more.
  init(
    _ corpus: SentencePieceCorpus, alphabet: [UInt32], _ options: SentencePieceTrainingOptions
  ) throws(TrainingError) {
    let placeCount = corpus.characters.count + corpus.count + 1
    guard placeCount < Int(UInt32.max) else {
      throw TrainingError(
        .limit, "different words have \(placeCount) characters, of at most \(UInt32.max)")
    }
    var numbers = [UInt32](repeating: 0, count: 0x110000)
    for (index, character) in alphabet.enumerated() {
      numbers[Int(character)] = UInt32(index + 1)
      letters.append(UInt32(index + 1))
      starts.append(letters.count)
    }
    validity = SentencePieceValidity([0] + alphabet, options)
    wordCounts = corpus.counts
    symbols.reserveCapacity(placeCount)
    words.reserveCapacity(placeCount)
    for word in 0..<corpus.count {
      for place in corpus.range(word) {
        symbols.append(numbers[Int(corpus.characters[place])])
        words.append(UInt32(word))
      }
      symbols.append(0)
      words.append(UInt32(word))
    }
    pairs = [UInt32](repeating: Self.none, count: symbols.count)
    nextPlaces = pairs
    previousPlaces = pairs
    for place in symbols.indices.dropLast() {
      try addPair(symbols[place], symbols[place + 1], at: place)
    }
    queueNewPairs(from: 0)
  }

  /// The characters of a symbol, as numbers of the alphabet that begin with 1.
  func characters(of symbol: UInt32) -> ArraySlice<UInt32> {
    letters[starts[Int(symbol)]..<starts[Int(symbol) + 1]]
  }

  /// Merges the best pair; nil when there is none left.
  ///
  /// - Complexity: O(*p* + log *q*) in the places of the pair and the pairs of the queue.
  mutating func mergeBest() throws(TrainingError) -> Merge? {
    while var entry = popFirst() {
      let pair = Int(entry.pair)
      if isTaken[pair] { continue }
      if entry.count != counts[pair] {
        entry.count = counts[pair]
        insert(entry)
        continue
      }
      if texts.contains(text(of: pair)) {
        isTaken[pair] = true
        continue
      }
      return try merge(pair)
    }
    return nil
  }

  /// Merges a pair as ``mergeBest()`` did in a training that was ended; false where there is no such.
  mutating func merge(left: UInt32, right: UInt32) throws(TrainingError) -> Bool {
    guard let pair = table.value(of: UInt64(left) << 32 | UInt64(right)), pair != Self.none,
      !isTaken[Int(pair)]
    else { return false }
    _ = try merge(Int(pair))
    return true
  }

  private mutating func merge(_ pair: Int) throws(TrainingError) -> Merge {
    let (left, right) = (lefts[pair], rights[pair])
    let result = Merge(left: left, right: right, frequency: counts[pair])
    isTaken[pair] = true
    let text = text(of: pair)
    texts.insert(text)
    let symbol = UInt32(starts.count - 1)
    letters.append(contentsOf: text)
    starts.append(letters.count)
    let (leftLength, textLength) = (length(left), text.count)
    let firstNew = counts.count
    var place = firsts[pair]
    while place != Self.none {
      let start = Int(place)
      let next = start + textLength
      removePair(at: start)
      removePair(at: start + leftLength)
      let before = symbols[start - 1]
      let beforeStart = start - length(before)
      removePair(at: beforeStart)
      symbols[start + leftLength - 1] = 0
      symbols[start + leftLength] = 0
      symbols[start] = symbol
      symbols[next - 1] = symbol
      try addPair(before, symbol, at: beforeStart)
      try addPair(symbol, symbols[next], at: start)
      place = firsts[pair]
    }
    queueNewPairs(from: firstNew)
    return result
  }

  /// In characters; 0 of what stands between words.
  private func length(_ symbol: UInt32) -> Int {
    starts[Int(symbol) + 1] - starts[Int(symbol)]
  }

  private func text(of pair: Int) -> [UInt32] {
    Array(characters(of: lefts[pair])) + characters(of: rights[pair])
  }

  // MARK: - Places

  private mutating func addPair(
    _ left: UInt32, _ right: UInt32, at place: Int
  ) throws(TrainingError) {
    guard left != 0, right != 0 else { return }
    let key = UInt64(left) << 32 | UInt64(right)
    let pair = table.value(of: key) ?? makePair(key)
    guard pair != Self.none else { return }
    let index = Int(pair)
    counts[index] = try sum(counts[index], wordCounts[Int(words[place])])
    let last = lasts[index]
    pairs[place] = pair
    previousPlaces[place] = last
    nextPlaces[place] = Self.none
    if last == Self.none {
      firsts[index] = UInt32(place)
    } else {
      nextPlaces[Int(last)] = UInt32(place)
    }
    lasts[index] = UInt32(place)
  }

  private mutating func removePair(at place: Int) {
    let pair = pairs[place]
    guard pair != Self.none else { return }
    let index = Int(pair)
    pairs[place] = Self.none
    counts[index] -= wordCounts[Int(words[place])]
    let (previous, next) = (previousPlaces[place], nextPlaces[place])
    if previous == Self.none { firsts[index] = next } else { nextPlaces[Int(previous)] = next }
    if next == Self.none { lasts[index] = previous } else { previousPlaces[Int(next)] = previous }
  }

  private mutating func makePair(_ key: UInt64) -> UInt32 {
    let (left, right) = (UInt32(key >> 32), UInt32(truncatingIfNeeded: key))
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: characters(of: left))
    scratch.append(contentsOf: characters(of: right))
    guard validity.isValid(scratch) else {
      hasRefused = true
      table.insert(key, Self.none)
      return Self.none
    }
    let pair = UInt32(counts.count)
    table.insert(key, pair)
    lefts.append(left)
    rights.append(right)
    counts.append(0)
    firsts.append(Self.none)
    lasts.append(Self.none)
    isTaken.append(false)
    return pair
  }

  private mutating func queueNewPairs(from first: Int) {
    for pair in first..<counts.count {
      let length = length(lefts[pair]) + length(rights[pair])
      var prefix: UInt64 = 0
      for place in 0..<3 {
        prefix = prefix << 21 | (place < length ? UInt64(letter(place, of: pair)) : 0)
      }
      insert(
        QueueEntry(
          count: counts[pair], prefix: prefix, length: UInt32(length), pair: UInt32(pair)))
    }
  }

  /// Whether the first pair's text comes before the second's, of the same length; of equal texts the
  /// pair that was met first.
  func precedes(_ first: UInt32, _ second: UInt32) -> Bool {
    let (one, other) = (Int(first), Int(second))
    for place in 0..<(length(lefts[one]) + length(rights[one])) {
      let (mine, its) = (letter(place, of: one), letter(place, of: other))
      if mine != its { return mine < its }
    }
    return first < second
  }

  private func letter(_ place: Int, of pair: Int) -> UInt32 {
    let left = lefts[pair]
    let length = length(left)
    return place < length
      ? letters[starts[Int(left)] + place] : letters[starts[Int(rights[pair])] + place - length]
  }
}
