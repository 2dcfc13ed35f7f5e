public import Tokenization

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Turns documents into token shards in a folder.
///
/// A run that was killed, at any moment, is gone on with when the same is started again, and gives the same
/// bytes as one that was not. Memory does not grow with the inputs, but for twelve bytes a document where
/// these are shuffled, and with the longest document.
public struct ShardRun: Sendable {
  /// Where the shards go; made if it is not there.
  public var folder: String
  /// Files, compressed or not; `-` is standard input, which must give the same again when a run is gone on
  /// with.
  public var inputs: [String]
  public var options: ShardOptions
  public var tokenizer: Tokenizer
  /// What the manifest calls the vocabulary.
  public var vocabularyName: String

  // Nothing below changes the bytes.
  public var threads = 1
  /// Removes what is there of the set and begins anew.
  public var restarts = false
  /// Leaves out what is no document or cannot be encoded, instead of stopping there.
  public var skipsBadDocuments = false
  /// Where to write what was left out, a JSON object a line.
  public var badDocumentsFile: String?
  /// Seconds after which is noted how far the run is; so much work is lost at most.
  public var checkpointInterval = 5.0
  /// Told how far it is after each batch, by one thread.
  public var progress: @Sendable (ShardProgress) -> Void = { _ in }

  public init(
    _ folder: String, inputs: [String], options: ShardOptions, tokenizer: Tokenizer,
    vocabularyName: String
  ) {
    self.folder = folder
    self.inputs = inputs
    self.options = options
    self.tokenizer = tokenizer
    self.vocabularyName = vocabularyName
  }

  /// Writes the shards, or what is still missing of them.
  ///
  /// - Returns: what the set holds; at once where it is finished already.
  /// - Throws: `option` and `limit` for what cannot be; `changed` where the folder is of another run;
  ///   `locked`; `input`, `unreadable` and `unwritable` after all that is good was noted.
  public func write() throws(ShardError) -> ShardManifest {
    let idCount = tokenizer.idCount
    try options.check(idCount: idCount)
    try SystemCalls.makeFolder(folder)
    let lock = try FolderLock(folder)
    defer { withExtendedLifetime(lock) {} }
    let folder = ShardFolder(path: folder)
    if restarts { try folder.removeAll(of: options.name) }
    let (inputs, beginning) = try identities()
    let identity = RunIdentity(options, tokenizer, vocabulary: vocabularyName, inputs: inputs)
    if let manifest = try folder.manifest() {
      try check(identity, manifest.run)
      folder.remove(Journal.fileName)
      try folder.removeParts(of: options.name, but: [])
      return manifest
    }
    let journal = try begin(identity, folder)
    let recorder = try ShardRecorder(
      folder, options, idCount: idCount, badFile: badDocumentsFile, interval: checkpointInterval,
      from: journal)
    if journal.phase == .encoding {
      var total: Int? = 0
      for input in inputs { total = total.flatMap { sum in input.status.map { sum + $0.size } } }
      let encoding = ShardEncoding(
        run: self, recorder: recorder, beginning: beginning, total: total)
      try encoding.encode()
    }
    if let store = recorder.store { try writeShuffled(store, recorder) }
    return try recorder.finish()
  }

  /// The journal to go on from.
  private func begin(_ identity: RunIdentity, _ folder: ShardFolder) throws(ShardError) -> Journal {
    guard let journal = try folder.journal() else {
      if let file = try folder.shardFiles(of: options.name).first {
        throw ShardError(
          .changed,
          "there is `\(file)`, which belongs to no run that is known here: take another folder or "
            + "name, or remove it with --restart", place: folder.path)
      }
      try folder.removeParts(of: options.name, but: [])
      let journal = Journal(run: identity)
      try folder.replace(Journal.fileName, with: journal.write())
      return journal
    }
    try check(identity, journal.run)
    // Shards that are whole, but were not given their names any more.
    for file in journal.shards.flatMap(\.files) {
      let path = "\(folder.path)/\(file.name)"
      if SystemCalls.exists("\(path).part") {
        try SystemCalls.rename("\(path).part", to: path)
      }
      guard SystemCalls.status(path)?.size == file.bytes else {
        throw ShardError(
          .damaged, "the shard is not as it was written: begin anew with --restart", place: path)
      }
    }
    var kept: Set<String> = ["documents.ids.part", "documents.lengths.part"]
    if journal.current != nil {
      let stem = ShardSet.stem(options.name, journal.shards.count)
      kept.formUnion(["\(stem).\(options.format.fileExtension).part", "\(stem).lengths.part"])
    }
    try folder.removeParts(of: options.name, but: kept)
    return journal
  }

  private func check(_ identity: RunIdentity, _ old: RunIdentity) throws(ShardError) {
    guard let difference = identity.difference(from: old) else { return }
    throw ShardError(
      .changed,
      "the folder is of another run: \(difference); give the same as then, take another folder, or "
        + "begin anew with --restart", place: folder)
  }

  /// What is known of each input, and what was read of standard input to know it.
  private func identities() throws(ShardError) -> ([InputIdentity], beginning: [UInt8]) {
    var beginning: [UInt8] = []
    var identities: [InputIdentity] = []
    for input in inputs {
      var identity = InputIdentity(name: input, status: SystemCalls.status(input))
      if input == "-" {
        if beginning.isEmpty { beginning = try Self.beginning(of: 0, "standard input") }
        identity.status = nil
        identity.beginning = SHA256Digest.digest(of: beginning)
      } else if identity.status != nil {
        do throws(ShardError) {
          let descriptor = unsafe open(input, O_RDONLY | O_CLOEXEC)
          guard descriptor >= 0 else { throw SystemCalls.error(.unreadable, input) }
          defer { _ = close(descriptor) }
          identity.beginning = SHA256Digest.digest(of: try Self.beginning(of: descriptor, input))
        } catch {
          // What is skipped is noted where its turn comes.
          guard skipsBadDocuments else { throw error }
        }
      } else if !skipsBadDocuments, !SystemCalls.exists(input) {
        throw SystemCalls.error(.unreadable, input)
      }
      identities.append(identity)
    }
    return (identities, beginning)
  }

  private static func beginning(
    of descriptor: Int32, _ name: String
  ) throws(ShardError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: InputIdentity.beginningSize)
    var filled = 0
    while filled < bytes.count {
      let start = filled
      let count = try unsafe bytes.withUnsafeMutableBufferPointer { (buffer) throws(ShardError) in
        try unsafe SystemCalls.read(
          descriptor,
          UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[start...])),
          name)
      }
      if count == 0 { break }
      filled += count
    }
    return Array(bytes[..<filled])
  }

  /// Writes what is in the store, in the order that the seed gives.
  private func writeShuffled(
    _ store: DocumentStore, _ recorder: ShardRecorder
  ) throws(ShardError) {
    if recorder.journal.phase == .encoding { try recorder.beginWriting() }
    let starts = try store.starts()
    let order = DocumentOrder.drawn(count: store.documentCount, seed: options.shuffleSeed ?? 0)
    var tokens = 0
    for place in order[..<recorder.journal.writtenDocuments] {
      tokens += starts[Int(place) + 1] - starts[Int(place)]
    }
    for index in recorder.journal.writtenDocuments..<order.count {
      let place = Int(order[index])
      let ids = try store.read(starts[place]..<starts[place + 1])
      try recorder.addStored(ids[...])
      tokens += ids.count
      if index % 1024 == 1023 {
        progress(
          ShardProgress(
            phase: .writing, completed: index + 1, total: order.count, documents: index + 1,
            tokens: tokens))
      }
    }
  }
}
