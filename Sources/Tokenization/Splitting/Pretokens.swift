internal import UnicodeText

/// What a ``GeneralSplitter`` made of a text. Reused from text to text.
struct Pretokens {
  /// The pretokens, in order, none empty: ranges of ``rewritten`` if the text was rewritten, else of
  /// the text itself.
  var ranges: [Range<Int>] = []
  /// The text with what steps put there, if ``isRewritten``.
  var rewritten: [UInt8] = []
  var isRewritten = false
  /// How ``rewritten`` came from the text; nil if that was not asked for or nothing was rewritten.
  var edits: TextEdits?

  // What the steps work with.
  var spareRanges: [Range<Int>] = []
  var spareBytes: [UInt8] = []
  var matches: [Range<Int>] = []
  var wordEnds: [Int] = []
  /// How many bytes at the front of what the steps see now come from the place where the whole text
  /// begins.
  var startCount = 0

  /// Back to a text that no step has seen.
  mutating func reset(_ text: Span<UInt8>, startCount: Int) {
    ranges.removeAll(keepingCapacity: true)
    if text.count > 0 { ranges.append(0..<text.count) }
    isRewritten = false
    edits = nil
    self.startCount = startCount
  }

  /// The pretokens as bytes.
  func bytes(of text: Span<UInt8>) -> [[UInt8]] {
    ranges.map { range in
      if isRewritten { return Array(rewritten[range]) }
      return range.map { text[$0] }
    }
  }

  /// The range of the text that a range of what the steps see comes from.
  func original(_ range: Range<Int>) -> Range<Int> { edits?.originalRange(of: range) ?? range }
}
