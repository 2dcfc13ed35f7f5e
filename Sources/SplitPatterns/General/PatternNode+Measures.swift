extension PatternNode {
  /// The number of sets when each counted repetition is written out; at most a billion.
  var expandedSetCount: Int {
    let count: Int
    switch self {
    case .empty, .textStart, .textEnd, .backReference: count = 1
    case .set: count = 1
    case .concatenation(let parts), .alternation(let parts):
      count = parts.reduce(1) { $0 + $1.expandedSetCount }
    case .repetition(.set, _, _, _): count = 1
    case .repetition(let node, let minimum, let maximum, _):
      count = node.expandedSetCount * max(1, maximum ?? minimum)
    case .atomic(let node), .lookAround(let node, _, _), .capture(let node, _):
      count = node.expandedSetCount + 1
    }
    return min(count, 1_000_000_000)
  }

  var hasBackReference: Bool {
    switch self {
    case .empty, .set, .textStart, .textEnd: false
    case .backReference: true
    case .concatenation(let parts), .alternation(let parts):
      parts.contains { $0.hasBackReference }
    case .repetition(let node, _, _, _), .atomic(let node), .lookAround(let node, _, _),
      .capture(let node, _):
      node.hasBackReference
    }
  }

  /// Calls `body` for every set of the tree.
  func forEachSet(_ body: (CharacterSet) -> Void) {
    switch self {
    case .set(let set): body(set)
    case .empty, .textStart, .textEnd, .backReference: break
    case .concatenation(let parts), .alternation(let parts):
      for part in parts { part.forEachSet(body) }
    case .repetition(let node, _, _, _), .atomic(let node), .lookAround(let node, _, _),
      .capture(let node, _):
      node.forEachSet(body)
    }
  }
}

extension PatternNode {
  /// The number of characters that every match has; nil if they differ or are not known.
  var fixedLength: Int? {
    switch self {
    case .empty, .textStart, .textEnd, .lookAround: return 0
    case .set: return 1
    case .backReference: return nil
    case .concatenation(let parts):
      var sum = 0
      for part in parts {
        guard let length = part.fixedLength else { return nil }
        sum += length
      }
      return sum
    case .alternation(let choices):
      guard let length = choices.first?.fixedLength else { return nil }
      return choices.allSatisfy { $0.fixedLength == length } ? length : nil
    case .repetition(let node, let minimum, let maximum, _):
      guard minimum == maximum, let length = node.fixedLength else { return nil }
      return length * minimum
    case .atomic(let node), .capture(let node, _): return node.fixedLength
    }
  }

  /// Alternatives of one length each that together match what this does, for look-behind; nil if
  /// there are too many, or if a match is without bound.
  func fixedLengthAlternatives() -> [PatternNode]? {
    if fixedLength != nil { return [self] }
    switch self {
    case .alternation(let choices):
      var all: [PatternNode] = []
      for choice in choices {
        guard let some = choice.fixedLengthAlternatives() else { return nil }
        all += some
      }
      return Self.limited(all)
    case .concatenation(let parts):
      var all = [PatternNode.empty]
      for part in parts {
        guard let some = part.fixedLengthAlternatives(),
          all.count * some.count <= PatternLimits.lookBehindAlternatives,
          all.count * some.count * parts.count <= PatternLimits.length
        else { return nil }
        all = all.flatMap { start in some.map { .makeConcatenation([start, $0]) } }
      }
      return all
    case .repetition(let node, let minimum, let maximum, let eagerness):
      guard node.fixedLength != nil, eagerness != .possessive, let maximum,
        maximum - minimum < PatternLimits.lookBehindAlternatives
      else { return nil }
      return (minimum...maximum).map { .makeRepetition(node, minimum: $0, maximum: $0, .greedy) }
    case .capture(let node, let group):
      return node.fixedLengthAlternatives()?.map { .capture($0, group: group) }
    case .atomic, .empty, .set, .lookAround, .textStart, .textEnd, .backReference: return nil
    }
  }

  private static func limited(_ all: [PatternNode]) -> [PatternNode]? {
    all.count <= PatternLimits.lookBehindAlternatives ? all : nil
  }
}
