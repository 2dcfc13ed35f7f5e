/// The way through a lattice whose scores have the greatest sum; of equal ones, the one found first from
/// the left.
struct UnigramPath: Sendable {
  private var sums: [Double] = []
  private var last: [UnigramLattices.Edge] = []
  /// The tokens of the way found last, from the end to the front.
  private(set) var tokens: [UInt32] = []

  /// Finds the best way through the characters of `range`.
  ///
  /// - Parameter allowsWhole: whether it may be a single token; else the sum is -infinity and ``tokens`` is
  ///   empty where there is no other way.
  /// - Returns: the sum of its scores.
  /// - Complexity: O(edges).
  mutating func find(
    _ range: Range<Int>, allowsWhole: Bool, _ lattices: UnigramLattices, _ scores: [Double]
  ) -> Double {
    let (edges, starts, scores) = (lattices.edges.span, lattices.starts.span, scores.span)
    while sums.count <= range.count {
      sums.append(0)
      last.append(UnigramLattices.Edge(token: 0, length: 0))
    }
    for index in 0...range.count { sums[index] = -.infinity }
    sums[0] = 0
    for index in 0..<range.count {
      let place = range.lowerBound + index
      let room = index == 0 && !allowsWhole ? range.count - 1 : range.count - index
      for edge in starts[place]..<starts[place + 1] {
        let edge = edges[edge]
        let length = Int(edge.length)
        if length > room { break }
        let sum = sums[index] + scores[Int(edge.token)]
        if sum > sums[index + length] {
          sums[index + length] = sum
          last[index + length] = edge
        }
      }
    }
    tokens.removeAll(keepingCapacity: true)
    let best = sums[range.count]
    var index = best > -.infinity ? range.count : 0
    while index > 0 {
      tokens.append(last[index].token)
      index -= Int(last[index].length)
    }
    return best
  }
}
