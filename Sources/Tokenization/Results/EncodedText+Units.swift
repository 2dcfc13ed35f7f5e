extension EncodedText {
  /// The ranges in another unit: for each token all characters that it has a part of. `0..<0` for
  /// tokens of the template and of padding; empty if ranges were not to be found.
  ///
  /// - Parameters:
  ///   - first: the input that was encoded.
  ///   - second: and its second text, if there was one.
  /// - Complexity: O(*n*) in the bytes of the texts and the tokens.
  public func ranges(
    in unit: TextUnit, of first: TextInput, and second: TextInput? = nil
  ) -> [Range<Int>] {
    var result = ranges
    guard !ranges.isEmpty, unit != .bytes else { return result }
    for part in parts {
      guard case .text(let index) = part.origin, let text = index == 0 ? first : second else {
        continue
      }
      switch text {
      case .text(let text): Self.count(unit, &result, part.tokens, of: text.utf8Span.span)
      case .bytes(let bytes): Self.count(unit, &result, part.tokens, of: bytes.span)
      case .words(let list):
        var start = part.tokens.lowerBound
        while start < part.tokens.upperBound {
          var end = start + 1
          while end < part.tokens.upperBound, words[end] == words[start] { end += 1 }
          let word = list[Int(words[start])]
          Self.count(unit, &result, start..<end, of: word.utf8Span.span)
          start = end
        }
      }
    }
    return result
  }

  private static func count(
    _ unit: TextUnit, _ ranges: inout [Range<Int>], _ tokens: Range<Int>, of text: Span<UInt8>
  ) {
    var counter = UnitCounter(text, unit)
    for index in tokens { ranges[index] = counter.range(of: ranges[index]) }
  }

  /// The ranges as places of the texts that were encoded: for each token all characters (Unicode
  /// scalars) that it has a part of. Empty ranges at the front for tokens of the template and of
  /// padding; empty if ranges were not to be found.
  ///
  /// - Complexity: O(*n*) in the tokens, for strings of Swift's own.
  public func stringRanges(
    of first: String, and second: String? = nil
  ) -> [Range<String.Index>] {
    var result: [Range<String.Index>] = []
    result.reserveCapacity(ranges.count)
    for part in parts where !ranges.isEmpty {
      guard case .text(let index) = part.origin, let text = index == 0 ? first : second else {
        for _ in part.tokens { result.append(first.startIndex..<first.startIndex) }
        continue
      }
      for range in ranges[part.tokens] { result.append(text.range(ofBytes: range)) }
    }
    return result
  }
}

extension String {
  /// The range of the characters that have a part in `bytes`.
  fileprivate func range(ofBytes bytes: Range<Int>) -> Range<Index> {
    let span = utf8Span.span
    var lower = min(bytes.lowerBound, span.count)
    while lower > 0, lower < span.count, span[lower] & 0xC0 == 0x80 { lower -= 1 }
    var upper = min(bytes.upperBound, span.count)
    while upper < span.count, span[upper] & 0xC0 == 0x80 { upper += 1 }
    let start = utf8.index(startIndex, offsetBy: lower)
    return start..<utf8.index(start, offsetBy: max(upper, lower) - lower)
  }
}
