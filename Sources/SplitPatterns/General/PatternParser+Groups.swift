extension PatternParser {
  /// What begins with `(`; nil for flags that change from here on.
  mutating func parseGroup() throws(PatternError) -> Atom? {
    let start = position
    guard consume("(?") else {
      position += 1
      if dialect == .oniguruma, peek == "*" {
        throw error(.unsupported, at: start, expected: "no callout")
      }
      return Atom(node: try parseCapture(named: nil, from: start))
    }
    if consume(":") { return Atom(node: try parseBody(from: start, keepsFlags: true)) }
    if consume(">") { return Atom(node: .makeAtomic(try parseBody(from: start))) }
    if consume("=") { return try parseLookAround(.ahead, isNegated: false, from: start) }
    if consume("!") { return try parseLookAround(.ahead, isNegated: true, from: start) }
    if consume("<=") { return try parseLookAround(.behind, isNegated: false, from: start) }
    if consume("<!") { return try parseLookAround(.behind, isNegated: true, from: start) }
    if dialect == .rust, consume("P=") {
      return Atom(node: try reference(.name(try parseName(upTo: ")")), at: start))
    }
    if consume("<") || (dialect == .rust && consume("P<")) {
      return Atom(node: try parseCapture(named: try parseName(upTo: ">"), from: start))
    }
    if consume("'") {
      return Atom(node: try parseCapture(named: try parseName(upTo: "'"), from: start))
    }
    for sign in ["~", "(", "&", "{", "P>", "R)"] where consume(sign) {
      throw error(
        .unsupported, at: start, expected: "no absent operator, conditional, call or callout")
    }
    return try parseFlagGroup(from: start)
  }

  /// The inside of a group and its `)`.
  ///
  /// Flags that change inside change back at the end; but in Rust only if the group begins with `(?:`
  /// or flags. Out of other groups fancy-regex lets them leak: `((?i)a)b` matches `AB` there.
  private mutating func parseBody(
    from start: Int, keepsFlags: Bool = false
  ) throws(PatternError) -> PatternNode {
    let saved = flags
    let node = try parseAlternation()
    if keepsFlags || dialect == .oniguruma { flags = saved }
    guard consume(")") else {
      throw error(.malformed, at: start, expected: "a `)` for this `(`")
    }
    return node
  }

  private mutating func parseLookAround(
    _ direction: PatternNode.Direction, isNegated: Bool, from start: Int
  ) throws(PatternError) -> Atom {
    let body = try parseBody(from: start)
    let node: PatternNode
    switch direction {
    case .ahead: node = body
    case .behind:
      guard let choices = body.fixedLengthAlternatives() else {
        throw error(
          .unsupported, at: start,
          expected: "a look-behind of at most "
            + "\(PatternLimits.lookBehindAlternatives) different texts' lengths")
      }
      node = .makeAlternation(choices)
    }
    return Atom(node: .lookAround(node, direction, isNegated: isNegated), canRepeat: false)
  }

  private mutating func parseCapture(
    named name: String?, from start: Int
  ) throws(PatternError) -> PatternNode {
    if let name, groups.contains(name) {
      throw error(.unsupported, at: start, expected: "a name of its own for each group")
    }
    groups.append(name)
    let number = groups.count
    return .capture(try parseBody(from: start), group: number)
  }

  private mutating func parseName(upTo end: Unicode.Scalar) throws(PatternError) -> String {
    let start = position
    let name = try text(upTo: end, of: "the name")
    let isWord = name.unicodeScalars.allSatisfy {
      $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil
    }
    let startsWithDigit = name.unicodeScalars.first.map { ("0"..."9").contains($0) } ?? true
    if !isWord || startsWithDigit {
      throw error(.malformed, at: start, expected: "a name of letters, digits and `_`")
    }
    return name
  }
}

// MARK: - Flags

extension PatternParser {
  /// `(?i)` in Oniguruma: the rest of the group, with all its alternatives, is a group of its own,
  /// so that `a(?i)b|c` is `a(?i:b|c)`. Nil, with nothing consumed, if no such thing follows.
  mutating func parseFlagsToEndOfGroup() throws(PatternError) -> PatternNode? {
    guard dialect == .oniguruma, peek == "(", peek(ahead: 1) == "?" else { return nil }
    let start = position
    position += 2
    guard let next = peek, "-imxWDSPyaCIL".unicodeScalars.contains(next) else {
      position = start
      return nil
    }
    let saved = flags
    defer { flags = saved }
    try parseFlags(from: start)
    guard consume(")") else {
      position = start
      return nil
    }
    return try parseAlternation()
  }

  /// `(?i)` in Rust: from here to the end of the group. `(?i:…)` in both.
  private mutating func parseFlagGroup(from start: Int) throws(PatternError) -> Atom? {
    let saved = flags
    try parseFlags(from: start)
    if consume(":") {
      let node = try parseBody(from: start, keepsFlags: true)
      flags = saved
      return Atom(node: node)
    }
    guard consume(")") else {
      throw error(.malformed, expected: "`)` or `:` behind the flags")
    }
    return nil
  }

  private mutating func parseFlags(from start: Int) throws(PatternError) {
    var value = true
    let first = position
    while let letter = peek, letter != ")", letter != ":" {
      switch (letter, dialect) {
      case ("-", _) where value: value = false
      case ("i", _): flags.ignoresCase = value
      case ("x", _): flags.ignoresSpace = value
      case ("m", .rust): flags.anchorsAtLines = value
      case ("m", .oniguruma), ("s", .rust): flags.dotMatchesNewline = value
      case ("U", .rust): flags.swapsEagerness = value
      case ("u", .rust) where value: break
      case ("R", .rust), ("u", .rust):
        throw error(.unsupported, expected: "only the flags i m s x U, and u switched on")
      case ("W", .oniguruma), ("D", .oniguruma), ("S", .oniguruma), ("P", .oniguruma),
        ("y", .oniguruma), ("a", .oniguruma), ("C", .oniguruma), ("I", .oniguruma),
        ("L", .oniguruma):
        throw error(.unsupported, expected: "only the flags i m x")
      default: throw error(.malformed, expected: "a flag of the dialect, `)` or `:`")
      }
      position += 1
    }
    let isBare = position == first || (dialect == .rust && position == first + 1 && !value)
    if isBare || peek == nil {
      throw error(.malformed, at: start, expected: "flags and `)` or `:`")
    }
  }
}
