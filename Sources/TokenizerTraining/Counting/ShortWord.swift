/// Up to 15 bytes and how many they are, in the order of bytes: shorter words before those they begin.
struct ShortWord: Hashable, Comparable, BitwiseCopyable {
  static let maximumLength = 15

  /// The first eight bytes, the first of them uppermost.
  private let high: UInt64
  /// The next seven bytes, and their number lowest.
  private let low: UInt64

  /// No word.
  init() {
    high = 0
    low = 0
  }

  /// `text[start..<start + count]`, 1 to 15 bytes.
  @inline(__always)
  init(_ text: Span<UInt8>, _ start: Int, count: Int) {
    let bytes = sixteenBytes(of: text, at: start)
    let bits = UInt64(truncatingIfNeeded: count &* 8)
    if count <= 8 {
      high = bytes.high & UInt64.max << (64 &- bits)
      low = UInt64(truncatingIfNeeded: count)
    } else {
      high = bytes.high
      low = bytes.low & UInt64.max << (128 &- bits) | UInt64(truncatingIfNeeded: count)
    }
  }

  var isEmpty: Bool { low == 0 }
  var count: Int { Int(truncatingIfNeeded: low & 0xFF) }

  /// The first two bytes, or one and zeros.
  var front: Int { Int(truncatingIfNeeded: high >> 48) }

  @inline(__always)
  var hash: UInt64 {
    let product = (high ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(
      by: low ^ 0xE703_7ED1_A0B4_28DB)
    return product.low ^ product.high
  }

  @inline(__always)
  static func == (one: ShortWord, other: ShortWord) -> Bool {
    one.high == other.high && one.low == other.low
  }

  @inline(__always)
  static func < (one: ShortWord, other: ShortWord) -> Bool {
    one.high != other.high ? one.high < other.high : one.low < other.low
  }

  /// Appends the bytes.
  func append(to bytes: inout [UInt8]) {
    for index in 0..<count {
      let part = index < 8 ? high : low
      bytes.append(UInt8(truncatingIfNeeded: part >> UInt64(56 - 8 * (index & 7))))
    }
  }
}

/// The sixteen bytes of `text` from `start` on, the first uppermost, those behind its end as zeros.
@inline(__always)
private func sixteenBytes(of text: Span<UInt8>, at start: Int) -> (high: UInt64, low: UInt64) {
  guard start &+ 16 <= text.count else { return lastBytes(of: text, at: start) }
  // SAFETY: any bytes may be seen as bytes; the condition keeps all sixteen within the span.
  let raw = unsafe text.bytes
  let high = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt64.self)
  let low = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: start &+ 8, as: UInt64.self)
  return (UInt64(bigEndian: high), UInt64(bigEndian: low))
}

private func lastBytes(of text: Span<UInt8>, at start: Int) -> (high: UInt64, low: UInt64) {
  var parts: (high: UInt64, low: UInt64) = (0, 0)
  for index in start..<text.count {
    let shift = UInt64(56 - 8 * ((index - start) & 7))
    if index - start < 8 {
      parts.high |= UInt64(text[index]) << shift
    } else {
      parts.low |= UInt64(text[index]) << shift
    }
  }
  return parts
}
