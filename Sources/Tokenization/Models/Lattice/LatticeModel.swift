internal import UnicodeText

/// The best of all ways to cut a pretoken: with the fewest tokens, or with the highest likelihood.
///
/// All ways are paths through a lattice whose nodes are the places of the pretoken and whose edges
/// are tokens. From left to right each place learns the best path that ends there (Viterbi, "Error
/// Bounds for Convolutional Codes", 1967); from the end the best path is then read backwards. With
/// fewest tokens this is the encoder of Schmidt et al., "Tokenization Is More Than Compression"
/// (2024), section 3.1, PathPiece with the longer token in a tie; with likelihoods that of Kudo,
/// "Subword Regularization" (2018), section 3.2, without its sampling. Fewest tokens is the same
/// as likelihood where every token has the score −1.
///
/// With the tokens `a`, `b`, `c`, `ab`, `bc`, `abc`, `cc` the text `abcc` is `ab cc` (2), where
/// the longest token from the left gives `abc c` (2): a tie, which the longer last token decides.
///
/// The rule in full. Of two paths to a place the better one has
/// 1. fewer unknown characters; such a path may take a character as unknown anywhere;
/// 2. the greater sum of scores, added in double precision from the left, unknown characters
///    counting 0, or −1 with fewest tokens;
/// 3. the longer last token.
package struct LatticeModel: Sendable {
  package let trie: ByteTrie
  /// The ids of the trie's strings.
  package let ids: FlatArray<TokenID>
  /// The scores of the trie's strings; empty for fewest tokens.
  package let scores: FlatArray<Double>
  package let unknown: TokenID?
  /// Tokens are bytes of the text itself.
  package var isByteLevel = true
  /// Every byte is a token, so that no path needs the unknown one.
  private let hasAllBytes: Bool

  /// - Throws: `missing` for a byte that is no token where there is no unknown token.
  package init(
    trie: ByteTrie, ids: FlatArray<TokenID>, scores: FlatArray<Double>, unknown: TokenID?
  ) throws(VocabularyError) {
    if unknown == nil { try trie.requireAllBytes() }
    self.trie = trie
    self.ids = ids
    self.scores = scores
    self.unknown = unknown
    hasAllBytes = trie.hasAllBytes
  }

  /// - Throws: `missing` for a byte that is no token where there is no unknown token; `malformed`
  ///   for a score that is not finite, or another number of scores than of tokens; `limit` for
  ///   more prefixes of tokens than the trie holds.
  /// - Complexity: O(*b*) in the tokens' bytes.
  package init(_ definition: LatticeDefinition) throws(VocabularyError) {
    var scores: [Double] = []
    if case .highestLikelihood(let listed) = definition.objective {
      guard listed.count == definition.tokens.count else {
        throw VocabularyError(
          .malformed, "\(listed.count) scores of \(definition.tokens.count) tokens")
      }
      if let index = listed.firstIndex(where: { !$0.isFinite }) {
        throw VocabularyError(
          .malformed, "the score \(listed[index]) of the token with the id \(definition.ids[index])"
        )
      }
      scores = listed
    }
    try self.init(
      trie: try ByteTrie(definition.tokens), ids: FlatArray(definition.ids),
      scores: FlatArray(scores), unknown: definition.unknown)
  }
}

/// Memory that ``LatticeModel`` needs for a pretoken, kept for the next one.
struct LatticeScratch: Sendable {
  /// The best path to a place.
  struct Node {
    var score: Double
    /// How many unknown characters it has; ``unreached`` if there is no path.
    var unknownCount: Int
    /// Where its last token begins.
    var start: Int
    /// The index of its last token; ``unknownToken`` for the unknown one.
    var token: UInt32
  }

  static let unreached = Int.max
  static let unknownToken = UInt32.max

  /// One for each place, the end being one.
  var nodes: [Node] = []
  /// The ends of the best path's tokens, the last one first.
  var ends: [Int] = []
}

extension LatticeModel {
  /// Appends the ids of a pretoken to `ids`, which has room for one a byte, and where each lies.
  ///
  /// - Complexity: O(*n* *l*) in the pretoken's bytes and those of the longest token, and memory of
  ///   32 bytes for each byte of the pretoken.
  func encode(
    _ pretoken: Span<UInt8>, to ids: inout IDBuffer, ranges: inout TokenRanges,
    using scratch: inout LatticeScratch
  ) {
    findPaths(pretoken, &scratch.nodes)
    scratch.ends.removeAll(keepingCapacity: true)
    var end = pretoken.count
    while end > 0 {
      scratch.ends.append(end)
      end = scratch.nodes[end].start
    }
    for end in scratch.ends.reversed() {
      let node = scratch.nodes[end]
      if node.token != LatticeScratch.unknownToken {
        ids.append(self.ids[Int(node.token)])
      } else {
        // The nodes of a model without unknown token have tokens only.
        ids.append(unknown ?? 0)
      }
      ranges.append(node.start..<end)
    }
  }

  private func findPaths(_ pretoken: Span<UInt8>, _ nodes: inout [LatticeScratch.Node]) {
    let isCounting = scores.count == 0
    nodes.removeAll(keepingCapacity: true)
    nodes.append(.init(score: 0, unknownCount: 0, start: 0, token: 0))
    for _ in 0..<pretoken.count {
      nodes.append(.init(score: 0, unknownCount: LatticeScratch.unreached, start: 0, token: 0))
    }
    for start in 0..<pretoken.count where nodes[start].unknownCount != LatticeScratch.unreached {
      let origin = nodes[start]
      var state = ByteTrie.root
      var end = start
      while end < pretoken.count, let entered = trie.next(from: state, by: pretoken[end]) {
        state = entered
        end &+= 1
        guard let index = trie.string(of: state) else { continue }
        relax(
          &nodes[end],
          .init(
            score: origin.score + (isCounting ? -1 : scores[index]),
            unknownCount: origin.unknownCount, start: start,
            token: UInt32(truncatingIfNeeded: index)))
      }
      if !hasAllBytes {
        let length = decodeScalar(in: pretoken, at: start).length
        relax(
          &nodes[start &+ length],
          .init(
            score: origin.score + (isCounting ? -1 : 0), unknownCount: origin.unknownCount &+ 1,
            start: start, token: LatticeScratch.unknownToken))
      }
    }
  }

  /// Paths come with ever shorter last tokens, so that of equal ones the first is kept.
  @inline(__always)
  private func relax(_ node: inout LatticeScratch.Node, _ path: LatticeScratch.Node) {
    if path.unknownCount < node.unknownCount
      || (path.unknownCount == node.unknownCount && path.score > node.score)
    {
      node = path
    }
  }
}
