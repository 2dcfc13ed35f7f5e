internal import UnicodeText

/// WordPiece as BERT encodes with it: the longest token first, from the left.
///
/// Wu et al., "Google's Neural Machine Translation System" (2016), section 4.1, describe the tokens;
/// the way of cutting is that of BERT's published code, and of huggingface's library, to which we are
/// equal. With the tokens `un`, `##aff`, `##able`, `##a` the pretoken `unaffable` is cut
/// `un ##aff ##able`, and `unaffect` is unknown as a whole, for no token begins `ect`: what was cut
/// already is not reconsidered.
///
/// One trie holds the texts as the file has them. A continuing token is looked for from the state
/// that the prefix leads to, so that a pretoken `##aff` still finds the token of that text, as in the
/// original.
///
/// Song et al., "Fast WordPiece Tokenization" (2021), go over each byte once, with links for where a
/// match fails. Here a walk may look further than its token reaches, by less than the longest token:
/// 18 characters in BERT's vocabularies. Links would cost memory for each state, and words that are
/// long enough for them to pay are unknown by their length.
package struct WordPieceModel: Sendable {
  package let trie: ByteTrie
  /// The ids of the trie's strings.
  package let ids: FlatArray<TokenID>
  package let options: Options

  /// What the tables do not say.
  package struct Options: Sendable, Hashable {
    package var unknown: TokenID
    /// Where continuing tokens begin in the trie; nil if there are none.
    package var continuingState: UInt32?
    package var maximumCharacterCount: Int

    package init(unknown: TokenID, continuingState: UInt32?, maximumCharacterCount: Int) {
      self.unknown = unknown
      self.continuingState = continuingState
      self.maximumCharacterCount = maximumCharacterCount
    }
  }

  package init(trie: ByteTrie, ids: FlatArray<TokenID>, options: Options) {
    self.trie = trie
    self.ids = ids
    self.options = options
  }

  /// - Throws: `limit` for more prefixes of tokens than the trie holds.
  /// - Complexity: O(*b*) in the tokens' bytes.
  package init(_ definition: WordPieceDefinition) throws(VocabularyError) {
    trie = try ByteTrie(definition.tokens)
    ids = FlatArray(definition.ids)
    var state: UInt32? = ByteTrie.root
    for byte in definition.continuingPrefix {
      guard let last = state else { break }
      state = trie.next(from: last, by: byte)
    }
    options = Options(
      unknown: definition.unknown, continuingState: state,
      maximumCharacterCount: definition.maximumCharacterCount)
  }
}

extension WordPieceModel {
  /// Appends the ids of a pretoken to `ids`, which has room for one a byte, and where each lies; the
  /// prefix is no part of that.
  ///
  /// - Complexity: O(*n* *l*) in the pretoken's bytes and those of the longest token. Pretokens
  ///   that are longer than the limit cost O(*n*), so that *n* is four times the limit at most.
  func encode(_ pretoken: Span<UInt8>, to ids: inout IDBuffer, ranges: inout TokenRanges) {
    if pretoken.isEmpty { return }
    let base = ids.count
    let rangeBase = ranges.ranges.count
    if isTooLong(pretoken) {
      appendUnknown(pretoken, to: &ids, &ranges)
      return
    }
    var start = 0
    var state: UInt32? = ByteTrie.root
    while start < pretoken.count {
      guard let first = state, let (index, end) = longest(in: pretoken, from: start, first) else {
        ids.removeAll(downTo: base)
        ranges.removeAll(downTo: rangeBase)
        appendUnknown(pretoken, to: &ids, &ranges)
        return
      }
      ids.append(self.ids[index])
      ranges.append(start..<end)
      start = end
      state = options.continuingState
    }
  }

  private func appendUnknown(
    _ pretoken: Span<UInt8>, to ids: inout IDBuffer, _ ranges: inout TokenRanges
  ) {
    ids.append(options.unknown)
    ranges.append(0..<pretoken.count)
  }

  /// The longest token whose text goes on from `first` as the pretoken does from `start`.
  @inline(__always)
  private func longest(
    in pretoken: Span<UInt8>, from start: Int, _ first: UInt32
  ) -> (index: Int, end: Int)? {
    var longest: (index: Int, end: Int)?
    var state = first
    var place = start
    while place < pretoken.count, let entered = trie.next(from: state, by: pretoken[place]) {
      state = entered
      place &+= 1
      if let index = trie.string(of: state) { longest = (index, place) }
    }
    return longest
  }

  private func isTooLong(_ pretoken: Span<UInt8>) -> Bool {
    let limit = options.maximumCharacterCount
    // A character has four bytes at most.
    if pretoken.count <= limit { return false }
    if pretoken.count / 4 > limit { return true }
    var count = 0
    var place = 0
    while place < pretoken.count {
      place &+= decodeScalar(in: pretoken, at: place).length
      count &+= 1
    }
    return count > limit
  }
}
