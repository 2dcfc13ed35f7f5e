/// Makes pretokens of a text's matches and what lies between them, as a ``SplitBehavior`` says.
///
/// Matches are added from left to right; they may be empty, which parts what is around them. What is
/// empty in the end is left out.
struct BehaviorCutter {
  private let behavior: SplitBehavior
  private let inverted: Bool
  /// Where the text begins in what the ranges are of.
  private let offset: Int
  private var end = 0
  /// What may still grow.
  private var open: Range<Int>?
  private var lastIsMatch = false

  init(_ behavior: SplitBehavior, inverted: Bool = false, offset: Int) {
    self.behavior = behavior
    self.inverted = inverted
    self.offset = offset
  }

  /// Takes the next match, a range of the text.
  mutating func add(_ match: Range<Int>, to ranges: inout [Range<Int>]) {
    if end != match.lowerBound { add(end..<match.lowerBound, isMatch: inverted, to: &ranges) }
    add(match, isMatch: !inverted, to: &ranges)
    end = match.upperBound
  }

  /// Ends a text of `count` bytes.
  mutating func finish(count: Int, to ranges: inout [Range<Int>]) {
    if end != count { add(end..<count, isMatch: inverted, to: &ranges) }
    if let open { emit(open, to: &ranges) }
    open = nil
  }

  /// Where the part begins that may still grow, or the next one, if no match begins before `place`.
  mutating func openStart(upTo place: Int, to ranges: inout [Range<Int>]) -> Int {
    if end < place { add(end..<place, isMatch: inverted, to: &ranges) }
    return open?.lowerBound ?? max(end, place)
  }

  private mutating func add(_ part: Range<Int>, isMatch: Bool, to ranges: inout [Range<Int>]) {
    let joins =
      switch behavior {
      case .removed, .isolated: false
      case .contiguous: isMatch == lastIsMatch
      case .mergedWithPrevious: isMatch && !lastIsMatch
      case .mergedWithNext: !isMatch && lastIsMatch
      }
    lastIsMatch = isMatch
    if joins, let first = open {
      open = first.lowerBound..<part.upperBound
      return
    }
    if let open { emit(open, to: &ranges) }
    open = behavior == .removed && isMatch ? nil : part
  }

  private func emit(_ range: Range<Int>, to ranges: inout [Range<Int>]) {
    guard !range.isEmpty else { return }
    ranges.append((offset + range.lowerBound)..<(offset + range.upperBound))
  }
}
