internal import UnicodeText

/// Texts that come in parts.
///
/// Where no token reaches over a place, all segmentations meet there. What stands before it is decided
/// without what stands behind; the other way round only the sum so far matters, which the next part
/// begins with. With the tokens `a`, `b`, `ab`, `c` the text `abc` can be cut before `c`, not before `b`.
extension UnigramModel {
  package var allowsParts: Bool { true }

  /// A place over which no token reaches and behind which a known character stands, since unknown ones
  /// in a row are one token.
  ///
  /// - Complexity: O(*n* *l*) in the length of the longest token; mostly that of the last few kilobytes.
  package func lastCut(in text: Span<UInt8>) -> Int {
    let reach = max(options.maximumTokenLength, 4)
    var start = text.count - max(8 * reach, 4096)
    if start > 0 {
      while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
      if let cut = lastCut(in: text, from: start, behind: start + reach) { return cut }
    }
    return lastCut(in: text, from: 0, behind: 0) ?? 0
  }

  /// The last cut behind `first` that the tokens tell which begin at `start` or behind it.
  private func lastCut(in text: Span<UInt8>, from start: Int, behind first: Int) -> Int? {
    var start = start
    var furthest = start
    var cut: Int?
    while start < text.count {
      let length = Self.lengthOfScalar(beginningWith: text[start])
      var coversCharacter = false
      var isUnknown = false
      var end = start
      var offset = UnigramTrie.root
      var place = start
      while place < text.count, let (unit, index) = trie.step(offset, text[place]) {
        place &+= 1
        if UnigramTrie.isToken(unit) {
          end = place
          if place &- start == length { coversCharacter = true }
          if trie.ids[Int(index)] == unknownID { isUnknown = true }
        }
        offset = UnigramTrie.offset(of: unit)
      }
      // What comes next may make a longer token.
      if place == text.count { break }
      if coversCharacter, !isUnknown, start > first, furthest <= start { cut = start }
      start &+= coversCharacter ? length : decodeScalar(in: text, at: start).length
      furthest = max(furthest, end, start)
    }
    return cut
  }
}
