/// Adds up how often tokens are expected in words: from the ends of words to their beginnings, and back.
///
/// Both ways a node is visited once for all words that end with it: first what the ways from it to the
/// end are worth, then how much of all words comes to it, where what a word brings is its count divided
/// by what all its ways are worth. Probabilities are multiplied as they are; where all ways near a node
/// fall below 2^300, those from it on are raised by 2^600.
struct UnigramExpectation: ~Copyable {
  private static let low = 0x1p300
  private static let raise = 0x1p600
  private static let highest = 0x1p900
  /// What is worth less beside ``highest`` is worth nothing, lest its inverse pass all bounds. In tokens
  /// of up to 18 characters no way of any text falls so low.
  private static let least = 0x1p-900

  private let units: Double
  private let maximalLength: Int
  /// For each node of a tree, what all ways to the end are worth, and how much of all words comes there.
  private let ways: GrowingArray<Double>
  private let shares: GrowingArray<Double>
  /// How often ``ways`` of each node were raised.
  private let raises: GrowingArray<UInt32>

  /// - Parameters:
  ///   - units: how many make an expected count of 1.
  ///   - largestTree: its nodes.
  init(units: Double, maximalLength: Int, largestTree: Int) {
    self.units = units
    self.maximalLength = maximalLength
    ways = GrowingArray(repeating: 0, count: largestTree)
    shares = GrowingArray(repeating: 0, count: largestTree)
    raises = GrowingArray(repeating: 0, count: largestTree)
  }

  /// Adds to `sums` what is expected of each token in all words of a tree, in units.
  ///
  /// - Complexity: O(edges).
  func add(
    _ tree: Range<Int>, _ forest: SuffixForest, _ lattices: UnigramLattices,
    _ probabilities: Span<Double>, to sums: inout MutableSpan<UInt64>
  ) {
    let (edges, ends) = (lattices.edges.span, lattices.ends.span)
    let counts = forest.counts.span
    let before = tree.lowerBound - 1
    precondition(probabilities.count > lattices.tokenCount && sums.count > lattices.tokenCount)
    ways[0] = Self.highest
    shares[0] = 0
    raises[0] = 0
    var hasRaises = false
    for node in 1..<tree.count {
      let range = ends[before + node]..<ends[before + node + 1]
      let raised = raises[node - Int(edges[range.lowerBound].distance)]
      var sum = 0.0
      for index in range {
        // SAFETY: ends of edges are indices of edges; the tokens of edges are at most `tokenCount`.
        let edge = unsafe edges[unchecked: index]
        let target = node - Int(edge.distance)
        var part = unsafe probabilities[unchecked: Int(edge.token)] * ways[target]
        if hasRaises { part = Self.raised(part, raised - raises[target]) }
        sum += part
      }
      ways[node] = sum < Self.least ? 0 : sum
      shares[node] = 0
      raises[node] = raised
      if sum < Self.low, isLow(node, edges, ends, before) {
        ways[node] *= Self.raise
        raises[node] += 1
        hasRaises = true
      }
    }
    for node in (1..<tree.count).reversed() {
      let count = counts[before + node + 1]
      if count > 0, ways[node] > 0 { shares[node] += Double(count) * units / ways[node] }
      let share = shares[node]
      if share == 0 { continue }
      let raised = raises[node]
      for index in ends[before + node]..<ends[before + node + 1] {
        // SAFETY: as above.
        let edge = unsafe edges[unchecked: index]
        let target = node - Int(edge.distance)
        let token = Int(edge.token)
        let worth = ways[target]
        if worth == 0 { continue }
        var part = unsafe share * probabilities[unchecked: token]
        if hasRaises { part = Self.raised(part, raised - raises[target]) }
        shares[target] += part
        // All together are below 2^63.
        let units = UInt64(bitPattern: Int64(part * worth))
        unsafe sums[unchecked: token] &+= units
      }
    }
  }

  /// Whether the ways from `node` on are low, and those of all nodes that a token in front of it may
  /// reach.
  private func isLow(
    _ node: Int, _ edges: Span<UnigramLattices.Edge>, _ ends: Span<Int>, _ before: Int
  ) -> Bool {
    var other = node
    for _ in 0..<maximalLength {
      guard Self.raised(ways[other], raises[node] - raises[other]) < Self.low else { return false }
      if other == 0 { break }
      other -= Int(edges[ends[before + other]].distance)
    }
    return true
  }

  private static func raised(_ value: Double, _ times: UInt32) -> Double {
    (0..<times).reduce(value) { value, _ in value * raise }
  }
}
