/// BoundlessBPE by the definition: counts all pairs and all tokens again before each step.
package struct ReferenceBoundlessTraining {
  package typealias Event = ReferenceBoundless.Event

  /// All texts that were ever tokens, in the order in which they came.
  package private(set) var texts: [[UInt8]] = (0...255).map { [$0] }
  package private(set) var removed: Set<[UInt8]> = []
  package private(set) var events: [Event] = []
  /// The documents as they stand at the end.
  package private(set) var documents: [[ReferenceBoundless.Unit]]
  private let mayJoin: ([UInt8]) -> Bool

  /// - Parameter documents: each as its pretokens.
  package init(
    _ documents: [[[UInt8]]], size: Int, threshold: Double, minimumFrequency: Int,
    mayJoin: @escaping ([UInt8]) -> Bool
  ) {
    self.documents = documents.map { $0.map { ReferenceBoundless.Unit($0) } }
    self.mayJoin = mayJoin
    while texts.count - removed.count < size {
      guard let best = mostFrequentEvent(), best.count >= max(minimumFrequency, 1) else { return }
      switch best.event {
      case .join(let left, let right):
        texts.append(left + right)
        happen(best.event)
      case .within(let event): merge(event, best.count, threshold)
      }
    }
  }

  private func mostFrequentEvent() -> (event: Event, count: Int)? {
    var counts: [Event: Int] = [:]
    for document in documents {
      for unit in document {
        for pair in Self.pairs(unit.symbols) { counts[.within(.merge(pair)), default: 0] += 1 }
      }
      let run = document.map { unit in unit.token.flatMap { mayJoin($0) ? $0 : nil } ?? [] }
      for pair in Self.pairs(run) where !pair.contains([]) {
        counts[.join(pair[0], pair[1]), default: 0] += 1
      }
    }
    let made = Set(texts)
    return counts.filter { !made.contains(Array(Self.parts($0.key).joined())) }
      .min { one, other in
        if one.value != other.value { return one.value > other.value }
        let joins = (Self.isJoin(one.key), Self.isJoin(other.key))
        if joins.0 != joins.1 { return joins.0 }
        let parts = (Self.parts(one.key), Self.parts(other.key))
        return parts.0[0] == parts.1[0]
          ? parts.0[1].lexicographicallyPrecedes(parts.1[1])
          : parts.0[0].lexicographicallyPrecedes(parts.1[0])
      }.map { ($0.key, $0.value) }
  }

  /// Pairs of neighbours; of those of equal ones, that do not overlap.
  private static func pairs(_ symbols: [[UInt8]]) -> [[[UInt8]]] {
    var pairs: [[[UInt8]]] = []
    var place = 0
    var lastEqual = -2
    while place + 1 < symbols.count {
      let isEqual = symbols[place] == symbols[place + 1]
      if !isEqual || lastEqual != place - 1 {
        pairs.append([symbols[place], symbols[place + 1]])
        if isEqual { lastEqual = place }
      }
      place += 1
    }
    return pairs
  }

  private static func isJoin(_ event: Event) -> Bool {
    if case .join = event { true } else { false }
  }

  private static func parts(_ event: Event) -> [[UInt8]] {
    switch event {
    case .join(let left, let right): [left, right]
    case .within(.merge(let parts)), .within(.split(let parts)): parts
    }
  }

  /// How often a text is a token of a pretoken, or was one when that was joined.
  private func frequency(of text: [UInt8]) -> Int {
    documents.joined().reduce(0) { sum, unit in
      sum + (unit.isJoined ? unit.pretokens : unit.symbols).count { $0 == text }
    }
  }

  private mutating func happen(_ event: Event) {
    events.append(event)
    documents = documents.map { ReferenceBoundless.apply(event, to: $0) }
  }

  private mutating func merge(
    _ event: ReferenceMergeEvents.Event, _ count: Int, _ threshold: Double
  ) {
    guard case .merge(let pair) = event else { return }
    let frequencies = pair.map { frequency(of: $0) }
    texts.append(Array(pair.joined()))
    happen(.within(event))
    for (part, frequency) in pair[0] == pair[1]
      ? [(pair[0], frequencies[0])] : Array(zip(pair, frequencies))
    where part.count > 1 && Double(count) / Double(frequency) >= threshold {
      removed.insert(part)
      happen(.within(.split(part.map { [$0] })))
    }
  }
}
