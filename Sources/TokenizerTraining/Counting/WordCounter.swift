internal import Dispatch
internal import Tokenization

/// Counts the words of texts, on several threads and within bounded memory.
///
/// The result is the same for any number of threads and any bound.
public struct WordCounter: Sendable {
  private let preprocessing: Preprocessing
  private let pretokenizer: Pretokenizer

  /// - Throws: `vocabulary` for a normaliser or splitter that cannot be built.
  public init(_ preprocessing: Preprocessing) throws(TrainingError) {
    self.preprocessing = preprocessing
    do throws(VocabularyError) {
      if let joins = preprocessing.spacedWordJoins,
        case .sentencePiece(let normalizer) = preprocessing.normalizer
      {
        pretokenizer = try Pretokenizer(leavingSpaces: normalizer, joins: joins)
        return
      }
      pretokenizer = try Pretokenizer(
        normalizer: preprocessing.normalizer, splitter: preprocessing.splitter,
        isByteLevel: preprocessing.isByteLevel, cutsAtSpaceMarks: preprocessing.cutsAtSpaceMarks)
    } catch {
      throw TrainingError(error)
    }
  }

  /// Counts the words of all `sources` together, each as often as its source's weight says: the sum is
  /// rounded once, halves upwards, and words that come to nothing are left out.
  ///
  /// Where ``TrainingRun/memoryLimit`` is passed, what is counted goes to files without a name in the
  /// folder that `TMPDIR` says, else /tmp, and is joined at the end.
  ///
  /// With ``TrainingRun/checkpoint`` counting that was ended goes on where it was, unless some source is
  /// standard input, a pipe or a callback: then all is counted anew. Files must be as they were, by their
  /// paths, sizes and times.
  ///
  /// - Throws: what is wrong with a source; `limit` for counts beyond 2^64; `unwritable`; `checkpoint` for
  ///   one of other sources.
  /// - Complexity: O(*n*) in the bytes of all texts, and O(*w* log *w*) in the different words.
  public func count(
    _ sources: [TrainingSource], _ run: TrainingRun = TrainingRun()
  ) throws(TrainingError) -> WordCounts {
    try count(sources, run) { _ in true }.counts
  }

  /// What came of counting.
  package struct Result {
    package var counts: WordCounts
    /// How many units were not read; empty ones are not counted as such.
    var skippedCount: Int
    /// The text was not read to its end.
    var isStopped: Bool

    /// Gives the counts away.
    consuming func takeCounts() -> WordCounts { counts }
  }

  /// The same for the units that `reads` says are read.
  ///
  /// - Parameter rules: what `reads` depends on, as a text by which a checkpoint is known again.
  package func count(
    _ sources: [TrainingSource], _ run: TrainingRun, rules: String = "",
    reads: @escaping @Sendable (Span<UInt8>) -> Bool
  ) throws(TrainingError) -> Result {
    var digest = TrainingDigest()
    if run.checkpoint != nil {
      digest = try preprocessing.digest
      digest.add(rules)
    }
    let state = try CountingState(
      sources, pretokenizer, run, CountingCheckpoint(sources, rules: digest, run), reads: reads)
    while try state.goesOn() {
      if run.threads == 1 {
        state.work()
      } else {
        DispatchQueue.concurrentPerform(iterations: run.threads) { _ in state.work() }
      }
    }
    return try state.finish()
  }
}
