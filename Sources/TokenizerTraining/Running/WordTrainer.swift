/// A trainer that sees nothing of a text but how often each word stands there.
public protocol WordTrainer: Sendable {
  /// How texts become words.
  var preprocessing: Preprocessing { get }

  /// Whether a unit of text is read at all.
  func reads(_ unit: Span<UInt8>) -> Bool

  /// Trains on words.
  ///
  /// The result is the same for any number of threads and on any machine.
  func train(on counts: WordCounts, _ run: TrainingRun) throws(TrainingError) -> TrainedTokenizer
}

extension WordTrainer {
  /// All are.
  public func reads(_ unit: Span<UInt8>) -> Bool { true }

  /// Counts the words of `sources` and trains on them.
  ///
  /// - Throws: what is wrong with a source, the options or the checkpoint.
  public func train(
    on sources: [TrainingSource], _ run: TrainingRun = TrainingRun()
  ) throws(TrainingError) -> TrainedTokenizer {
    let counter = try WordCounter(preprocessing)
    let (counts, skippedCount) = try counter.count(sources, run) { reads($0) }
    var trained = try train(on: counts, run)
    if skippedCount > 0 {
      trained.report.remarks.append("\(skippedCount) lines of text were not read")
    }
    return trained
  }
}
