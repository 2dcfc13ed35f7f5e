/// Which pairs a trainer merges, and which of equally frequent ones first.
///
/// What is constant for a trainer costs nothing where the merger is specialised for it.
protocol PairChoice: ~Copyable {
  /// What pairs are compared by.
  associatedtype Order: BitwiseCopyable

  /// Whether pairs that stand nowhere any more are merged too, when no others are left.
  var takesAbsentPairs: Bool { get }
  /// Whether ``allows(_:)`` has to be asked.
  static var isSelective: Bool { get }

  func order(of pair: UInt64) -> Order

  /// Whether the pair of `order` comes before the equally frequent one of `other`.
  func precedes(_ order: Order, _ other: Order) -> Bool

  /// Whether `pair`, which has just come about, may be merged at all. The others are not counted.
  mutating func allows(_ pair: UInt64) -> Bool
}

/// All pairs, the smaller one first: that of the smaller left symbol, then of the smaller right one.
struct AllPairs: PairChoice {
  var takesAbsentPairs: Bool { false }
  static var isSelective: Bool { false }

  @inline(__always)
  func order(of pair: UInt64) -> UInt64 { pair }

  @inline(__always)
  func precedes(_ order: UInt64, _ other: UInt64) -> Bool { order < other }

  @inline(__always)
  func allows(_ pair: UInt64) -> Bool { true }
}
