internal import SplitPatterns

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Some whole units of a source, or a part of one that is too long.
struct TextChunk {
  var bytes: [UInt8] = []
  /// Which of the sources it is of.
  var source = 0
  /// Where it begins in the source.
  var offset = 0
}

/// Reads sources one behind another, about a megabyte at a time.
///
/// Chunks end where lines do, or whole documents; where the caller allows it, a unit that is too long is
/// cut where no pretoken reaches over.
struct TextChunks {
  private let sources: [TrainingSource]
  private let cutsLongUnits: Bool
  private var current = -1
  private var descriptor: Int32 = -1
  /// What was read and not given yet.
  private var rest: [UInt8] = []
  private var restOffset = 0
  private var isAtEnd = true
  private var block = [UInt8](repeating: 0, count: 1 << 18)
  /// Bytes read from all sources.
  private(set) var byteCount = 0

  static let chunkSize = 1 << 20
  /// Longer units are an error, unless they may be cut.
  static let maximumUnitSize = 1 << 31

  /// What has been given, and what comes next.
  struct Position: Hashable, Sendable {
    var source = 0
    var offset = 0
    /// Bytes of all chunks so far.
    var byteCount = 0
  }

  /// - Parameter position: where to begin; a later place only for files and buffers.
  /// - Throws: `unreadable`.
  init(
    _ sources: [TrainingSource], cutsLongUnits: Bool, from position: Position = Position()
  ) throws(TrainingError) {
    self.sources = sources
    self.cutsLongUnits = cutsLongUnits
    guard position.byteCount > 0 else { return }
    current = position.source - 1
    byteCount = position.byteCount
    guard try openNext() else { return }
    restOffset = position.offset
    guard descriptor >= 0, lseek(descriptor, off_t(position.offset), SEEK_SET) < 0 else { return }
    throw FileAccess.error(.unreadable, sources[current].name)
  }

  var position: Position {
    Position(source: max(current, 0), offset: restOffset, byteCount: byteCount - rest.count)
  }

  /// The bytes of all regular files, as far as they tell it; nil if some source does not.
  static func totalByteCount(of sources: [TrainingSource]) -> Int? {
    var total = 0
    for source in sources {
      switch source.content {
      case .buffer(let bytes): total += bytes.count
      case .texts: return nil
      case .file(let path), .jsonLines(let path, _), .wordCounts(let path):
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
          return nil
        }
        total += Int(status.st_size)
      }
    }
    return total
  }

  /// The next chunk; nil when there are no more.
  ///
  /// - Throws: `unreadable`, `limit` for a unit that is too long, what a callback throws as `input`.
  mutating func next() throws(TrainingError) -> TextChunk? {
    while true {
      if isAtEnd, rest.isEmpty {
        guard try openNext() else { return nil }
      }
      if case .texts = sources[current].content {
        // Each is a chunk of its own.
        while !isAtEnd, rest.isEmpty { try fill() }
        if let chunk = take(rest.count) { return chunk }
        continue
      }
      while !isAtEnd, rest.count < Self.chunkSize { try fill() }
      if let end = try endOfChunk() {
        if let chunk = take(end) { return chunk }
      } else if !isAtEnd {
        // subtle: read as much again, so that looking for an end costs no more than reading.
        let wanted = rest.count * 2
        while !isAtEnd, rest.count < wanted { try fill() }
      }
    }
  }

  /// Opens the next source; false if there is none.
  private mutating func openNext() throws(TrainingError) -> Bool {
    closeDescriptor()
    current += 1
    guard current < sources.count else { return false }
    restOffset = 0
    isAtEnd = false
    switch sources[current].content {
    case .file(let path), .jsonLines(let path, _), .wordCounts(let path):
      descriptor = path == "-" ? 0 : unsafe open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw FileAccess.error(.unreadable, path) }
    case .buffer, .texts: break
    }
    return true
  }

  private mutating func closeDescriptor() {
    if descriptor > 0 { _ = close(descriptor) }
    descriptor = -1
  }

  private mutating func fill() throws(TrainingError) {
    let before = rest.count
    switch sources[current].content {
    case .texts(let next):
      do {
        isAtEnd = try !next(&rest)
      } catch {
        throw TrainingError(.input, "\(error)", place: sources[current].name)
      }
    case .buffer(let bytes):
      let start = min(restOffset + before, bytes.count)
      let end = min(start + block.count, bytes.count)
      rest.append(contentsOf: bytes[start..<end])
      isAtEnd = end == bytes.count
    case .file, .jsonLines, .wordCounts:
      let count = try FileAccess.read(descriptor, into: &block, sources[current].name)
      isAtEnd = count == 0
      rest.append(contentsOf: block[..<count])
    }
    byteCount += rest.count - before
  }

  /// Where the units end that are whole, or a part that may be cut; nil if that is not known yet.
  private func endOfChunk() throws(TrainingError) -> Int? {
    if isAtEnd, rest.count <= 2 * Self.chunkSize { return rest.count }
    let source = sources[current]
    if source.hasLines {
      // Not much more than a chunk, where a buffer has more.
      var end = min(rest.count, 2 * Self.chunkSize)
      while end > 0, rest[end - 1] != 0x0A { end -= 1 }
      if end > 0 { return end }
      end = min(rest.count, 2 * Self.chunkSize)
      while end < rest.count, rest[end] != 0x0A { end += 1 }
      if end < rest.count { return end + 1 }
    }
    if !cutsLongUnits || source.isListed {
      guard rest.count <= Self.maximumUnitSize else {
        throw TrainingError(
          .limit, "a unit has more than \(Self.maximumUnitSize) bytes", place: source.name,
          offset: restOffset)
      }
      return isAtEnd ? rest.count : nil
    }
    var end = Self.chunkSize
    while end < rest.count, !isSafeCut(rest.span, before: end) { end += 1 }
    if end < rest.count { return end }
    guard rest.count <= Self.maximumUnitSize else {
      throw TrainingError(
        .limit, "a word has more than \(Self.maximumUnitSize) bytes", place: source.name,
        offset: restOffset)
    }
    return isAtEnd ? rest.count : nil
  }

  private mutating func take(_ end: Int) -> TextChunk? {
    guard end > 0 else { return nil }
    var chunk = TextChunk(source: current, offset: restOffset)
    restOffset += end
    if end == rest.count {
      swap(&chunk.bytes, &rest)
    } else {
      let left = Array(rest[end...])
      rest.removeLast(rest.count - end)
      swap(&chunk.bytes, &rest)
      rest = left
    }
    return chunk
  }
}

extension TrainingSource {
  /// Whether a newline ends what is read together.
  fileprivate var hasLines: Bool { unit != .document || isListed }

  /// Whether lines are not text, but hold some.
  var isListed: Bool {
    switch content {
    case .jsonLines, .wordCounts: true
    case .file, .buffer, .texts: false
    }
  }
}
