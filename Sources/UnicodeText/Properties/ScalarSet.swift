/// A set of Unicode scalars, as ranges.
package struct ScalarSet: Hashable, Sendable {
  /// Ascending, without overlap, none touching the next, without surrogates.
  package let ranges: [ClosedRange<UInt32>]

  package static let none = ScalarSet([])
  package static let all = ScalarSet([0...0x10FFFF])

  /// The scalars of all `ranges`, in any order; surrogates and what exceeds U+10FFFF are left out.
  ///
  /// - Complexity: O(*n* log *n*) in the number of ranges, O(*n*) if they are in order.
  package init(_ ranges: some Sequence<ClosedRange<UInt32>>) {
    self.init(merging: ranges.flatMap(Self.withoutSurrogates))
  }

  package init(_ scalars: UInt32...) { self.init(scalars.map { $0...$0 }) }

  private init(merging parts: [ClosedRange<UInt32>]) {
    var sorted = parts
    if !zip(sorted, sorted.dropFirst()).allSatisfy({ $0.lowerBound <= $1.lowerBound }) {
      sorted.sort { $0.lowerBound < $1.lowerBound }
    }
    var merged: [ClosedRange<UInt32>] = []
    for range in sorted {
      if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
        let upper = max(last.upperBound, range.upperBound)
        merged[merged.count - 1] = last.lowerBound...upper
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
  }

  private static func withoutSurrogates(_ range: ClosedRange<UInt32>) -> [ClosedRange<UInt32>] {
    [0...0xD7FF, 0xE000...0x10FFFF].filter(range.overlaps).map(range.clamped)
  }

  /// Whether the set has `scalar`.
  ///
  /// - Complexity: O(log *n*) in the number of ranges.
  package func contains(_ scalar: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= scalar
  }

  package var isEmpty: Bool { ranges.isEmpty }

  /// The number of scalars.
  package var count: Int { ranges.reduce(0) { $0 + $1.count } }
}

extension ScalarSet {
  package func union(_ other: ScalarSet) -> ScalarSet {
    ScalarSet(merging: ranges + other.ranges)
  }

  package func intersection(_ other: ScalarSet) -> ScalarSet {
    var common: [ClosedRange<UInt32>] = []
    var (left, right) = (ranges[...], other.ranges[...])
    while let first = left.first, let second = right.first {
      if first.overlaps(second) { common.append(first.clamped(to: second)) }
      if first.upperBound < second.upperBound { left.removeFirst() } else { right.removeFirst() }
    }
    return ScalarSet(merging: common)
  }

  package func subtracting(_ other: ScalarSet) -> ScalarSet { intersection(other.inverted) }

  /// All scalars that are not in the set.
  package var inverted: ScalarSet {
    var gaps: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if next < range.lowerBound { gaps.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= 0x10FFFF { gaps.append(next...0x10FFFF) }
    return ScalarSet(gaps)
  }
}
