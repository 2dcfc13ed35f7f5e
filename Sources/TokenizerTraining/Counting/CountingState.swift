internal import Synchronization
internal import Tokenization

/// What the threads that count share.
final class CountingState: Sendable {
  private let sources: [TrainingSource]
  private let pretokenizer: Pretokenizer
  private let run: TrainingRun
  private let reads: @Sendable (Span<UInt8>) -> Bool
  private let checkpoint: CountingCheckpoint?
  /// How many units were not read.
  private let skippedCount: Atomic<Int>
  private let table = SharedWordTable()
  /// What each word is counted in: 1 where all weights are whole numbers.
  private let isInThousandths: Bool
  private let totalByteCount: Int?

  private struct Reading {
    var chunks: TextChunks
    var failure: TrainingError?
    var isStopped = false
    var isAtEnd = false
    /// All was counted before, and is in the checkpoint.
    var isFinished = false
    /// When ``checkpoint`` was last written.
    var lastSave = ContinuousClock.now
    /// Nothing has been read since then.
    var isSaved = true
  }
  private let reading: Mutex<Reading>
  private let spilled: Mutex<SpilledCounts>
  /// How much of each source that holds word counts was seen.
  private let extents: Mutex<[WordCountsFile.Extent]>

  /// A thread's own table is poured out when it has so many words: about a megabyte.
  private static let ownWordLimit = 1 << 14

  init(
    _ sources: [TrainingSource], _ pretokenizer: Pretokenizer, _ run: TrainingRun,
    _ checkpoint: CountingCheckpoint?, reads: @escaping @Sendable (Span<UInt8>) -> Bool
  ) throws(TrainingError) {
    let saved = try checkpoint?.state()
    self.checkpoint = checkpoint
    self.reads = reads
    self.sources = sources
    self.pretokenizer = pretokenizer
    self.run = run
    skippedCount = Atomic(saved?.skippedCount ?? 0)
    extents = Mutex(
      saved?.extents ?? Array(repeating: WordCountsFile.Extent(), count: sources.count))
    isInThousandths = sources.contains { $0.thousandths % 1000 != 0 }
    totalByteCount = TextChunks.totalByteCount(of: sources)
    let chunks = try TextChunks(
      sources, cutsLongUnits: pretokenizer.allowsCuts, from: saved?.position ?? .init())
    reading = Mutex(Reading(chunks: chunks, isFinished: saved?.isFinished ?? false))
    var spilled = SpilledCounts(checkpoint)
    try spilled.takeUp(saved?.parts ?? [])
    self.spilled = Mutex(spilled)
  }

  /// Whether there is more to count, for all threads; when they have met, what they counted is saved.
  ///
  /// - Throws: what failed, `unwritable`.
  func goesOn() throws(TrainingError) -> Bool {
    try reading.withLock { (reading) throws(TrainingError) in
      if let failure = reading.failure { throw failure }
      if !reading.isSaved, !reading.isAtEnd, let checkpoint {
        try spilled.withLock { (spilled) throws(TrainingError) in
          try spilled.append(table.takeAll())
          try checkpoint.save(
            CountingCheckpoint.State(
              position: reading.chunks.position,
              skippedCount: skippedCount.load(ordering: .relaxed),
              extents: extents.withLock { $0 }, parts: spilled.numbers))
        }
        reading.lastSave = .now
        reading.isSaved = true
      }
      return !reading.isStopped && !reading.isAtEnd && !reading.isFinished
    }
  }

  /// Counts chunk after chunk, until there are no more, something fails, or it is time to save.
  func work() {
    var own = WordTable()
    var scratch = Pretokenizer.Scratch()
    do throws(TrainingError) {
      while let chunk = try nextChunk() {
        try count(chunk, into: &own, using: &scratch)
        if own.count > Self.ownWordLimit { try pour(&own) }
      }
      try pour(&own)
    } catch {
      reading.withLock { if $0.failure == nil { $0.failure = error } }
    }
  }

  private func nextChunk() throws(TrainingError) -> TextChunk? {
    try reading.withLock { (reading) throws(TrainingError) in
      guard reading.failure == nil, !reading.isStopped else { return nil }
      if checkpoint != nil, !reading.isSaved,
        reading.lastSave.duration(to: .now) >= run.checkpointInterval
      {
        return nil
      }
      if run.report(.counting, reading.chunks.byteCount, of: totalByteCount) {
        reading.isStopped = true
        return nil
      }
      let chunk = try reading.chunks.next()
      if chunk == nil { reading.isAtEnd = true } else { reading.isSaved = false }
      return chunk
    }
  }

  private func count(
    _ chunk: TextChunk, into own: inout WordTable, using scratch: inout Pretokenizer.Scratch
  ) throws(TrainingError) {
    let source = sources[chunk.source]
    let times = isInThousandths ? source.thousandths : source.thousandths / 1000
    if case .wordCounts = source.content {
      let extent = try WordCountsFile.forEachWord(of: chunk, source) {
        (word, count) throws(TrainingError) in
        let (product, overflows) = count.multipliedReportingOverflow(by: times)
        guard !overflows else { throw TrainingError.countOverflow }
        own.add(word.span, 0, word.count, times: product)
      }
      return extents.withLock { extents in
        extents[chunk.source].wordCount += extent.wordCount
        if let count = extent.promisedCount { extents[chunk.source].promisedCount = count }
      }
    }
    try chunk.forEachUnit(of: source) { (unit) throws(TrainingError) in
      guard reads(unit) else {
        if !unit.isEmpty { skippedCount.wrappingAdd(1, ordering: .relaxed) }
        return
      }
      do throws(EncodingError) {
        try pretokenizer.forEachBlock(of: unit, using: &scratch) { bytes, ranges in
          for index in 0..<ranges.count {
            let range = ranges[index]
            own.add(bytes, range.lowerBound, range.upperBound, times: times)
          }
        }
      } catch {
        throw TrainingError(.input, error.message, place: source.name, offset: chunk.offset)
      }
    }
  }

  /// How much memory the table may take before it goes to disk: half as much comes to it while it is put
  /// in order, and the process takes some, too.
  private var tableLimit: Int? {
    run.memoryLimit.map { max($0 - 32 << 20, $0 / 8) / 8 * 5 }
  }

  private func pour(_ own: inout WordTable) throws(TrainingError) {
    guard table.absorb(&own) else { throw TrainingError.countOverflow }
    guard let limit = tableLimit, table.byteCount > limit else { return }
    try spilled.withLock { (spilled) throws(TrainingError) in
      // Another thread may have been first.
      guard table.byteCount > limit else { return }
      try spilled.append(table.takeAll())
    }
  }

  /// All that was counted.
  func finish() throws(TrainingError) -> WordCounter.Result {
    let (isStopped, wasFinished) = reading.withLock { ($0.isStopped, $0.isFinished) }
    if !isStopped, !wasFinished { try checkExtents() }
    let last = try table.takeAll()
    var counts = try spilled.withLock { (spilled) throws(TrainingError) in
      try spilled.joined(with: last)
    }
    if isInThousandths, !wasFinished { counts = counts.dividedByThousand() }
    let skippedCount = skippedCount.load(ordering: .relaxed)
    if let checkpoint, !isStopped, !wasFinished {
      var whole = SpilledCounts(checkpoint)
      try whole.append(counts, after: spilled.withLock { $0.numbers })
      try checkpoint.save(
        CountingCheckpoint.State(
          skippedCount: skippedCount, extents: extents.withLock { $0 }, parts: whole.numbers,
          isFinished: true))
    }
    return WordCounter.Result(
      counts: counts, skippedCount: skippedCount, isStopped: isStopped)
  }

  /// That files of word counts were whole.
  private func checkExtents() throws(TrainingError) {
    let extents = extents.withLock { $0 }
    for (source, extent) in zip(sources, extents) {
      guard case .wordCounts = source.content, extent.promisedCount != extent.wordCount else {
        continue
      }
      throw TrainingError(
        .input,
        "the word counts are not whole: \(extent.wordCount) words, "
          + (extent.promisedCount.map { "of \($0)" } ?? "and no last line that says how many"),
        place: source.name)
    }
  }
}
