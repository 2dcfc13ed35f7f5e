/// Back-references: which group each one means is known only at the end of the pattern.
extension PatternParser {
  /// A node that holds the number of the reference until ``resolveGroups(_:)``.
  ///
  /// Ignoring case is not supported here: PCRE2 would do it by tables of its own.
  mutating func reference(
    _ target: Reference.Target, at position: Int
  ) throws(PatternError) -> PatternNode {
    if flags.ignoresCase {
      throw error(
        .unsupported, at: position, expected: "no back-reference where case is ignored")
    }
    references.append(Reference(target: target, position: position))
    return .backReference(group: references.count - 1)
  }

  /// What follows `\k`: a name, a number, or a number counted back, in `<>` or `''`.
  mutating func parseNamedReference(from start: Int) throws(PatternError) -> PatternNode {
    let end: Unicode.Scalar
    if consume("<") {
      end = ">"
    } else if consume("'") {
      end = "'"
    } else {
      throw error(.malformed, at: start, expected: "`<` and a group's name")
    }
    let name = try text(upTo: end, of: "the name")
    guard let number = Int(name) else { return try reference(.name(name), at: start) }
    return try reference(.number(number < 0 ? groups.count + 1 + number : number), at: start)
  }

  /// The tree with each reference naming its group, and without the groups that none names.
  mutating func resolveGroups(_ node: PatternNode) throws(PatternError) -> PatternNode {
    var targets: [Int] = []
    for reference in references { targets.append(try number(of: reference)) }
    var numbers: [Int: Int] = [:]
    for target in Set(targets).sorted() { numbers[target] = numbers.count + 1 }
    return node.renumbered { reference in
      numbers[targets[reference]] ?? 0
    } groups: { group in
      numbers[group]
    }
  }

  private func number(of reference: Reference) throws(PatternError) -> Int {
    let hasNames = groups.contains { $0 != nil }
    switch reference.target {
    case .name(let name):
      if let index = groups.firstIndex(of: name) { return index + 1 }
    case .number(let number):
      // Where groups have names, Oniguruma takes no numbers, for it counts the named ones only.
      let isAllowed = dialect == .rust || !hasNames
      if isAllowed, number > 0, number <= groups.count { return number }
    }
    throw error(.malformed, at: reference.position, expected: "the name or number of a group")
  }
}

extension PatternNode {
  /// Rebuilt, with each number of a back-reference replaced, and each group's; nil drops the group.
  func renumbered(
    references: (Int) -> Int, groups: (Int) -> Int?
  ) -> PatternNode {
    func again(_ node: PatternNode) -> PatternNode {
      node.renumbered(references: references, groups: groups)
    }
    return switch self {
    case .empty, .set, .textStart, .textEnd: self
    case .concatenation(let parts): .makeConcatenation(parts.map(again))
    case .alternation(let choices): .makeAlternation(choices.map(again))
    case .repetition(let node, let minimum, let maximum, let eagerness):
      .makeRepetition(again(node), minimum: minimum, maximum: maximum, eagerness)
    case .atomic(let node): .makeAtomic(again(node))
    case .lookAround(let node, let direction, let isNegated):
      .lookAround(again(node), direction, isNegated: isNegated)
    case .capture(let node, let group):
      groups(group).map { .capture(again(node), group: $0) } ?? again(node)
    case .backReference(let reference): .backReference(group: references(reference))
    }
  }
}
