internal import Tokenization
internal import UnicodeText

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Counts that went to disk: files, each with words in the order of their bytes. They have no name, or
/// are those of a checkpoint.
struct SpilledCounts: ~Copyable {
  private var descriptors: [Int32] = []
  private let checkpoint: CountingCheckpoint?
  /// The number and the size of each file of the checkpoint.
  private var parts: [(number: Int, byteCount: Int)] = []
  private var nextNumber = 0

  init(_ checkpoint: CountingCheckpoint? = nil) { self.checkpoint = checkpoint }

  deinit { for descriptor in descriptors { _ = close(descriptor) } }

  /// - Throws: `unwritable`.
  mutating func append(_ counts: WordCounts) throws(TrainingError) {
    if let checkpoint { return try append(counts, to: checkpoint) }
    let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    let path = "\(folder)/tok-counts.\(getpid()).\(descriptors.count)"
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileAccess.error(.unwritable, path) }
    // It is gone when the process is, however that ends.
    _ = unsafe unlink(path)
    descriptors.append(descriptor)
    var output: [UInt8] = []
    for index in 0..<counts.count {
      Self.append(counts.words.range(index).count, counts.counts[index], to: &output)
      output.append(contentsOf: counts.words.bytes.span.extracting(counts.words.range(index)))
      if output.count > 1 << 18 || index == counts.count - 1 {
        try FileAccess.write(output, to: descriptor, path)
        output.removeAll(keepingCapacity: true)
      }
    }
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw FileAccess.error(.unwritable, path) }
  }

  /// What stands before each word: how many bytes it has, and its count.
  private static let headerCount = 16

  private static func append(_ length: Int, _ count: UInt64, to output: inout [UInt8]) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      output.append(UInt8(truncatingIfNeeded: UInt64(length) >> shift))
    }
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      output.append(UInt8(truncatingIfNeeded: count >> shift))
    }
  }

  /// All counts together with `last`. Whatever was spilled is gone then.
  ///
  /// - Throws: `unreadable`, `limit`.
  /// - Complexity: O(*n* *k*) for *k* files.
  mutating func joined(with last: WordCounts) throws(TrainingError) -> WordCounts {
    if descriptors.isEmpty { return last }
    // Room for all is not memory until something is put there; growing would be twice that for a while.
    let byteCount = descriptors.reduce(0) { $0 + FileAccess.size(of: $1) }
    let wordCount = byteCount / Self.headerCount + last.count
    var words = ByteStrings()
    words.reserve(strings: wordCount, bytes: byteCount + last.words.bytes.count)
    var counts: [UInt64] = []
    counts.reserveCapacity(wordCount)
    try Self.join(descriptors, last) { (word, count) throws(TrainingError) in
      try WordCounts.checkSize(words.bytes.count + word.count)
      words.append(word)
      counts.append(count)
    }
    return WordCounts(sortedWords: words, counts: counts)
  }

  /// Gives the words of files and of `last` to `body`, in their order, each with all of its counts.
  private static func join(
    _ descriptors: some Sequence<Int32>, _ last: WordCounts,
    _ body: ([UInt8], UInt64) throws(TrainingError) -> Void
  ) throws(TrainingError) {
    var streams: [SpilledStream] = []
    for descriptor in descriptors {
      var stream = SpilledStream(descriptor)
      try stream.advance()
      streams.append(stream)
    }
    var next = 0
    while true {
      var least: [UInt8]? = next < last.count ? last.words[next] : nil
      for stream in streams {
        guard let word = stream.word else { continue }
        if least.map({ word.lexicographicallyPrecedes($0) }) ?? true { least = word }
      }
      guard let word = least else { break }
      var total: UInt64 = 0
      if next < last.count, last.words.bytes[last.words.range(next)].elementsEqual(word) {
        total = last.counts[next]
        next += 1
      }
      for index in streams.indices where streams[index].word == word {
        total = try sum(total, streams[index].count)
        try streams[index].advance()
      }
      try body(word, total)
    }
  }
}

// MARK: - In a checkpoint

extension SpilledCounts {
  /// The files of the checkpoint that have all that was appended.
  var numbers: [Int] { parts.map(\.number) }

  /// Takes up files of the checkpoint.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func takeUp(_ numbers: [Int]) throws(TrainingError) {
    guard let checkpoint else { return }
    for number in numbers { try takeUp(number, of: checkpoint) }
  }

  /// Writes counts to a file whose number is none of `numbers`.
  ///
  /// - Throws: `unwritable`.
  mutating func append(_ counts: WordCounts, after numbers: [Int]) throws(TrainingError) {
    nextNumber = (numbers.max() ?? -1) + 1
    try append(counts)
  }

  private mutating func takeUp(
    _ number: Int, of checkpoint: CountingCheckpoint
  ) throws(TrainingError) {
    var reader = try checkpoint.part(number)
    parts.append((number, reader.remaining))
    descriptors.append(reader.takeDescriptor())
    nextNumber = max(nextNumber, number + 1)
  }

  private mutating func append(
    _ counts: WordCounts, to checkpoint: CountingCheckpoint
  ) throws(TrainingError) {
    if counts.count == 0 { return }
    try checkpoint.savePart(nextNumber) { (writer) throws(TrainingError) in
      let bytes = counts.words.bytes.span
      for index in 0..<counts.count {
        try writer.append(
          word: bytes.extracting(counts.words.range(index)), counts.counts[index])
      }
    }
    try takeUp(nextNumber, of: checkpoint)
    // Each file is more than twice as large as the next one, so that there are few, and no word is
    // written more often than that.
    while parts.count > 1, parts[parts.count - 2].byteCount <= 2 * parts[parts.count - 1].byteCount
    {
      try joinLastTwo(in: checkpoint)
    }
  }

  private mutating func joinLastTwo(in checkpoint: CountingCheckpoint) throws(TrainingError) {
    let two = Array(descriptors.suffix(2))
    let none = WordCounts(sortedWords: ByteStrings(), counts: [])
    try checkpoint.savePart(nextNumber) { (writer) throws(TrainingError) in
      try Self.join(two, none) { (word, count) throws(TrainingError) in
        try writer.append(word: word.span, count)
      }
    }
    for descriptor in two { _ = close(descriptor) }
    descriptors.removeLast(2)
    parts.removeLast(2)
    try takeUp(nextNumber, of: checkpoint)
  }
}

extension CheckpointWriter {
  fileprivate mutating func append(word: Span<UInt8>, _ count: UInt64) throws(TrainingError) {
    try append(word.count)
    try append(count)
    try appendContents(unsafe word.bytes)
  }
}

/// The words of one file, one after another.
private struct SpilledStream {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var position = 0
  private var block = [UInt8](repeating: 0, count: 1 << 16)
  /// The word that comes next; nil at the end.
  private(set) var word: [UInt8]?
  private(set) var count: UInt64 = 0

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  mutating func advance() throws(TrainingError) {
    guard try fill(16) else {
      word = nil
      return
    }
    let length = Int(number(at: position))
    count = number(at: position + 8)
    position += 16
    guard try fill(length) else {
      throw TrainingError(.unreadable, "counts that went to disk are not whole")
    }
    word = Array(buffer[position..<position + length])
    position += length
  }

  /// Whether so many bytes are there.
  private mutating func fill(_ wanted: Int) throws(TrainingError) -> Bool {
    while buffer.count - position < wanted {
      if position > 0 {
        buffer.removeFirst(position)
        position = 0
      }
      let count = try FileAccess.read(descriptor, into: &block, "counts on disk")
      if count == 0 { return false }
      buffer.append(contentsOf: block[..<count])
    }
    return true
  }

  private func number(at offset: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(buffer[offset + $1]) << UInt64(8 * $1) }
  }
}
