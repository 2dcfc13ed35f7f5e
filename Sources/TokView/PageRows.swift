/// Where a long text is cut, so that a browser need only lay out what is looked at.
///
/// A row begins where a token of every vocabulary begins, so that columns have the same text beside
/// each other. It ends with a line where that can be; a line that is long is cut behind white space, or
/// in need between any two characters.
enum PageRows {
  /// A row may end with a line from this many bytes on, in the middle of one from the others on.
  private static let least = (line: 1_000, space: 6_000, character: 9_000)

  /// - Complexity: O(*v* *n*) in the vocabularies and the bytes.
  static func rows(
    of text: Span<UInt8>, _ characters: ShownCharacters, _ columns: [[TokenSpan]]
  ) -> [Range<Int>] {
    var isWithinToken = [Bool](repeating: false, count: text.count + 1)
    for spans in columns {
      for span in spans where span.range.count > 1 {
        for place in (span.range.lowerBound + 1)..<span.range.upperBound {
          isWithinToken[place] = true
        }
      }
    }
    var rows: [Range<Int>] = []
    var start = 0
    for place in text.indices.dropFirst() where place - start >= least.line {
      guard !isWithinToken[place], characters.floor(place) == place else { continue }
      let last = text[place - 1]
      let isEnd =
        last == 0x0A || (last == 0x20 && place - start >= least.space)
        || place - start >= least.character
      if isEnd {
        rows.append(start..<place)
        start = place
      }
    }
    rows.append(start..<text.count)
    return rows
  }
}
