/// Where counting notes how far it is: files of words that were counted, and one that says which files
/// those are and how far each source was read.
struct CountingCheckpoint: Sendable {
  /// What that file says.
  struct State {
    /// What is to be read next.
    var position = TextChunks.Position()
    /// How many units were not read.
    var skippedCount = 0
    /// How much of each source that holds word counts was seen.
    var extents: [WordCountsFile.Extent]
    /// The numbers of the files with words.
    var parts: [Int] = []
    /// All is counted, and the one file has all words.
    var isFinished = false
  }

  private let folder: CheckpointFolder
  private let digest: UInt64
  private let sourceCount: Int

  private static let name = "counting"

  /// Nil for a run that keeps no checkpoint, and for sources that cannot be read again from where they
  /// were left: standard input, pipes, callbacks. Those are counted anew.
  ///
  /// - Parameter rules: what the words depend on, beside the sources.
  /// - Throws: `unwritable` for a folder where nothing can be written.
  init?(
    _ sources: [TrainingSource], rules: TrainingDigest, _ run: TrainingRun
  ) throws(TrainingError) {
    guard let folder = run.checkpoint else { return nil }
    try folder.prepare()
    var digest = rules
    for source in sources {
      guard source.addIdentity(to: &digest) else { return nil }
    }
    self.folder = folder
    self.digest = digest.value
    sourceCount = sources.count
  }

  // MARK: - How far it is

  /// - Throws: `checkpoint` for one of another training or a damaged one, `unreadable`.
  func state() throws(TrainingError) -> State? {
    guard var reader = try folder.reader(Self.name, digest: digest) else { return nil }
    var state = State(extents: [])
    state.position.source = try reader.count(upTo: sourceCount)
    state.position.offset = try reader.count(upTo: .max)
    state.position.byteCount = try reader.count(upTo: .max)
    state.skippedCount = try reader.count(upTo: .max)
    for _ in 0..<sourceCount {
      let wordCount = try reader.count(upTo: .max)
      let promised = try reader.count(upTo: .max)
      state.extents.append(
        WordCountsFile.Extent(
          wordCount: wordCount, promisedCount: promised == 0 ? nil : promised - 1))
    }
    for _ in 0..<(try reader.count(upTo: reader.remaining / 8)) {
      state.parts.append(try reader.count(upTo: .max - 1))
    }
    state.isFinished = try reader.count(upTo: 1) == 1
    return state
  }

  /// Saves how far it is; files with words that it does not name are removed.
  ///
  /// - Throws: `unwritable`.
  func save(_ state: State) throws(TrainingError) {
    try folder.save(Self.name, digest: digest) { (writer) throws(TrainingError) in
      try writer.append(state.position.source)
      try writer.append(state.position.offset)
      try writer.append(state.position.byteCount)
      try writer.append(state.skippedCount)
      for extent in state.extents {
        try writer.append(extent.wordCount)
        try writer.append(extent.promisedCount.map { $0 + 1 } ?? 0)
      }
      try writer.append(state.parts.count)
      for part in state.parts { try writer.append(part) }
      try writer.append(state.isFinished ? 1 : 0)
    }
    removeParts { !state.parts.contains($0) }
  }

  // MARK: - Files with words

  private static func name(_ part: Int) -> String { "\(name).\(part)" }

  /// - Throws: `unwritable`.
  func savePart(
    _ number: Int, _ body: (inout CheckpointWriter) throws(TrainingError) -> Void
  ) throws(TrainingError) {
    try folder.save(Self.name(number), digest: digest, body)
  }

  /// - Throws: `checkpoint` where it is gone, damaged or of another training; `unreadable`.
  func part(_ number: Int) throws(TrainingError) -> CheckpointReader {
    let name = Self.name(number)
    guard let reader = try folder.reader(name, digest: digest) else {
      throw TrainingError(.checkpoint, "the file is gone", place: "\(folder.path)/\(name)")
    }
    return reader
  }

  private func removeParts(where isRemoved: (Int) -> Bool) {
    for name in folder.names where name.hasPrefix("\(Self.name).") {
      if let number = Int(name.dropFirst(Self.name.utf8.count + 1)), isRemoved(number) {
        folder.remove(name)
      }
    }
  }
}
