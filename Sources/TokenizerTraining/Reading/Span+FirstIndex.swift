extension Span where Element == UInt8 {
  /// Where the next `byte` stands.
  ///
  /// - Complexity: O(*n*), eight bytes a step.
  func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    // SAFETY: any bytes may be seen as bytes; the condition keeps all eight within the span.
    let raw = unsafe self.bytes
    let wanted = UInt64(byte) * 0x0101_0101_0101_0101
    var index = start
    while index + 8 <= count {
      let word = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
      let other = UInt64(littleEndian: word) ^ wanted
      let zeros = (other &- 0x0101_0101_0101_0101) & ~other & 0x8080_8080_8080_8080
      if zeros != 0 { return index + zeros.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < count {
      if self[index] == byte { return index }
      index += 1
    }
    return nil
  }
}
