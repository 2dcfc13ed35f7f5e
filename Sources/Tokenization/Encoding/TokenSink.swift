internal import UnicodeText

/// Takes the ids of a text, a stretch at a time, and says whether it wants more.
protocol TokenSink {
  /// Ranges are asked for, and the index of the pretoken that an id is of.
  static var wantsRanges: Bool { get }
  /// Takes the ids of many pretokens, and where they lie, if ranges are wanted.
  mutating func append(_ ids: borrowing IDBuffer, _ places: borrowing PlaceBuffer) -> Bool
  /// Takes the id of an added token, with the range of the original text that it covers.
  mutating func append(_ id: TokenID, _ range: Range<Int>, word: Int) -> Bool
  /// What follows is word `word` of a text that came in words.
  mutating func begin(word: Int)
}

extension TokenSink {
  mutating func begin(word: Int) {}
}

/// Collects ids, up to a limit.
struct IDSink: TokenSink {
  static var wantsRanges: Bool { false }
  var ids: [TokenID]
  /// It wants no more from so many ids on, of which it may have taken some too many.
  var limit = Int.max

  mutating func append(_ ids: borrowing IDBuffer, _ places: borrowing PlaceBuffer) -> Bool {
    ids.appendAll(to: &self.ids)
    return self.ids.count < limit
  }

  mutating func append(_ id: TokenID, _ range: Range<Int>, word: Int) -> Bool {
    ids.append(id)
    return ids.count < limit
  }
}

/// Counts ids, up to a limit.
struct CountSink: TokenSink {
  static var wantsRanges: Bool { false }
  var count = 0
  let limit: Int

  mutating func append(_ ids: borrowing IDBuffer, _ places: borrowing PlaceBuffer) -> Bool {
    count += ids.count
    return count < limit
  }

  mutating func append(_ id: TokenID, _ range: Range<Int>, word: Int) -> Bool {
    count += 1
    return count < limit
  }
}

/// Collects ids with their ranges and pretokens, up to a limit.
struct PlaceSink: TokenSink {
  static var wantsRanges: Bool { true }
  var tokens = PlacedTokens()
  /// As ``IDSink/limit``.
  var limit = Int.max
  /// The word that all tokens are of, where the text came in words.
  private var word: Int32?

  init(limit: Int = .max) { self.limit = limit }

  mutating func append(_ ids: borrowing IDBuffer, _ places: borrowing PlaceBuffer) -> Bool {
    ids.appendAll(to: &tokens.ids)
    places.appendAll(to: &tokens)
    if let word {
      for index in (tokens.words.count - ids.count)..<tokens.words.count {
        tokens.words[index] = word
      }
    }
    return tokens.ids.count < limit
  }

  mutating func append(_ id: TokenID, _ range: Range<Int>, word: Int) -> Bool {
    tokens.ids.append(id)
    tokens.ranges.append(range)
    tokens.words.append(self.word ?? Int32(truncatingIfNeeded: word))
    return tokens.ids.count < limit
  }

  mutating func begin(word: Int) { self.word = Int32(truncatingIfNeeded: word) }
}

/// The tokens of a text: arrays of equal length, or ids alone.
struct PlacedTokens {
  var ids: [TokenID] = []
  /// In bytes of the text that went in.
  var ranges: [Range<Int>] = []
  /// Which pretoken each id is of, counted from the front of the text.
  var words: [Int32] = []
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

  /// How far all places are from where they were; nil if that is not the same for all.
  var shift: Int? {
    edits == nil && splitEdits == nil && insertedCount == 0 ? offset + start : nil
  }

  func original(_ range: Range<Int>) -> Range<Int> {
    var cursor = TextEdits.Cursor()
    return original(range, &cursor)
  }

  /// The same for one of many ranges in ascending order.
  func original(_ range: Range<Int>, _ cursor: inout TextEdits.Cursor) -> Range<Int> {
    let range = splitEdits?.originalRange(of: range) ?? range
    let lower = max(range.lowerBound - insertedCount, 0) + start
    let upper = max(range.upperBound - insertedCount, 0) + start
    let inner = edits?.originalRange(of: lower..<upper, &cursor) ?? lower..<upper
    return (inner.lowerBound + offset)..<(inner.upperBound + offset)
  }

  /// A stretch of the rewritten part around `place` that was not rewritten, and how far it is from where it
  /// was; empty if there is none.
  func stretch(around place: Int, _ cursor: inout TextEdits.Cursor) -> (Range<Int>, shift: Int) {
    guard let edits, splitEdits == nil, insertedCount == 0, place + start < edits.normalizedCount
    else { return (0..<0, 0) }
    let (found, shift) = edits.stretch(around: place + start, &cursor)
    guard found.lowerBound >= start else {
      return (0..<max(found.upperBound - start, 0), start + shift + offset)
    }
    return ((found.lowerBound - start)..<(found.upperBound - start), start + shift + offset)
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
