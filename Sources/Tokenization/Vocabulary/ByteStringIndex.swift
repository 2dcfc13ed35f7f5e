/// Finds byte strings by their bytes: an open-addressing table over a ``ByteStrings``, without an
/// allocation for each entry.
///
/// Where a string stands twice the first one is found, the others are in ``duplicates``.
package struct ByteStringIndex: Sendable {
  package let strings: ByteStrings
  /// The index of each string that equals an earlier one, ascending.
  package private(set) var duplicates: [Int] = []
  /// The upper half of a slot is the upper half of the hash, the lower the string's index plus one;
  /// 0 is empty. A power of two in number, at most half of them used.
  private var slots: [UInt64]

  /// - Complexity: O(*n*) in the bytes of `strings`.
  package init(_ strings: ByteStrings) {
    self.strings = strings
    var size = 16
    while size < strings.count * 2 { size *= 2 }
    slots = [UInt64](repeating: 0, count: size)
    let bytes = strings.bytes.span
    var start = 0
    for index in 0..<strings.count {
      let end = Int(strings.ends[index])
      let hash = hash(bytes.extracting(start..<end))
      let (slot, found) = find(bytes.extracting(start..<end), hash: hash)
      if found == nil {
        slots[slot] = hash & Self.tagMask | UInt64(index + 1)
      } else {
        duplicates.append(index)
      }
      start = end
    }
  }

  /// The index of the first string that is `bytes`, or `nil`.
  ///
  /// - Complexity: O(*n*) in `bytes`, on average.
  package subscript(bytes: Span<UInt8>) -> Int? {
    find(bytes, hash: hash(bytes)).index
  }

  /// Whether string `index` is `bytes`.
  package func isString(_ index: Int, equalTo bytes: Span<UInt8>) -> Bool {
    strings.bytes.span.extracting(strings.range(index)).isEqual(to: bytes)
  }

  private static let tagMask: UInt64 = 0xFFFF_FFFF_0000_0000

  /// The slot where `bytes` is, with its index, or the empty one where it would be.
  private func find(_ bytes: Span<UInt8>, hash: UInt64) -> (slot: Int, index: Int?) {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while true {
      let entry = slots[slot]
      if entry == 0 { return (slot, nil) }
      if (entry ^ hash) & Self.tagMask == 0 {
        let index = Int(entry & ~Self.tagMask) - 1
        if isString(index, equalTo: bytes) { return (slot, index) }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
  }
}

/// A 64-bit hash of `bytes`, the same in every process and on every machine.
///
/// Eight bytes a step are multiplied into 128 bits, whose halves are folded together. It spreads
/// well; it does not resist someone who looks for collisions, who gains slow loading and no more.
///
/// - Complexity: O(*n*).
package func hash(_ bytes: Span<UInt8>) -> UInt64 {
  // SAFETY: any bytes may be seen as bytes.
  let raw = unsafe bytes.bytes
  let count = raw.byteCount
  var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: count)
  var position = 0
  while position + 8 <= count {
    // SAFETY: the condition keeps all eight bytes within the span; any bytes are an integer.
    let word = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt64.self)
    state = mixed(state ^ UInt64(littleEndian: word))
    position += 8
  }
  var rest: UInt64 = 0
  var shift: UInt64 = 0
  while position < count {
    rest |= UInt64(bytes[position]) << shift
    shift += 8
    position += 1
  }
  return mixed(state ^ rest)
}

private func mixed(_ value: UInt64) -> UInt64 {
  let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
  return product.high ^ product.low ^ value >> 29
}

extension Span where Element == UInt8 {
  /// Whether both have the same bytes.
  ///
  /// - Complexity: O(*n*), eight bytes a step.
  package func isEqual(to other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    // SAFETY: any bytes may be seen as bytes.
    let (mine, theirs) = unsafe (self.bytes, other.bytes)
    var position = 0
    while position + 8 <= count {
      // SAFETY: the condition keeps all eight bytes within both spans; any bytes are an integer.
      let (one, two) = unsafe (
        mine.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt64.self),
        theirs.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt64.self)
      )
      if one != two { return false }
      position += 8
    }
    while position < count {
      if self[position] != other[position] { return false }
      position += 1
    }
    return true
  }
}
