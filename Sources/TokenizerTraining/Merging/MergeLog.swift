internal import Tokenization

/// The merges that a training has chosen, kept in a checkpoint: what else there is to know follows when
/// they are done again.
struct MergeLog {
  private let folder: CheckpointFolder?
  private let name: String
  private let digest: UInt64
  /// The pairs in order, the left symbol in the high half. Trainers put other numbers among them.
  private(set) var entries: [UInt64] = []
  /// What was saved before, the first one last.
  private var saved: [UInt64] = []

  /// A file has so many more entries each time it is saved.
  private static let interval = 4096

  /// - Parameter options: all that the result depends on, beside `counts`.
  /// - Throws: `checkpoint` for one of another training, `unreadable`.
  init(
    _ name: String, options: String, counts: WordCounts, _ run: TrainingRun
  ) throws(TrainingError) {
    self.name = name
    folder = run.checkpoint
    guard let folder else {
      digest = 0
      return
    }
    var hashes = [Tokenization.hash(Array(options.utf8).span)]
    hashes.append(Tokenization.hash(counts.words.bytes.span))
    hashes += counts.counts
    hashes += counts.words.ends.map { UInt64($0) }
    digest = Tokenization.hash(Self.bytes(hashes).span)
    guard let bytes = try folder.load(name, digest: digest) else { return }
    for start in stride(from: 0, to: bytes.count - 7, by: 8) {
      saved.append((0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) })
    }
    saved.reverse()
  }

  /// The next entry of the training that was ended, if it came so far.
  var next: UInt64? { saved.last }

  /// Notes an entry, which is ``next`` where there is one, and saves all from time to time.
  ///
  /// - Throws: `unwritable`.
  mutating func append(_ entry: UInt64) throws(TrainingError) {
    entries.append(entry)
    _ = saved.popLast()
    if saved.isEmpty, entries.count.isMultiple(of: Self.interval) { try save() }
  }

  /// Saves all, also what is still to be done again.
  ///
  /// - Throws: `unwritable`.
  func save() throws(TrainingError) {
    try folder?.save(name, Self.bytes(entries + saved.reversed()), digest: digest)
  }

  private static func bytes(_ numbers: [UInt64]) -> [UInt8] {
    numbers.flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
    }
  }
}
