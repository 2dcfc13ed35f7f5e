internal import Tokenization

/// Documents of one batch with their ids.
struct EncodedDocuments: Sendable {
  /// Where they come from; its bytes are gone.
  var batch: DocumentBatch
  var encoded: EncodedBatch
}

/// What writes, and notes from time to time how far that is.
///
/// Only one thread at a time may call it.
final class ShardRecorder: @unchecked Sendable {
  private let folder: ShardFolder
  private let interval: Double
  private let set: ShardSet
  private let badFile: BadDocumentFile?
  /// Where documents go first that are to be shuffled.
  let store: DocumentStore?
  private var progress: Journal
  /// What ``progress`` was when all documents were in shards or in the store.
  private var settled: Journal
  private var lastCheckpoint = SystemCalls.seconds

  /// Goes on from where `journal` says, and cuts off what was written behind it.
  init(
    _ folder: ShardFolder, _ options: ShardOptions, idCount: Int, badFile: String?,
    interval: Double, from journal: Journal
  ) throws(ShardError) {
    self.folder = folder
    self.interval = interval
    var journal = journal
    set = try ShardSet(
      folder.path, options, idCount: idCount, shards: journal.shards, extent: journal.current)
    if journal.badFile != badFile { journal.badBytes = 0 }
    journal.badFile = badFile
    self.badFile =
      try badFile.map { (path) throws(ShardError) in
        try BadDocumentFile(path, keeping: journal.badBytes)
      }
    store =
      options.shuffleSeed == nil
      ? nil
      : try DocumentStore(
        folder.path, idCount: idCount, keeping: journal.documents, tokens: journal.storedTokens)
    progress = journal
    settled = journal
  }

  /// How far it is.
  var journal: Journal { settled }

  /// Adds documents of the inputs.
  func add(_ part: EncodedDocuments) throws(ShardError) {
    var bad = part.batch.bad[...]
    for index in 0...part.encoded.count {
      while let next = bad.first, next.documentsBefore == index {
        try badFile?.add(next)
        progress.badDocuments += 1
        bad.removeFirst()
      }
      guard index < part.encoded.count else { break }
      if let store {
        try store.add(part.encoded[index])
      } else {
        try set.add(part.encoded[index])
      }
      progress.documents += 1
      progress.textBytes += part.batch.ranges[index].count
      // Where documents wait to be packed, the few places count at which none does.
      if store == nil, set.packs, set.isSettled { note(part.batch.position(after: index)) }
    }
    note(part.batch.next)
    try checkpointIfDue()
  }

  /// All documents before `position` were added.
  private func note(_ position: DocumentPosition) {
    progress.position = position
    progress.badBytes = badFile?.size ?? 0
    progress.storedTokens = store?.tokenCount ?? 0
    if set.isSettled { settled = progress }
  }

  /// All documents are in the store.
  func beginWriting() throws(ShardError) {
    progress.phase = .writing
    settled = progress
    try checkpoint()
  }

  /// Adds the document of the store that comes next.
  func addStored(_ ids: ArraySlice<TokenID>) throws(ShardError) {
    try set.add(ids)
    progress.writtenDocuments += 1
    if set.isSettled { settled = progress }
    // A look at the clock for each document would cost more than small documents do.
    if set.hasUnpublished || progress.writtenDocuments % 256 == 0 { try checkpointIfDue() }
  }

  /// Notes how far it is, if that was not done for a while or a shard is whole.
  private func checkpointIfDue() throws(ShardError) {
    if set.hasUnpublished || SystemCalls.seconds - lastCheckpoint >= interval { try checkpoint() }
  }

  /// Notes how far it is.
  ///
  /// The order is what makes it safe: first the files, then the journal that speaks of them, then the names
  /// of whole shards.
  func checkpoint() throws(ShardError) {
    try set.sync()
    try store?.sync()
    try badFile?.sync()
    settled.shards = set.shards
    settled.current = set.extent
    settled.droppedTokens = progress.droppedTokens + set.droppedTokens
    try folder.replace(Journal.fileName, with: settled.write())
    try set.publish()
    lastCheckpoint = SystemCalls.seconds
  }

  /// All documents were added: ends the last shard and writes the manifest.
  func finish() throws(ShardError) -> ShardManifest {
    try set.finish()
    settled = progress
    try checkpoint()
    try badFile?.publish()
    let manifest = ShardManifest(
      shards: settled.shards, documents: settled.documents, textBytes: settled.textBytes,
      badDocuments: settled.badDocuments, droppedTokens: settled.droppedTokens, run: settled.run)
    try folder.replace(ShardManifest.fileName, with: manifest.write())
    folder.remove(Journal.fileName)
    store?.remove()
    return manifest
  }
}
