/// Where the texts of an input are cut: for each, ranges of its tokens, of which the first is kept and
/// the others are what overflows.
struct Cuts {
  private(set) var ranges: [[Range<Int>]]

  /// The whole of texts that have so many tokens.
  init(wholeOf counts: [Int]) { ranges = counts.map { [0..<$0] } }

  /// Cuts texts that have so many tokens as `truncation` says.
  ///
  /// - Parameters:
  ///   - templateCount: how many tokens of the template there are beside the texts'.
  ///   - keepsOverflow: without, there is the first range of each text only, and the stride is ignored.
  /// - Throws: `length` where lengths are asked for that cannot be had.
  init(
    _ counts: [Int], _ truncation: Truncation, templateCount: Int, keepsOverflow: Bool
  ) throws(EncodingError) {
    self.init(wholeOf: counts)
    let room = try truncation.room(beside: templateCount)
    let stride = keepsOverflow ? truncation.stride : nil
    if let stride, stride > room {
      throw EncodingError(
        .length, "a stride of \(stride) where texts have room for \(room) tokens", range: 0..<0)
    }
    let kept = try truncation.kept(of: counts, room: room)
    for index in counts.indices where kept[index] < counts[index] {
      ranges[index] = try Self.parts(
        of: counts[index], kept[index], stride: stride, truncation.direction)
    }
  }

  /// Ranges of `count` tokens: the one of `length` that is kept, and others of that length behind it,
  /// or before it if the left side is cut, each of which begins with the last `stride` tokens of the
  /// one before.
  private static func parts(
    of count: Int, _ length: Int, stride: Int?, _ side: Side
  ) throws(EncodingError) -> [Range<Int>] {
    guard let stride else { return [side == .right ? 0..<length : (count - length)..<count] }
    // As in the original, all of a text of which nothing is kept overflows in one.
    if length == 0 { return [0..<0, 0..<count] }
    guard stride >= 0, stride < length else {
      throw EncodingError(
        .length, "a stride of \(stride) where a text is cut into parts of \(length) tokens",
        range: 0..<0)
    }
    var parts: [Range<Int>] = []
    var start = 0
    while true {
      let end = min(start + length, count)
      parts.append(side == .right ? start..<end : (count - end)..<(count - start))
      if end == count { return parts }
      start += length - stride
    }
  }
}

extension Truncation {
  /// How many tokens of texts have room beside `templateCount` others.
  ///
  /// - Throws: `length` if the others have none.
  func room(beside templateCount: Int) throws(EncodingError) -> Int {
    guard maximumLength >= templateCount else {
      throw EncodingError(
        .length, "at most \(maximumLength) tokens, where the template alone has \(templateCount)",
        range: 0..<0)
    }
    return maximumLength - templateCount
  }

  /// How many tokens are kept of texts that have so many; what the original's `truncate_encodings`
  /// does.
  ///
  /// - Throws: `length` where the text that may be cut is too short, or missing.
  fileprivate func kept(of counts: [Int], room: Int) throws(EncodingError) -> [Int] {
    let total = counts.reduce(0, +)
    if room == 0 { return counts.map { _ in 0 } }
    guard total > room else { return counts }
    switch strategy {
    case .longestFirst:
      guard counts.count == 2 else { return [room] }
      let (shorter, longer) = (counts[0] <= counts[1] ? (0, 1) : (1, 0))
      var kept = counts
      if counts[shorter] <= room / 2 {
        kept[longer] = room - counts[shorter]
      } else {
        kept[shorter] = room / 2
        kept[longer] = room - room / 2
      }
      return kept
    case .onlyFirst, .onlySecond:
      let target = strategy == .onlyFirst ? 0 : 1
      guard target < counts.count else {
        throw EncodingError(
          .length, "\(total) tokens, of at most \(room), and no second text to cut", range: 0..<0)
      }
      let others = total - counts[target]
      guard others < room else {
        throw EncodingError(
          .length,
          "the text that is not to be cut has \(others) tokens, where both have \(room) at most",
          range: 0..<0)
      }
      var kept = counts
      kept[target] = room - others
      return kept
    }
  }
}
