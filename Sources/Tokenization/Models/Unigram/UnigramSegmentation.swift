internal import UnicodeText

/// One way to cut a text into tokens and unknown characters.
package struct UnigramSegmentation: Sendable, Hashable {
  /// Where each part ends, in bytes.
  package var ends: [Int]
  /// The sum of the parts' scores in 64 bits, from left to right.
  package var score: Double

  package init(ends: [Int], score: Double) {
    self.ends = ends
    self.score = score
  }
}

/// One token, or unknown character, that begins at a place which is known.
struct UnigramEdge {
  var end: Int
  var score: Double
}

extension UnigramModel {
  /// Replaces `edges` by the parts that may begin at `start`, shorter ones first, an unknown character
  /// last, and returns where the next character begins.
  ///
  /// - Complexity: O(*l*) in the length of the longest token.
  func findEdges(in text: Span<UInt8>, at start: Int, _ edges: inout [UnigramEdge]) -> Int {
    edges.removeAll(keepingCapacity: true)
    let length = Self.lengthOfScalar(beginningWith: text[start])
    var coversCharacter = false
    var offset = UnigramTrie.root
    var place = start
    while place < text.count, let (unit, _) = trie.step(offset, text[place]) {
      place += 1
      if UnigramTrie.isToken(unit) {
        edges.append(UnigramEdge(end: place, score: trie.score(of: unit)))
        if place - start == length { coversCharacter = true }
      }
      offset = UnigramTrie.offset(of: unit)
    }
    if coversCharacter { return start + length }
    let end = start + decodeScalar(in: text, at: start).length
    if options.unknown != nil {
      edges.append(UnigramEdge(end: end, score: options.unknownScore))
    }
    return end
  }

  /// Appends the ids of a segmentation of `text`, as ``encode(_:to:ranges:using:)`` does for the best
  /// one.
  func append(
    _ segmentation: UnigramSegmentation, of text: Span<UInt8>, to ids: inout IDBuffer,
    ranges: inout TokenRanges
  ) {
    var progress = UnigramProgress()
    var start = 0
    for end in segmentation.ends {
      let unit = trie.unit(of: text.extracting(start..<end)) ?? Self.unknownUnit
      append(unit, text, start, end, &progress, to: &ids, ranges: &ranges)
      start = end
    }
    endUnknown(text, at: text.count, &progress, to: &ids, ranges: &ranges)
  }

  /// What is thrown for a text that has no segmentation at all.
  static func noSegmentation(_ count: Int) -> EncodingError {
    EncodingError(
      .unknownCharacter, "no tokens cover the text, and there is no unknown token",
      range: 0..<count)
  }
}
