/// Why matches in a text are not those in its parts, wherever between two matches it is cut.
package enum RestartObstacle: Hashable, Sendable {
  /// The pattern asks what stands before a match.
  case looksBehind
  /// The pattern matches the empty string, which counts or not by where the last match ended.
  case matchesEmpty
}

extension PatternNode {
  var restartObstacle: RestartObstacle? {
    looksBehind ? .looksBehind : mayBeEmpty ? .matchesEmpty : nil
  }

  private var looksBehind: Bool {
    switch self {
    case .empty, .set, .textEnd, .backReference: false
    case .textStart, .lookAround(_, .behind, _): true
    case .concatenation(let parts), .alternation(let parts): parts.contains { $0.looksBehind }
    case .repetition(let node, _, _, _), .atomic(let node), .lookAround(let node, _, _),
      .capture(let node, _):
      node.looksBehind
    }
  }

  private var mayBeEmpty: Bool {
    switch self {
    case .set: false
    case .empty, .textStart, .textEnd, .lookAround, .backReference: true
    case .concatenation(let parts): parts.allSatisfy { $0.mayBeEmpty }
    case .alternation(let choices): choices.contains { $0.mayBeEmpty }
    case .repetition(let node, let minimum, _, _): minimum == 0 || node.mayBeEmpty
    case .atomic(let node), .capture(let node, _): node.mayBeEmpty
    }
  }
}

extension RestartObstacle {
  /// As a sentence without its full stop.
  package var message: String {
    switch self {
    case .looksBehind: "the pattern asks what stands before a match, so that no part is cut alone"
    case .matchesEmpty: "the pattern matches the empty string, so that no part is cut alone"
    }
  }
}
