/// A pair with the count that it was put into a queue with.
struct CountedPair: BitwiseCopyable {
  var count: Int64
  var pair: UInt64

  /// The greatest count comes first, of equal ones the smaller pair.
  @inline(__always)
  func precedes(_ other: CountedPair) -> Bool {
    count != other.count ? count > other.count : pair < other.pair
  }
}
