/// How a training is carried out. Nothing of it changes the result, unless ``progress`` stops early.
public struct TrainingRun: Sendable {
  /// How many threads work, at least 1.
  public var threads: Int
  /// How many bytes of memory the process should take at most, as far as the training decides: past it,
  /// counts go to disk in parts, and BPE and WordPiece keep lists of fewer pairs and look for the others
  /// again when their turn comes. The different words themselves have to be in memory, with two bytes for
  /// each symbol (four, where there are more than 65,536 tokens). The limit is passed where it is too small
  /// for them, where affixes come with a greatest length or with huggingface's rule, and by the other
  /// trainers. Nil for no limit.
  public var memoryLimit: Int?
  /// Where the training notes how far it is, to go on from there if it is ended.
  public var checkpoint: CheckpointFolder?
  /// How much time goes by, about, before what is in ``checkpoint`` is replaced: what may have to be done
  /// again. Less makes training slower.
  public var checkpointInterval: Duration
  /// Called from time to time, on a thread that trains.
  public var progress: (@Sendable (TrainingProgress) -> TrainingDecision)?

  public init(
    threads: Int = 1, memoryLimit: Int? = nil, checkpoint: CheckpointFolder? = nil,
    checkpointInterval: Duration = .seconds(30),
    progress: (@Sendable (TrainingProgress) -> TrainingDecision)? = nil
  ) {
    self.threads = max(threads, 1)
    self.memoryLimit = memoryLimit
    self.checkpoint = checkpoint
    self.checkpointInterval = checkpointInterval
    self.progress = progress
  }

  /// Tells how far it is; true when training is to end.
  func report(_ phase: TrainingProgress.Phase, _ completed: Int, of total: Int? = nil) -> Bool {
    guard let progress else { return false }
    return progress(TrainingProgress(phase, completed: completed, total: total)) == .stop
  }
}
