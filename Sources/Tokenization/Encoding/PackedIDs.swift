/// Up to seven ids in four words, and where each lies in a pretoken of up to 31 bytes.
///
/// An id has 32 bits: 22 for itself, then 5 for the end of its range and 5 for the beginning. The first
/// range begins at 0, and its last bits say how many ids there are, and whether there are ranges.
struct PackedIDs {
  private(set) var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  private static let idBits: UInt64 = 22
  private static let placedBit: UInt64 = 1 << 28
  /// The bits of two ids.
  static let idMask: UInt64 = (1 << idBits - 1) | (1 << idBits - 1) << 32

  init(count: Int) { words.0 = UInt64(count) << 29 }

  @inline(__always)
  static func count(_ word: UInt64) -> Int { Int(truncatingIfNeeded: word >> 29 & 7) }

  /// Whether a first word's entry has ranges.
  @inline(__always)
  static func isPlaced(_ word: UInt64) -> Bool { word & placedBit != 0 }

  mutating func set(_ id: TokenID, at index: Int) { add(UInt64(id), at: index) }

  /// Adds ranges, one for each id, if they are such as fit.
  mutating func place(_ ranges: [Range<Int>]) {
    guard ranges.first?.lowerBound == 0, ranges.allSatisfy({ $0.upperBound < 32 }) else { return }
    for (index, range) in ranges.enumerated() {
      add(UInt64(range.upperBound) << Self.idBits, at: index)
      add(UInt64(range.lowerBound) << (Self.idBits + 5), at: index)
    }
    words.0 |= Self.placedBit
  }

  /// The range of the first id, and of the second, of a word of which the first id is `isFirst`.
  @inline(__always)
  static func ranges(_ word: UInt64, isFirst: Bool, from base: Int) -> (Range<Int>, Range<Int>) {
    func bits(_ shift: UInt64) -> Int { Int(truncatingIfNeeded: word &>> shift & 31) }
    let first = isFirst ? 0 : bits(idBits + 5)
    let second = bits(idBits + 37)
    // SAFETY: these were bounds of ranges when they were kept, or are zeros.
    return unsafe (
      Range(uncheckedBounds: (base &+ first, base &+ bits(idBits))),
      Range(uncheckedBounds: (base &+ second, base &+ bits(idBits + 32)))
    )
  }

  private mutating func add(_ bits: UInt64, at index: Int) {
    let shifted = bits << UInt64(index % 2 * 32)
    switch index / 2 {
    case 0: words.0 |= shifted
    case 1: words.1 |= shifted
    case 2: words.2 |= shifted
    default: words.3 |= shifted
    }
  }
}
