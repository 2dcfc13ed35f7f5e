internal import Tokenization

/// The whole of a unigram training behind the counts: seeds, rounds of estimation and pruning, and the
/// choice of the tokens in the end.
struct UnigramTraining {
  /// A token of the result.
  struct ScoredToken: Hashable, Sendable {
    var text: String
    var score: Float
  }

  let options: UnigramTrainingOptions
  /// How many tokens the result is to have.
  let room: Int
  /// Code points that must be in the vocabulary, the most frequent first. Other ones are unknown.
  let requiredCharacters: [UInt32]

  /// How many tokens pruning is to leave, some more than will be taken.
  private var target: Int { options.sentencePiece.vocabSize * 11 / 10 }

  /// - Returns: the tokens, best first, and why they are fewer than asked for.
  /// - Throws: `limit`, and what is wrong with the checkpoint.
  func train(
    on forest: SuffixForest, digest: UInt64, _ run: TrainingRun
  ) throws(TrainingError) -> (tokens: [ScoredToken], shortage: TrainingReport.Shortage?) {
    let validity = SentencePieceValidity([0] + forest.alphabet, options.sentencePiece)
    let maximalLength = options.sentencePiece.maxSentencepieceLength
    var isStopped = run.report(.seeding, 0, of: forest.count)
    let seeds = UnigramSeeds(
      forest, limit: options.seedLimit, maximalLength: maximalLength,
      isAllowed: validity.isValid)
    var estimation = UnigramEstimation(
      forest, seeds, maximalLength: maximalLength, threads: run.threads)
    let progress = UnigramProgress(run, digest: digest)
    var (round, isDone) = try progress.resume(&estimation)
    while !isDone, !isStopped {
      for step in 0..<options.numSubIterations where !isStopped {
        estimation.improve()
        isStopped = run.report(.estimating, round * options.numSubIterations + step + 1)
      }
      if isStopped { break }
      let count = estimation.tokens.count
      estimation.prune(to: max(target, Int(Double(options.shrinkingFactor) * Double(count))))
      round += 1
      // What cannot be cut stays, however much there is of it.
      isDone = estimation.tokens.count <= target || estimation.tokens.count == count
      try progress.save(estimation, round: round, isDone: isDone)
      let excess = max(0, estimation.tokens.count - target)
      isStopped = run.report(
        .pruning, seeds.seeds.count - estimation.tokens.count,
        of: seeds.seeds.count - estimation.tokens.count + excess)
    }
    estimation.dropUnreachable()
    let tokens = chosen(from: estimation, room: room)
    if isStopped { return (tokens, .stopped) }
    return (tokens, tokens.count < room ? .exhausted : nil)
  }

  /// Required characters, then the tokens with the best scores; all by score, equal ones by their bytes.
  private func chosen(from estimation: UnigramEstimation, room: Int) -> [ScoredToken] {
    var scores: [UInt32: Float] = [:]
    var longer: [ScoredToken] = []
    for token in estimation.tokens {
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
