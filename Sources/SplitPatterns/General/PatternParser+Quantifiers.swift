extension PatternParser {
  private struct Quantifier {
    var minimum: Int
    var maximum: Int?
    var isBraces = false
    /// `{n}`, a single number.
    var isSingleNumber = false
  }

  /// All quantifiers behind an atom.
  ///
  /// In Rust there is one at most, and another is an error, except that braces behind it are literal.
  /// Oniguruma takes any number, each for what stands before it.
  mutating func parseQuantifiers(of atom: Atom) throws(PatternError) -> PatternNode {
    var node = atom.node
    var count = 0
    while true {
      try skipComments()
      let start = position
      guard let quantifier = try parseQuantifier() else { return node }
      if !atom.canRepeat {
        throw error(.malformed, at: start, expected: "something else: this cannot be repeated")
      }
      count += 1
      if count > PatternLimits.quantifiers {
        throw PatternError(
          .tooLarge, at: offset(of: start), found: "\(count) quantifiers",
          expected: "at most \(PatternLimits.quantifiers) in a row")
      }
      let eagerness = parseEagerness(of: quantifier)
      node = .makeRepetition(
        node, minimum: quantifier.minimum, maximum: quantifier.maximum, eagerness)
      if dialect == .rust {
        if let next = peek, "*+?".unicodeScalars.contains(next) {
          throw error(.malformed, expected: "no second quantifier")
        }
        return node
      }
    }
  }

  /// Throws where a quantifier stands with nothing before it.
  mutating func checkNoQuantifier() throws(PatternError) {
    let start = position
    if try parseQuantifier() != nil {
      throw error(
        .malformed, at: start, expected: "something before the quantifier that can be repeated")
    }
  }

  private mutating func parseEagerness(of quantifier: Quantifier) -> PatternNode.Eagerness {
    let isRust = dialect == .rust
    // In Ruby's syntax `{n}?` is an optional `{n}`, and `{n,m}+` a repeated `{n,m}`.
    if isRust || !quantifier.isSingleNumber, consume("?") {
      return flags.swapsEagerness ? .greedy : .lazy
    }
    if isRust || !quantifier.isBraces, consume("+") { return .possessive }
    return flags.swapsEagerness ? .lazy : .greedy
  }

  private mutating func parseQuantifier() throws(PatternError) -> Quantifier? {
    if consume("*") { return Quantifier(minimum: 0, maximum: nil) }
    if consume("+") { return Quantifier(minimum: 1, maximum: nil) }
    if consume("?") { return Quantifier(minimum: 0, maximum: 1) }
    return try parseBraces()
  }

  /// `{n}`, `{n,}`, `{,m}` or `{n,m}`; nil, with nothing consumed, if it is not one of them.
  private mutating func parseBraces() throws(PatternError) -> Quantifier? {
    let start = position
    guard consume("{") else { return nil }
    skipIgnored()
    let minimum = parseNumber()
    skipIgnored()
    var quantifier = Quantifier(minimum: minimum ?? 0, maximum: minimum, isBraces: true)
    quantifier.isSingleNumber = true
    if consume(",") {
      skipIgnored()
      quantifier.maximum = parseNumber()
      quantifier.isSingleNumber = false
      skipIgnored()
    }
    let isNothing = minimum == nil && quantifier.maximum == nil
    let isAllowed = !isNothing || (dialect == .rust && !quantifier.isSingleNumber)
    guard consume("}"), isAllowed else {
      position = start
      return nil
    }
    let largest = max(quantifier.minimum, quantifier.maximum ?? 0)
    if largest > PatternLimits.repetitions {
      throw PatternError(
        .tooLarge, at: offset(of: start), found: "\(largest) repetitions",
        expected: "at most \(PatternLimits.repetitions)")
    }
    if let maximum = quantifier.maximum, maximum < quantifier.minimum {
      throw error(.malformed, at: start, expected: "the lower number first")
    }
    return quantifier
  }

  /// A decimal number; what is above a billion is a billion.
  private mutating func parseNumber() -> Int? {
    var number: Int?
    while let digit = peek, ("0"..."9").contains(digit) {
      number = min(1_000_000_000, (number ?? 0) * 10 + Int(digit.value - 0x30))
      position += 1
    }
    return number
  }
}
