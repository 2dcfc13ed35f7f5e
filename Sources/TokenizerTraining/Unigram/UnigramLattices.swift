/// All ways to cut each word into tokens: at each character, the tokens that begin there.
///
/// The tokens of a word do not change but become fewer, so that they are looked up once, from the suffix array,
/// and then kept flat; no trie is walked. A token is itself a part of some word, whose tokens are its own.
struct UnigramLattices: Sendable {
  /// A token that begins at a character.
  struct Edge: Sendable {
    var token: UInt32
    /// In characters.
    var length: UInt32
  }

  /// Shorter ones first; the first of each character has its length, if need be as an unknown
  /// token, whose number is that of all tokens.
  private(set) var edges: [Edge]
  /// Where the edges of each character begin, and behind them the number of all.
  private(set) var starts: [Int]

  /// - Complexity: O(characters + edges).
  init(_ text: TrainingText, _ seeds: UnigramSeeds) {
    let places = seeds.suffixes.places
    let unknown = UInt32(seeds.seeds.count)
    var next = [Int](repeating: 0, count: text.characters.count + 1)
    var covered = [Bool](repeating: false, count: text.characters.count)
    for seed in seeds.seeds {
      for index in seed.places {
        let place = Int(places[Int(index)])
        next[place + 1] += 1
        if seed.length == 1 { covered[place] = true }
      }
    }
    for place in covered.indices where !covered[place] && text.characters[place] != TrainingText.end
    {
      next[place + 1] += 1
    }
    for place in covered.indices { next[place + 1] += next[place] }
    starts = next
    edges = [Edge](repeating: Edge(token: unknown, length: 1), count: next[next.count - 1])
    for place in covered.indices where !covered[place] && text.characters[place] != TrainingText.end
    {
      next[place] += 1
    }
    let byLength = seeds.seeds.indices.sorted {
      (seeds.seeds[$0].length, $0) < (seeds.seeds[$1].length, $1)
    }
    for token in byLength {
      let seed = seeds.seeds[token]
      for index in seed.places {
        let place = Int(places[Int(index)])
        edges[next[place]] = Edge(token: UInt32(token), length: UInt32(seed.length))
        next[place] += 1
      }
    }
  }

  /// Leaves tokens out.
  ///
  /// - Parameters:
  ///   - numbers: the new number of each token, nil for those that go.
  ///   - count: how many remain.
  mutating func renumber(_ numbers: [UInt32?], count: Int) {
    let unknown = UInt32(count)
    var kept = 0
    var start = 0
    for place in 0..<(starts.count - 1) {
      let end = starts[place + 1]
      for index in start..<end {
        let edge = edges[index]
        if Int(edge.token) < numbers.count, let number = numbers[Int(edge.token)] {
          edges[kept] = Edge(token: number, length: edge.length)
          kept += 1
        } else if edge.length == 1 {
          edges[kept] = Edge(token: unknown, length: 1)
          kept += 1
        }
      }
      start = end
      starts[place + 1] = kept
    }
    edges.removeLast(edges.count - kept)
  }
}
