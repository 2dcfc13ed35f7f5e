internal import UnicodeText

// Where a text that may go on can be cut for good.

extension PretokenScanner {
  /// The last place where a pretoken of `text` ends whatever comes behind `text`, which ends with a
  /// whole character, and whether or not something does; 0 if there is none.
  ///
  /// Of all that these patterns ask behind a pretoken, three things may lie beyond the end of what is
  /// there: how a run of white space goes on, whether a small letter follows a run of capitals, and
  /// the letters of a contraction, which takes three bytes. What ends before all of these is settled.
  ///
  /// - Complexity: O(*n*); mostly what the last few kilobytes take.
  package func settledEnd(in text: Span<UInt8>) -> Int {
    let limit = Self.unsettledStart(of: text)
    guard limit > 0 else { return 0 }
    var start = Self.safeCut(in: text, before: limit)
    var settled = start
    var ends = [Int](repeating: 0, count: 64)
    while start < limit {
      var span = ends.mutableSpan
      let count = fill(&span, in: text, from: start)
      for index in 0..<count {
        let end = ends[index]
        if end < limit, !Self.isSpace(text.extracting(start..<end)) { settled = end }
        start = end
      }
    }
    return settled
  }

  /// Whether a pretoken is white space, of which more or less is taken by what stands behind it: the
  /// two spaces before a numeral are two pretokens, at the end of a text they are one.
  private static func isSpace(_ pretoken: Span<UInt8>) -> Bool {
    let table = ScalarClassTable.shared
    var index = 0
    while index < pretoken.count {
      let scalar = decodeScalar(in: pretoken, at: index)
      guard scalar.isValid, ScalarClassSet.whiteSpace.contains(table[scalar.value]) else {
        return false
      }
      index += scalar.length
    }
    return true
  }

  /// Where the last three bytes, the last white space or the last capitals begin, whichever is first.
  private static func unsettledStart(of text: Span<UInt8>) -> Int {
    let space = startOfRun(of: .whiteSpace, atEndOf: text)
    let capitals = startOfRun(of: ScalarClassSet(.lu, .lt), atEndOf: text)
    return max(0, min(text.count - 3, space, capitals))
  }

  private static func startOfRun(of set: ScalarClassSet, atEndOf text: Span<UInt8>) -> Int {
    let table = ScalarClassTable.shared
    var start = text.count
    while start > 0 {
      let scalar = decodeScalar(in: text, endingAt: start)
      guard scalar.isValid, set.contains(table[scalar.value]) else { break }
      start -= scalar.length
    }
    return start
  }

  /// A place to scan from, so that not all of a long text is scanned for its last pretokens.
  private static func safeCut(in text: Span<UInt8>, before end: Int) -> Int {
    for index in stride(from: end - 1, to: max(0, end - 4096), by: -1)
    where isSafeCut(text, before: index) {
      return index
    }
    return 0
  }
}

extension WordScanner {
  /// Where the last word of `text` begins that may go on behind `text`, which ends with a whole
  /// character; the end of `text` if there is none.
  ///
  /// All words end where a character says so that belongs to none or to the next one.
  ///
  /// - Complexity: O(*n*).
  package func settledEnd(in text: Span<UInt8>) -> Int {
    var position = 0
    var last = 0..<0
    var words = [Range<Int>](repeating: 0..<0, count: 64)
    while position < text.count {
      var span = words.mutableSpan
      let count = fill(&span, in: text, from: &position)
      if count > 0 { last = words[count - 1] }
    }
    return last.upperBound == text.count ? last.lowerBound : text.count
  }
}
