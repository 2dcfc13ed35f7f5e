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

  package init(
    bytes: FlatArray<UInt8>, ends: FlatArray<UInt32>, ids: FlatArray<TokenID>,
    slots: FlatArray<UInt64>, unknown: TokenID
  ) {
    self.bytes = bytes
    self.ends = ends
    self.ids = ids
    self.slots = slots
    self.unknown = unknown
  }

  /// - Complexity: O(*b*) in the tokens' bytes.
  package init(_ definition: WordLevelDefinition) {
    let tokens = definition.tokens
    var size = 16
    while size < tokens.count * 2 { size *= 2 }
    var slots = [UInt64](repeating: 0, count: size)
    let all = tokens.bytes.span
    for index in 0..<tokens.count {
      let hash = hash(all.extracting(tokens.range(index)))
      var slot = Int(truncatingIfNeeded: hash) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = hash & Self.tagMask | UInt64(index + 1)
    }
    self.init(
      bytes: FlatArray(tokens.bytes), ends: FlatArray(tokens.ends), ids: FlatArray(definition.ids),
      slots: FlatArray(slots), unknown: definition.unknown)
  }

  private static let tagMask: UInt64 = 0xFFFF_FFFF_0000_0000
}

extension WordLevelModel {
  /// Appends the one id of a pretoken to `ids`, which has room for it, and where it lies.
  ///
  /// - Complexity: O(*n*), on average.
  func encode(_ pretoken: Span<UInt8>, to ids: inout IDBuffer, ranges: inout TokenRanges) {
    ids.append(id(of: pretoken) ?? unknown)
    ranges.append(0..<pretoken.count)
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
