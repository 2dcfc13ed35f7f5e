internal import UnicodeText

/// Sets in brackets: `[…]`, nested ones, and operations on them.
extension PatternParser {
  /// One thing in brackets.
  private enum Item {
    /// May begin or end a range.
    case scalar(UInt32)
    case set(CharacterSet)
  }

  /// A bracket and all inside it, as it matches under the present flags.
  mutating func parseBracket() throws(PatternError) -> CharacterSet {
    let start = position
    let isNegated = peek(ahead: 1) == "^"
    if dialect == .rust { return try parseRustBracket() }
    let plain = try parseOnigurumaBracket()
    guard flags.ignoresCase else { return plain }
    // Oniguruma looks at case once all is read: what is inside the outermost `^` gets its variants.
    let inside = isNegated ? plain.inverted : plain
    if !isNegated, let several = inside.scalars.intersection(MultipleFolding.scalars).ranges.first {
      throw MultipleFolding.error(found: several.lowerBound, at: offset(of: start))
    }
    let folded = inside.ignoringCase
    return isNegated ? folded.inverted : folded
  }

  private func unclosed(_ start: Int) -> PatternError {
    error(.malformed, at: start, expected: "a `]` for this `[`")
  }

  /// The letter of an escape in brackets that has a meaning only outside of them.
  private mutating func parseEscapedItem(from start: Int) throws(PatternError) -> Item {
    switch try parseSharedEscape(inBrackets: true) {
    case .scalar(let scalar): return .scalar(scalar)
    case .set(let set, let isNegated):
      let folded = flags.ignoresCase && dialect == .rust ? set.ignoringCase : set
      return .set(isNegated ? folded.inverted : folded)
    case .other(let letter):
      if dialect == .rust {
        throw error(.unsupported, at: start, expected: "an escape that stands for characters")
      }
      if ("0"..."9").contains(letter) { return .scalar(try parseOctal(from: start)) }
      if letter == "c" || letter == "C" || letter == "M" {
        throw error(.unsupported, at: start, expected: "no control or meta character")
      }
      position += 1
      return .scalar(letter.value)
    }
  }

  private func set(_ lower: UInt32, _ upper: UInt32) -> CharacterSet {
    let set = CharacterSet(ScalarSet([lower...upper]))
    return flags.ignoresCase && dialect == .rust ? set.ignoringCase : set
  }
}

// MARK: - Rust

extension PatternParser {
  private enum Operation { case intersection, difference, symmetricDifference }

  /// `&&`, `--` and `~~` bind alike, to the left, and looser than standing side by side.
  /// Case is ignored before anything is turned into its opposite.
  private mutating func parseRustBracket() throws(PatternError) -> CharacterSet {
    let start = position
    position += 1
    nesting += 1
    try checkNesting()
    defer { nesting -= 1 }
    let isNegated = consume("^")
    var result: CharacterSet?
    var operation = Operation.intersection
    var current = CharacterSet.none
    var isFirst = true
    while consume("-") {
      current = current.union(set(0x2D, 0x2D))
      isFirst = false
    }
    while true {
      guard let next = peek else { throw unclosed(start) }
      if next == "]", !isFirst {
        position += 1
        let all = apply(operation, result, current)
        return isNegated ? all.inverted : all
      }
      isFirst = false
      if let following = parseOperation() {
        result = apply(operation, result, current)
        operation = following
        current = .none
      } else if next == "[" {
        if let named = try parsePOSIX() {
          current = current.union(named)
        } else {
          current = current.union(try parseRustBracket())
        }
      } else {
        current = current.union(try parseRustRange())
      }
    }
  }

  private func apply(
    _ operation: Operation, _ left: CharacterSet?, _ right: CharacterSet
  ) -> CharacterSet {
    guard let left else { return right }
    return switch operation {
    case .intersection: left.intersection(right)
    case .difference: left.subtracting(right)
    case .symmetricDifference: left.symmetricDifference(right)
    }
  }

  private mutating func parseOperation() -> Operation? {
    if consume("&&") { return .intersection }
    if consume("--") { return .difference }
    if consume("~~") { return .symmetricDifference }
    return nil
  }

  private mutating func parseRustItem() throws(PatternError) -> Item {
    if peek == "\\" { return try parseEscapedItem(from: position) }
    guard position < characters.count else {
      throw error(.malformed, expected: "the end of the range")
    }
    position += 1
    return .scalar(characters[position - 1])
  }

  private mutating func parseRustRange() throws(PatternError) -> CharacterSet {
    let start = position
    let first = try parseRustItem()
    let isRange = peek == "-" && peek(ahead: 1) != "]" && peek(ahead: 1) != "-"
    guard isRange else {
      switch first {
      case .scalar(let scalar): return set(scalar, scalar)
      case .set(let set): return set
      }
    }
    position += 1
    if peek == "[" {
      throw error(.malformed, at: start, expected: "a character at each end of the range")
    }
    guard case .scalar(let lower) = first, case .scalar(let upper) = try parseRustItem(),
      lower <= upper
    else {
      throw error(.malformed, at: start, expected: "a range of characters, the lower one first")
    }
    return set(lower, upper)
  }
}

// MARK: - Oniguruma

extension PatternParser {
  private mutating func parseOnigurumaBracket() throws(PatternError) -> CharacterSet {
    let start = position
    position += 1
    nesting += 1
    try checkNesting()
    defer { nesting -= 1 }
    let isNegated = consume("^")
    var result: CharacterSet?
    var current = CharacterSet.none
    let first = position
    while true {
      guard let next = peek else { throw unclosed(start) }
      if next == "]", position > first || !hasLaterEnd {
        if position == first { throw error(.malformed, at: start, expected: "a set not empty") }
        position += 1
        let all = result.map { $0.intersection(current) } ?? current
        return isNegated ? all.inverted : all
      }
      if consume("&&") {
        result = result.map { $0.intersection(current) } ?? current
        current = .none
      } else if next == "[" {
        if let named = try parsePOSIX() {
          current = current.union(named)
        } else {
          current = current.union(try parseOnigurumaBracket())
        }
        try checkNoHyphen()
      } else {
        current = current.union(try parseOnigurumaRange(isFirst: position == first))
      }
    }
  }

  /// Whether another `]` comes, so that one at the start can be literal.
  private var hasLaterEnd: Bool { characters[(position + 1)...].contains(0x5D) }

  /// A hyphen behind a set stands for itself only before the end.
  private func checkNoHyphen() throws(PatternError) {
    if peek == "-", peek(ahead: 1) != "]" {
      throw error(.malformed, expected: "no hyphen between a set and something else")
    }
  }

  private mutating func parseOnigurumaItem() throws(PatternError) -> Item {
    guard let next = peek else { throw error(.malformed, expected: "the end of the range") }
    if next == "\\" { return try parseEscapedItem(from: position) }
    position += 1
    return .scalar(next.value)
  }

  private mutating func parseOnigurumaRange(isFirst: Bool) throws(PatternError) -> CharacterSet {
    let start = position
    if peek == "-", !isFirst, peek(ahead: 1) == "-" || peek(ahead: 1) == "[" {
      throw error(.malformed, expected: "an escaped hyphen, for this one has several meanings")
    }
    let item = try parseOnigurumaItem()
    guard case .scalar(let lower) = item else {
      try checkNoHyphen()
      guard case .set(let set) = item else { return .none }
      return set
    }
    guard peek == "-", let next = peek(ahead: 1), next != "]" else { return set(lower, lower) }
    if next == "[" || (next == "&" && peek(ahead: 2) == "&") {
      throw error(.malformed, at: start, expected: "a character at each end of the range")
    }
    position += 1
    guard case .scalar(let upper) = try parseOnigurumaItem(), lower <= upper else {
      throw error(.malformed, at: start, expected: "a range of characters, the lower one first")
    }
    // Behind a range a hyphen stands for itself: `[a-c-e]` has no d.
    if peek == "-", let next = peek(ahead: 1), next != "]" {
      if next == "-" || next == "[" || next == "&" {
        throw error(.malformed, expected: "an escaped hyphen, for this one has several meanings")
      }
      position += 1
      return set(lower, upper).union(set(0x2D, 0x2D))
    }
    return set(lower, upper)
  }
}

// MARK: - POSIX

extension PatternParser {
  /// `[:name:]` or `[:^name:]`; nil, with nothing consumed, if it is not one of them.
  private mutating func parsePOSIX() throws(PatternError) -> CharacterSet? {
    let start = position
    guard consume("[:") else { return nil }
    let isNegated = consume("^")
    let first = position
    while let letter = peek, letter.isASCIILetter { position += 1 }
    let name = string(first..<position)
    let isRust = dialect == .rust
    let known = isRust ? CharacterSet.asciiPOSIX(name) : CharacterSet.unicodePOSIX(name)
    let isClosed = consume(":]")
    guard isClosed, let set = known else {
      if isClosed, !isRust { throw error(.malformed, at: start, expected: "the name of a class") }
      position = start
      return nil
    }
    let folded = isRust && flags.ignoresCase ? set.ignoringCase : set
    return isNegated ? folded.inverted : folded
  }
}
