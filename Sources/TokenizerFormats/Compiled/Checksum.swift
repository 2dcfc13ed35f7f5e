/// A checksum that any change of one word changes: four lanes of 64 bits, each fed every fourth word
/// by steps that lose nothing (xor, multiplication by an odd number, rotation), so that the memory
/// and not the arithmetic sets the pace. It finds accidents; it does not resist a forger.
struct Checksum {
  private var lanes: (UInt64, UInt64, UInt64, UInt64) = (
    0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x27D4_EB2F_1656_67C5
  )

  /// The checksum of `bytes`.
  ///
  /// - Complexity: O(*n*), 32 bytes a step.
  static func of(_ bytes: Span<UInt8>) -> UInt64 {
    var checksum = Checksum()
    // SAFETY: any bytes may be seen as bytes.
    let raw = unsafe bytes.bytes
    var position = 0
    while position + 32 <= bytes.count {
      // SAFETY: the condition keeps all 32 bytes within the span; any bytes are a number.
      let words = unsafe (
        raw.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt64.self),
        raw.unsafeLoadUnaligned(fromUncheckedByteOffset: position + 8, as: UInt64.self),
        raw.unsafeLoadUnaligned(fromUncheckedByteOffset: position + 16, as: UInt64.self),
        raw.unsafeLoadUnaligned(fromUncheckedByteOffset: position + 24, as: UInt64.self)
      )
      checksum.lanes.0 = step(checksum.lanes.0, words.0.littleEndian)
      checksum.lanes.1 = step(checksum.lanes.1, words.1.littleEndian)
      checksum.lanes.2 = step(checksum.lanes.2, words.2.littleEndian)
      checksum.lanes.3 = step(checksum.lanes.3, words.3.littleEndian)
      position += 32
    }
    while position < bytes.count {
      checksum.lanes.0 = step(checksum.lanes.0, UInt64(bytes[position]))
      position += 1
    }
    return checksum.value(count: bytes.count)
  }

  @inline(__always)
  private static func step(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    let mixed = (lane ^ word) &* 0x9FB2_1C65_1E98_DF25
    return mixed << 29 | mixed >> 35
  }

  private func value(count: Int) -> UInt64 {
    var value = Self.step(lanes.0, UInt64(count))
    value = Self.step(value, lanes.1)
    value = Self.step(value, lanes.2)
    return Self.step(value, lanes.3)
  }
}
