internal import SplitPatterns

/// A table of pretokens: each is one token or unknown.
///
/// An open-addressing table over the tokens' bytes, so that lists of any length fit; a trie would
/// take a word for each of their prefixes.
package struct WordLevelModel: Sendable {
  /// The tokens' bytes, one behind another.
  package let bytes: FlatArray<UInt8>
  /// Where each token ends in `bytes`.
  package let ends: FlatArray<UInt32>
  package let ids: FlatArray<TokenID>
  /// The upper half of a slot is the upper half of the hash, the lower the token's index plus one; 0
  /// is empty. A power of two in number, at most half of them used.
  package let slots: FlatArray<UInt64>
  package let unknown: TokenID
  /// Pretokens are cut before each U+2581 first.
  package let cutsAtSpaceMarks: Bool
  /// The token of each byte for words that are none; empty if there are none.
  package let byteTokens: FlatArray<TokenID>

  package init(
    bytes: FlatArray<UInt8>, ends: FlatArray<UInt32>, ids: FlatArray<TokenID>,
    slots: FlatArray<UInt64>, unknown: TokenID, cutsAtSpaceMarks: Bool,
    byteTokens: FlatArray<TokenID>
  ) {
    self.bytes = bytes
    self.ends = ends
    self.ids = ids
    self.slots = slots
    self.unknown = unknown
    self.cutsAtSpaceMarks = cutsAtSpaceMarks
    self.byteTokens = byteTokens
  }

  /// - Complexity: O(*b*) in the tokens' bytes.
  package init(_ definition: WordLevelDefinition) {
    let tokens = definition.tokens
    var size = 16
    while size < tokens.count * 2 { size *= 2 }
    var slots = [UInt64](repeating: 0, count: size)
    let all = tokens.bytes.span
    let unmatched = Set(definition.unmatched)
    for index in 0..<tokens.count where !unmatched.contains(index) {
      let hash = hash(all.extracting(tokens.range(index)))
      var slot = Int(truncatingIfNeeded: hash) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = hash & Self.tagMask | UInt64(index + 1)
    }
    self.init(
      bytes: FlatArray(tokens.bytes), ends: FlatArray(tokens.ends), ids: FlatArray(definition.ids),
      slots: FlatArray(slots), unknown: definition.unknown,
      cutsAtSpaceMarks: definition.cutsAtSpaceMarks, byteTokens: FlatArray(definition.byteTokens))
  }

  private static let tagMask: UInt64 = 0xFFFF_FFFF_0000_0000
}

extension WordLevelModel {
  /// Appends the one id of a pretoken, or of each word in it, to `ids`, which has room for one a byte,
  /// and where each lies.
  ///
  /// - Complexity: O(*n*), on average.
  func encode(_ pretoken: Span<UInt8>, to ids: inout IDBuffer, ranges: inout TokenRanges) {
    if cutsAtSpaceMarks { return encodeWords(pretoken, to: &ids, ranges: &ranges) }
    ids.append(id(of: pretoken) ?? unknown)
    ranges.append(0..<pretoken.count)
  }

  private func encodeWords(_ text: Span<UInt8>, to ids: inout IDBuffer, ranges: inout TokenRanges) {
    var followsUnknown = false
    var start = 0
    while start < text.count {
      var end = start + 1
      while end < text.count, !SpaceMark.stands(in: text, at: end) { end += 1 }
      let found = id(of: text.extracting(start..<end)) ?? unknown
      if found != unknown {
        ids.append(found)
        ranges.append(start..<end)
      } else if byteTokens.count == 256 {
        for place in start..<end {
          ids.append(byteTokens[Int(text[place])])
          ranges.append(place..<(place + 1))
        }
      } else if followsUnknown {
        ranges.extendLast(to: end)
      } else {
        ids.append(unknown)
        ranges.append(start..<end)
      }
      followsUnknown = found == unknown
      start = end
    }
  }

  private func id(of text: Span<UInt8>) -> TokenID? {
    let hash = hash(text)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      if (slots[slot] ^ hash) & Self.tagMask == 0 {
        let index = Int(slots[slot] & ~Self.tagMask) - 1
        let start = index == 0 ? 0 : Int(ends[index - 1])
        if bytes.span.extracting(start..<Int(ends[index])).isEqual(to: text) { return ids[index] }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }
}
