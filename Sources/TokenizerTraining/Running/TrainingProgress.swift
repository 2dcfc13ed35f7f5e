/// How far a training has come.
public struct TrainingProgress: Hashable, Sendable {
  /// What is being done.
  public enum Phase: String, Hashable, Sendable, CaseIterable {
    /// Texts are read, cut and counted; the unit is a byte.
    case counting
    /// Parts of the counts that were written to disk are joined; the unit is a word.
    case joining
    /// Tokens are merged; the unit is a token of the vocabulary.
    case merging
    /// Substrings that repeat are looked for; the unit is a byte.
    case seeding
    /// Expected counts and scores are made better; the unit is a round.
    case estimating
    /// Tokens are taken away again; the unit is a token above the size asked for.
    case pruning
    /// Documents are read for a lexicon; the unit is a document.
    case memorizing
  }

  public var phase: Phase
  /// How many units of the phase are done.
  public var completed: Int
  /// How many there will be, where that is known.
  public var total: Int?

  public init(_ phase: Phase, completed: Int, total: Int? = nil) {
    self.phase = phase
    self.completed = completed
    self.total = total
  }
}

/// What a training that reports progress is told.
public enum TrainingDecision: Hashable, Sendable {
  case goOn
  /// End now, with the best vocabulary so far.
  case stop
}
