/// An item with the key it is sorted by.
struct KeyedItem: BitwiseCopyable, Sendable {
  var key: UInt64
  var item: UInt32
  /// What the sorter's user has to say of the item; no part of the order.
  var note: UInt32 = 0
}

/// Sorts by counting, eleven bits of the keys at a time from the last to the first; items with equal
/// keys stay in their order.
enum RadixSort {
  private static let digitBits = 11
  private static let digitCount = 6

  /// - Complexity: O(*n*) time, and as much memory again as the items take.
  static func sort(_ items: inout GrowingArray<KeyedItem>) {
    let count = items.count
    let width = 1 << digitBits
    let ends = GrowingArray<UInt32>(repeating: 0, count: digitCount * width)
    for index in 0..<count {
      let key = items[index].key
      for digit in 0..<digitCount {
        let place = digit * width + value(of: key, digit)
        ends[place] = ends[place] &+ 1
      }
    }
    var other = GrowingArray<KeyedItem>(repeating: KeyedItem(key: 0, item: 0), count: count)
    for digit in 0..<digitCount where count > 0 {
      let base = digit * width
      // Where all have the same there is nothing to do.
      if Int(ends[base + value(of: items[0].key, digit)]) == count { continue }
      var sum: UInt32 = 0
      for place in base..<base + width {
        let size = ends[place]
        ends[place] = sum
        sum &+= size
      }
      for index in 0..<count {
        let item = items[index]
        let place = base + value(of: item.key, digit)
        let target = ends[place]
        ends[place] = target &+ 1
        other[Int(target)] = item
      }
      swap(&items, &other)
    }
  }

  private static func value(of key: UInt64, _ digit: Int) -> Int {
    Int(truncatingIfNeeded: key >> UInt64(digit * digitBits)) & (1 << digitBits - 1)
  }
}
