internal import UnicodeText

/// Finds added tokens in a text: the leftmost, and of those that begin at one place the longest.
///
/// A trie of bytes behind a filter of two-byte beginnings, so that text in which no token begins costs
/// about one look a byte however many tokens there are.
///
/// - Complexity: O(*n* + *c* *l*): *n* bytes, *c* places at which some token's first two bytes stand,
///   *l* the longest token.
struct AddedTokenMatcher: Sendable {
  private let tokens: [AddedToken]
  /// From a state and a byte to a state; the root is 0.
  private var transitions: [UInt64: UInt32] = [:]
  /// The token that ends in each state.
  private var ending: [Int?] = [nil]
  /// One bit for each pair of first bytes of a token.
  private var beginnings = [UInt64](repeating: 0, count: 1024)

  let isEmpty: Bool
  /// All tokens are special ones.
  let isSpecialOnly: Bool

  /// - Parameter tokens: each with the bytes to look for; of equal ones the last counts.
  init(_ tokens: [(token: AddedToken, bytes: [UInt8])]) {
    let tokens = tokens.filter { !$0.bytes.isEmpty }
    self.tokens = tokens.map(\.token)
    isEmpty = tokens.isEmpty
    isSpecialOnly = tokens.allSatisfy(\.token.isSpecial)
    for (index, token) in tokens.enumerated() {
      var state: UInt32 = 0
      for byte in token.bytes {
        let key = UInt64(state) << 8 | UInt64(byte)
        if let next = transitions[key] {
          state = next
        } else {
          state = UInt32(ending.count)
          transitions[key] = state
          ending.append(nil)
        }
      }
      ending[Int(state)] = index
      let first = Int(token.bytes[0]) << 8
      let seconds = token.bytes.count > 1 ? Int(token.bytes[1])...Int(token.bytes[1]) : 0...255
      for second in seconds { beginnings[(first | second) / 64] |= 1 << UInt64(second % 64) }
    }
  }

  /// A stretch of text: an added token, or what lies between two.
  struct Segment: Equatable {
    var range: Range<Int>
    var id: TokenID?
  }

  /// What to do with a token that stands in the text.
  enum Decision { case match, leave, refuse }

  /// Appends the segments of `text`, which cover it; none is empty.
  ///
  /// - Throws: `specialToken` where `trust` refuses one.
  func appendSegments(
    of text: Span<UInt8>, to segments: inout [Segment], trust: Trust
  ) throws(EncodingError) {
    var start = 0
    var index = 0
    for place in 0..<trust.count {
      let part = trust[place]
      let end = min(part.end, text.count)
      while let (found, match) = next(in: text, from: index, to: end) {
        index = match.upperBound
        var range = match
        switch part.specialTokens.decide(found) {
        case .leave: continue
        case .refuse:
          throw EncodingError(
            .specialToken, "the text spells the special token `\(found.content)`", range: match)
        case .match: break
        }
        if found.isSingleWord, touchesWord(match, in: text) { continue }
        if found.stripsLeft {
          range = max(start, startOfSpace(before: match.lowerBound, in: text))..<range.upperBound
        }
        if found.stripsRight {
          range = range.lowerBound..<endOfSpace(from: match.upperBound, in: text)
        }
        // subtle: white space taken on the right may hold the next token; the original then counts
        // that white space twice, and so do we.
        if start < range.lowerBound {
          segments.append(Segment(range: start..<range.lowerBound, id: nil))
        }
        segments.append(Segment(range: range, id: found.id))
        start = range.upperBound
      }
      index = max(index, end)
    }
    if start < text.count { segments.append(Segment(range: start..<text.count, id: nil)) }
  }

  /// The next token between two places of the text.
  private func next(
    in text: Span<UInt8>, from start: Int, to end: Int
  ) -> (AddedToken, Range<Int>)? {
    var index = start
    while index < end {
      let first = Int(text[index]) << 8
      let second = index + 1 < end ? Int(text[index + 1]) : 0
      // A token of one byte has all its pairs in the filter.
      if beginnings[(first | second) / 64] >> UInt64(second % 64) & 1 == 1,
        let (token, tokenEnd) = longest(in: text, at: index, to: end)
      {
        return (token, index..<tokenEnd)
      }
      index += 1
    }
    return nil
  }

  private func longest(
    in text: Span<UInt8>, at start: Int, to end: Int
  ) -> (AddedToken, Int)? {
    var state: UInt32 = 0
    var index = start
    var found: (AddedToken, Int)?
    while index < end, let next = transitions[UInt64(state) << 8 | UInt64(text[index])] {
      state = next
      index += 1
      if let token = ending[Int(state)] { found = (tokens[token], index) }
    }
    return found
  }

  private func touchesWord(_ range: Range<Int>, in text: Span<UInt8>) -> Bool {
    if range.lowerBound > 0 {
      let before = decodeScalar(in: text, endingAt: range.lowerBound)
      if before.isValid, ScalarSet.perlWordRust.contains(before.value) { return true }
    }
    if range.upperBound < text.count {
      let behind = decodeScalar(in: text, at: range.upperBound)
      if behind.isValid, ScalarSet.perlWordRust.contains(behind.value) { return true }
    }
    return false
  }

  private func startOfSpace(before end: Int, in text: Span<UInt8>) -> Int {
    var start = end
    while start > 0 {
      let scalar = decodeScalar(in: text, endingAt: start)
      guard scalar.isValid, ScalarSet.whiteSpace.contains(scalar.value) else { break }
      start -= scalar.length
    }
    return start
  }

  private func endOfSpace(from start: Int, in text: Span<UInt8>) -> Int {
    var end = start
    while end < text.count {
      let scalar = decodeScalar(in: text, at: end)
      guard scalar.isValid, ScalarSet.whiteSpace.contains(scalar.value) else { break }
      end += scalar.length
    }
    return end
  }
}
