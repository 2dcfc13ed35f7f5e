internal import UnicodeText

/// Reads a pattern by the rules of its dialect, from left to right, without going back.
///
/// The dialects share their grammar; where they part, a `switch` or a comparison with `dialect`
/// stands at the place. What each does was observed with tiktoken 0.14.0 (fancy-regex over regex)
/// and tokenizers 0.23.3 (Oniguruma 6.9, Ruby syntax); the tests have the observations as rows.
struct PatternParser {
  /// What letters in `(?…)` switch on.
  struct Flags {
    var ignoresCase = false
    var dotMatchesNewline = false
    /// Rust only: `^` and `$` at lines. In Oniguruma they always are.
    var anchorsAtLines = false
    var ignoresSpace = false
    /// Rust only: lazy without `?`, greedy with it.
    var swapsEagerness = false
  }

  let dialect: SplitPattern.Dialect
  let characters: [UInt32]
  var position = 0
  var flags = Flags()
  var nesting = 0
  /// The name of each capturing group, in the order of their starts.
  var groups: [String?] = []
  /// What each back-reference names; until the end of parsing nodes hold indexes of this.
  var references: [Reference] = []

  struct Reference {
    enum Target {
      case number(Int)
      case name(String)
    }
    var target: Target
    var position: Int
  }

  /// An atom, and whether a quantifier may follow it.
  struct Atom {
    var node: PatternNode
    var canRepeat = true
  }

  init(_ source: String, dialect: SplitPattern.Dialect) {
    self.dialect = dialect
    characters = source.unicodeScalars.map(\.value)
  }

  mutating func parsePattern() throws(PatternError) -> PatternNode {
    let length = offset(of: characters.count)
    if length > PatternLimits.length {
      throw PatternError(
        .tooLarge, at: PatternLimits.length, found: "\(length) bytes",
        expected: "at most \(PatternLimits.length)")
    }
    let node = try parseAlternation()
    if position < characters.count {
      throw error(.malformed, expected: "no `)` without a `(` before it")
    }
    let resolved = try resolveGroups(node)
    let sets = resolved.expandedSetCount
    if sets > PatternLimits.expandedSets {
      throw PatternError(
        .tooLarge, at: 0, found: "\(sets) sets with repetitions written out",
        expected: "at most \(PatternLimits.expandedSets)")
    }
    return resolved
  }

  /// Up to a `)` or the end, neither of them consumed.
  mutating func parseAlternation() throws(PatternError) -> PatternNode {
    nesting += 1
    try checkNesting()
    defer { nesting -= 1 }
    var choices = [try parseConcatenation()]
    while consume("|") { choices.append(try parseConcatenation()) }
    return .makeAlternation(choices)
  }

  func checkNesting() throws(PatternError) {
    if nesting > PatternLimits.nesting {
      throw PatternError(
        .tooLarge, at: offset(of: position), found: "nesting of \(nesting)",
        expected: "at most \(PatternLimits.nesting)")
    }
  }

  private mutating func parseConcatenation() throws(PatternError) -> PatternNode {
    var parts: [PatternNode] = []
    let start = position
    while true {
      try skipComments()
      guard let next = peek, next != "|", next != ")" else { break }
      if let rest = try parseFlagsToEndOfGroup() {
        parts.append(rest)
      } else if let atom = try parseAtom() {
        parts.append(try parseQuantifiers(of: atom))
      } else {
        try checkNoQuantifier()
      }
    }
    let node = PatternNode.makeConcatenation(parts)
    if dialect == .oniguruma, case .concatenation(let flat) = node {
      try checkMultipleFolding(flat, from: start)
    }
    return node
  }

  /// One atom without its quantifiers; nil for a switch of flags.
  private mutating func parseAtom() throws(PatternError) -> Atom? {
    switch peek {
    case "(": return try parseGroup()
    case "[": return Atom(node: .set(try parseBracket()))
    case "\\": return try parseEscape()
    case ".":
      position += 1
      return Atom(
        node: .set(flags.dotMatchesNewline ? .all : CharacterSet.newline.inverted))
    case "^":
      position += 1
      return Atom(node: lineStart, canRepeat: dialect == .rust)
    case "$":
      position += 1
      return Atom(node: lineEnd, canRepeat: dialect == .rust)
    case "*", "+", "?":
      try checkNoQuantifier()
      return nil
    default:
      // Braces are literal where Rust has nothing to repeat.
      if dialect == .oniguruma { try checkNoQuantifier() }
      position += 1
      return Atom(node: try literal(characters[position - 1], at: position - 1))
    }
  }

  private var lineStart: PatternNode {
    switch dialect {
    case .rust where !flags.anchorsAtLines: .textStart
    case .rust: .alternation([.textStart, .makeLookBehind(.set(.newline))])
    // Not behind a newline that ends the text.
    case .oniguruma:
      .alternation([
        .textStart,
        .concatenation([
          .makeLookBehind(.set(.newline)), .makeLookAhead(.textEnd, isNegated: true),
        ]),
      ])
    }
  }

  private var lineEnd: PatternNode {
    dialect == .rust && !flags.anchorsAtLines ? .textEnd : .isEnd(orBefore: .newline)
  }

  /// One character that stands for itself, or for its variants where case is ignored.
  func literal(_ scalar: UInt32, at place: Int) throws(PatternError) -> PatternNode {
    guard flags.ignoresCase else { return .set(CharacterSet(scalar)) }
    if dialect == .oniguruma, MultipleFolding.scalars.contains(scalar) {
      throw MultipleFolding.error(found: scalar, at: offset(of: place))
    }
    return .set(CharacterSet(ScalarSet(caseVariants(of: scalar).map { $0...$0 })))
  }
}

// MARK: - Reading characters

extension PatternParser {
  /// The next character, nil at the end.
  var peek: Unicode.Scalar? { peek(ahead: 0) }

  func peek(ahead distance: Int) -> Unicode.Scalar? {
    let index = position + distance
    return index < characters.count ? Unicode.Scalar(characters[index]) : nil
  }

  mutating func consume(_ text: String) -> Bool {
    var end = position
    for scalar in text.unicodeScalars {
      guard end < characters.count, characters[end] == scalar.value else { return false }
      end += 1
    }
    position = end
    return true
  }

  /// Skips white space and comments where `(?x)` says that they mean nothing.
  mutating func skipIgnored() {
    guard flags.ignoresSpace else { return }
    while let next = peek {
      if next == "#" {
        while let skipped = peek, skipped != "\n" {
          _ = skipped
          position += 1
        }
      } else if next == " " || (0x09...0x0D).contains(next.value) {
        position += 1
      } else {
        return
      }
    }
  }

  /// Skips `(?#…)` too. A quantifier behind it belongs to what stands before it.
  mutating func skipComments() throws(PatternError) {
    skipIgnored()
    while consume("(?#") {
      _ = try text(upTo: ")", of: "the comment")
      skipIgnored()
    }
  }

  /// The text up to `end`, which is consumed too.
  mutating func text(upTo end: Unicode.Scalar, of what: String) throws(PatternError) -> String {
    let start = position
    guard let stop = characters[position...].firstIndex(of: end.value) else {
      throw error(.malformed, expected: "`\(end)` at the end of \(what)")
    }
    position = stop + 1
    return string(start..<stop)
  }

  func string(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: characters[range].compactMap(Unicode.Scalar.init))
    return String(text)
  }

  /// The number of UTF-8 bytes before a character.
  func offset(of index: Int) -> Int {
    characters[..<index].reduce(0) { $0 + ($1 < 0x80 ? 1 : $1 < 0x800 ? 2 : $1 < 0x10000 ? 3 : 4) }
  }

  /// An error at `place`, or where reading stands, with the few characters found there.
  func error(
    _ reason: PatternError.Reason, at place: Int? = nil, expected: String
  ) -> PatternError {
    let place = place ?? position
    let end = min(characters.count, max(position, place + 1))
    let shown = string(place..<min(end, place + 24))
    return PatternError(
      reason, at: offset(of: place), found: shown.isEmpty ? "end of pattern" : shown,
      expected: expected)
  }
}
