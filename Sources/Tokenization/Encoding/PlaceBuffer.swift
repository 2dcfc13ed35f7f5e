/// Where ids on their way to the caller lie, beside an ``IDBuffer``: ranges, and which pretokens they are
/// of. Used only where ranges are wanted.
@safe
package struct PlaceBuffer: ~Copyable {
  // SAFETY: both have room for `capacity` and hold `count`.
  private var ranges: UnsafeMutablePointer<Range<Int>>
  private var words: UnsafeMutablePointer<Int32>
  private var capacity: Int
  private(set) var count = 0

  package init() {
    capacity = 1024
    unsafe ranges = .allocate(capacity: capacity)
    unsafe words = .allocate(capacity: capacity)
  }

  deinit {
    unsafe ranges.deallocate()
    unsafe words.deallocate()
  }

  /// Makes room for `additional` places and eight more.
  mutating func reserve(_ additional: Int) {
    let needed = count + additional + 8
    guard needed > capacity else { return }
    let newCapacity = max(needed, capacity * 2)
    let newRanges = UnsafeMutablePointer<Range<Int>>.allocate(capacity: newCapacity)
    let newWords = UnsafeMutablePointer<Int32>.allocate(capacity: newCapacity)
    unsafe newRanges.update(from: ranges, count: count)
    unsafe newWords.update(from: words, count: count)
    unsafe ranges.deallocate()
    unsafe words.deallocate()
    unsafe ranges = newRanges
    unsafe words = newWords
    capacity = newCapacity
  }

  /// Appends a place; room for it was reserved.
  @inline(__always)
  mutating func append(_ range: Range<Int>, word: Int32) {
    precondition(count < capacity, "no room reserved")
    // SAFETY: checked in the line above.
    unsafe ranges[count] = range
    // SAFETY: the same.
    unsafe words[count] = word
    count &+= 1
  }

  mutating func removeAll() { count = 0 }

  /// Appends all places to those of `tokens`.
  func appendAll(to tokens: inout PlacedTokens) {
    // SAFETY: `count` of each lie there.
    unsafe tokens.ranges.append(contentsOf: UnsafeBufferPointer(start: ranges, count: count))
    // SAFETY: the same.
    unsafe tokens.words.append(contentsOf: UnsafeBufferPointer(start: words, count: count))
  }
}
