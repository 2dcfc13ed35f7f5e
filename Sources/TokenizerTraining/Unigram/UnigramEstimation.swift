/// Tokens with scores, made better and fewer in turns: expectation maximisation, and pruning by loss.
///
/// Source: Kudo, Subword Regularization (2018); the variational step with digamma is Liang and Klein,
/// Structured Bayesian Nonparametric Models with Variational Inference (2007). Rules and constants are those of
/// sentencepiece 0.2.3, with sums that do not depend on the number of threads: expected counts are added
/// in fixed point, where order makes no difference, and everything else in doubles in a fixed order.
struct UnigramEstimation: Sendable {
  /// A token, as the beginning of a node.
  struct Token: Sendable, Hashable {
    var node: UInt32
    /// In characters.
    var length: UInt32
    /// The number of the seed that it was.
    var seed: UInt32
    /// The natural logarithm of its probability.
    var score: Double
  }

  /// Below the least score, for characters that no token covers.
  static let unknownPenalty = 10.0
  /// Tokens that are expected more rarely go.
  private static let leastExpected = 0.5

  let forest: SuffixForest
  /// How many tokens there were at first.
  let seedCount: Int
  /// The tokens of so many first seeds stay, with their scores.
  let fixedCount: Int
  let maximalLength: Int
  let threads: Int
  private(set) var lattices: UnigramLattices
  /// In the order of the seeds.
  private(set) var tokens: [Token]

  init(_ forest: SuffixForest, _ seeds: UnigramSeeds, maximalLength: Int, threads: Int) {
    self.forest = forest
    seedCount = seeds.seeds.count
    fixedCount = seeds.fixedScores.count
    self.maximalLength = maximalLength
    self.threads = threads
    lattices = UnigramLattices(forest, seeds)
    let sum = seeds.seeds.reduce(0.0) { $0 + Double($1.coverage) }
    let logarithm = RealFunctions.logarithm(sum)
    tokens = seeds.seeds.enumerated().map { index, seed in
      Token(
        node: seeds.order.items[Int(seed.places.lowerBound)], length: seed.length,
        seed: UInt32(index),
        score: index < seeds.fixedScores.count
          ? seeds.fixedScores[index]
          : RealFunctions.logarithm(Double(seed.coverage)) - logarithm)
    }
  }

  func isFixed(_ token: Token) -> Bool { token.seed < fixedCount }

  /// The score of characters that no token covers.
  var unknownScore: Double { (tokens.map(\.score).min() ?? 0) - Self.unknownPenalty }

  /// The score of each token and, behind them, of an unknown character.
  var scores: [Double] { tokens.map(\.score) + [unknownScore] }

  /// Keeps these tokens, which must be in their order, and sets their scores.
  mutating func keep(_ kept: [Token]) {
    guard kept.count < tokens.count else {
      tokens = kept
      return
    }
    var numbers = [UInt32](repeating: .max, count: tokens.count)
    var next = 0
    for index in tokens.indices where next < kept.count && kept[next].seed == tokens[index].seed {
      numbers[index] = UInt32(next)
      next += 1
    }
    tokens = kept
    lattices.renumber(numbers, count: kept.count)
  }

  /// One step of expectation and one of maximisation.
  ///
  /// Tokens that are expected less than half a time go; the scores of the others are
  /// digamma(c) - digamma(sum of all c). Fixed tokens stay as they are.
  mutating func improve() {
    let expected = expectedCounts()
    let kept = tokens.indices.filter {
      expected[$0] >= Self.leastExpected || isFixed(tokens[$0])
    }
    let sum = kept.reduce(0.0) { $0 + expected[$1] }
    let logarithm = RealFunctions.digamma(sum)
    keep(
      kept.map { index in
        var token = tokens[index]
        if isFixed(token) { return token }
        token.score = RealFunctions.digamma(expected[index]) - logarithm
        return token
      })
  }

  /// How often each token is expected in the text, over all ways to cut each word.
  ///
  /// - Complexity: O(edges).
  func expectedCounts() -> [Double] {
    let probabilities = scores.map { RealFunctions.exponential($0) }
    // The counts of all tokens together are at most the characters of the text: 2^62 of these units.
    let units = Double(
      sign: .plus, exponent: min(32, forest.total.leadingZeroBitCount - 2), significand: 1)
    let largestTree = (0..<forest.treeCount).reduce(1) { max($0, forest.tree($1).count) }
    let sums = inParallelRanges(of: forest.treeCount, threads: threads) {
      [UInt64](repeating: 0, count: probabilities.count)
    } body: { [forest, lattices, maximalLength] sums, trees in
      let expectation = UnigramExpectation(
        units: units, maximalLength: maximalLength, largestTree: largestTree)
      var sums = sums.mutableSpan
      for tree in trees {
        expectation.add(forest.tree(tree), forest, lattices, probabilities.span, to: &sums)
      }
    }
    return tokens.indices.map { index in
      Double(sums.reduce(0 as UInt64) { $0 + $1[index] }) / units
    }
  }
}

// MARK: - In a checkpoint

extension UnigramEstimation {
  /// Writes which seeds remain, with their scores.
  ///
  /// - Throws: `unwritable`.
  func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try writer.append(tokens.count)
    for token in tokens {
      try writer.append(UInt64(token.seed))
      try writer.append(token.score.bitPattern)
    }
  }

  /// Keeps what was written, of all seeds.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func restore(from reader: inout CheckpointReader) throws(TrainingError) {
    let count = try reader.count(upTo: tokens.count)
    var kept: [Token] = []
    var next = 0
    for _ in 0..<count {
      let seed = try reader.count(upTo: tokens.count - 1)
      guard seed >= next else { throw reader.damage }
      var token = tokens[seed]
      token.score = Double(bitPattern: try reader.number())
      kept.append(token)
      next = seed + 1
    }
    keep(kept)
  }
}
