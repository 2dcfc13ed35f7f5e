internal import Dispatch
internal import Synchronization
internal import Tokenization

/// Counts the words of texts, on several threads and within bounded memory.
///
/// The result is the same for any number of threads and any bound.
public struct WordCounter: Sendable {
  private let pretokenizer: Pretokenizer

  /// - Throws: `vocabulary` for a normaliser or splitter that cannot be built.
  public init(_ preprocessing: Preprocessing) throws(TrainingError) {
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
  /// - Throws: what is wrong with a source; `limit` for counts beyond 2^64; `unwritable`.
  /// - Complexity: O(*n*) in the bytes of all texts, and O(*w* log *w*) in the different words.
  public func count(
    _ sources: [TrainingSource], _ run: TrainingRun = TrainingRun()
  ) throws(TrainingError) -> WordCounts {
    try count(sources, run) { _ in true }.counts
  }

  /// The same for the units that `reads` says are read, and how many others there were; empty ones are
  /// not counted as such.
  func count(
    _ sources: [TrainingSource], _ run: TrainingRun,
    reads: @escaping @Sendable (Span<UInt8>) -> Bool
  ) throws(TrainingError) -> (counts: WordCounts, skippedCount: Int) {
    let state = CountingState(sources, pretokenizer, run, reads: reads)
    if run.threads == 1 {
      state.work()
    } else {
      DispatchQueue.concurrentPerform(iterations: run.threads) { _ in state.work() }
    }
    return try (state.finish(), state.skippedCount.load(ordering: .relaxed))
  }
}

/// What the threads that count share.
private final class CountingState: Sendable {
  private let sources: [TrainingSource]
  private let pretokenizer: Pretokenizer
  private let run: TrainingRun
  private let reads: @Sendable (Span<UInt8>) -> Bool
  /// How many units were not read.
  let skippedCount = Atomic<Int>(0)
  private let table = SharedWordTable()
  /// What each word is counted in: 1 where all weights are whole numbers.
  private let isInThousandths: Bool
  private let totalByteCount: Int?

  private struct Reading {
    var chunks: TextChunks
    var failure: TrainingError?
    var isStopped = false
  }
  private let reading: Mutex<Reading>
  private let spilled = Mutex(SpilledCounts())
  /// How much of each source that holds word counts was seen.
  private let extents: Mutex<[WordCountsFile.Extent]>

  /// A thread's own table is poured out when it has so many words: about a megabyte.
  private static let ownWordLimit = 1 << 14

  init(
    _ sources: [TrainingSource], _ pretokenizer: Pretokenizer, _ run: TrainingRun,
    reads: @escaping @Sendable (Span<UInt8>) -> Bool
  ) {
    self.reads = reads
    self.sources = sources
    self.pretokenizer = pretokenizer
    self.run = run
    extents = Mutex(Array(repeating: WordCountsFile.Extent(), count: sources.count))
    isInThousandths = sources.contains { $0.thousandths % 1000 != 0 }
    totalByteCount = TextChunks.totalByteCount(of: sources)
    reading = Mutex(
      Reading(chunks: TextChunks(sources, cutsLongUnits: pretokenizer.allowsCuts)))
  }

  /// Counts chunk after chunk, until there are no more or something fails.
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
      if run.report(.counting, reading.chunks.byteCount, of: totalByteCount) {
        reading.isStopped = true
        return nil
      }
      return try reading.chunks.next()
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

  private func pour(_ own: inout WordTable) throws(TrainingError) {
    guard table.absorb(&own) else { throw TrainingError.countOverflow }
    guard let limit = run.memoryLimit, table.byteCount > limit else { return }
    try spilled.withLock { (spilled) throws(TrainingError) in
      // Another thread may have been first.
      guard table.byteCount > limit else { return }
      try spilled.append(table.takeAll())
    }
  }

  /// All that was counted.
  func finish() throws(TrainingError) -> WordCounts {
    if let failure = reading.withLock({ $0.failure }) { throw failure }
    try checkExtents()
    let last = try table.takeAll()
    let counts = try spilled.withLock { (spilled) throws(TrainingError) in
      try spilled.joined(with: last)
    }
    return isInThousandths ? counts.dividedByThousand() : counts
  }

  /// That files of word counts were whole.
  private func checkExtents() throws(TrainingError) {
    if reading.withLock({ $0.isStopped }) { return }
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
