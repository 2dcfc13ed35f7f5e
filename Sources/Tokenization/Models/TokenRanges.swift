internal import UnicodeText

/// Where each id of a pretoken lies in it, in bytes, for callers who ask for ranges; those who do not
/// pay nothing.
package struct TokenRanges: Sendable {
  /// Whether the caller asks for ranges.
  package var areWanted: Bool
  package private(set) var ranges: [Range<Int>] = []

  package init(areWanted: Bool) { self.areWanted = areWanted }

  /// Says where the next id lies.
  @inline(__always)
  package mutating func append(_ range: @autoclosure () -> Range<Int>) {
    if areWanted { ranges.append(range()) }
  }

  /// The last range reaches up to `end`.
  package mutating func extendLast(to end: Int) {
    guard areWanted, let last = ranges.popLast() else { return }
    ranges.append(last.lowerBound..<end)
  }

  /// Turns ranges of a rewritten pretoken into those of the pretoken itself.
  mutating func move(by edits: TextEdits) {
    for index in ranges.indices { ranges[index] = edits.originalRange(of: ranges[index]) }
  }

  package mutating func removeAll(downTo count: Int = 0) {
    if ranges.count > count { ranges.removeSubrange(count...) }
  }
}
