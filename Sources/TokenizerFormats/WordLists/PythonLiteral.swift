import Tokenization
import UnicodeText

/// Appends the bytes that a Python literal stands for, as `repr` writes one: `'…'` or `"…"`, a
/// string whose UTF-8 is meant, or `b'…'`, bytes.
///
/// Escapes are those of `repr`: backslash, quotes, `\n`, `\r`, `\t`, `\xhh`, and in strings `\uhhhh`
/// and `\Uhhhhhhhh`. Others that Python reads, such as octal ones, are an error.
///
/// - Parameter literal: valid UTF-8.
/// - Complexity: O(*n*).
func appendBytes(
  ofPythonLiteral literal: Span<UInt8>, to bytes: inout [UInt8]
) throws(VocabularyError) {
  var place = 0
  let isBytes = literal.count > 0 && literal[0] == UInt8(ascii: "b")
  if isBytes { place = 1 }
  let quote = place < literal.count ? literal[place] : 0
  guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""), literal.count - place >= 2,
    literal[literal.count - 1] == quote
  else { throw VocabularyError(.malformed, "no Python string in quotes") }
  place += 1
  let end = literal.count - 1
  while place < end {
    let byte = literal[place]
    switch byte {
    case UInt8(ascii: "\\"):
      // The quote at the end is no part of an escape.
      let content = literal.extracting(..<end)
      let (value, length) = try pythonEscape(in: content, at: place, isBytes: isBytes)
      if isBytes, let value = UInt8(exactly: value) {
        bytes.append(value)
      } else {
        appendUTF8(of: value, to: &bytes)
      }
      place += length
    case quote, ..<0x20:
      throw VocabularyError(.malformed, "found \(described(byte)) inside a Python string")
    case 0x80... where isBytes:
      throw VocabularyError(.malformed, "found \(described(byte)) inside Python bytes")
    default:
      bytes.append(byte)
      place += 1
    }
  }
}

/// The value of the escape at `place`, a scalar or a byte, and its length.
private func pythonEscape(
  in content: Span<UInt8>, at place: Int, isBytes: Bool
) throws(VocabularyError) -> (value: UInt32, length: Int) {
  let letter = place + 1 < content.count ? content[place + 1] : 0
  var digits = 0
  switch letter {
  case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): return (UInt32(letter), 2)
  case UInt8(ascii: "n"): return (0x0A, 2)
  case UInt8(ascii: "r"): return (0x0D, 2)
  case UInt8(ascii: "t"): return (0x09, 2)
  case UInt8(ascii: "x"): digits = 2
  case UInt8(ascii: "u") where !isBytes: digits = 4
  case UInt8(ascii: "U") where !isBytes: digits = 8
  default: throw VocabularyError(.malformed, "an escape in a Python string that is not read")
  }
  let length = 2 + digits
  var value: UInt32 = 0
  guard place + length <= content.count else {
    throw VocabularyError(.malformed, "an escape in a Python string that is cut off")
  }
  for digit in place + 2..<place + length {
    guard let part = hexadecimalValue(content[digit]) else {
      throw VocabularyError(
        .malformed, "found \(described(content[digit])) where a hexadecimal digit is expected")
    }
    value = value << 4 | part
  }
  guard Unicode.Scalar(value) != nil else {
    throw VocabularyError(.malformed, "an escape in a Python string that is no character")
  }
  return (value, length)
}

func hexadecimalValue(_ digit: UInt8) -> UInt32? {
  switch digit {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(digit - UInt8(ascii: "a") + 10)
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(digit - UInt8(ascii: "A") + 10)
  default: nil
  }
}
