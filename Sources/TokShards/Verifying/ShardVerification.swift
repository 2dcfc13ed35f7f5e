internal import Tokenization

/// What was found in a folder of shards.
public struct ShardVerification: Hashable, Sendable {
  public enum State: String, Hashable, Sendable {
    /// All is there, and as it was written.
    case whole
    /// The run that makes the set has not come to its end; what it has made is as it was written.
    case unfinished
    /// Something is not as it was written.
    case broken
  }

  public struct Problem: Hashable, Sendable {
    /// Its name in the folder.
    public var file: String
    public var message: String
  }

  /// In the order of the shards.
  public private(set) var problems: [Problem] = []
  /// Shards that should be there.
  public private(set) var shardCount = 0
  /// Shards that are there, as they were written.
  public private(set) var goodShards = 0
  /// Tokens of the good shards.
  public private(set) var goodTokens = 0
  /// Whether there is a manifest, which is written last.
  public private(set) var isFinished = false

  public var state: State { problems.isEmpty ? isFinished ? .whole : .unfinished : .broken }

  /// What to do about it; nil for a set that is whole.
  public var advice: String? {
    switch state {
    case .whole: nil
    case .unfinished: "the same `tok encode` again goes on from here"
    case .broken:
      "the good shards can be used as they are; the same `tok encode` with --restart makes all anew"
    }
  }

  /// Reads all files of a set and compares them with what its manifest says, or, while there is none, its
  /// journal.
  ///
  /// - Throws: `unreadable` where there is neither; `damaged` where that cannot be read.
  /// - Complexity: O(*n*) in the bytes of all files; the index of one shard is in memory.
  public init(_ path: String) throws(ShardError) {
    let folder = ShardFolder(path: path)
    let (run, shards): (RunIdentity, [ShardManifest.Shard])
    var kept: Set<String> = []
    if let manifest = try folder.manifest() {
      isFinished = true
      (run, shards) = (manifest.run, manifest.shards)
      let documents = shards.reduce(0) { $0 + $1.documents }
      if documents > manifest.documents {
        note(
          ShardManifest.fileName,
          "\(documents) documents in shards, of \(manifest.documents) in all")
      }
    } else if let journal = try folder.journal() {
      (run, shards) = (journal.run, journal.shards)
    } else {
      throw ShardError(
        .unreadable, "no set of shards: neither \(ShardManifest.fileName) nor \(Journal.fileName)",
        place: path)
    }
    guard let layout = ShardLayout(run) else {
      throw ShardError(.damaged, "options that are not known here", place: path)
    }
    shardCount = shards.count
    for (index, shard) in shards.enumerated() {
      let before = problems.count
      kept.formUnion(shard.files.map(\.name))
      for file in shard.files { check(file, folder, isFinished: isFinished) }
      if problems.count == before {
        let check = ShardCheck(shard, layout, folder)
        for problem in try check.problems(isLast: isFinished && index == shards.count - 1) {
          note(problem.file, problem.message)
        }
      }
      if problems.count == before {
        goodShards += 1
        goodTokens += shard.tokens
      }
    }
    // While the run goes on, files without their names are its own.
    for file in try SystemCalls.names(in: path)
    where ShardFolder.isOurs(file, layout.name) && !kept.contains(file) {
      if isFinished || !file.hasSuffix(".part") { note(file, "it does not belong to the set") }
    }
  }

  private mutating func note(_ file: String, _ message: String) {
    problems.append(Problem(file: file, message: message))
  }

  /// Whether the file is there with the size it had.
  private mutating func check(_ file: ShardManifest.File, _ folder: ShardFolder, isFinished: Bool) {
    let path = "\(folder.path)/\(file.name)"
    if let status = SystemCalls.status(path) {
      if status.size != file.bytes {
        note(
          file.name,
          "\(status.size < file.bytes ? "cut" : "longer"): \(status.size) bytes, of \(file.bytes)")
      }
    } else if isFinished || SystemCalls.status("\(path).part")?.size != file.bytes {
      note(file.name, "missing")
    }
  }
}

/// What a run's options say of all its shards.
struct ShardLayout {
  var format: ShardFormat
  var name: String
  var idCount: Int
  var idType: IDType
  var rowLength: Int?
  /// Tokens in a full shard.
  var fullSize: Int

  /// nil for options that no run has.
  init?(_ run: RunIdentity) {
    guard let format = run.format, let name = run.shardName, let idCount = run.vocabularySize,
      let size = run.shardSize, size > 0
    else { return nil }
    self.format = format
    self.name = name
    self.idCount = idCount
    idType = format.idType(idCount: idCount)
    rowLength = run.rowLength
    guard let rowLength else {
      fullSize = size
      return
    }
    guard rowLength > 0 else { return nil }
    fullSize = size / rowLength * rowLength
  }
}
