internal import UnicodeText

/// Finds added tokens in a text: the leftmost, and of those that begin at one place the longest.
///
/// A trie of bytes behind a filter of beginnings, so that text in which no token begins costs about one
/// look a byte however many tokens there are: a set of bits by a hash of the first four bytes, one by the
/// first two for shorter tokens.
///
/// - Complexity: O(*n* + *c* *l*): *n* bytes, *c* places at which the beginning of some token stands,
///   *l* the longest token.
struct AddedTokenMatcher: Sendable {
  let tokens: [AddedToken]
  let trie: ByteTrie
  /// The token of each string of the trie.
  let places: [Int]
  /// One bit for each hash of four bytes with which a token begins; a power of two.
  private var beginnings: [UInt64]
  private let shift: UInt32
  /// One bit for each two bytes with which a token of fewer than four begins; empty if there is none.
  private var shortBeginnings: [UInt64] = []

  let isEmpty: Bool
  /// All tokens are special ones.
  let isSpecialOnly: Bool

  /// - Parameter tokens: each with the bytes to look for; of equal ones the last counts.
  /// - Throws: `limit` for more prefixes than a trie holds.
  init(_ tokens: [(token: AddedToken, bytes: [UInt8])]) throws(VocabularyError) {
    let tokens = tokens.filter { !$0.bytes.isEmpty }
    self.tokens = tokens.map(\.token)
    isEmpty = tokens.isEmpty
    isSpecialOnly = tokens.allSatisfy(\.token.isSpecial)
    var last: [[UInt8]: Int] = [:]
    for (index, token) in tokens.enumerated() { last[token.bytes] = index }
    var strings = ByteStrings()
    places = last.values.sorted()
    for place in places { strings.append(tokens[place].bytes) }
    trie = try ByteTrie(strings)
    // So many bits that few places of other texts have theirs set.
    var bitCount = 1 << 10
    while bitCount < tokens.count * 128, bitCount < 1 << 20 { bitCount *= 2 }
    beginnings = Array(repeating: 0, count: bitCount / 64)
    shift = UInt32(32 - bitCount.trailingZeroBitCount)
    for token in tokens { addBeginning(token.bytes) }
  }

  private mutating func addBeginning(_ bytes: [UInt8]) {
    guard bytes.count < 4 else {
      let bit = Self.hash(bytes.span, 0) &>> shift
      beginnings[Int(bit >> 6)] |= 1 << UInt64(bit & 63)
      return
    }
    if shortBeginnings.isEmpty { shortBeginnings = Array(repeating: 0, count: 1024) }
    let first = Int(bytes[0]) << 8
    let seconds = bytes.count > 1 ? Int(bytes[1])...Int(bytes[1]) : 0...255
    for second in seconds { shortBeginnings[(first | second) / 64] |= 1 << UInt64(second % 64) }
  }

  /// A hash of the four bytes at `index`.
  @inline(__always)
  private static func hash(_ text: Span<UInt8>, _ index: Int) -> UInt32 {
    // SAFETY: any bytes may be seen as bytes; the caller has checked that four are there.
    let raw = unsafe text.bytes
    precondition(index &+ 4 <= text.count, "four bytes at \(index)")
    // SAFETY: checked in the line above.
    let word = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt32.self)
    return word.littleEndian &* 0x9E37_79B1
  }

  /// Whether a token may begin at `index`, which lies before `end`.
  @inline(__always)
  func mayBegin(_ text: Span<UInt8>, _ index: Int, _ end: Int) -> Bool {
    if index &+ 4 <= end {
      let bit = Self.hash(text, index) &>> shift
      if beginnings[Int(bit >> 6)] &>> UInt64(bit & 63) & 1 == 1 { return true }
    }
    if shortBeginnings.isEmpty { return false }
    let first = Int(text[index]) << 8
    let second = index &+ 1 < end ? Int(text[index &+ 1]) : 0
    // A token of one byte has all its pairs in the filter.
    return shortBeginnings[(first | second) / 64] &>> UInt64(second % 64) & 1 == 1
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
      if mayBegin(text, index, end),
        let found = trie.longestString(in: text.extracting(..<end), from: index)
      {
        return (tokens[places[found.index]], index..<found.end)
      }
      index &+= 1
    }
    return nil
  }

  func touchesWord(_ range: Range<Int>, in text: Span<UInt8>) -> Bool {
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

  func startOfSpace(before end: Int, in text: Span<UInt8>) -> Int {
    var start = end
    while start > 0 {
      let scalar = decodeScalar(in: text, endingAt: start)
      guard scalar.isValid, ScalarSet.whiteSpace.contains(scalar.value) else { break }
      start -= scalar.length
    }
    return start
  }

  func endOfSpace(from start: Int, in text: Span<UInt8>) -> Int {
    var end = start
    while end < text.count {
      let scalar = decodeScalar(in: text, at: end)
      guard scalar.isValid, ScalarSet.whiteSpace.contains(scalar.value) else { break }
      end += scalar.length
    }
    return end
  }
}
