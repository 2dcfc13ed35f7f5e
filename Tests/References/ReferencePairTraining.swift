/// Learning merges by the definition: counts all pairs of neighbours again before each merge, and takes
/// the most frequent one, of equals that of lower ids.
package struct ReferencePairTraining {
  package struct Merge: Hashable, Sendable {
    package var left, right, result: UInt32
  }

  private struct Pair: Hashable {
    var left, right: UInt32
  }

  /// The tokens' bytes; an index is an id.
  package private(set) var tokens: [[UInt8]]
  package private(set) var merges: [Merge] = []
  private var words: [(symbols: [UInt32], count: UInt64)] = []

  /// - Parameter alphabet: the first tokens.
  package init(alphabet: [[UInt8]]) { tokens = alphabet }

  /// Begins with other words, in which the merges so far are done.
  package mutating func start(_ words: [(word: [UInt8], count: UInt64)]) {
    self.words = words.map { word, count in
      (word.map { byte in UInt32(tokens.firstIndex(of: [byte])!) }, count)
    }
    for merge in merges { apply(merge) }
  }

  /// Adds merges until there are `mergeLimit` of them or `tokenLimit` tokens.
  package mutating func merge(
    mergeLimit: Int, tokenLimit: Int, minimumFrequency: UInt64,
    where isAllowed: ([UInt8]) -> Bool
  ) {
    while merges.count < mergeLimit, tokens.count < tokenLimit {
      var counts: [Pair: UInt64] = [:]
      for (symbols, count) in words {
        for (left, right) in zip(symbols, symbols.dropFirst())
        where isAllowed(tokens[Int(left)] + tokens[Int(right)]) {
          counts[Pair(left: left, right: right), default: 0] += count
        }
      }
      let best = counts.max { one, other in
        (one.value, other.key.left, other.key.right) < (other.value, one.key.left, one.key.right)
      }
      guard let best, best.value >= minimumFrequency else { return }
      let bytes = tokens[Int(best.key.left)] + tokens[Int(best.key.right)]
      if !tokens.contains(bytes) { tokens.append(bytes) }
      let merge = Merge(
        left: best.key.left, right: best.key.right,
        result: UInt32(tokens.firstIndex(of: bytes)!))
      merges.append(merge)
      apply(merge)
    }
  }

  private mutating func apply(_ merge: Merge) {
    for word in words.indices {
      var symbols: [UInt32] = []
      var place = 0
      let old = words[word].symbols
      while place < old.count {
        if place + 1 < old.count, old[place] == merge.left, old[place + 1] == merge.right {
          symbols.append(merge.result)
          place += 2
        } else {
          symbols.append(old[place])
          place += 1
        }
      }
      words[word].symbols = symbols
    }
  }
}
