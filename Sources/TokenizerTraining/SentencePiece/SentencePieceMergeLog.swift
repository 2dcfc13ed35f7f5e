internal import Tokenization

/// The merges of a training so far, kept in its checkpoint: all that is needed to go on from there.
struct SentencePieceMergeLog {
  private(set) var merges: [SentencePieceMerging.Merge] = []
  private let folder: CheckpointFolder?
  private let digest: UInt64
  private var savedCount = 0

  private static let name = "sentencepiece-bpe"
  private static let saveInterval = 4096

  /// - Parameter folder: nil where nothing is kept.
  init(
    _ folder: CheckpointFolder?, _ counts: WordCounts, _ options: SentencePieceTrainingOptions
  ) throws(TrainingError) {
    self.folder = folder
    guard folder != nil else {
      digest = 0
      return
    }
    var bytes = Array("\(options)".utf8)
    for hash in [
      Tokenization.hash(counts.words.bytes.span), Self.hash(counts.words.ends.map(UInt64.init)),
      Self.hash(counts.counts),
    ] {
      Self.append(hash, to: &bytes)
    }
    digest = Tokenization.hash(bytes.span)
  }

  private static func hash(_ numbers: [UInt64]) -> UInt64 {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * numbers.count)
    for number in numbers { append(number, to: &bytes) }
    return Tokenization.hash(bytes.span)
  }

  private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: 0, to: 64, by: 8) as StrideTo<UInt64> {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  /// Does again what the checkpoint has.
  ///
  /// - Throws: `checkpoint` where that is of another training.
  mutating func replay(on merging: inout SentencePieceMerging) throws(TrainingError) {
    guard let folder, let bytes = try folder.load(Self.name, digest: digest) else { return }
    func number(_ offset: Int) -> UInt64 {
      (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
    }
    for offset in stride(from: 0, to: bytes.count - 15, by: 16) {
      let key = number(offset)
      let merge = SentencePieceMerging.Merge(
        left: UInt32(key >> 32), right: UInt32(truncatingIfNeeded: key),
        frequency: number(offset + 8))
      guard try merging.merge(left: merge.left, right: merge.right) else {
        throw TrainingError(
          .checkpoint, "merge \(merges.count) is none of this text", place: folder.path)
      }
      merges.append(merge)
    }
    savedCount = merges.count
  }

  mutating func append(_ merge: SentencePieceMerging.Merge) throws(TrainingError) {
    merges.append(merge)
    if merges.count - savedCount >= Self.saveInterval { try save() }
  }

  mutating func save() throws(TrainingError) {
    guard let folder, merges.count > savedCount else { return }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16 * merges.count)
    for merge in merges {
      Self.append(UInt64(merge.left) << 32 | UInt64(merge.right), to: &bytes)
      Self.append(merge.frequency, to: &bytes)
    }
    try folder.save(Self.name, bytes, digest: digest)
    savedCount = merges.count
  }
}
