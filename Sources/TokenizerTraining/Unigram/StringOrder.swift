/// Strings of numbered characters in their order, and how much neighbours have in common.
///
/// As many characters as fit are packed into 64 bits and sorted by that; of strings that were equal so
/// far, the next characters are packed and sorted, and so on (caching multikey quicksort by Ng and
/// Kakehi, Cache Efficient Radix Sort for String Sorting, 2007, with a radix sort in front). What two
/// neighbours have in common is seen from the first bit in which their keys differ.
struct StringOrder: Sendable {
  /// How characters lie in 64 bits: the first one uppermost, 0 behind the end of the string.
  struct Packing: Sendable {
    /// Bits of a character.
    let bits: Int
    /// Characters of a key.
    let count: Int

    /// - Parameter characterCount: characters are numbers from 1 to this.
    init(characterCount: Int) {
      bits = Int.bitWidth - max(characterCount, 1).leadingZeroBitCount
      count = 64 / bits
    }

    /// What becomes of `key` where `character` comes in front of it.
    @inline(__always)
    func prepend(_ character: UInt32, to key: UInt64) -> UInt64 {
      UInt64(character) << UInt64(bits * (count - 1)) | key >> UInt64(bits)
    }

    /// How many characters two different keys have in common.
    func common(_ key: UInt64, _ other: UInt64) -> Int {
      count - 1 - (63 - (key ^ other).leadingZeroBitCount) / bits
    }

    /// How many characters there are before the end; all, if it is not in this key.
    func length(_ key: UInt64) -> Int {
      key == 0 ? 0 : count - key.trailingZeroBitCount / bits
    }
  }

  /// The strings by their numbers, in order; equal ones ascending.
  private(set) var items: [UInt32]
  /// How many characters each of ``items`` has in common with the one before it. What strings have in common
  /// beyond the depth may be left out.
  private(set) var common: [UInt32]

  /// Two neighbours are equal as far as they have been looked at.
  private static let open = UInt32.max

  /// - Parameters:
  ///   - count: how many strings there are.
  ///   - depth: by how many characters at least they are ordered.
  ///   - key: the next characters of a string, packed. It is called for each level of each string until that
  ///     is told apart from all others; `note` is what it left there the last time, at first the number
  ///     of the string.
  /// - Complexity: O(*n d*) time for a depth of *d*, and far less where strings soon differ.
  init(
    count: Int, depth: Int, _ packing: Packing,
    key: (_ string: Int, _ level: Int, _ note: inout UInt32) -> UInt64
  ) {
    var keyed = GrowingArray<KeyedItem>(capacity: count)
    for string in 0..<count {
      var item = KeyedItem(key: 0, item: UInt32(string), note: UInt32(string))
      item.key = key(string, 0, &item.note)
      keyed.append(item)
    }
    RadixSort.sort(&keyed)
    common = [UInt32](repeating: 0, count: count)
    var isOpen = Self.compare(keyed, 0..<count, level: 0, packing, &common)
    var level = 1
    while isOpen, level * packing.count < depth {
      // All keys first: their places are anywhere in memory, and many are asked for at a time.
      for index in 0..<count
      where common[index] == Self.open || index + 1 < count && common[index + 1] == Self.open {
        var item = keyed[index]
        item.key = key(Int(item.item), level, &item.note)
        keyed[index] = item
      }
      isOpen = Self.sortRuns(keyed, level: level, packing, &common)
      level += 1
    }
    items = (0..<count).map { keyed[$0].item }
    if isOpen {
      for index in common.indices where common[index] == Self.open {
        common[index] = UInt32(level * packing.count)
      }
    }
  }

  /// Sorts those that were equal so far by their keys of this level.
  ///
  /// - Returns: whether some are still to be told apart.
  private static func sortRuns(
    _ keyed: borrowing GrowingArray<KeyedItem>, level: Int, _ packing: Packing,
    _ common: inout [UInt32]
  ) -> Bool {
    var isOpen = false
    var run: [KeyedItem] = []
    var start = 0
    while start < common.count {
      var end = start + 1
      while end < common.count, common[end] == Self.open { end += 1 }
      if end > start + 1 {
        run.removeAll(keepingCapacity: true)
        for index in start..<end { run.append(keyed[index]) }
        run.sort { $0.key != $1.key ? $0.key < $1.key : $0.item < $1.item }
        for index in start..<end { keyed[index] = run[index - start] }
        if compare(keyed, start..<end, level: level, packing, &common) { isOpen = true }
      }
      start = end
    }
    return isOpen
  }

  /// Notes what neighbours in `range` have in common.
  ///
  /// - Returns: whether some are still to be told apart.
  private static func compare(
    _ keyed: borrowing GrowingArray<KeyedItem>, _ range: Range<Int>, level: Int,
    _ packing: Packing, _ common: inout [UInt32]
  ) -> Bool {
    var isOpen = false
    for index in range.dropFirst() {
      let (before, key) = (keyed[index - 1].key, keyed[index].key)
      if before != key {
        common[index] = UInt32(level * packing.count + packing.common(before, key))
      } else if packing.length(key) < packing.count {
        common[index] = UInt32(level * packing.count + packing.length(key))
      } else {
        common[index] = Self.open
        isOpen = true
      }
    }
    return isOpen
  }
}
