package import Tokenization

extension JSONReader {
  /// Reads any value as a tree.
  mutating func readValue() throws(VocabularyError) -> JSONValue {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return .object(try readMembers())
    case UInt8(ascii: "["):
      try enterArray()
      var elements: [JSONValue] = []
      while try nextElement() {
        do { elements.append(try readValue()) } catch { throw error.under("[\(elements.count)]") }
      }
      return .array(elements)
    case UInt8(ascii: "\""): return .string(text(try readString()))
    case UInt8(ascii: "t"):
      try readWord("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try readWord("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try readWord("null")
      return .null
    default:
      var digits: [UInt8] = []
      append(try readNumber(), to: &digits)
      return .number(String(decoding: digits, as: UTF8.self))
    }
  }

  /// Reads over any value, checking it as strictly as ``readValue()``.
  mutating func skipValue() throws(VocabularyError) {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"):
      try enterObject()
      while try nextKey() != nil { try skipValue() }
    case UInt8(ascii: "["):
      try enterArray()
      while try nextElement() { try skipValue() }
    case UInt8(ascii: "\""): _ = try readString()
    case UInt8(ascii: "t"): try readWord("true")
    case UInt8(ascii: "f"): try readWord("false")
    case UInt8(ascii: "n"): try readWord("null")
    default: _ = try readNumber()
    }
  }

  /// Reads an id: an integer from 0 to ``TokenID/maximumInFiles``, without fraction or exponent.
  mutating func readID() throws(VocabularyError) -> TokenID {
    skipSpace()
    let start = offset
    guard let first = next, first == UInt8(ascii: "-") || isDigit(first) else {
      throw wrongType("an id")
    }
    let range = try readNumber()
    var value: UInt64 = 0
    for position in range {
      let byte = self[position]
      guard isDigit(byte) else {
        var digits: [UInt8] = []
        append(range, to: &digits)
        throw error(
          .wrongType,
          "found `\(String(decoding: digits, as: UTF8.self))` where an id is expected", at: start)
      }
      value = min(value &* 10 &+ UInt64(byte - UInt8(ascii: "0")), 1 << 48)
    }
    guard value <= UInt64(TokenID.maximumInFiles) else {
      var digits: [UInt8] = []
      append(range, to: &digits)
      throw error(
        .limit,
        "the id \(String(decoding: digits, as: UTF8.self)) where \(TokenID.maximumInFiles) is the "
          + "largest allowed",
        at: start)
    }
    return TokenID(value)
  }

  /// Reads an object as a list of members; a key that stands twice is an error, unless the last one
  /// holds, in the place of the first.
  private mutating func readMembers() throws(VocabularyError) -> [JSONValue.Member] {
    try enterObject()
    var members: [JSONValue.Member] = []
    // Keys are compared by their bytes: two strings that Swift calls equal can be two keys.
    var keys: [[UInt8]: Int] = [:]
    skipSpace()
    while true {
      skipSpace()
      let start = offset
      guard let name = try nextKey() else { return members }
      let key = text(name)
      let place = keys[Array(key.utf8)]
      if place != nil, !keepsLastOfSameKey {
        throw error(.duplicate, "the key `\(key)` stands twice", at: start).under(key)
      }
      let value: JSONValue
      do { value = try readValue() } catch { throw error.under(key) }
      if let place {
        members[place].value = value
      } else {
        keys[Array(key.utf8)] = members.count
        members.append(JSONValue.Member(key: key, value: value))
      }
    }
  }

  private mutating func readWord(_ word: StaticString) throws(VocabularyError) {
    let start = offset
    for index in 0..<word.utf8CodeUnitCount {
      // SAFETY: the index is below the count.
      let letter = unsafe word.utf8Start[index]
      guard next == letter else { throw unexpected("`\(word)`") }
      move(to: start + index + 1)
    }
  }

  /// Reads a number by the grammar and returns where it stands.
  ///
  /// Numbers beyond the range of a double, which serde_json refuses, are left to whoever needs
  /// their value.
  private mutating func readNumber() throws(VocabularyError) -> Range<Int> {
    let start = offset
    if next == UInt8(ascii: "-") { move(to: offset + 1) }
    guard let first = next, isDigit(first) else {
      throw unexpected(offset == start ? "a value" : "a digit")
    }
    move(to: offset + 1)
    if first != UInt8(ascii: "0") {
      skipDigits()
    } else if let next, isDigit(next) {
      throw unexpected("no digit behind a leading zero")
    }
    if next == UInt8(ascii: ".") {
      move(to: offset + 1)
      try readDigits()
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      move(to: offset + 1)
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { move(to: offset + 1) }
      try readDigits()
    }
    return start..<offset
  }

  private mutating func readDigits() throws(VocabularyError) {
    guard let next, isDigit(next) else { throw unexpected("a digit") }
    skipDigits()
  }

  private mutating func skipDigits() {
    while let next, isDigit(next) { move(to: offset + 1) }
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}

extension TokenID {
  /// The largest id that a file may hold; tables are indexed by id, so that it bounds memory.
  package static let maximumInFiles: TokenID = 1 << 22 - 2
}
