/// A trainer that sees nothing of a text but how often each word stands there.
public protocol WordTrainer: Sendable {
  /// How texts become words.
  var preprocessing: Preprocessing { get }

  /// Whether a unit of text is read at all.
  func reads(_ unit: Span<UInt8>) -> Bool

  /// What ``reads(_:)`` depends on, as a text by which a checkpoint of the counts is known again.
  var readingRules: String { get }

  /// Trains on words. Where nobody else has `counts`, their memory is given back as soon as a trainer has
  /// what it makes of them.
  ///
  /// The result is the same for any number of threads and on any machine.
  func train(on counts: consuming WordCounts, _ run: TrainingRun) throws(TrainingError)
    -> TrainedTokenizer
}

extension WordTrainer {
  /// All are.
  public func reads(_ unit: Span<UInt8>) -> Bool { true }

  /// Nothing.
  public var readingRules: String { "" }

  /// Counts the words of `sources` and trains on them.
  ///
  /// - Throws: what is wrong with a source, the options or the checkpoint.
  public func train(
    on sources: [TrainingSource], _ run: TrainingRun = TrainingRun()
  ) throws(TrainingError) -> TrainedTokenizer {
    let counter = try WordCounter(preprocessing)
    let counted = try counter.count(sources, run, rules: readingRules) { reads($0) }
    let (isStopped, skippedCount) = (counted.isStopped, counted.skippedCount)
    var run = run
    if isStopped {
      // When counting goes on, there will be other words, to which nothing of this fits.
      run.checkpoint = nil
    }
    guard counted.counts.count > 0 || skippedCount == 0 || isStopped else {
      throw TrainingError(.input, "none of \(skippedCount) lines is read, \(readingRules)")
    }
    var trained = try train(on: (consume counted).takeCounts(), run)
    if isStopped {
      trained.report.remarks.append("the text was not read to its end")
      if trained.report.shortage != nil { trained.report.shortage = .stopped }
    }
    if skippedCount > 0 {
      trained.report.remarks.append("\(skippedCount) lines of text were not read")
    }
    return trained
  }
}
