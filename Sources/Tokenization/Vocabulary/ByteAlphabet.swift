/// The printable characters that stand for bytes in GPT-2's files and their descendants.
///
/// Bytes that are printable in Latin-1 stand for themselves: U+0021–7E, U+00A1–AC, U+00AE–FF. The
/// 68 others, in order, are U+0100–0143: a space is `Ġ` (U+0120), a newline `Ċ` (U+010A).
package enum ByteAlphabet {
  /// The code point that stands for each byte.
  package static let scalars: [UInt16] = {
    var next: UInt16 = 0x100
    return (0...255 as ClosedRange<UInt16>).map { byte in
      if isPrintable(byte) { return byte }
      defer { next += 1 }
      return next
    }
  }()

  /// The byte that each code point up to U+0143 stands for, or ``none``.
  static let bytes: [UInt16] = {
    var bytes = [UInt16](repeating: none, count: 0x144)
    for (byte, scalar) in scalars.enumerated() { bytes[Int(scalar)] = UInt16(byte) }
    return bytes
  }()

  static let none: UInt16 = 0xFFFF

  /// Appends the bytes that `text`, valid UTF-8, stands for.
  ///
  /// `false`, and nothing is appended, if a character of it is outside the alphabet.
  ///
  /// - Complexity: O(*n*).
  package static func appendBytes(of text: Span<UInt8>, to result: inout [UInt8]) -> Bool {
    let start = result.count
    let table = bytes
    var position = 0
    while position < text.count {
      var scalar = Int(text[position])
      position += 1
      if scalar >= 0x80 {
        // The alphabet has one and two bytes only: leads 0xC2 to 0xC5.
        guard 0xC2...0xC5 ~= scalar, position < text.count else {
          result.removeLast(result.count - start)
          return false
        }
        scalar = (scalar & 0x1F) << 6 | Int(text[position] & 0x3F)
        position += 1
      }
      guard scalar < table.count, table[scalar] != none else {
        result.removeLast(result.count - start)
        return false
      }
      result.append(UInt8(truncatingIfNeeded: table[scalar]))
    }
    return true
  }

  /// Appends the UTF-8 of the characters that stand for `bytes`.
  ///
  /// - Complexity: O(*n*).
  package static func appendText(of bytes: Span<UInt8>, to result: inout [UInt8]) {
    let table = scalars
    for index in bytes.indices {
      let scalar = table[Int(bytes[index])]
      if scalar < 0x80 {
        result.append(UInt8(scalar))
      } else {
        result.append(UInt8(0xC0 | scalar >> 6))
        result.append(UInt8(0x80 | scalar & 0x3F))
      }
    }
  }

  private static func isPrintable(_ byte: UInt16) -> Bool {
    0x21...0x7E ~= byte || 0xA1...0xAC ~= byte || 0xAE...0xFF ~= byte
  }
}
