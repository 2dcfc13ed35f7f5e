/// Cuts a template into words, with the white space rules of `trim_blocks` and `lstrip_blocks`: the
/// newline behind a block is left out, and spaces before one at the beginning of a line.
///
/// Other than by `-` and `+` the rules never touch what `{{ }}` writes.
struct JinjaLexer {
  private let bytes: [UInt8]
  private var offset = 0
  private(set) var tokens: [JinjaToken] = []
  /// What was read last ended with a newline, or nothing was read.
  private var isLineStart = true
  /// Where lines are counted from, which is never behind the next token.
  private var countedOffset = 0
  private var countedPlace = ChatTemplateError.Place(line: 1, column: 1)

  /// The words of `source`, the last of them ``JinjaToken/Kind/end``.
  ///
  /// - Complexity: O(*n*).
  static func tokens(of source: String) throws(ChatTemplateError) -> [JinjaToken] {
    var lexer = JinjaLexer(source)
    try lexer.readAll()
    return lexer.tokens
  }

  /// All ends of lines become newlines, and one at the end of the template is left out.
  private init(_ source: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.utf8.count)
    var isBehindReturn = false
    for byte in source.utf8 {
      if byte != 0x0A || !isBehindReturn { bytes.append(byte == 0x0D ? 0x0A : byte) }
      isBehindReturn = byte == 0x0D
    }
    if bytes.last == 0x0A { bytes.removeLast() }
    self.bytes = bytes
  }

  private mutating func readAll() throws(ChatTemplateError) {
    while offset < bytes.count { try readText() }
    append(.end, at: offset)
  }
}

// MARK: Text

extension JinjaLexer {
  /// What opens a tag.
  private enum Opening { case variable, block, comment, raw }

  /// Reads text up to the next tag, and the tag.
  private mutating func readText() throws(ChatTemplateError) {
    let start = offset
    var place = start
    var opening: Opening?
    while place + 1 < bytes.count, opening == nil {
      if bytes[place] == UInt8(ascii: "{") {
        switch bytes[place + 1] {
        case UInt8(ascii: "{"): opening = .variable
        case UInt8(ascii: "%"): opening = .block
        case UInt8(ascii: "#"): opening = .comment
        default: place += 1
        }
      } else {
        place += 1
      }
    }
    guard var opening else {
      append(data: start..<bytes.count)
      offset = bytes.count
      return
    }
    var end = place + 2
    let sign = end < bytes.count ? bytes[end] : 0
    let hasSign = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
    if hasSign { end += 1 }
    if opening == .block, let rawEnd = rawBeginning(at: end) {
      opening = .raw
      end = rawEnd
    }
    append(data: start..<textEnd(start, place, sign: sign, isVariable: opening == .variable))
    offset = end
    isLineStart = bytes[end - 1] == 0x0A
    switch opening {
    case .variable:
      append(.variableBegin, at: place)
      try readTag(isBlock: false, from: place)
    case .block:
      append(.blockBegin, at: place)
      try readTag(isBlock: true, from: place)
    case .comment: try skipComment(from: place)
    case .raw: try readRaw(from: place)
    }
  }

  /// Where the text from `start` to a tag at `end` ends when white space before the tag is left out.
  private func textEnd(_ start: Int, _ end: Int, sign: UInt8, isVariable: Bool) -> Int {
    if sign == UInt8(ascii: "-") { return spaceStart(before: end, from: start) }
    guard sign != UInt8(ascii: "+"), !isVariable else { return end }
    let newline = bytes[start..<end].lastIndex(of: 0x0A)
    guard newline != nil || isLineStart else { return end }
    let lineStart = newline.map { $0 + 1 } ?? start
    return spaceStart(before: end, from: lineStart) == lineStart ? lineStart : end
  }

  /// Where the white space that ends at `end` begins.
  private func spaceStart(before end: Int, from start: Int) -> Int {
    var place = end
    while place > start {
      var scalarStart = place - 1
      while scalarStart > start, bytes[scalarStart] & 0xC0 == 0x80 { scalarStart -= 1 }
      guard scalar(at: scalarStart).isPythonSpace else { break }
      place = scalarStart
    }
    return place
  }

  /// Where the text behind `raw %}` begins, if that is what stands at `start`.
  private func rawBeginning(at start: Int) -> Int? {
    var place = spaceEnd(from: start)
    guard bytes[place...].starts(with: "raw".utf8) else { return nil }
    place = spaceEnd(from: place + 3)
    if bytes[place...].starts(with: "%}".utf8) { return place + 2 }
    return bytes[place...].starts(with: "-%}".utf8) ? spaceEnd(from: place + 3) : nil
  }

  // A comment, or raw text, that begins where the template ends is no error in the original either.

  private mutating func skipComment(from start: Int) throws(ChatTemplateError) {
    if offset == bytes.count { return }
    while offset < bytes.count {
      if let end = tagEnd(closing: "#}", trimsNewline: true) {
        offset = end
        isLineStart = bytes[end - 1] == 0x0A
        return
      }
      offset += 1
    }
    throw error("the comment has no end", at: start)
  }

  private mutating func readRaw(from start: Int) throws(ChatTemplateError) {
    let text = offset
    if text == bytes.count { return }
    while offset + 1 < bytes.count {
      let place = offset
      guard bytes[place] == UInt8(ascii: "{"), bytes[place + 1] == UInt8(ascii: "%") else {
        offset += 1
        continue
      }
      offset += 2
      let sign = offset < bytes.count ? bytes[offset] : 0
      if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { offset += 1 }
      offset = spaceEnd(from: offset)
      if bytes[offset...].starts(with: "endraw".utf8) {
        offset = spaceEnd(from: offset + 6)
        if let end = tagEnd(closing: "%}", trimsNewline: true) {
          append(data: text..<textEnd(text, place, sign: sign, isVariable: false))
          offset = end
          isLineStart = bytes[end - 1] == 0x0A
          return
        }
      }
      offset = place + 1
    }
    throw error("`raw` has no `endraw`", at: start)
  }

  /// Where a tag that is closed by `closing` at the offset ends, if it does: with the white space
  /// behind `-`, or the newline behind a block.
  private func tagEnd(closing: String, trimsNewline: Bool) -> Int? {
    var place = offset
    guard place < bytes.count else { return nil }
    let sign = bytes[place]
    if sign == UInt8(ascii: "-") || (trimsNewline && sign == UInt8(ascii: "+")) { place += 1 }
    guard bytes[place...].starts(with: closing.utf8) else { return nil }
    place += 2
    if sign == UInt8(ascii: "-") { return spaceEnd(from: place) }
    if trimsNewline, sign != UInt8(ascii: "+"), place < bytes.count, bytes[place] == 0x0A {
      place += 1
    }
    return place
  }

  private func spaceEnd(from start: Int) -> Int {
    var place = start
    while place < bytes.count {
      let scalar = scalar(at: place)
      guard scalar.isPythonSpace else { break }
      place += UTF8.width(scalar)
    }
    return place
  }
}

// MARK: Within tags

extension JinjaLexer {
  /// Reads words up to the end of a tag. Within brackets nothing ends it.
  private mutating func readTag(isBlock: Bool, from start: Int) throws(ChatTemplateError) {
    var open: [JinjaToken.Sign] = []
    let closing = isBlock ? "%}" : "}}"
    while true {
      if open.isEmpty, let end = tagEnd(closing: closing, trimsNewline: isBlock) {
        append(isBlock ? .blockEnd : .variableEnd, at: offset)
        offset = end
        isLineStart = bytes[end - 1] == 0x0A
        return
      }
      guard offset < bytes.count else {
        throw error("the tag has no end, `\(closing)` is expected", at: start)
      }
      let scalar = scalar(at: offset)
      if scalar.isPythonSpace {
        offset += UTF8.width(scalar)
      } else if scalar.properties.numericType == .decimal, scalar.isASCII {
        try readNumber()
      } else if scalar == "_" || scalar.properties.isXIDContinue {
        try readName()
      } else if scalar == "'" || scalar == "\"" {
        try readString(quote: bytes[offset])
      } else {
        try readSign(&open)
      }
    }
  }

  private mutating func readSign(_ open: inout [JinjaToken.Sign]) throws(ChatTemplateError) {
    guard
      let sign = JinjaToken.Sign.allCases.first(where: {
        bytes[offset...].starts(with: $0.rawValue.utf8)
      })
    else { throw error("the character `\(scalar(at: offset))` has no meaning here", at: offset) }
    if let closing = sign.closing {
      open.append(closing)
    } else if sign.isClosing {
      let expected = open.popLast()
      guard expected == sign else {
        let hint = expected.map { ", where `\($0.rawValue)` is expected" } ?? ""
        throw error("found `\(sign.rawValue)`\(hint)", at: offset)
      }
    }
    append(.sign(sign), at: offset)
    offset += sign.rawValue.utf8.count
  }

  private mutating func readName() throws(ChatTemplateError) {
    let start = offset
    while offset < bytes.count {
      let scalar = scalar(at: offset)
      guard scalar == "_" || scalar.properties.isXIDContinue else { break }
      offset += UTF8.width(scalar)
    }
    let first = scalar(at: start)
    guard first == "_" || first.properties.isXIDStart else {
      throw error("a name cannot begin with `\(first)`", at: start)
    }
    append(.name(String(decoding: bytes[start..<offset], as: UTF8.self)), at: start)
  }

  /// A whole number in any of four bases, or one with a fraction or an exponent; underscores may
  /// stand between digits.
  private mutating func readNumber() throws(ChatTemplateError) {
    let start = offset
    let isBehindDot = start > 0 && bytes[start - 1] == UInt8(ascii: ".")
    if !isBehindDot, let end = fractionEnd(from: start) {
      let digits = bytes[start..<end].filter { $0 != UInt8(ascii: "_") }
      offset = end
      append(.float(Double(String(decoding: digits, as: UTF8.self)) ?? .infinity), at: start)
      return
    }
    var radix = 10
    var end = start
    if bytes[start] == UInt8(ascii: "0"), start + 1 < bytes.count {
      let base: Int? =
        switch bytes[start + 1] | 0x20 {
        case UInt8(ascii: "b"): 2
        case UInt8(ascii: "o"): 8
        case UInt8(ascii: "x"): 16
        default: nil
        }
      if let base {
        // An underscore may stand before the first digit too.
        let first = start + 2
        let skipped = first < bytes.count && bytes[first] == UInt8(ascii: "_") ? first + 1 : first
        let digitsEnd = digitsEnd(from: skipped, radix: base)
        if digitsEnd > skipped {
          radix = base
          end = digitsEnd
        }
      }
    }
    if end == start {
      // A number that begins with zero has no other digit.
      end =
        bytes[start] == UInt8(ascii: "0")
        ? digitsEnd(from: start, radix: 1) : digitsEnd(from: start, radix: 10)
    }
    let digits = bytes[(radix == 10 ? start : start + 2)..<end].filter { $0 != UInt8(ascii: "_") }
    guard let value = Int(String(decoding: digits, as: UTF8.self), radix: radix) else {
      throw error("a number of more than 64 bits", at: start, .limit)
    }
    offset = end
    append(.integer(value), at: start)
  }

  /// Where a number with a fraction or an exponent ends; nil if there is none at `start`.
  private func fractionEnd(from start: Int) -> Int? {
    var end = digitsEnd(from: start, radix: 10)
    var found = false
    if end < bytes.count, bytes[end] == UInt8(ascii: ".") {
      let fraction = digitsEnd(from: end + 1, radix: 10)
      if fraction > end + 1 {
        end = fraction
        found = true
      }
    }
    if end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") {
      var first = end + 1
      if first < bytes.count, bytes[first] == UInt8(ascii: "+") || bytes[first] == UInt8(ascii: "-")
      {
        first += 1
      }
      let exponent = digitsEnd(from: first, radix: 10)
      if exponent > first {
        end = exponent
        found = true
      }
    }
    return found ? end : nil
  }

  /// The end of digits below `radix`, with single underscores between them.
  private func digitsEnd(from start: Int, radix: Int) -> Int {
    var end = start
    var place = start
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "_"), place == end, place > start {
        place += 1
        continue
      }
      guard let value = Character(Unicode.Scalar(bytes[place])).hexDigitValue, value < radix else {
        break
      }
      place += 1
      end = place
    }
    return end
  }
}

// MARK: Strings

extension JinjaLexer {
  private mutating func readString(quote: UInt8) throws(ChatTemplateError) {
    let start = offset
    var text: [UInt8] = []
    offset += 1
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      if byte == quote {
        append(.string(text), at: start)
        return
      }
      if byte == UInt8(ascii: "\\") {
        guard offset < bytes.count else { break }
        try readEscape(&text)
      } else {
        text.append(byte)
      }
    }
    throw error("the string has no end", at: start)
  }

  /// Reads what stands behind a backslash, as Python's `unicode-escape` does.
  private mutating func readEscape(_ text: inout [UInt8]) throws(ChatTemplateError) {
    let start = offset
    let scalar = scalar(at: start)
    offset += UTF8.width(scalar)
    switch scalar {
    case "\n": return
    case "\\", "'", "\"": text.append(bytes[start])
    case "a": text.append(7)
    case "b": text.append(8)
    case "f": text.append(12)
    case "n": text.append(10)
    case "r": text.append(13)
    case "t": text.append(9)
    case "v": text.append(11)
    case "x": try readHexadecimal(2, &text)
    case "u": try readHexadecimal(4, &text)
    case "U": try readHexadecimal(8, &text)
    case "N":
      throw error("characters by their names, as `\\N`", at: start - 1, .unsupported)
    case "0"..."7":
      var value = scalar.value - 0x30
      while offset < min(start + 3, bytes.count), (0x30...0x37).contains(bytes[offset]) {
        value = value * 8 + UInt32(bytes[offset]) - 0x30
        offset += 1
      }
      text.append(contentsOf: UTF8.encode(Unicode.Scalar(value) ?? " ") ?? .init())
    case _ where scalar.isASCII: text += [UInt8(ascii: "\\"), bytes[start]]
    default:
      // subtle: the original turns such characters into escapes first, and then reads the two
      // backslashes as one.
      let digits = String(scalar.value, radix: 16)
      let (letter, width) =
        scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
      text += Array(
        "\\\(letter)\(String(repeating: "0", count: width - digits.count))\(digits)".utf8)
    }
  }

  private mutating func readHexadecimal(
    _ count: Int, _ text: inout [UInt8]
  ) throws(ChatTemplateError) {
    let start = offset
    var value: UInt32 = 0
    for _ in 0..<count {
      guard offset < bytes.count,
        let digit = Character(Unicode.Scalar(bytes[offset])).hexDigitValue
      else { throw error("an escape with \(count) hexadecimal digits is cut off", at: start - 2) }
      value = value << 4 | UInt32(digit)
      offset += 1
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw error("the escape is no character", at: start - 2)
    }
    text.append(contentsOf: UTF8.encode(scalar) ?? .init())
  }
}

// MARK: Places

extension JinjaLexer {
  private func scalar(at start: Int) -> Unicode.Scalar {
    if bytes[start] < 0x80 { return Unicode.Scalar(bytes[start]) }
    let end = min(start + 4, bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars.first ?? " "
  }

  private mutating func append(data range: Range<Int>) {
    if !range.isEmpty { append(.data(Array(bytes[range])), at: range.lowerBound) }
  }

  private mutating func append(_ kind: JinjaToken.Kind, at start: Int) {
    countedPlace = place(of: start)
    countedOffset = start
    tokens.append(JinjaToken(kind: kind, place: countedPlace))
  }

  private func place(of place: Int) -> ChatTemplateError.Place {
    var counted = place < countedOffset ? .init(line: 1, column: 1) : countedPlace
    for byte in bytes[(place < countedOffset ? 0 : countedOffset)..<place] {
      if byte == 0x0A {
        counted.line += 1
        counted.column = 1
      } else if byte & 0xC0 != 0x80 {
        counted.column += 1
      }
    }
    return counted
  }

  private func error(
    _ message: String, at start: Int, _ reason: ChatTemplateError.Reason = .syntax
  ) -> ChatTemplateError {
    ChatTemplateError(reason, message, at: place(of: start))
  }
}
