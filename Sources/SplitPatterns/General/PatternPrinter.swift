internal import UnicodeText

/// Writes a tree as a pattern that means the same and needs no options, for PCRE2 or for Oniguruma.
///
/// Nothing that an engine has an opinion of its own about is used: no `.`, `^`, `$`, `\b`, no ignoring
/// of case. Sets are written as the caller says.
struct PatternPrinter: Sendable {
  /// How a set that is not empty is written: one item, as `[a-z]`.
  let printSet: @Sendable (CharacterSet) -> String
  /// Whether a plus behind braces makes them possessive; in Oniguruma it repeats them.
  let hasPossessiveBraces: Bool
  private(set) var text = ""

  init(
    hasPossessiveBraces: Bool = true, printSet: @escaping @Sendable (CharacterSet) -> String
  ) {
    self.hasPossessiveBraces = hasPossessiveBraces
    self.printSet = printSet
  }

  mutating func print(_ node: PatternNode) {
    switch node {
    case .empty: text += "(?:)"
    case .set(let set): text += set.isEmpty ? "(?!)" : printSet(set)
    case .concatenation(let parts):
      for part in parts {
        if case .alternation = part { printGroup("(?:", part) } else { print(part) }
      }
    case .alternation(let choices):
      for (index, choice) in choices.enumerated() {
        if index > 0 { text += "|" }
        print(choice)
      }
    case .repetition(let inner, let minimum, let maximum, .possessive)
    where !hasPossessiveBraces && Self.needsBraces(minimum, maximum):
      printGroup(
        "(?>", .repetition(inner, minimum: minimum, maximum: maximum, .greedy))
    case .repetition(let inner, let minimum, let maximum, let eagerness):
      if case .set(let set) = inner, !set.isEmpty { print(inner) } else { printGroup("(?:", inner) }
      printQuantifier(minimum, maximum, eagerness)
    case .atomic(let inner): printGroup("(?>", inner)
    case .lookAround(let inner, let direction, let isNegated):
      printGroup("(?" + (direction == .behind ? "<" : "") + (isNegated ? "!" : "="), inner)
    case .textStart: text += #"\A"#
    case .textEnd: text += #"\z"#
    // By name: a look-behind of several lengths may hold one group in each of its alternatives.
    case .capture(let inner, let group): printGroup("(?<g\(group)>", inner)
    case .backReference(let group): text += #"\k<g\#(group)>"#
    }
  }

  private mutating func printGroup(_ opening: String, _ node: PatternNode) {
    text += opening
    print(node)
    text += ")"
  }

  private static func needsBraces(_ minimum: Int, _ maximum: Int?) -> Bool {
    switch (minimum, maximum) {
    case (0, nil), (1, nil), (0, 1): false
    default: true
    }
  }

  private mutating func printQuantifier(
    _ minimum: Int, _ maximum: Int?, _ eagerness: PatternNode.Eagerness
  ) {
    switch (minimum, maximum) {
    case (0, nil): text += "*"
    case (1, nil): text += "+"
    case (0, 1): text += "?"
    case (_, nil): text += "{\(minimum),}"
    case (_, let maximum?): text += minimum == maximum ? "{\(minimum)}" : "{\(minimum),\(maximum)}"
    }
    switch eagerness {
    case .greedy: break
    case .lazy: text += "?"
    case .possessive: text += "+"
    }
  }
}

extension PatternPrinter {
  /// For a text in symbols: sets as the bytes of their symbols.
  static func symbols(of alphabet: SymbolAlphabet) -> PatternPrinter {
    PatternPrinter { set in
      ranges(of: alphabet.symbols(of: set).map { UInt32($0)...UInt32($0) }, isNegated: false)
    }
  }

  /// For a text in UTF-8 where ``UTF8Subject/standIns`` stands for each byte that is none.
  static let scalars = PatternPrinter { set in
    let positive = set.scalars.ranges + (set.hasInvalidBytes ? [UTF8Subject.standIns] : [])
    let opposite = set.inverted
    let negative =
      opposite.scalars.ranges + (opposite.hasInvalidBytes ? [UTF8Subject.standIns] : [])
    return positive.count <= negative.count
      ? ranges(of: positive, isNegated: false) : ranges(of: negative, isNegated: true)
  }

  private static func ranges(of ranges: [ClosedRange<UInt32>], isNegated: Bool) -> String {
    var merged: [ClosedRange<UInt32>] = []
    for range in ranges {
      if let last = merged.last, last.upperBound + 1 == range.lowerBound {
        merged[merged.count - 1] = last.lowerBound...range.upperBound
      } else {
        merged.append(range)
      }
    }
    if merged.isEmpty { return isNegated ? #"[\x{0}-\x{10FFFF}]"# : "(?!)" }
    if !isNegated, merged.count == 1, merged[0].count == 1 { return escape(merged[0].lowerBound) }
    return "[" + (isNegated ? "^" : "")
      + merged.map { range in
        escape(range.lowerBound)
          + (range.count > 1 ? "-" + escape(range.upperBound) : "")
      }.joined() + "]"
  }

  private static func escape(_ value: UInt32) -> String {
    #"\x{"# + String(value, radix: 16) + "}"
  }
}
