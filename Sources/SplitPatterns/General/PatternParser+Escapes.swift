internal import UnicodeText

/// What a backslash and what follows it mean, where both dialects and both places, inside and
/// outside of brackets, are one.
enum Escape {
  case scalar(UInt32)
  /// A class, and whether its opposite is meant.
  case set(CharacterSet, isNegated: Bool)
  /// Another letter or digit, not consumed.
  case other(Unicode.Scalar)
}

extension PatternParser {
  /// A backslash outside of brackets.
  mutating func parseEscape() throws(PatternError) -> Atom {
    let start = position
    switch try parseSharedEscape(inBrackets: false) {
    case .scalar(let scalar): return Atom(node: try literal(scalar, at: start))
    case .set(let set, let isNegated):
      // Oniguruma does not ignore case in classes outside of brackets.
      let folded = flags.ignoresCase && dialect == .rust ? set.ignoringCase : set
      return Atom(node: .set(isNegated ? folded.inverted : folded))
    case .other(let letter):
      if ("0"..."9").contains(letter) { return try parseDigits(from: start) }
      position += 1
      return try parseLetterEscape(letter, from: start)
    }
  }

  private mutating func parseLetterEscape(
    _ letter: Unicode.Scalar, from start: Int
  ) throws(PatternError) -> Atom {
    switch (letter, dialect) {
    case ("A", _): return Atom(node: .textStart, canRepeat: dialect == .rust)
    case ("z", _): return Atom(node: .textEnd, canRepeat: dialect == .rust)
    case ("Z", .rust):  // before any number of newlines at the end
      return Atom(
        node: .makeLookAhead(
          .concatenation([
            .repetition(.set(.newline), minimum: 0, maximum: nil, .greedy), .textEnd,
          ])))
    case ("Z", .oniguruma):  // before one
      return Atom(
        node: .alternation([
          .textEnd, .makeLookAhead(.concatenation([.set(.newline), .textEnd])),
        ]), canRepeat: false)
    case ("b", .rust): return Atom(node: try parseWordBoundary())
    case ("b", .oniguruma): return Atom(node: .wordBoundary(wordSet), canRepeat: false)
    case ("B", _): return Atom(node: .noWordBoundary(wordSet), canRepeat: dialect == .rust)
    case ("<", .rust): return Atom(node: .wordStart(wordSet))
    case (">", .rust): return Atom(node: .wordEnd(wordSet))
    case ("R", _): return Atom(node: .lineBreak)
    case ("N", _): return Atom(node: .set(CharacterSet.newline.inverted))
    case ("O", _): return Atom(node: .set(.all))
    case ("k", _): return Atom(node: try parseNamedReference(from: start))
    case ("K", _), ("G", _), ("g", _), ("X", .oniguruma), ("y", .oniguruma), ("Y", .oniguruma),
      ("c", .oniguruma), ("C", .oniguruma), ("M", .oniguruma):
      throw error(.unsupported, at: start, expected: "an escape other than this, which we lack")
    case (_, .rust) where letter.isASCIILetter:
      throw error(.malformed, at: start, expected: "an escape of the dialect")
    default: return Atom(node: try literal(letter.value, at: start))
    }
  }

  /// What `\b` in this dialect calls a word.
  private var wordSet: CharacterSet {
    CharacterSet(dialect == .rust ? .perlWordRust : .bareWordOniguruma)
  }

  /// Rust: `\b`, or one of its special forms as `\b{start}`.
  private mutating func parseWordBoundary() throws(PatternError) -> PatternNode {
    if consume("{start}") { return .wordStart(wordSet) }
    if consume("{end}") { return .wordEnd(wordSet) }
    if consume("{start-half}") { return .makeLookBehind(.set(wordSet), isNegated: true) }
    if consume("{end-half}") { return .makeLookAhead(.set(wordSet), isNegated: true) }
    return .wordBoundary(wordSet)
  }

  /// Consumes the backslash and, unless it returns `other`, all that belongs to the escape.
  mutating func parseSharedEscape(inBrackets: Bool) throws(PatternError) -> Escape {
    let start = position
    position += 1
    guard let letter = peek else {
      throw error(.malformed, at: start, expected: "a character behind the backslash")
    }
    position += 1
    let isRust = dialect == .rust
    switch letter {
    case "n": return .scalar(0x0A)
    case "t": return .scalar(0x09)
    case "r": return .scalar(0x0D)
    case "f": return .scalar(0x0C)
    case "v": return .scalar(0x0B)
    case "a": return .scalar(0x07)
    case "e": return .scalar(0x1B)
    case "b" where inBrackets: return .scalar(0x08)
    case "x", "u": return .scalar(try parseHexadecimal(letter, from: start))
    case "U" where isRust: return .scalar(try parseHexadecimal(letter, from: start))
    case "o" where !isRust && peek == "{": return .scalar(try parseBracedOctal(from: start))
    case "d", "D": return .set(CharacterSet(.decimalDigits), isNegated: letter == "D")
    case "s", "S": return .set(CharacterSet(.whiteSpace), isNegated: letter == "S")
    case "h", "H": return .set(.hexDigits, isNegated: letter == "H")
    case "w", "W":
      let words: ScalarSet =
        isRust ? .perlWordRust : inBrackets ? .wordOniguruma : .bareWordOniguruma
      return .set(CharacterSet(words), isNegated: letter == "W")
    case "p", "P":
      // In Oniguruma a p without a brace is just a p.
      guard isRust || peek == "{" else { return .scalar(letter.value) }
      return try parseProperty(isNegated: letter == "P", inBrackets: inBrackets, from: start)
    default:
      if letter.isASCIILetter || ("0"..."9").contains(letter) {
        position -= 1
        return .other(letter)
      }
      if isRust, !inBrackets, letter == "<" || letter == ">" {
        position -= 1
        return .other(letter)
      }
      return .scalar(letter.value)
    }
  }

  private mutating func parseProperty(
    isNegated: Bool, inBrackets: Bool, from start: Int
  ) throws(PatternError) -> Escape {
    var isNegated = isNegated
    var name: String
    if consume("{") {
      if consume("^") { isNegated.toggle() }
      name = try text(upTo: "}", of: "the property")
    } else {
      guard let letter = peek else {
        throw error(.malformed, at: start, expected: "a property's name")
      }
      position += 1
      name = String(letter)
    }
    let hasSign = name.utf8.contains { "=:!".utf8.contains($0) }
    let known = hasSign && dialect == .oniguruma ? nil : ScalarSet(property: name)
    guard var set = known else {
      throw error(.malformed, at: start, expected: "the name of a property of Unicode 16.0")
    }
    if dialect == .oniguruma, !inBrackets, set == .wordOniguruma { set = .bareWordOniguruma }
    return .set(CharacterSet(set), isNegated: isNegated)
  }
}

// MARK: - Numbers

extension PatternParser {
  /// What follows `\x`, `\u` or `\U`.
  private mutating func parseHexadecimal(
    _ letter: Unicode.Scalar, from start: Int
  ) throws(PatternError) -> UInt32 {
    let isBraced = (dialect == .rust || letter == "x") && consume("{")
    let length = isBraced ? 8 : letter == "x" ? 2 : letter == "u" ? 4 : 8
    var value: UInt64 = 0
    var digits = 0
    while digits < length, let digit = peek.flatMap(\.hexDigitValue) {
      value = value << 4 | UInt64(digit)
      digits += 1
      position += 1
    }
    let mayBeShort = isBraced || (dialect == .oniguruma && letter == "x")
    guard digits > 0, mayBeShort || digits == length, !isBraced || consume("}") else {
      throw error(.malformed, at: start, expected: "hexadecimal digits, \(length) or in braces")
    }
    if dialect == .oniguruma, !isBraced, letter == "x", value >= 0x80 {
      throw error(.unsupported, at: start, expected: "a character, not a byte of one")
    }
    guard value <= 0x10FFFF, Unicode.Scalar(UInt32(value)) != nil else {
      throw error(.malformed, at: start, expected: "a scalar of Unicode")
    }
    return UInt32(value)
  }

  private mutating func parseBracedOctal(from start: Int) throws(PatternError) -> UInt32 {
    position += 1
    let digits = try text(upTo: "}", of: "the number")
    guard let value = UInt32(digits, radix: 8), Unicode.Scalar(value) != nil else {
      throw error(.malformed, at: start, expected: "a scalar of Unicode in octal digits")
    }
    return value
  }

  /// Up to three octal digits in Oniguruma.
  mutating func parseOctal(from start: Int) throws(PatternError) -> UInt32 {
    var value: UInt32 = 0
    var digits = 0
    while digits < 3, let digit = peek, ("0"..."7").contains(digit) {
      value = value * 8 + (digit.value - 0x30)
      digits += 1
      position += 1
    }
    if digits == 0 || value >= 0x80 {
      throw error(.unsupported, at: start, expected: "a group's number or an octal ASCII character")
    }
    return value
  }

  /// A back-reference by number, or in Oniguruma a character in octal digits.
  private mutating func parseDigits(from start: Int) throws(PatternError) -> Atom {
    let first = position
    var number = 0
    while let digit = peek, ("0"..."9").contains(digit) {
      number = min(1_000_000, number * 10 + Int(digit.value - 0x30))
      position += 1
    }
    let isReference =
      number > 0 && characters[first] != 0x30 && (number <= 9 || number <= groups.count)
    if dialect == .oniguruma, !isReference {
      position = first
      return Atom(node: try literal(try parseOctal(from: start), at: start))
    }
    return Atom(node: try reference(.number(number), at: start))
  }
}

extension Unicode.Scalar {
  var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }

  /// 0...15 for ASCII digits and the letters a to f.
  var hexDigitValue: Int? {
    switch self {
    case "0"..."9": Int(value - 0x30)
    case "a"..."f": Int(value - 0x61 + 10)
    case "A"..."F": Int(value - 0x41 + 10)
    default: nil
    }
  }
}
