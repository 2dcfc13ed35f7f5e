/// The best way to cut a text, found by trying all of them.
package struct ReferenceLattice: Sendable {
  package typealias Path = [(id: UInt32, range: Range<Int>)]

  package struct Token: Sendable {
    package var id: UInt32
    /// −1 for fewest tokens.
    package var score: Double

    package init(id: UInt32, score: Double) {
      self.id = id
      self.score = score
    }
  }

  package var tokens: [[UInt8]: Token]
  package var unknown: UInt32?
  package var unknownScore: Double

  package init(tokens: [[UInt8]: Token], unknown: UInt32?, unknownScore: Double) {
    self.tokens = tokens
    self.unknown = unknown
    self.unknownScore = unknownScore
  }

  private struct Candidate {
    var path: Path = []
    var unknownCount = 0
    var score = 0.0
  }

  /// Of all paths those with the fewest unknown characters, of them those with the greatest sum, of
  /// them the one whose tokens, from the last one back, are longer where two first differ.
  ///
  /// - Complexity: exponential.
  package func encode(_ text: [UInt8]) -> Path {
    var best: Candidate?
    extend(Candidate(), text) { candidate in
      if best.map({ isBetter(candidate, than: $0) }) ?? true { best = candidate }
    }
    return best?.path ?? []
  }

  private func extend(_ candidate: Candidate, _ text: [UInt8], _ found: (Candidate) -> Void) {
    let start = candidate.path.last?.range.upperBound ?? 0
    if start == text.count { return found(candidate) }
    for end in start + 1...text.count {
      guard let token = tokens[Array(text[start..<end])] else { continue }
      var longer = candidate
      longer.path.append((token.id, start..<end))
      longer.score += token.score
      extend(longer, text, found)
    }
    if let unknown {
      var longer = candidate
      longer.path.append((unknown, start..<ReferenceCharacters.end(in: text, at: start)))
      longer.unknownCount += 1
      longer.score += unknownScore
      extend(longer, text, found)
    }
  }

  private func isBetter(_ one: Candidate, than other: Candidate) -> Bool {
    if one.unknownCount != other.unknownCount { return one.unknownCount < other.unknownCount }
    if one.score != other.score { return one.score > other.score }
    for (mine, theirs) in zip(one.path.reversed(), other.path.reversed())
    where mine.range.count != theirs.range.count {
      return mine.range.count > theirs.range.count
    }
    return false
  }
}
