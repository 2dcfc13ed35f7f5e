/// PickyBPE by the definition: counts all pairs and all tokens again before each step.
package struct ReferencePickyTraining {
  /// All texts that were ever tokens, in the order in which they came.
  package private(set) var texts: [[UInt8]]
  package private(set) var present: Set<[UInt8]>
  package private(set) var events: [ReferenceMergeEvents.Event] = []
  /// The words as they stand at the end.
  package private(set) var words: [(symbols: [[UInt8]], count: UInt64)]
  private var halves: [[UInt8]: [[UInt8]]] = [:]

  package init(
    _ words: [(word: [UInt8], count: UInt64)], size: Int, threshold: Double,
    minimumFrequency: UInt64, maximumLength: Int
  ) {
    self.words = words.map { ($0.word.map { [$0] }, $0.count) }
    texts = Set(words.flatMap(\.word)).sorted().map { [$0] }
    present = Set(texts)
    while present.count < size {
      guard let best = mostFrequentPair(maximumLength), best.count >= minimumFrequency else {
        return
      }
      merge(best.pair, threshold: threshold)
    }
  }

  private func mostFrequentPair(_ maximumLength: Int) -> (pair: [[UInt8]], count: UInt64)? {
    var counts: [[[UInt8]]: UInt64] = [:]
    for (symbols, count) in words {
      for (left, right) in zip(symbols, symbols.dropFirst())
      where left.count + right.count <= maximumLength {
        counts[[left, right], default: 0] += count
      }
    }
    let order = Dictionary(uniqueKeysWithValues: texts.enumerated().map { ($1, $0) })
    func key(_ pair: [[UInt8]]) -> (Int, Int) { (order[pair[0]] ?? 0, order[pair[1]] ?? 0) }
    let best = counts.max { one, other in
      one.value != other.value ? one.value < other.value : key(one.key) > key(other.key)
    }
    return best.map { ($0.key, $0.value) }
  }

  private func frequency(of text: [UInt8]) -> UInt64 {
    words.reduce(0) { $0 + $1.count * UInt64($1.symbols.count { $0 == text }) }
  }

  private mutating func happen(_ event: ReferenceMergeEvents.Event) {
    events.append(event)
    for word in words.indices {
      words[word].symbols = ReferenceMergeEvents.apply(event, to: words[word].symbols)
    }
  }

  private mutating func merge(_ pair: [[UInt8]], threshold: Double) {
    let merged = Array(pair.joined())
    let before = frequency(of: merged)
    happen(.merge(pair))
    let count = frequency(of: merged) - before
    if halves[merged] == nil {
      halves[merged] = pair
      texts.append(merged)
    }
    present.insert(merged)
    for part in pair[0] == pair[1] ? [pair[0]] : pair where part.count > 1 {
      guard Double(count) / Double(frequency(of: part) + count) > threshold else { continue }
      present.remove(part)
      happen(.split(parts(of: part)))
    }
  }

  private func parts(of text: [UInt8]) -> [[UInt8]] {
    present.contains(text) ? [text] : (halves[text] ?? []).flatMap { parts(of: $0) }
  }
}
