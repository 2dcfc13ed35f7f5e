/// The alphabet of base64 (RFC 4648, section 4), strictly: padded to four characters, no other
/// character between, the bits that are left over zero.
enum Base64 {
  /// Appends what `text` encodes; `false` if it is not base64, and then something may be appended.
  ///
  /// - Complexity: O(*n*).
  static func decode(_ text: Span<UInt8>, to bytes: inout [UInt8]) -> Bool {
    guard text.count % 4 == 0 else { return false }
    var position = 0
    while position < text.count {
      let isLast = position + 4 == text.count
      var count = 4
      if isLast, text[position + 3] == UInt8(ascii: "=") {
        count = text[position + 2] == UInt8(ascii: "=") ? 2 : 3
      }
      var bits: UInt32 = 0
      for index in 0..<4 {
        let value = index < count ? values[Int(text[position + index])] : 0
        guard value < 64 else { return false }
        bits = bits << 6 | UInt32(value)
      }
      let unused = UInt32(8 * (4 - count))
      guard bits & (1 << unused - 1) == 0 else { return false }
      bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
      if count > 2 { bytes.append(UInt8(truncatingIfNeeded: bits >> 8)) }
      if count > 3 { bytes.append(UInt8(truncatingIfNeeded: bits)) }
      position += 4
    }
    return true
  }

  /// - Complexity: O(*n*).
  static func encode(_ bytes: Span<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var position = 0
    while position < bytes.count {
      var bits = UInt32(bytes[position]) << 16
      if position + 1 < bytes.count { bits |= UInt32(bytes[position + 1]) << 8 }
      if position + 2 < bytes.count { bits |= UInt32(bytes[position + 2]) }
      let count = min(bytes.count - position, 3) + 1
      for index in 0..<4 {
        let value = Int(bits >> UInt32(18 - 6 * index) & 63)
        text.append(index < count ? alphabet[value] : UInt8(ascii: "="))
      }
      position += 3
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The value of each character, 64 for those that have none.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 64, count: 256)
    for (value, character) in alphabet.enumerated() {
      values[Int(character)] = UInt8(truncatingIfNeeded: value)
    }
    return values
  }()
}
