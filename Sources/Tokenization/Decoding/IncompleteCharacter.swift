internal import UnicodeText

/// How many bytes at the end of `bytes` may be the beginning of a character.
func incompleteSuffixCount(of bytes: Span<UInt8>) -> Int {
  for length in 1...3 where length <= bytes.count {
    let byte = bytes[bytes.count - length]
    if byte & 0xC0 == 0x80 { continue }
    guard byte >= 0xC0 else { return 0 }
    var boundary = CharacterBoundary()
    for index in (bytes.count - length)..<bytes.count where !boundary.take(bytes[index]) {
      return 0
    }
    return boundary.isBetween ? 0 : length
  }
  return 0
}

/// Says of bytes that come one at a time whether they are UTF-8, and where characters end: table 3-7
/// of the Unicode standard.
struct CharacterBoundary: Sendable {
  /// How many bytes the character still needs.
  private var needed = 0
  private var lowest: UInt8 = 0x80
  private var highest: UInt8 = 0xBF

  /// Whether no character has begun and not ended.
  var isBetween: Bool { needed == 0 }

  /// False if no character has these bytes; nothing may be taken behind that.
  mutating func take(_ byte: UInt8) -> Bool {
    if needed > 0 {
      guard byte >= lowest, byte <= highest else { return false }
      needed -= 1
      lowest = 0x80
      highest = 0xBF
      return true
    }
    switch byte {
    case 0..<0x80: return true
    case 0xC2...0xDF: needed = 1
    case 0xE0...0xEF: needed = 2
    case 0xF0...0xF4: needed = 3
    default: return false
    }
    switch byte {
    case 0xE0: lowest = 0xA0
    case 0xED: highest = 0x9F
    case 0xF0: lowest = 0x90
    case 0xF4: highest = 0x8F
    default: break
    }
    return true
  }
}
