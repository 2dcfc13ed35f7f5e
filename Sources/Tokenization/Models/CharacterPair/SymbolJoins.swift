/// Which neighbouring characters merging can join, as far as a small table tells.
///
/// A merge that reaches over the border between two characters has one at the end of its left symbol and
/// the other at the start of its right one. Where no merge does, what stands on both sides merges by
/// itself: with `a b`, `ab c` and `x y`, `abcxy` is `abc` and `xy`, for nothing joins `c` and `x`.
///
/// A set of pairs by one hash function (Bloom, "Space/Time Trade-offs in Hash Coding with Allowable
/// Errors", 1970), small enough for the nearest cache: a wrong yes only costs time.
struct SymbolJoins: Sendable {
  private var bits: [UInt64]
  private let shift: UInt64

  /// - Complexity: O(*m* *l*) in the merges and the characters of their symbols, but no more than 64
  ///   steps for a merge in the mean; otherwise all pairs may be joined.
  init(_ pairs: PairTable, results: FlatArray<UInt32>, symbolCount: Int) {
    var parts = [(left: UInt32, right: UInt32)](
      repeating: (PairTable.barrier, PairTable.barrier), count: symbolCount)
    var merges: [(left: UInt32, right: UInt32)] = []
    merges.reserveCapacity(results.count)
    for index in 0..<pairs.slots.count {
      guard let merge = PairTable.merge(of: pairs.slots[index]) else { continue }
      merges.append((merge.left, merge.right))
      guard Int(merge.rank) < results.count else { continue }
      let result = Int(results[Int(merge.rank)])
      if result < symbolCount { parts[result] = (merge.left, merge.right) }
    }
    var size = 1 << 10
    while size < merges.count * 4, size < Self.largestSize { size *= 2 }
    bits = [UInt64](repeating: 0, count: size / 64)
    shift = UInt64(64 - size.trailingZeroBitCount)
    var steps = 0
    let limit = 64 * (merges.count + 1)
    for merge in merges {
      var (left, right) = merge
      while Int(left) < symbolCount, parts[Int(left)].right != PairTable.barrier, steps < limit {
        left = parts[Int(left)].right
        steps += 1
      }
      while Int(right) < symbolCount, parts[Int(right)].left != PairTable.barrier, steps < limit {
        right = parts[Int(right)].left
        steps += 1
      }
      let bit = place(left, right)
      bits[bit / 64] |= 1 << UInt64(bit % 64)
    }
    guard steps >= limit else { return }
    for index in bits.indices { bits[index] = .max }
  }

  /// Bits: 16 kB.
  private static let largestSize = 1 << 17

  @inline(__always)
  private func place(_ left: UInt32, _ right: UInt32) -> Int {
    let key = UInt64(left) << 32 | UInt64(right)
    return Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  /// Whether a merge may reach from the character `left` into the character `right`.
  @inline(__always)
  func mayJoin(_ left: UInt32, _ right: UInt32) -> Bool {
    let place = place(left, right)
    return bits[place >> 6] &>> UInt64(truncatingIfNeeded: place) & 1 == 1
  }
}
