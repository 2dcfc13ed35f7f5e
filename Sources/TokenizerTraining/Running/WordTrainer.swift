/// A trainer that sees nothing of a text but how often each word stands there.
public protocol WordTrainer: Sendable {
  /// How texts become words.
  var preprocessing: Preprocessing { get }

  /// Trains on words.
  ///
  /// The result is the same for any number of threads and on any machine.
  func train(on counts: WordCounts, _ run: TrainingRun) throws(TrainingError) -> TrainedTokenizer
}

extension WordTrainer {
  /// Counts the words of `sources` and trains on them.
  ///
  /// - Throws: what is wrong with a source, the options or the checkpoint.
  public func train(
    on sources: [TrainingSource], _ run: TrainingRun = TrainingRun()
  ) throws(TrainingError) -> TrainedTokenizer {
    let counter = try WordCounter(preprocessing)
    return try train(on: counter.count(sources, run), run)
  }
}
