internal import UnicodeText

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

  /// Appends the ranges of a cache entry, of a pretoken that begins at `base`: always writes four, counts
  /// as many as there are.
  @inline(__always)
  mutating func appendPacked(_ ids: (UInt64, UInt64), from base: Int, word: Int32) {
    precondition(count &+ 4 <= capacity, "no room reserved")
    // SAFETY: four places have room, by the condition above, for all of this.
    unsafe store(ids.0, isFirst: true, from: base, at: count, word)
    unsafe store(ids.1, isFirst: false, from: base, at: count &+ 2, word)
    count &+= PackedIDs.count(ids.0)
  }

  /// The same with eight, of which seven may count.
  @inline(__always)
  mutating func appendPacked(
    _ ids: (UInt64, UInt64, UInt64, UInt64), from base: Int, word: Int32
  ) {
    precondition(count &+ 8 <= capacity, "no room reserved")
    // SAFETY: eight places have room, by the condition above, for all of this.
    unsafe store(ids.0, isFirst: true, from: base, at: count, word)
    unsafe store(ids.1, isFirst: false, from: base, at: count &+ 2, word)
    unsafe store(ids.2, isFirst: false, from: base, at: count &+ 4, word)
    unsafe store(ids.3, isFirst: false, from: base, at: count &+ 6, word)
    count &+= PackedIDs.count(ids.0)
  }

  /// Writes two places.
  @inline(__always)
  @unsafe
  private func store(
    _ ids: UInt64, isFirst: Bool, from base: Int, at index: Int, _ word: Int32
  ) {
    let (first, second) = PackedIDs.ranges(ids, isFirst: isFirst, from: base)
    unsafe ranges[index] = first
    unsafe ranges[index &+ 1] = second
    unsafe words[index] = word
    unsafe words[index &+ 1] = word
  }

  /// Turns places in a rewritten text into those of the text that went in.
  ///
  /// - Complexity: amortised O(*n* + *e*) in the places and the edits between them.
  mutating func move(by map: RangeMap) {
    var cursor = TextEdits.Cursor()
    // Most of a text is untouched, and all of a stretch moves alike.
    var (stretch, shift) = (0..<0, 0)
    for index in 0..<count {
      // SAFETY: `count` ranges lie there; for the line below, too.
      let range = unsafe ranges[index]
      if range.lowerBound >= stretch.lowerBound, range.lowerBound < stretch.upperBound,
        range.upperBound <= stretch.upperBound
      {
        unsafe ranges[index] = (range.lowerBound &+ shift)..<(range.upperBound &+ shift)
      } else {
        unsafe ranges[index] = map.original(range, &cursor)
        (stretch, shift) = map.stretch(around: range.upperBound, &cursor)
      }
    }
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
