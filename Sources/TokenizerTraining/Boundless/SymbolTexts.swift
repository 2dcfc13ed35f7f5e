/// The texts of symbols, one behind another, which pairs of symbols are compared by.
struct SymbolTexts: ~Copyable {
  private var bytes = GrowingArray<UInt8>()
  private var ends = GrowingArray<Int>()

  var count: Int { ends.count }

  mutating func append(_ text: some Sequence<UInt8>) {
    for byte in text { bytes.append(byte) }
    ends.append(bytes.count)
  }

  subscript(symbol: UInt32) -> [UInt8] { range(symbol).map { bytes[$0] } }

  /// The text of a pair, the left symbol in the upper half.
  subscript(pair pair: UInt64) -> [UInt8] {
    self[UInt32(truncatingIfNeeded: pair >> 32)] + self[UInt32(truncatingIfNeeded: pair)]
  }

  /// Whether a pair comes before another in the order of their left texts, then of their right ones.
  func precedes(_ pair: UInt64, _ other: UInt64) -> Bool {
    let order = order(
      UInt32(truncatingIfNeeded: pair >> 32), UInt32(truncatingIfNeeded: other >> 32))
    if order != 0 { return order < 0 }
    return self.order(UInt32(truncatingIfNeeded: pair), UInt32(truncatingIfNeeded: other)) < 0
  }

  private func range(_ symbol: UInt32) -> Range<Int> {
    (symbol == 0 ? 0 : ends[Int(symbol) - 1])..<ends[Int(symbol)]
  }

  /// Below 0 where the text of `symbol` comes first, 0 where both are equal.
  private func order(_ symbol: UInt32, _ other: UInt32) -> Int {
    if symbol == other { return 0 }
    let own = range(symbol)
    let others = range(other)
    for place in 0..<min(own.count, others.count) {
      let difference =
        Int(bytes[own.lowerBound + place]) - Int(bytes[others.lowerBound + place])
      if difference != 0 { return difference }
    }
    return own.count - others.count
  }
}
