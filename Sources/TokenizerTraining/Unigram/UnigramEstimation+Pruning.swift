extension UnigramEstimation {
  /// Takes tokens away that the text misses least.
  ///
  /// What the best ways to cut the words never use goes, and what is better cut than whole; of the others
  /// those go whose loss is least: how much less likely the text became if each was cut the second best way.
  ///
  /// - Parameter count: how many stay at least, as far as they are used; tokens that cannot be cut, and
  ///   fixed ones, stay beyond it.
  /// - Complexity: O(edges + *n* log *n*) for *n* tokens.
  mutating func prune(to count: Int) {
    let counts = bestCounts()
    let sum = counts.reduce(0.0) { $0 + Double($1) }
    let losses = losses(counts, sum)
    var kept = tokens.indices.filter { losses[$0] == .infinity }
    let candidates = tokens.indices.filter { losses[$0] > -.infinity && losses[$0] < .infinity }
      .sorted { losses[$0] != losses[$1] ? losses[$0] > losses[$1] : $0 < $1 }
    kept.append(contentsOf: candidates.prefix(max(0, count - kept.count)))
    keep(kept.sorted().map { tokens[$0] })
  }

  /// Takes tokens away that are less likely than the same characters cut.
  mutating func dropUnreachable() {
    let scores = scores
    let parts = inParallelRanges(of: tokens.count, threads: threads) {
      [Int]()
    } body: { [tokens, forest, lattices, fixedCount] dropped, range in
      var path = UnigramPath()
      for index in range where tokens[index].seed >= fixedCount {
        let split = path.split(tokens[index], forest, lattices, scores.span)
        if split > tokens[index].score { dropped.append(index) }
      }
    }
    let dropped = Set(parts.flatMap { $0 })
    keep(tokens.indices.filter { !dropped.contains($0) }.map { tokens[$0] })
  }

  /// How often each token stands in the best way to cut each word; unknown ones are last.
  private func bestCounts() -> [UInt64] {
    let scores = scores
    let parts = inParallelRanges(of: forest.treeCount, threads: threads) {
      [UInt64](repeating: 0, count: scores.count)
    } body: { [forest, lattices] counts, trees in
      var path = UnigramPath()
      var counts = counts.mutableSpan
      for tree in trees {
        path.count(forest.tree(tree), forest, lattices, scores.span, to: &counts)
      }
    }
    return scores.indices.map { index in parts.reduce(0) { $0 + $1[index] } }
  }

  /// What the loss of each token costs; -infinity for those that go, infinity for those that stay.
  private func losses(_ counts: [UInt64], _ sum: Double) -> [Double] {
    let scores = scores
    let logarithm = RealFunctions.logarithm(sum)
    let order = byNode
    let parts = inParallelRanges(of: tokens.count, threads: threads) {
      [(token: Int, loss: Double)]()
    } body: { [tokens, forest, lattices, fixedCount] losses, range in
      var path = UnigramPath()
      for index in order[range].lazy.map({ Int($0) })
      where counts[index] > 0 && tokens[index].seed >= fixedCount {
        let split = path.split(tokens[index], forest, lattices, scores.span)
        if split > tokens[index].score { continue }
        guard path.tokens.count > 0 else {
          losses.append((index, .infinity))
          continue
        }
        let own = Double(counts[index])
        let others = RealFunctions.logarithm(sum + own * Double(path.tokens.count - 1))
        var alternative = 0.0
        for place in (0..<path.tokens.count).reversed() {
          let other = Int(path.tokens[place])
          alternative += RealFunctions.logarithm(Double(counts[other]) + own) - others
        }
        let whole = RealFunctions.logarithm(own) - logarithm
        losses.append((index, own / sum * (whole - alternative)))
      }
    }
    var losses = [Double](repeating: -.infinity, count: tokens.count)
    for (token, loss) in parts.lazy.flatMap({ $0 }) { losses[token] = loss }
    for index in tokens.indices where isFixed(tokens[index]) { losses[index] = .infinity }
    return losses
  }

  /// The tokens by their nodes, so that what is looked at one after the other lies near.
  private var byNode: [UInt32] {
    var keyed = GrowingArray<KeyedItem>(capacity: tokens.count)
    for (index, token) in tokens.enumerated() {
      keyed.append(KeyedItem(key: UInt64(token.node), item: UInt32(index)))
    }
    RadixSort.sort(&keyed)
    return (0..<keyed.count).map { keyed[$0].item }
  }
}
