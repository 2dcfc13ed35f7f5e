/// Unigram segmentation by its definition: every part of the text is looked up in a dictionary, and
/// every segmentation can be listed.
///
/// With `un` -3, `i` -4, `gram` -5, `uni` -6, `unigram` has the segmentations `uni gram` (-11) and
/// `un i gram` (-12).
package struct ReferenceUnigram: Sendable {
  package struct Token: Sendable {
    package var bytes: [UInt8]
    package var id: UInt32
    package var score: Double

    package init(bytes: [UInt8], id: UInt32, score: Double) {
      self.bytes = bytes
      self.id = id
      self.score = score
    }
  }

  /// Whose arithmetic: huggingface's or sentencepiece's.
  package enum Rules: Sendable { case huggingface, sentencePiece }

  /// A token or unknown character that begins at a known place.
  package struct Part: Sendable, Hashable {
    package var end: Int
    package var score: Double
    /// Nil for an unknown character.
    package var id: UInt32?
  }

  private let tokens: [[UInt8]: Token]
  private let maximumLength: Int
  private let rules: Rules
  private let unknown: UInt32
  private let unknownScore: Double
  private let byteIDs: [UInt8: UInt32]

  /// - Parameters:
  ///   - tokens: those that texts can hold; of equal ones the later.
  ///   - byteIDs: what unknown characters become, by their bytes; empty for the unknown token.
  package init(
    tokens: [Token], rules: Rules, unknown: UInt32, unknownScore: Double,
    byteIDs: [UInt8: UInt32] = [:]
  ) {
    self.tokens = Dictionary(tokens.map { ($0.bytes, $0) }) { $1 }
    maximumLength = tokens.reduce(1) { max($0, $1.bytes.count) }
    self.rules = rules
    self.unknown = unknown
    self.unknownScore = unknownScore
    self.byteIDs = byteIDs
  }

  /// The ids of `text`, and where each lies.
  ///
  /// - Complexity: O(*n* *l*) look-ups in the length of the longest token.
  package func encode(_ text: [UInt8]) -> (ids: [UInt32], ranges: [Range<Int>]) {
    struct Way {
      var score: Double
      var start: Int
      var id: UInt32?
    }
    var best = [Way?](repeating: nil, count: text.count + 1)
    best[0] = Way(score: 0, start: 0, id: nil)
    var start = 0
    while start < text.count {
      let sum = best[start]?.score ?? .nan
      if rules == .sentencePiece, abs(sum) > 100_000 {
        for place in start...text.count {
          if let score = best[place]?.score { best[place]?.score = Double(Float(score - sum)) }
        }
      }
      let base = best[start]?.score ?? .nan
      for part in parts(text, at: start) {
        var score = base + part.score
        if rules == .sentencePiece { score = Double(Float(score)) }
        if let other = best[part.end], other.score >= score { continue }
        best[part.end] = Way(score: score, start: start, id: part.id)
      }
      start += Self.characterLength(text, at: start)
    }
    var parts: [(range: Range<Int>, id: UInt32?)] = []
    var end = text.count
    while end > 0, let way = best[end] {
      parts.append((way.start..<end, way.id == unknown ? nil : way.id))
      end = way.start
    }
    return written(parts.reversed(), text)
  }

  /// Unknown characters become one token, what they are together, or bytes.
  private func written(
    _ parts: [(range: Range<Int>, id: UInt32?)], _ text: [UInt8]
  ) -> (ids: [UInt32], ranges: [Range<Int>]) {
    var ids: [UInt32] = []
    var ranges: [Range<Int>] = []
    var unknownRange: Range<Int>?
    func endUnknown() {
      guard let range = unknownRange else { return }
      unknownRange = nil
      let bytes = Array(text[range])
      if rules == .huggingface {
        if let token = tokens[bytes] {
          ids.append(token.id)
          ranges.append(range)
          return
        }
        let fallback = bytes.compactMap { byteIDs[$0] }
        if !byteIDs.isEmpty, fallback.count == bytes.count {
          ids += fallback
          ranges += fallback.map { _ in range }
          return
        }
      }
      ids.append(unknown)
      ranges.append(range)
    }
    for (range, id) in parts {
      if let id {
        endUnknown()
        ids.append(id)
        ranges.append(range)
      } else if rules == .sentencePiece, !byteIDs.isEmpty {
        for place in range {
          ids.append(byteIDs[text[place]] ?? unknown)
          ranges.append(
            place == range.upperBound - 1 ? range : range.lowerBound..<range.lowerBound)
        }
      } else {
        unknownRange = (unknownRange?.lowerBound ?? range.lowerBound)..<range.upperBound
      }
    }
    endUnknown()
    return (ids, ranges)
  }

  /// What may begin at `start`, shorter parts first.
  package func parts(_ text: [UInt8], at start: Int) -> [Part] {
    var parts: [Part] = []
    let characterEnd = start + Self.characterLength(text, at: start)
    for end in (start + 1)...min(text.count, start + maximumLength) {
      if let token = tokens[Array(text[start..<end])] {
        parts.append(Part(end: end, score: token.score, id: token.id))
      }
    }
    if !parts.contains(where: { $0.end == characterEnd }) {
      parts.append(Part(end: characterEnd, score: unknownScore, id: nil))
    }
    return parts
  }

  /// Every segmentation of `text`: where its parts end, and the sum of its scores.
  ///
  /// - Complexity: as many as there are, up to 2^(*n* - 1).
  package func segmentations(_ text: [UInt8]) -> [(ends: [Int], score: Double)] {
    var complete: [(ends: [Int], score: Double)] = []
    var open: [(ends: [Int], score: Double)] = [([], 0)]
    while let (ends, score) = open.popLast() {
      let start = ends.last ?? 0
      if start == text.count {
        complete.append((ends, score))
        continue
      }
      for part in parts(text, at: start) {
        open.append((ends + [part.end], score + part.score))
      }
    }
    return complete
  }

  /// The length of the character at `start`; 1 for a byte that is not UTF-8.
  package static func characterLength(_ text: [UInt8], at start: Int) -> Int {
    for length in 2...4 where start + length <= text.count {
      let bytes = Array(text[start..<(start + length)])
      if String(validating: bytes, as: UTF8.self)?.unicodeScalars.count == 1 { return length }
    }
    return 1
  }
}
