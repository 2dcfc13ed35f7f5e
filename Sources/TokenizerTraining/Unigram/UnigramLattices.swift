internal import Tokenization

/// All ways to cut each word into tokens: at each node of the forest, the tokens that begin there.
///
/// The tokens of a word do not change but become fewer, so that they are looked up once, from the order of
/// the nodes, and then kept flat; no trie of tokens is walked. A token is itself a part of some word,
/// whose tokens are its own.
struct UnigramLattices: Sendable {
  /// A token that begins at a node.
  struct Edge: BitwiseCopyable, Sendable {
    var token: UInt32
    /// How many nodes before this one the node behind the token stands.
    var distance: UInt32
  }

  /// How many tokens there are; unknown ones have this number.
  private(set) var tokenCount: Int
  /// Shorter ones first; the first of each node leads to its parent, if need be as an unknown token.
  private(set) var edges: [Edge]
  /// Where the edges of each node end, and those of the next one begin. A root has none.
  private(set) var ends: [Int]

  /// - Complexity: O(nodes + edges).
  init(_ forest: SuffixForest, _ seeds: UnigramSeeds) {
    tokenCount = seeds.seeds.count
    let unknown = UInt32(tokenCount)
    let (items, nodes) = (seeds.order.items, forest.nodes.span)
    var ends = [Int](repeating: 0, count: forest.count)
    let start = Sweep(seeds)
    var sweep = start
    // Roots come first, and have none.
    for place in forest.treeCount..<max(items.count, forest.treeCount) {
      if place + 32 < items.count { ends.span.prefetch(Int(items[place + 32])) }
      sweep.advance(to: UInt32(place))
      ends[Int(items[place])] = sweep.open.count + (sweep.coversCharacter ? 0 : 1)
    }
    var sum = 0
    for node in ends.indices {
      sum += ends[node]
      ends[node] = sum
    }
    var edges = [Edge](repeating: Edge(token: unknown, distance: 0), count: sum)
    sweep = start
    for place in forest.treeCount..<max(items.count, forest.treeCount) {
      if place + 32 < items.count {
        let (far, near) = (Int(items[place + 32]), Int(items[place + 16]))
        ends.span.prefetch(far - 1)
        nodes.prefetch(far)
        edges.span.prefetch(ends[near - 1])
      }
      sweep.advance(to: UInt32(place))
      let node = Int(items[place])
      let whole = nodes[node].length
      var target = Int(nodes[node].parent)
      var length: UInt32 = 1
      var next = ends[node - 1]
      if !sweep.coversCharacter {
        edges[next].distance = UInt32(node - target)
        next += 1
      }
      for token in sweep.open {
        // Where the node so many places before is by so many characters shorter, all between are on the way.
        if nodes[node - Int(token.length)].length == whole - token.length {
          edges[next] = Edge(token: token.seed, distance: token.length)
        } else {
          while length < token.length {
            target = Int(nodes[target].parent)
            length += 1
          }
          edges[next] = Edge(token: token.seed, distance: UInt32(node - target))
        }
        next += 1
      }
    }
    (self.edges, self.ends) = (edges, ends)
  }

  /// The seeds that the node at a place of the order begins with, from one place to the next.
  private struct Sweep {
    struct Interval {
      var places: Range<UInt32>
      var length: UInt32
      var seed: UInt32
    }

    /// By where they begin, shorter ones first.
    private let intervals: [Interval]
    private var next = 0
    /// Shorter ones first.
    private(set) var open: [Interval] = []

    init(_ seeds: UnigramSeeds) {
      var keyed = GrowingArray<KeyedItem>(capacity: seeds.seeds.count)
      for (index, seed) in seeds.seeds.enumerated() {
        keyed.append(
          KeyedItem(
            key: UInt64(seed.places.lowerBound) << 16 | UInt64(seed.length), item: UInt32(index)))
      }
      RadixSort.sort(&keyed)
      intervals = (0..<keyed.count).map { index in
        let seed = seeds.seeds[Int(keyed[index].item)]
        return Interval(places: seed.places, length: seed.length, seed: keyed[index].item)
      }
    }

    /// Whether there is a token for the first character alone.
    var coversCharacter: Bool { open.first.map { $0.length == 1 } ?? false }

    mutating func advance(to place: UInt32) {
      while let last = open.last, last.places.upperBound <= place { open.removeLast() }
      while next < intervals.count, intervals[next].places.lowerBound <= place {
        open.append(intervals[next])
        next += 1
      }
    }
  }

  /// Leaves tokens out.
  ///
  /// - Parameters:
  ///   - numbers: the new number of each token; `UInt32.max` for those that go.
  ///   - count: how many remain.
  mutating func renumber(_ numbers: [UInt32], count: Int) {
    tokenCount = count
    let unknown = UInt32(count)
    let gone = UInt32.max
    let numbers = numbers.span
    var kept = 0
    var start = 0
    for node in ends.indices {
      let end = ends[node]
      if start < end {
        // The first one leads to the parent, and there must always be such a one.
        let edge = edges[start]
        let number = Int(edge.token) < numbers.count ? numbers[Int(edge.token)] : gone
        edges[kept] = Edge(token: number == gone ? unknown : number, distance: edge.distance)
        kept += 1
        for index in (start + 1)..<end {
          let edge = edges[index]
          let number = numbers[Int(edge.token)]
          // No branch, which would be guessed wrong too often.
          edges[kept] = Edge(token: number, distance: edge.distance)
          kept += number == gone ? 0 : 1
        }
      }
      start = end
      ends[node] = kept
    }
    edges.removeLast(edges.count - kept)
  }
}
