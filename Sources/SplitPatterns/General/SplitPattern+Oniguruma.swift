internal import UnicodeText

extension SplitPattern {
  /// The same pattern in Oniguruma's dialect, for a tokenizer.json; nil if there is none.
  ///
  /// The source stays as it is where both dialects read it alike, and a known pattern becomes the
  /// usual spelling of it. Otherwise the meaning is written out: without anchors of lines, case is
  /// spelled, and what braces take possessively is a group, since Oniguruma reads `{1,3}+` as
  /// `(?:{1,3})+`. What is written is parsed again, and must mean what this does.
  ///
  /// - Complexity: O(*n*) in the nodes of the tree, times the ranges of their sets.
  package func inOniguruma() -> SplitPattern? {
    if dialect == .oniguruma { return self }
    if let same = try? SplitPattern(source, dialect: .oniguruma), same.tree == tree { return same }
    if let known = RecognizedPattern(self)?.onigurumaSpelling { return known }
    var printer = PatternPrinter.oniguruma
    printer.print(tree)
    guard let written = try? SplitPattern(printer.text, dialect: .oniguruma), written.tree == tree
    else { return nil }
    return written
  }

  /// Whether both cut every text alike, as far as their meanings tell. A pattern that a scanner knows
  /// matches everywhere; others are alike if their trees are equal.
  package func means(_ other: SplitPattern) -> Bool {
    if tree == other.tree { return true }
    guard let known = RecognizedPattern(self) else { return false }
    return known == RecognizedPattern(other)
  }
}

extension SplitPattern {
  /// Whether the pattern surely matches at every character, so that nothing lies between its matches.
  /// False where that is hard to see.
  package var matchesEverywhere: Bool {
    RecognizedPattern(self) != nil || tree.matchedAlone.inverted.isEmpty
  }
}

extension PatternNode {
  /// Characters that are a match whatever stands around them; perhaps not all of them.
  fileprivate var matchedAlone: CharacterSet {
    switch self {
    case .set(let set): return set
    case .alternation(let choices):
      return choices.reduce(.none) { $0.union($1.matchedAlone) }
    case .repetition(let inner, let minimum, _, _): return minimum > 1 ? .none : inner.matchedAlone
    case .concatenation(let parts):
      // One part has the character, and all others can be left out. What is possessive may take it away.
      var matched = CharacterSet.none
      for place in parts.indices {
        let canStandAlone = parts.enumerated().allSatisfy {
          $0.offset == place || $0.element.canGiveUp
        }
        if canStandAlone { matched = matched.union(parts[place].matchedAlone) }
      }
      return matched
    default: return .none
    }
  }

  private var canGiveUp: Bool {
    if case .repetition(_, 0, _, let eagerness) = self { eagerness != .possessive } else { false }
  }
}

extension PatternPrinter {
  /// Sets by names of properties as far as these go, then by ranges. A set that has bytes which are
  /// not UTF-8 is the opposite of one that has none.
  static var oniguruma: PatternPrinter {
    PatternPrinter(hasPossessiveBraces: false) { set in
      if set.hasInvalidBytes {
        let opposite = set.inverted.scalars
        return opposite.isEmpty ? "(?m:.)" : "[^" + items(opposite).joined() + "]"
      }
      let items = items(set.scalars)
      return items.count == 1 && !items[0].contains("-") ? items[0] : "[" + items.joined() + "]"
    }
  }

  /// What stands between the brackets.
  private static func items(_ set: ScalarSet) -> [String] {
    var items: [String] = []
    var rest = set
    for (name, named) in namedSets where !rest.isEmpty {
      if named.subtracting(rest).isEmpty {
        items.append(name)
        rest = rest.subtracting(named)
      }
    }
    return items
      + rest.ranges.map { range in
        range.count == 1
          ? item(range.lowerBound) : item(range.lowerBound) + "-" + item(range.upperBound)
      }
  }

  /// Letters and digits as they are, the rest by number.
  private static func item(_ value: UInt32) -> String {
    if let scalar = Unicode.Scalar(value), scalar.isASCII, scalar.properties.isAlphabetic {
      return String(Character(scalar))
    }
    if (0x30...0x39).contains(value) { return String(value - 0x30) }
    return #"\x{"# + String(value, radix: 16) + "}"
  }

  /// Larger ones first.
  private static let namedSets: [(name: String, set: ScalarSet)] =
    [(#"\s"#, ScalarSet.whiteSpace)]
    + [
      "L", "M", "N", "P", "S", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No",
      "Han",
    ].compactMap { name in
      ScalarSet(property: name).map { (#"\p{\#(name)}"#, $0) }
    }
}
