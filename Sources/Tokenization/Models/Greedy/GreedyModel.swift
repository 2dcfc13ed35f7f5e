internal import UnicodeText

/// The longest token at each place, from the left.
///
/// So RWKV's "world" vocabulary encodes (Peng et al., "Eagle and Finch: RWKV with Matrix-Valued
/// States and Dynamic Recurrence", 2024, appendix on the tokenizer), over the bytes of the whole
/// text. With the tokens `a`, `b`, `c`, `ab`, `bc` the text `abc` is `ab c`: a token that was taken
/// is not reconsidered.
package struct GreedyModel: Sendable {
  package let trie: ByteTrie
  /// The ids of the trie's strings.
  package let ids: FlatArray<TokenID>
  package let unknown: TokenID?

  package init(trie: ByteTrie, ids: FlatArray<TokenID>, unknown: TokenID?) {
    self.trie = trie
    self.ids = ids
    self.unknown = unknown
  }

  /// - Throws: `missing` for a byte that is no token where there is no unknown token; `limit` for
  ///   more prefixes of tokens than the trie holds.
  /// - Complexity: O(*b*) in the tokens' bytes.
  package init(_ definition: GreedyDefinition) throws(VocabularyError) {
    trie = try ByteTrie(definition.tokens)
    ids = FlatArray(definition.ids)
    unknown = definition.unknown
    if unknown == nil { try trie.requireAllBytes() }
  }

  /// Appends the ids of a pretoken to `ids`, which has room for one a byte, and where each lies.
  ///
  /// - Complexity: O(*n* *l*) in the pretoken's bytes and those of the longest token.
  func encode(_ pretoken: Span<UInt8>, to ids: inout IDBuffer, ranges: inout TokenRanges) {
    var start = 0
    while start < pretoken.count {
      let end: Int
      if let (index, place) = trie.longestString(in: pretoken, from: start) {
        end = place
        ids.append(self.ids[index])
        ranges.append(start..<end)
      } else {
        end = start &+ decodeScalar(in: pretoken, at: start).length
        if let unknown {
          ids.append(unknown)
          ranges.append(start..<end)
        }
      }
      start = end
    }
  }
}

extension GreedyModel {
  package var allowsParts: Bool { true }

  /// Where the first token begins that may be longer than what is there of it.
  package func lastCut(in text: Span<UInt8>) -> Int {
    var start = 0
    while start < text.count, !trie.mayGoOn(text, from: start) {
      start =
        trie.longestString(in: text, from: start)?.end
        ?? start &+ decodeScalar(in: text, at: start).length
    }
    return start
  }
}

extension ByteTrie {
  /// Whether each of the 256 bytes is a string.
  var hasAllBytes: Bool { (0...255 as ClosedRange<UInt8>).allSatisfy { isString($0) } }

  /// - Throws: `missing`, which names the first byte that is no string.
  func requireAllBytes() throws(VocabularyError) {
    for byte in 0...255 as ClosedRange<UInt8> where !isString(byte) {
      throw VocabularyError(.missing, "no token for the byte \(byte), and no unknown token")
    }
  }

  private func isString(_ byte: UInt8) -> Bool {
    guard let state = next(from: Self.root, by: byte) else { return false }
    return string(of: state) != nil
  }
}
