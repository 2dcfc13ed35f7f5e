internal import Tokenization

/// The ways through lattices whose scores have the greatest sum; of equal ones, those with the longest
/// first token.
struct UnigramPath: ~Copyable {
  private var sums = GrowingArray<Double>()
  private var choices = GrowingArray<UnigramLattices.Edge>()
  /// How often the best ways of a tree's words come to each node.
  private var passes = GrowingArray<UInt64>()
  /// The tokens of the way that ``split(_:_:_:_:)`` found last, from the end to the front.
  private(set) var tokens = GrowingArray<UInt32>()

  private mutating func makeRoom(_ count: Int) {
    let missing = max(0, count - sums.count)
    sums.append(repeating: 0, count: missing)
    choices.append(repeating: UnigramLattices.Edge(token: 0, distance: 0), count: missing)
    passes.append(repeating: 0, count: missing)
  }

  /// Adds to `counts` how often each token stands in the best ways to cut all words of a tree.
  ///
  /// - Complexity: O(edges).
  mutating func count(
    _ tree: Range<Int>, _ forest: SuffixForest, _ lattices: UnigramLattices,
    _ scores: Span<Double>, to counts: inout MutableSpan<UInt64>
  ) {
    makeRoom(tree.count)
    let (edges, ends, wordCounts) = (lattices.edges.span, lattices.ends.span, forest.counts.span)
    let before = tree.lowerBound - 1
    precondition(scores.count > lattices.tokenCount)
    sums[0] = 0
    for node in 1..<tree.count {
      var best = -Double.infinity
      for index in ends[before + node]..<ends[before + node + 1] {
        // SAFETY: ends of edges are indices of edges; the tokens of edges are at most `tokenCount`.
        let edge = unsafe edges[unchecked: index]
        let sum = unsafe scores[unchecked: Int(edge.token)] + sums[node - Int(edge.distance)]
        if sum >= best {
          best = sum
          choices[node] = edge
        }
      }
      sums[node] = best
      passes[node] = wordCounts[before + node + 1]
    }
    for node in (1..<tree.count).reversed() where passes[node] > 0 {
      let edge = choices[node]
      counts[Int(edge.token)] += passes[node]
      passes[node - Int(edge.distance)] += passes[node]
    }
  }

  /// Finds the best way to cut a token into at least two.
  ///
  /// - Returns: the sum of its scores; -infinity, and no ``tokens``, where there is no way.
  /// - Complexity: O(edges).
  mutating func split(
    _ token: UnigramEstimation.Token, _ forest: SuffixForest, _ lattices: UnigramLattices,
    _ scores: Span<Double>
  ) -> Double {
    let length = Int(token.length)
    makeRoom(length + 1)
    let (edges, ends, nodes) = (lattices.edges.span, lattices.ends.span, forest.nodes.span)
    for index in 0...length { sums[index] = -.infinity }
    sums[0] = 0
    var place = Int(token.node)
    let whole = nodes[place].length
    for index in 0..<length {
      let room = index == 0 ? length - 1 : length
      for edge in ends[place - 1]..<ends[place] {
        let edge = edges[edge]
        let next = Int(whole - nodes[place - Int(edge.distance)].length)
        if next > room { break }
        let sum = sums[index] + scores[Int(edge.token)]
        if sum > sums[next] {
          sums[next] = sum
          // How far back it begins, in characters.
          choices[next] = UnigramLattices.Edge(token: edge.token, distance: UInt32(next - index))
        }
      }
      place = Int(nodes[place].parent)
    }
    tokens.removeAll()
    var index = sums[length] > -.infinity ? length : 0
    while index > 0 {
      tokens.append(choices[index].token)
      index -= Int(choices[index].distance)
    }
    return sums[length]
  }
}
