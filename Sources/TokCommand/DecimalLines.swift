import Tok

/// Lines of decimal ids, written without a string for each.
enum DecimalLines {
  /// A line for each document: its ids with a space between them.
  ///
  /// - Parameters:
  ///   - ids: those of all documents.
  ///   - ends: where the ids of each document end.
  /// - Complexity: O(*n*), about ten instructions an id.
  static func bytes(_ ids: [TokenID], ends: [Int]) -> [UInt8] {
    // An id has at most ten digits; eight bytes are written at a time, some of them twice.
    let capacity = ids.count * 11 + ends.count + 8
    return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      // SAFETY: `capacity` has room for each id, its space, and each document's newline.
      let base = unsafe UnsafeMutableRawPointer(buffer.baseAddress.unsafelyUnwrapped)
      var place = 0
      var start = 0
      for end in ends {
        for index in start..<end {
          place = unsafe write(ids[index], to: base, at: place)
          unsafe base.storeBytes(of: UInt8(ascii: " "), toByteOffset: place, as: UInt8.self)
          place += 1
        }
        // The newline stands where the last space does.
        if end > start { place -= 1 }
        unsafe base.storeBytes(of: UInt8(ascii: "\n"), toByteOffset: place, as: UInt8.self)
        place += 1
        start = end
      }
      count = place
    }
  }

  /// Writes the digits of `id` and returns the place behind them.
  @inline(__always)
  private static func write(
    _ id: TokenID, to base: UnsafeMutableRawPointer, at start: Int
  ) -> Int {
    var place = start
    var low = UInt64(id)
    if id >= 100_000_000 {
      // One or two digits in front, then exactly eight.
      place = unsafe write(id / 100_000_000, to: base, at: place)
      low = UInt64(id % 100_000_000)
    }
    let digits = eightDigits(low)
    let zeros = id >= 100_000_000 ? 0 : min(digits.trailingZeroBitCount / 8, 7)
    let text = (digits | 0x3030_3030_3030_3030) >> UInt64(zeros * 8)
    // SAFETY: the caller has room for eight bytes behind `place`.
    unsafe base.storeBytes(of: text.littleEndian, toByteOffset: place, as: UInt64.self)
    return place + 8 - zeros
  }

  /// The eight decimal digits of a number below 10^8, the first in the lowest byte.
  ///
  /// Halves the number again and again, all parts at once: 12345678 is 1234|5678, then 12|34|56|78,
  /// then eight digits. A division by 100 or 10 is a multiplication and a shift.
  @inline(__always)
  private static func eightDigits(_ number: UInt64) -> UInt64 {
    let fours = number / 10_000 | (number % 10_000) << 32
    let hundreds = (fours &* 10_486) >> 20 & 0x0000_007F_0000_007F
    let twos = hundreds | (fours &- hundreds &* 100) << 16
    let tens = (twos &* 103) >> 10 & 0x000F_000F_000F_000F
    return tens | (twos &- tens &* 10) << 8
  }
}
