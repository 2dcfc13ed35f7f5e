import Testing

@testable import TokenizerTraining

@Suite struct StringOrderTests {
  /// Strings of few characters, with many repetitions; some are equal.
  private static let strings: [[UInt32]] = {
    var strings: [[UInt32]] = [[], [1], [1, 1], [], Array(repeating: 2, count: 90)]
    for step in 0..<600 {
      let length = step * 7919 % 23
      strings.append((0..<length).map { UInt32(1 + (step / 3 + $0 * $0) * 31 % 7 % 3) })
    }
    strings.append(Array(repeating: 2, count: 91))
    return strings
  }()

  /// For alphabets of which 64, 21, 3 and 2 characters fit in 64 bits.
  @Test(arguments: [1, 7, 1 << 20, 1 << 30]) func stringsStandInTheirOrder(
    characterCount: Int
  ) {
    let packing = StringOrder.Packing(characterCount: characterCount)
    let strings = Self.strings.map { $0.map { min($0, UInt32(characterCount)) } }
    let order = StringOrder(count: strings.count, depth: 100, packing) { string, level, note in
      #expect(level > 0 || note == UInt32(string))
      let rest = strings[string].dropFirst(level * packing.count)
      return rest.prefix(packing.count).reversed().reduce(0) { packing.prepend($1, to: $0) }
    }
    let naive = strings.indices.sorted {
      strings[$0] != strings[$1] ? strings[$0].lexicographicallyPrecedes(strings[$1]) : $0 < $1
    }
    #expect(order.items.map { Int($0) } == naive)
    for index in naive.indices.dropFirst() {
      let pairs = zip(strings[naive[index - 1]], strings[naive[index]])
      #expect(Int(order.common[index]) == pairs.prefix { $0 == $1 }.count)
    }
  }

  @Test func keysAreSortedAndEqualOnesStay() {
    var items = GrowingArray<KeyedItem>()
    var plain: [(key: UInt64, item: UInt32)] = []
    for step in 0..<3000 as Range<UInt64> {
      let key = step % 3 == 0 ? step % 7 : (step &* 0x9E37_79B9_7F4A_7C15) >> (step % 64)
      items.append(KeyedItem(key: key, item: UInt32(step)))
      plain.append((key, UInt32(step)))
    }
    RadixSort.sort(&items)
    plain.sort { ($0.key, $0.item) < ($1.key, $1.item) }
    #expect((0..<items.count).allSatisfy { items[$0].item == plain[$0].item })
  }
}
