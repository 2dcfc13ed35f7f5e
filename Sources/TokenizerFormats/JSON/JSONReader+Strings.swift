import Tokenization

/// A string of a JSON file: where it stands. Its text is unescaped when asked for.
struct JSONString {
  /// What stands between the quotes.
  var range: Range<Int>
  /// Some of it is escaped.
  var hasEscapes: Bool
}

extension JSONReader {
  /// Reads a string and checks all of it: escapes, surrogates, control characters, UTF-8.
  ///
  /// - Complexity: O(*n*), eight bytes at a time.
  mutating func readString() throws(VocabularyError) -> JSONString {
    skipSpace()
    guard next == UInt8(ascii: "\"") else { throw wrongType("a string") }
    let start = offset + 1
    var position = start
    var hasEscapes = false
    var highBits: UInt64 = 0
    while true {
      while position <= count - 8 {
        let word = word(at: position)
        let stops = Self.stops(in: word)
        if stops != 0 {
          let run = stops.trailingZeroBitCount / 8
          if run > 0 { highBits |= word << UInt64(64 - 8 * run) }
          position += run
          break
        }
        highBits |= word
        position += 8
      }
      guard position < count else {
        throw error(.truncated, "the file ends inside a string", at: start - 1)
      }
      let byte = self[position]
      switch byte {
      case UInt8(ascii: "\""):
        let range = start..<position
        if highBits & 0x8080_8080_8080_8080 != 0 { try checkUTF8(range) }
        move(to: position + 1)
        return JSONString(range: range, hasEscapes: hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        position = try scalar(escapedAt: position).end
      case 0..<0x20:
        throw error(
          .malformed, "found \(described(byte)) in a string, where it must be escaped",
          at: position)
      default:
        highBits |= UInt64(byte)
        position += 1
      }
    }
  }

  /// Appends the text of `string`, unescaped.
  func append(_ string: JSONString, to bytes: inout [UInt8]) {
    guard string.hasEscapes else { return append(string.range, to: &bytes) }
    var position = string.range.lowerBound
    var plain = position
    while position < string.range.upperBound {
      if self[position] != UInt8(ascii: "\\") {
        position += 1
        continue
      }
      append(plain..<position, to: &bytes)
      // Escapes were checked when the string was read.
      guard let (scalar, end) = try? scalar(escapedAt: position) else { return }
      bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
      position = end
      plain = end
    }
    append(plain..<position, to: &bytes)
  }

  /// The text of `string`. For names and components; tokens go through ``append(_:to:)``.
  func text(_ string: JSONString) -> String {
    var bytes: [UInt8] = []
    append(string, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The high bit of each byte that a string cannot run over: a quote, a backslash, a control
  /// character. The lowest one set is exact; those above it may be wrong.
  private static func stops(in word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (ones &* 0x22)
    let slashes = word ^ (ones &* 0x5C)
    // A byte below n borrows from its high bit when n is taken away.
    let found =
      ((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes)
      | ((word &- ones &* 0x20) & ~word)
    return found & (ones &* 0x80)
  }

  /// The scalar that the escape at `start` stands for, and where the escape ends.
  private func scalar(
    escapedAt start: Int
  ) throws(VocabularyError) -> (scalar: Unicode.Scalar, end: Int) {
    guard start + 1 < count else {
      throw error(.truncated, "the file ends inside an escape", at: start)
    }
    switch self[start + 1] {
    case UInt8(ascii: "\""): return ("\"", start + 2)
    case UInt8(ascii: "\\"): return ("\\", start + 2)
    case UInt8(ascii: "/"): return ("/", start + 2)
    case UInt8(ascii: "b"): return ("\u{8}", start + 2)
    case UInt8(ascii: "f"): return ("\u{C}", start + 2)
    case UInt8(ascii: "n"): return ("\n", start + 2)
    case UInt8(ascii: "r"): return ("\r", start + 2)
    case UInt8(ascii: "t"): return ("\t", start + 2)
    case UInt8(ascii: "u"): break
    case let other:
      throw error(.malformed, "found the escape `\\` \(described(other))", at: start)
    }
    let unit = try hexadecimal(at: start + 2, escapeAt: start)
    if let scalar = Unicode.Scalar(unit) { return (scalar, start + 6) }
    // A leading surrogate must be followed by a trailing one; only together are they a scalar.
    if unit < 0xDC00, start + 7 < count, self[start + 6] == UInt8(ascii: "\\"),
      self[start + 7] == UInt8(ascii: "u")
    {
      let trail = try hexadecimal(at: start + 8, escapeAt: start + 6)
      if 0xDC00..<0xE000 ~= trail,
        let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (trail - 0xDC00))
      {
        return (scalar, start + 12)
      }
    }
    throw error(.malformed, "found an unpaired surrogate", at: start)
  }

  private func hexadecimal(at start: Int, escapeAt escape: Int) throws(VocabularyError) -> UInt32 {
    guard start + 4 <= count else {
      throw error(.truncated, "the file ends inside an escape", at: escape)
    }
    var value: UInt32 = 0
    for position in start..<start + 4 {
      let digit: UInt8
      switch self[position] {
      case let byte where byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"):
        digit = byte - UInt8(ascii: "0")
      case let byte where byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f"):
        digit = byte - UInt8(ascii: "a") + 10
      case let byte where byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "F"):
        digit = byte - UInt8(ascii: "A") + 10
      case let byte:
        throw error(
          .malformed, "found \(described(byte)) where a hexadecimal digit is expected",
          at: position)
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  /// Throws at the first byte in `range` that is not part of valid UTF-8.
  private func checkUTF8(_ range: Range<Int>) throws(VocabularyError) {
    var position = range.lowerBound
    while position < range.upperBound {
      let length = scalarLength(at: position, before: range.upperBound)
      if length == 0 {
        throw error(
          .malformed, "found \(described(self[position])), which is not UTF-8 there", at: position)
      }
      position += length
    }
  }

  /// The number of bytes of the scalar at `start`; 0 if they are not UTF-8 (Unicode, table 3-7).
  private func scalarLength(at start: Int, before end: Int) -> Int {
    let lead = self[start]
    if lead < 0x80 { return 1 }
    var second: ClosedRange<UInt8> = 0x80...0xBF
    let length: Int
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    case 0xF1...0xF3: length = 4
    default: return 0
    }
    if start + length > end || !second.contains(self[start + 1]) { return 0 }
    if length > 2, self[start + 2] & 0xC0 != 0x80 { return 0 }
    if length > 3, self[start + 3] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
