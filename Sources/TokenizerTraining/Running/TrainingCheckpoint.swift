/// The file of a checkpoint in which a trainer keeps its state, from time to time.
struct TrainingCheckpoint {
  private let folder: CheckpointFolder
  private let name: String
  private let digest: UInt64
  private let interval: Duration
  private var lastSave = ContinuousClock.now

  /// Nil for a run that keeps none.
  ///
  /// - Parameter digest: of all that the result depends on; it is asked for only where there is a
  ///   checkpoint.
  /// - Throws: `unwritable` for a folder where nothing can be written.
  init?(_ name: String, digest: () -> UInt64, _ run: TrainingRun) throws(TrainingError) {
    guard let folder = run.checkpoint else { return nil }
    try folder.prepare()
    self.folder = folder
    self.name = name
    self.digest = digest()
    interval = run.checkpointInterval
  }

  /// What was saved last; nil where nothing was.
  ///
  /// - Throws: `checkpoint` for a file of another training or a damaged one, `unreadable`.
  func reader() throws(TrainingError) -> CheckpointReader? {
    try folder.reader(name, digest: digest)
  }

  /// Whether the last save is long ago.
  var isDue: Bool { lastSave.duration(to: .now) >= interval }

  /// - Throws: `unwritable`.
  mutating func save(
    _ body: (inout CheckpointWriter) throws(TrainingError) -> Void
  ) throws(TrainingError) {
    try folder.save(name, digest: digest, body)
    lastSave = .now
  }
}
