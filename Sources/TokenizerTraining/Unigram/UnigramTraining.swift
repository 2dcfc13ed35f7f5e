/// The whole of a unigram training behind the counts: seeds, rounds of estimation and pruning, and the
/// choice of the tokens in the end; or of one that goes on from tokens that are there already.
struct UnigramTraining {
  /// A token of the result.
  struct ScoredToken: Hashable, Sendable {
    var text: String
    var score: Float
  }

  let options: UnigramTrainingOptions
  /// Those that a file names; nil where they are looked for.
  var listedSeeds: ListedSeeds?
  /// Tokens that are there already, and are no part of the result.
  var fixed: [UnigramSeeds.FixedToken] = []
  /// How often a substring stands in the text at least to become a token.
  var minimumFrequency: UInt64 = 2
  /// Which texts no token may have, as numbers of the forest's alphabet.
  var reserved: Set<[UInt32]> = []
  /// How many tokens the result is to have.
  let room: Int
  /// Code points that must be in the vocabulary, the most frequent first. Other ones are unknown.
  let requiredCharacters: [UInt32]

  /// How far it is.
  private struct Progress {
    /// How often tokens were taken away.
    var rounds = 0
    /// How often scores were estimated since then.
    var steps = 0
    /// Whether none is to be taken away any more.
    var isDone = false
  }

  /// - Parameter digest: of all that the result depends on.
  /// - Returns: the tokens, best first, and why they are fewer than asked for.
  /// - Throws: `checkpoint`, `unreadable`, `unwritable`.
  func train(
    on forest: SuffixForest, digest: () -> UInt64, _ run: TrainingRun
  ) throws(TrainingError) -> (tokens: [ScoredToken], shortage: TrainingReport.Shortage?) {
    var checkpoint = try TrainingCheckpoint("unigram", digest: digest, run)
    let validity = SentencePieceValidity([0] + forest.alphabet, options.sentencePiece)
    let maximalLength = options.sentencePiece.maxSentencepieceLength
    var isStopped = run.report(.seeding, 0, of: forest.count)
    let seeds = UnigramSeeds(
      forest, fixed: fixed, listed: listedSeeds, limit: options.seedLimit,
      minimumFrequency: minimumFrequency, maximalLength: maximalLength
    ) { characters in
      validity.isValid(characters) && (reserved.isEmpty || !reserved.contains(Array(characters)))
    }
    var estimation = UnigramEstimation(
      forest, seeds,
      maximalLength: fixed.reduce(maximalLength) { max($0, $1.characters.count) },
      threads: run.threads)
    if run.report(.seeding, forest.count, of: forest.count) { isStopped = true }
    var progress = Progress()
    if var reader = try checkpoint?.reader() { progress = try restore(&estimation, from: &reader) }
    while !progress.isDone, !isStopped {
      isStopped = goOn(&estimation, &progress, run)
      if isStopped || progress.isDone || checkpoint?.isDue == true {
        try checkpoint?.save { (writer) throws(TrainingError) in
          try write(estimation, progress, to: &writer)
        }
      }
    }
    // Stopped: the tokens that are best together are not those with the best scores among many more.
    if !progress.isDone { estimation.prune(to: target(estimation)) }
    // Not in sentencepiece: scores from before the last tokens went do not know what does their work now.
    estimation.improve()
    estimation.dropUnreachable()
    let tokens = chosen(from: estimation, room: room)
    if isStopped { return (tokens, .stopped) }
    if tokens.count >= room { return (tokens, nil) }
    return (
      tokens, seeds.seeds.count - estimation.fixedCount >= room ? .tooRare : seeds.shortage
    )
  }

  /// How many tokens pruning is to leave, some more than will be taken.
  private func target(_ estimation: UnigramEstimation) -> Int {
    estimation.fixedCount + options.sentencePiece.vocabSize * 11 / 10
  }

  /// Estimates scores once, or takes tokens away.
  ///
  /// - Returns: whether training is to end.
  private func goOn(
    _ estimation: inout UnigramEstimation, _ progress: inout Progress, _ run: TrainingRun
  ) -> Bool {
    if progress.steps < options.numSubIterations {
      estimation.improve()
      progress.steps += 1
      return run.report(
        .estimating, progress.rounds * options.numSubIterations + progress.steps)
    }
    let (count, target) = (estimation.tokens.count, target(estimation))
    let removable = count - estimation.fixedCount
    estimation.prune(
      to: max(
        target,
        estimation.fixedCount + Int(Double(options.shrinkingFactor) * Double(removable))))
    progress.rounds += 1
    progress.steps = 0
    // What cannot be cut stays, however much there is of it.
    progress.isDone = estimation.tokens.count <= target || estimation.tokens.count == count
    let taken = estimation.seedCount - estimation.tokens.count
    return run.report(
      .pruning, taken, of: taken + max(0, estimation.tokens.count - target))
  }

  /// Required characters, then the tokens with the best scores; all by score, equal ones by their bytes.
  private func chosen(from estimation: UnigramEstimation, room: Int) -> [ScoredToken] {
    var scores: [UInt32: Float] = [:]
    var longer: [ScoredToken] = []
    for token in estimation.tokens where !estimation.isFixed(token) {
      let codePoints = estimation.forest.codePoints(of: Int(token.node), Int(token.length))
      if codePoints.count == 1 {
        scores[codePoints[0]] = Float(token.score)
      } else {
        longer.append(ScoredToken(text: Self.text(codePoints), score: Float(token.score)))
      }
    }
    let least = estimation.tokens.map { Float($0.score) }.min() ?? 0
    var chosen: [ScoredToken] = []
    var absent: Float = 0
    for character in requiredCharacters {
      // Those that went are given different scores, as by sentencepiece.
      if scores[character] == nil { absent += 1 }
      chosen.append(
        ScoredToken(
          text: Self.text([character]), score: scores[character] ?? least + (absent - 1) * 0.0001))
    }
    longer.sort(by: Self.precedes)
    chosen.append(contentsOf: longer.prefix(max(0, room - chosen.count)))
    return chosen.sorted(by: Self.precedes)
  }

  private static func text(_ codePoints: [UInt32]) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: codePoints.lazy.map { Unicode.Scalar($0) ?? "\u{FFFD}" })
    return String(text)
  }

  private static func precedes(_ one: ScoredToken, _ other: ScoredToken) -> Bool {
    if one.score != other.score { return one.score > other.score }
    return one.text.utf8.lexicographicallyPrecedes(other.text.utf8)
  }
}

// MARK: - In a checkpoint

extension UnigramTraining {
  private func write(
    _ estimation: UnigramEstimation, _ progress: Progress, to writer: inout CheckpointWriter
  ) throws(TrainingError) {
    try writer.append(progress.rounds)
    try writer.append(progress.steps)
    try writer.append(progress.isDone ? 1 : 0)
    try estimation.write(to: &writer)
  }

  private func restore(
    _ estimation: inout UnigramEstimation, from reader: inout CheckpointReader
  ) throws(TrainingError) -> Progress {
    var progress = Progress()
    progress.rounds = try reader.count(upTo: Int(Int32.max))
    progress.steps = try reader.count(upTo: options.numSubIterations)
    progress.isDone = try reader.count(upTo: 1) == 1
    try estimation.restore(from: &reader)
    return progress
  }
}
