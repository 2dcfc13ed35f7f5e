internal import UnicodeText

/// What a pattern means, free of the dialect it was written in.
///
/// Made by the functions of ``PatternNode`` that begin with `make`, which bring equal meanings into
/// one form where that is easy: nothing is nested without need, a literal is a set with one member,
/// and anchors and word boundaries are written as look-around.
package indirect enum PatternNode: Hashable, Sendable {
  /// Matches nothing, everywhere.
  case empty
  /// One character; an empty set never matches.
  case set(CharacterSet)
  /// One after the other; at least two, none of them empty or a concatenation.
  case concatenation([PatternNode])
  /// The first that lets the rest match; at least two, none of them an alternation.
  case alternation([PatternNode])
  case repetition(PatternNode, minimum: Int, maximum: Int?, Eagerness)
  /// Never tried again once left.
  case atomic(PatternNode)
  case lookAround(PatternNode, Direction, isNegated: Bool)
  case textStart
  case textEnd
  /// A group that a back-reference names; groups are numbered from 1 in the order of their starts.
  case capture(PatternNode, group: Int)
  /// What the group matched last; fails as long as it did not.
  case backReference(group: Int)

  /// Which number of repetitions is tried first.
  package enum Eagerness: Hashable, Sendable {
    /// The most first.
    case greedy
    /// The fewest first.
    case lazy
    /// The most, and never fewer afterwards.
    case possessive
  }

  package enum Direction: Hashable, Sendable { case ahead, behind }
}

extension PatternNode {
  static let never = PatternNode.set(.none)

  static func makeConcatenation(_ parts: [PatternNode]) -> PatternNode {
    var flat: [PatternNode] = []
    for part in parts {
      switch part {
      case .empty: break
      case .concatenation(let inner): flat += inner
      default: flat.append(part)
      }
    }
    return switch flat.count {
    case 0: .empty
    case 1: flat[0]
    default: .concatenation(flat)
    }
  }

  static func makeAlternation(_ choices: [PatternNode]) -> PatternNode {
    var flat: [PatternNode] = []
    for choice in choices {
      if case .alternation(let inner) = choice { flat += inner } else { flat.append(choice) }
    }
    return flat.count == 1 ? flat[0] : .alternation(flat)
  }

  static func makeRepetition(
    _ node: PatternNode, minimum: Int, maximum: Int?, _ eagerness: Eagerness
  ) -> PatternNode {
    if maximum == 0 { return .empty }
    if case .empty = node { return .empty }
    if minimum == 1, maximum == 1 { return eagerness == .possessive ? makeAtomic(node) : node }
    var eagerness = eagerness
    if minimum == maximum {
      // The number is fixed: what comes first matters no more, unless the node itself has choices.
      if eagerness == .lazy { eagerness = .greedy }
      if case .set = node { eagerness = .greedy }
    }
    return .repetition(node, minimum: minimum, maximum: maximum, eagerness)
  }

  static func makeAtomic(_ node: PatternNode) -> PatternNode {
    switch node {
    case .repetition(let inner, let minimum, let maximum, .greedy):
      makeRepetition(inner, minimum: minimum, maximum: maximum, .possessive)
    case .repetition(_, _, _, .possessive), .empty, .set, .atomic, .lookAround, .textStart,
      .textEnd, .backReference:
      node
    case .repetition, .concatenation, .alternation, .capture: .atomic(node)
    }
  }

  static func makeLookAhead(_ node: PatternNode, isNegated: Bool = false) -> PatternNode {
    .lookAround(node, .ahead, isNegated: isNegated)
  }

  static func makeLookBehind(_ node: PatternNode, isNegated: Bool = false) -> PatternNode {
    .lookAround(node, .behind, isNegated: isNegated)
  }
}

extension PatternNode {
  /// Before `set` or at the end of the text.
  static func isEnd(orBefore set: CharacterSet) -> PatternNode {
    .alternation([.textEnd, makeLookAhead(.set(set))])
  }

  /// Where a word, made of `set`, begins.
  static func wordStart(_ set: CharacterSet) -> PatternNode {
    .concatenation([makeLookBehind(.set(set), isNegated: true), makeLookAhead(.set(set))])
  }

  /// Where a word, made of `set`, ends.
  static func wordEnd(_ set: CharacterSet) -> PatternNode {
    .concatenation([makeLookBehind(.set(set)), makeLookAhead(.set(set), isNegated: true)])
  }

  /// Where a word begins or ends.
  static func wordBoundary(_ set: CharacterSet) -> PatternNode {
    .alternation([wordStart(set), wordEnd(set)])
  }

  /// Where no word begins or ends.
  static func noWordBoundary(_ set: CharacterSet) -> PatternNode {
    .alternation([
      .concatenation([makeLookBehind(.set(set)), makeLookAhead(.set(set))]),
      .concatenation([
        makeLookBehind(.set(set), isNegated: true), makeLookAhead(.set(set), isNegated: true),
      ]),
    ])
  }

  /// CR LF together, or one of the other line breaks.
  static let lineBreak = PatternNode.atomic(
    .alternation([
      .concatenation([.set(CharacterSet(0x0D)), .set(CharacterSet(0x0A))]),
      .set(CharacterSet(.init([0x0A...0x0D, 0x85...0x85, 0x2028...0x2029]))),
    ]))
}
