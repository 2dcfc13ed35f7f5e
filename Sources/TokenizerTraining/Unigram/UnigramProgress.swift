internal import Tokenization

/// Where a unigram training notes how far it is: after each round the tokens that remain, with their
/// scores.
struct UnigramProgress {
  private static let name = "unigram"
  private let folder: CheckpointFolder?
  private let digest: UInt64

  init(_ run: TrainingRun, digest: UInt64) {
    folder = run.checkpoint
    self.digest = digest
  }

  /// Of words, their counts and the options.
  static func digest(of words: WordCounts, _ options: UnigramTrainingOptions) -> UInt64 {
    var bytes = Array("\(options)".utf8)
    append(Tokenization.hash(words.words.bytes.span), to: &bytes)
    for index in 0..<words.count {
      append(UInt64(words.words.ends[index]), to: &bytes)
      append(words.counts[index], to: &bytes)
    }
    return Tokenization.hash(bytes.span)
  }

  /// Notes the tokens after `round` rounds, and whether there are to be no more.
  func save(
    _ estimation: UnigramEstimation, round: Int, isDone: Bool
  ) throws(TrainingError) {
    guard let folder else { return }
    var bytes: [UInt8] = []
    Self.append(UInt64(round) << 1 | (isDone ? 1 : 0), to: &bytes)
    for token in estimation.tokens {
      Self.append(UInt64(token.seed), to: &bytes)
      Self.append(token.score.bitPattern, to: &bytes)
    }
    try folder.save(Self.name, bytes, digest: digest)
  }

  /// Takes the tokens that were noted last.
  ///
  /// - Returns: how many rounds have been made, and whether there are to be no more; 0 where nothing
  ///   was noted.
  /// - Throws: `checkpoint` for other tokens than those of `estimation`.
  func resume(_ estimation: inout UnigramEstimation) throws(TrainingError) -> (
    round: Int, isDone: Bool
  ) {
    guard let folder, let bytes = try folder.load(Self.name, digest: digest) else {
      return (0, false)
    }
    let numbers = stride(from: 0, to: bytes.count, by: 8).map { start in
      bytes[start..<min(start + 8, bytes.count)].reversed().reduce(0 as UInt64) {
        $0 << 8 | UInt64($1)
      }
    }
    var kept: [UnigramEstimation.Token] = []
    var least: UInt64 = 0
    for index in stride(from: 1, to: numbers.count, by: 2) {
      guard index + 1 < numbers.count, numbers[index] >= least,
        numbers[index] < estimation.tokens.count
      else {
        throw TrainingError(
          .checkpoint, "the checkpoint has other tokens", place: "\(folder.path)/\(Self.name)")
      }
      var token = estimation.tokens[Int(numbers[index])]
      token.score = Double(bitPattern: numbers[index + 1])
      kept.append(token)
      least = numbers[index] + 1
    }
    estimation.keep(kept)
    let state = numbers.first ?? 0
    return (Int(state >> 1), state & 1 == 1)
  }

  private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: 0 as UInt64, to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}
