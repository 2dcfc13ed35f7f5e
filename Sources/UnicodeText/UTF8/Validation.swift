/// The index of the first byte that does not belong to valid UTF-8, or nil if all do.
///
/// Of a sequence that is cut off or wrong it is the first byte.
///
/// - Complexity: O(*n*); ASCII is read eight bytes at a time.
package func firstInvalidByte(in text: Span<UInt8>) -> Int? {
  var index = 0
  while index < text.count {
    index += text.asciiCount(from: index)
    if index == text.count { break }
    let scalar = decodeScalar(in: text, at: index)
    if !scalar.isValid { return index }
    index += scalar.length
  }
  return nil
}

extension Span<UInt8> {
  /// The number of ASCII bytes that follow from `start` on.
  ///
  /// - Complexity: O(*n*) for a run of *n* bytes.
  package func asciiCount(from start: Int) -> Int {
    precondition(start >= 0 && start <= count, "no such place: \(start)")
    // SAFETY: a byte has no padding that could be read.
    let raw = unsafe bytes
    var index = start
    while index &+ 8 <= count {
      // SAFETY: the condition above keeps all eight bytes within the span; any bytes make an integer.
      let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      let high = word.littleEndian & 0x8080_8080_8080_8080
      if high != 0 { return index &+ high.trailingZeroBitCount / 8 &- start }
      index &+= 8
    }
    while index < count, self[index] < 0x80 { index &+= 1 }
    return index &- start
  }
}

extension [UInt8] {
  /// Appends all bytes of a span at once.
  package mutating func append(contentsOf bytes: Span<UInt8>) {
    // SAFETY: the buffer is read only during the call, while the span keeps its bytes in place.
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
