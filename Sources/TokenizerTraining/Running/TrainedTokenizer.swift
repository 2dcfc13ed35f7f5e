public import Tok
internal import Tokenization

/// What a training made.
public struct TrainedTokenizer: Sendable {
  /// The tokenizer, to be used or written.
  public var source: TokenizerSource
  /// What is to be said about it.
  public var report: TrainingReport

  init(_ definition: TokenizerDefinition, report: TrainingReport) {
    source = TokenizerSource(definition)
    self.report = report
  }
}

/// What is to be said about a training.
public struct TrainingReport: Hashable, Sendable {
  /// Why there are fewer tokens than were asked for.
  public enum Shortage: Hashable, Sendable {
    /// ``TrainingRun/progress`` said so.
    case stopped
    /// Every word is one token.
    case exhausted
    /// What is left is rarer than the least frequency.
    case tooRare
    /// What is left would be longer than tokens may be.
    case tooLong
    /// What is left is not allowed by the rules of the trainer: scripts, digits, spaces.
    case notAllowed
    /// The documents were over, or the lexicon full of what was forgotten again, before more was learned for
    /// good (Less-is-Better).
    case unlearned
  }

  /// How many tokens were asked for; nil where the trainer itself decides.
  public var requestedCount: Int?
  /// How many there are, special ones included.
  public var tokenCount: Int
  public var shortage: Shortage?
  /// What the user had better know: characters left out, lines too long, and so on; each a sentence
  /// without its full stop.
  public var remarks: [String]

  public init(
    requestedCount: Int?, tokenCount: Int, shortage: Shortage? = nil, remarks: [String] = []
  ) {
    self.requestedCount = requestedCount
    self.tokenCount = tokenCount
    self.shortage = shortage
    self.remarks = remarks
  }
}

extension TrainingReport.Shortage: CustomStringConvertible {
  /// A sentence without its full stop.
  public var description: String {
    switch self {
    case .stopped: "it was told to end"
    case .exhausted: "every word is one token"
    case .tooRare: "what is left is rarer than the least frequency"
    case .tooLong: "what is left is longer than tokens may be"
    case .notAllowed: "what is left is not allowed by the rules of the trainer"
    case .unlearned: "no more was learned for good before the documents were over"
    }
  }
}
