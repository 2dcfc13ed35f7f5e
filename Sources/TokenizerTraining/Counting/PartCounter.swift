/// Counts words that a trainer cuts of other words.
struct PartCounter: ~Copyable {
  private var near = WordTable()
  private let table = SharedWordTable()

  /// As many words stay in the nearest caches.
  private static let nearLimit = 1 << 14

  /// Counts `part`, which may be empty and then is no word, `times` more.
  ///
  /// - Throws: `limit` beyond 2^64.
  mutating func add(_ part: Span<UInt8>, _ times: UInt64) throws(TrainingError) {
    near.add(part, 0, part.count, times: times)
    if near.count > Self.nearLimit { try pour() }
  }

  private mutating func pour() throws(TrainingError) {
    guard table.absorb(&near) else { throw TrainingError.countOverflow }
  }

  /// All that was counted.
  ///
  /// - Throws: `limit` for counts beyond 2^64 or more than 4 GiB of words.
  /// - Complexity: O(*n* log *n*).
  consuming func finish() throws(TrainingError) -> WordCounts {
    try pour()
    return try table.takeAll()
  }
}
