extension LessIsBetterTraining {
  /// The longest unit at a place and what followed it, against the second longest and what would have.
  struct Comparison: Sendable {
    /// The longest unit.
    let unit: Int32
    let rival: Int32
    /// What was read from the unit on.
    var read: Way
    /// What would have been read from the rival on, up to `end`.
    var imagined: Way
    var end: Int
    /// Characters on the imagined way that were no units then. `lib2023` looks again when it judges.
    var unmatched: [UInt32] = []
  }

  /// How good a way is.
  struct Way: Sendable {
    var unknownCount = 0
    var chunkCount = 0
    var rankSum = 0

    /// Fewer unknown characters, then fewer chunks, then the smaller sum of ranks.
    func isBetter(than other: Way) -> Bool {
      (unknownCount, chunkCount, rankSum)
        < (other.unknownCount, other.chunkCount, other.rankSum)
    }
  }

  /// Opens a comparison at `start`; one that is open for the same unit is given up, and the new one has
  /// its turn.
  mutating func openComparison(_ unit: Int32, _ rival: Int32, at start: Int) {
    let comparison = Comparison(
      unit: unit, rival: rival, read: way(unit), imagined: way(rival),
      end: start + lexicon.trie.length(of: rival))
    if let open = comparisons.firstIndex(where: { $0.unit == unit }) {
      comparisons[open] = comparison
    } else {
      comparisons.append(comparison)
    }
  }

  private func way(_ unit: Int32) -> Way {
    Way(unknownCount: 0, chunkCount: 1, rankSum: lexicon.rank(of: unit) ?? 0)
  }

  /// Goes on with the imagined ways up to `place` and judges those that end there.
  mutating func settleComparisons(at place: Int) {
    var kept = 0
    for index in comparisons.indices {
      var comparison = comparisons[index]
      extend(&comparison, to: place)
      if comparison.end == place {
        judge(comparison)
      } else {
        comparisons[kept] = comparison
        kept += 1
      }
    }
    comparisons.removeLast(comparisons.count - kept)
  }

  private func extend(_ comparison: inout Comparison, to place: Int) {
    while comparison.end < place {
      let start = comparison.end
      let unit = lexicon.longestTwo(in: text, from: start, to: lookingAhead(from: start)).longest
      comparison.imagined.chunkCount += 1
      if unit != StringTrie.none {
        comparison.imagined.rankSum += lexicon.rank(of: unit) ?? 0
        comparison.end += lexicon.trie.length(of: unit)
      } else {
        switch options.variant {
        // subtle: an unknown character is a chunk as well here, but not on the way that was read.
        case .lib2020: comparison.imagined.unknownCount += 1
        case .lib2023: comparison.unmatched.append(text[start])
        }
        comparison.end += 1
      }
    }
  }

  /// How far units are looked for from `start` on.
  func lookingAhead(from start: Int) -> Int {
    guard options.variant == .lib2020, let limit = options.maximumCharacterCount else {
      return text.count
    }
    return min(text.count, start + min(limit, text.count))
  }

  private mutating func judge(_ comparison: Comparison) {
    var imagined = comparison.imagined
    for character in comparison.unmatched {
      let unit = lexicon.longestTwo(in: [character], from: 0, to: 1).longest
      if unit != StringTrie.none { imagined.rankSum += lexicon.rank(of: unit) ?? 0 }
    }
    guard imagined.isBetter(than: comparison.read) else {
      verdicts.append(LearnedLexicon.Verdict(unit: comparison.unit, isReward: true))
      if options.variant == .lib2020 { lexicon.release(comparison.unit) }
      return
    }
    let punishment = LearnedLexicon.Verdict(unit: comparison.unit, isReward: false)
    switch options.variant {
    case .lib2020:
      verdicts.append(punishment)
      verdicts.append(
        LearnedLexicon.Verdict(unit: longestBeginning(of: comparison.unit), isReward: true))
    case .lib2023:
      verdicts.append(LearnedLexicon.Verdict(unit: comparison.rival, isReward: true))
      verdicts.append(punishment)
    }
  }

  /// The longest unit that a unit begins with, apart from itself.
  private func longestBeginning(of unit: Int32) -> Int32 {
    let characters = Array(lexicon.trie.characters(of: unit))
    return lexicon.longestTwo(in: characters, from: 0, to: characters.count - 1).longest
  }

  /// Adds what was read, a unit or a character that is none, to the ways that are open.
  mutating func note(_ unit: Int32) {
    let rank = unit == StringTrie.none ? nil : lexicon.rank(of: unit)
    for index in comparisons.indices {
      if rank == nil, options.variant == .lib2020 {
        comparisons[index].read.unknownCount += 1
      } else {
        comparisons[index].read.chunkCount += 1
        comparisons[index].read.rankSum += rank ?? 0
      }
    }
  }
}
