internal import UnicodeText

/// Takes the ids of a text, a stretch at a time, and says whether it wants more.
protocol TokenSink {
  /// Ranges are asked for, so that text is encoded a pretoken at a time.
  static var wantsRanges: Bool { get }
  /// Takes the ids of many pretokens.
  mutating func append(_ ids: borrowing IDBuffer) -> Bool
  /// Takes one id with the range of the original text that it covers.
  mutating func append(_ id: TokenID, _ range: Range<Int>) -> Bool
}

/// Collects ids.
struct IDSink: TokenSink {
  static var wantsRanges: Bool { false }
  var ids: [TokenID]

  mutating func append(_ ids: borrowing IDBuffer) -> Bool {
    ids.appendAll(to: &self.ids)
    return true
  }

  mutating func append(_ id: TokenID, _ range: Range<Int>) -> Bool {
    ids.append(id)
    return true
  }
}

/// Counts ids, up to a limit.
struct CountSink: TokenSink {
  static var wantsRanges: Bool { false }
  var count = 0
  let limit: Int

  mutating func append(_ ids: borrowing IDBuffer) -> Bool {
    count += ids.count
    return count < limit
  }

  mutating func append(_ id: TokenID, _ range: Range<Int>) -> Bool {
    count += 1
    return count < limit
  }
}

/// Collects ids with their ranges.
struct RangeSink: TokenSink {
  static var wantsRanges: Bool { true }
  var tokens: [Token] = []

  mutating func append(_ ids: borrowing IDBuffer) -> Bool { true }

  mutating func append(_ id: TokenID, _ range: Range<Int>) -> Bool {
    tokens.append(Token(id: id, range: range))
    return true
  }
}

/// An id and the range of bytes of the text that it stands for.
///
/// The range is of the text that went in, whatever a normaliser made of it; a token that the template
/// put there has an empty one.
public struct Token: Hashable, Sendable {
  public var id: TokenID
  public var range: Range<Int>

  public init(id: TokenID, range: Range<Int>) {
    self.id = id
    self.range = range
  }
}

/// From places in a rewritten text to ranges of the text that went in.
struct RangeMap {
  /// Where the rewritten stretch began.
  var offset = 0
  /// How the stretch was rewritten.
  var edits: TextEdits?
  /// Where the part that is looked at begins in the rewritten stretch.
  var start = 0
  /// How many bytes were put in front of that part.
  var insertedCount = 0
  /// How the splitter rewrote that part.
  var splitEdits: TextEdits?

  func original(_ range: Range<Int>) -> Range<Int> {
    let range = splitEdits?.originalRange(of: range) ?? range
    let lower = max(range.lowerBound - insertedCount, 0) + start
    let upper = max(range.upperBound - insertedCount, 0) + start
    let inner = edits?.originalRange(of: lower..<upper) ?? lower..<upper
    return (inner.lowerBound + offset)..<(inner.upperBound + offset)
  }

  /// How many bytes at the front of the part, of `count`, come from the place where the text that went
  /// in begins.
  func startCount(of count: Int) -> Int {
    guard let edits else { return offset + start == 0 ? min(count, 1) : 0 }
    var found = 0
    while offset == 0, found < count,
      edits.originalRange(of: (start + found)..<(start + found + 1)).lowerBound == 0
    {
      found += 1
    }
    return found
  }
}
