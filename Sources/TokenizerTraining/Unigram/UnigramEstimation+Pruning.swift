extension UnigramEstimation {
  /// Takes tokens away that the text misses least.
  ///
  /// What the best ways to cut the words never use goes, and what is better cut than whole; of the others
  /// those go whose loss is least: how much less likely the text became if each was cut the second best way.
  ///
  /// - Parameter count: how many stay at least, as far as they are used; tokens that cannot be cut stay
  ///   beyond it.
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
      (path: UnigramPath(), dropped: [Int]())
    } body: { [tokens, lattices] state, range in
      for index in range {
        let token = tokens[index]
        let split = state.path.find(token.places, allowsWhole: false, lattices, scores)
        if split > token.score { state.dropped.append(index) }
      }
    }
    let dropped = Set(parts.flatMap(\.dropped))
    keep(tokens.indices.filter { !dropped.contains($0) }.map { tokens[$0] })
  }

  /// How often each token stands in the best way to cut each word; unknown ones are last.
  private func bestCounts() -> [UInt64] {
    let scores = scores
    let parts = inParallelRanges(of: text.wordCount, threads: threads) {
      (path: UnigramPath(), counts: [UInt64](repeating: 0, count: scores.count))
    } body: { [text, lattices] state, words in
      for word in words {
        _ = state.path.find(text.range(word), allowsWhole: true, lattices, scores)
        for token in state.path.tokens { state.counts[Int(token)] += text.counts[word] }
      }
    }
    return scores.indices.map { index in parts.reduce(0) { $0 + $1.counts[index] } }
  }

  /// What the loss of each token costs; -infinity for those that go, infinity for those that stay.
  private func losses(_ counts: [UInt64], _ sum: Double) -> [Double] {
    let scores = scores
    let logarithm = RealFunctions.logarithm(sum)
    let parts = inParallelRanges(of: tokens.count, threads: threads) {
      (path: UnigramPath(), losses: [(token: Int, loss: Double)]())
    } body: { [tokens, lattices] state, range in
      for index in range where counts[index] > 0 {
        let token = tokens[index]
        let split = state.path.find(token.places, allowsWhole: false, lattices, scores)
        if split > token.score { continue }
        guard !state.path.tokens.isEmpty else {
          state.losses.append((index, .infinity))
          continue
        }
        let own = Double(counts[index])
        let others = RealFunctions.logarithm(sum + own * Double(state.path.tokens.count - 1))
        var alternative = 0.0
        for other in state.path.tokens.reversed() {
          alternative += RealFunctions.logarithm(Double(counts[Int(other)]) + own) - others
        }
        let whole = RealFunctions.logarithm(own) - logarithm
        state.losses.append((index, own / sum * (whole - alternative)))
      }
    }
    var losses = [Double](repeating: -.infinity, count: tokens.count)
    for (token, loss) in parts.lazy.flatMap(\.losses) { losses[token] = loss }
    return losses
  }
}

extension UnigramEstimation.Token {
  /// Its characters' places in the text.
  var places: Range<Int> { Int(start)..<(Int(start) + Int(length)) }
}
