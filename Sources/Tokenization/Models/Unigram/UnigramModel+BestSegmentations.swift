/// The best segmentations in order, exactly: Huang and Chiang, "Better k-best Parsing" (2005),
/// algorithm 3, for a lattice.
///
/// The best segmentation of each prefix of the text is found as in encoding. The next best of a prefix
/// is then asked for from its end: it is the best of one candidate for each token that ends there, that
/// token behind the best segmentation of the shorter prefix which it was not combined with yet. So no
/// more is looked at than what the answers differ in.
///
/// Scores are sums in 64 bits from left to right under both rules, of which sentencepiece rounds to 32:
/// there the first segmentation may differ from what encoding finds, if they are nearly equal. Of
/// equal sums the one whose last token is longer comes first; of those with the same last token the one
/// whose shorter prefix came first.
extension UnigramModel {
  /// The `count` best segmentations of `pretoken`, best first; fewer if there are no more.
  ///
  /// - Throws: `unknownCharacter` for a text that has no segmentation.
  /// - Complexity: O(*n* *t* + *k* *n* log *t*) for *k* segmentations of *n* bytes, where *t* is the
  ///   number of tokens that begin with each other; memory O(*n* *t* + *k* *n*).
  package func bestSegmentations(
    _ pretoken: Span<UInt8>, count: Int
  ) throws(EncodingError) -> [UnigramSegmentation] {
    guard count > 0 else { return [] }
    guard pretoken.count > 0 else { return [UnigramSegmentation(ends: [], score: 0)] }
    var search = BestSegmentationSearch(self, pretoken)
    guard search.hasSegmentation else { throw Self.noSegmentation(pretoken.count) }
    var segmentations: [UnigramSegmentation] = []
    while segmentations.count < count, let next = search.segmentation(segmentations.count) {
      segmentations.append(next)
    }
    return segmentations
  }
}

private struct BestSegmentationSearch {
  /// A token, or unknown character, which ends at a place that is known.
  private struct Edge {
    var start: Int
    var score: Double
  }

  /// A segmentation of a prefix: its last token, and which one of the shorter prefix it continues.
  private struct Derivation {
    var score: Double
    var edge: Int
    var start: Int
    var rank: Int

    func precedes(_ other: Derivation) -> Bool {
      if score != other.score { return score > other.score }
      return start != other.start ? start < other.start : rank < other.rank
    }
  }

  /// Which segmentation of which prefix is wanted.
  private struct Question {
    var end: Int
    var rank: Int
  }

  /// What is known of the segmentations of one prefix.
  private struct Prefix {
    /// The best ones, in order.
    var found: [Derivation] = []
    /// A heap of those that may come next.
    var candidates: [Derivation] = []
    /// For how many of `found` the next one of the same last token is among the candidates.
    var continuedCount = 0
    var hasCandidates = false
    var isExhausted = false
  }

  /// By the place where they end, then by where they begin.
  private var edges: [Edge] = []
  /// Where the edges of each place begin in `edges`.
  private var firstEdges: [Int] = []
  private var bestScores: [Double]
  /// The last edge of the best segmentation of each prefix; -1 if there is none.
  private var bestEdges: [Int]
  private var prefixes: [Prefix]

  init(_ model: UnigramModel, _ text: Span<UInt8>) {
    bestScores = Array(repeating: 0, count: text.count + 1)
    bestEdges = Array(repeating: -1, count: text.count + 1)
    prefixes = Array(repeating: Prefix(), count: text.count + 1)
    prefixes[0].isExhausted = true
    prefixes[0].found = [Derivation(score: 0, edge: -1, start: 0, rank: 0)]
    addEdges(model, text)
    findBest()
  }

  private mutating func addEdges(_ model: UnigramModel, _ text: Span<UInt8>) {
    var begun: [Edge] = []
    var ends: [Int] = []
    var found: [UnigramEdge] = []
    var start = 0
    firstEdges = Array(repeating: 0, count: text.count + 2)
    while start < text.count {
      let next = model.findEdges(in: text, at: start, &found)
      for edge in found {
        begun.append(Edge(start: start, score: edge.score))
        ends.append(edge.end)
        firstEdges[edge.end + 1] += 1
      }
      start = next
    }
    for place in 1..<firstEdges.count { firstEdges[place] += firstEdges[place - 1] }
    edges = Array(repeating: Edge(start: 0, score: 0), count: begun.count)
    var places = firstEdges
    for index in begun.indices {
      let end = ends[index]
      edges[places[end]] = begun[index]
      places[end] += 1
    }
  }

  private mutating func findBest() {
    for end in 1..<bestEdges.count {
      for index in firstEdges[end]..<firstEdges[end + 1] {
        let edge = edges[index]
        guard isReached(edge.start) else { continue }
        let score = bestScores[edge.start] + edge.score
        if bestEdges[end] < 0 || score > bestScores[end] {
          bestEdges[end] = index
          bestScores[end] = score
        }
      }
    }
  }

  private func isReached(_ place: Int) -> Bool { place == 0 || bestEdges[place] >= 0 }

  var hasSegmentation: Bool { isReached(bestEdges.count - 1) }

  /// The segmentation of the whole text with `rank`, 0 being the best; asked for in order.
  mutating func segmentation(_ rank: Int) -> UnigramSegmentation? {
    let whole = prefixes.count - 1
    find(whole, rank: rank)
    guard rank < prefixes[whole].found.count else { return nil }
    var ends: [Int] = []
    var place = whole
    var rank = rank
    let score = prefixes[whole].found[rank].score
    while place > 0 {
      ends.append(place)
      // Of prefixes that nobody asked for more, the best is known only.
      if rank < prefixes[place].found.count {
        let derivation = prefixes[place].found[rank]
        place = derivation.start
        rank = derivation.rank
      } else {
        place = edges[bestEdges[place]].start
        rank = 0
      }
    }
    return UnigramSegmentation(ends: ends.reversed(), score: score)
  }

  /// Finds the segmentations of the prefix that ends at `end` up to `rank`, if there are so many.
  private mutating func find(_ end: Int, rank: Int) {
    // Shorter prefixes are asked in turn; a stack, since they may be as many as the text has tokens.
    var asked = [Question(end: end, rank: rank)]
    while let question = asked.last {
      let end = question.end
      if question.rank < prefixes[end].found.count || prefixes[end].isExhausted {
        asked.removeLast()
        continue
      }
      if !prefixes[end].hasCandidates { addCandidates(end) }
      if prefixes[end].continuedCount < prefixes[end].found.count {
        let last = prefixes[end].found[prefixes[end].found.count - 1]
        let next = last.rank + 1
        if next < prefixes[last.start].found.count {
          let score = prefixes[last.start].found[next].score + edges[last.edge].score
          push(
            Derivation(score: score, edge: last.edge, start: last.start, rank: next), end)
        } else if !prefixes[last.start].isExhausted {
          asked.append(Question(end: last.start, rank: next))
          continue
        }
        prefixes[end].continuedCount += 1
      }
      if let best = pop(end) {
        prefixes[end].found.append(best)
      } else {
        prefixes[end].isExhausted = true
      }
    }
  }

  private mutating func addCandidates(_ end: Int) {
    prefixes[end].hasCandidates = true
    for index in firstEdges[end]..<firstEdges[end + 1] where isReached(edges[index].start) {
      let edge = edges[index]
      let score = bestScores[edge.start] + edge.score
      push(Derivation(score: score, edge: index, start: edge.start, rank: 0), end)
    }
  }

  // MARK: - Heap

  private mutating func push(_ derivation: Derivation, _ end: Int) {
    prefixes[end].candidates.append(derivation)
    var index = prefixes[end].candidates.count - 1
    while index > 0 {
      let parent = (index - 1) / 2
      guard derivation.precedes(prefixes[end].candidates[parent]) else { break }
      prefixes[end].candidates.swapAt(index, parent)
      index = parent
    }
  }

  private mutating func pop(_ end: Int) -> Derivation? {
    guard let last = prefixes[end].candidates.popLast() else { return nil }
    guard let first = prefixes[end].candidates.first else { return last }
    prefixes[end].candidates[0] = last
    var index = 0
    while true {
      var least = index
      for child in [2 * index + 1, 2 * index + 2]
      where child < prefixes[end].candidates.count {
        if prefixes[end].candidates[child].precedes(prefixes[end].candidates[least]) {
          least = child
        }
      }
      if least == index { return first }
      prefixes[end].candidates.swapAt(index, least)
      index = least
    }
  }
}
