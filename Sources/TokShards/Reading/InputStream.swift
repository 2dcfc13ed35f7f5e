#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The bytes of a file or of standard input, decompressed where they begin as gzip or Zstandard do.
///
/// What the first bytes say counts, whatever the file is called.
final class InputStream {
  private enum Coding {
    case plain
    case gzip(GzipDecoder)
    case zstandard(ZstandardDecoder)

    init(_ bytes: ArraySlice<UInt8>) {
      if bytes.starts(with: Self.gzipMagic) {
        self = .gzip(GzipDecoder())
      } else if bytes.starts(with: Self.zstandardMagic)
        || bytes.count >= 4 && bytes.first.map({ $0 & 0xF0 }) == 0x50
          && bytes.dropFirst().starts(with: Self.skippedMagic)
      {
        self = .zstandard(ZstandardDecoder())
      } else {
        self = .plain
      }
    }

    /// Whether more bytes are needed to tell.
    static func mayBegin(_ bytes: ArraySlice<UInt8>) -> Bool {
      guard bytes.count < 4, let first = bytes.first else { return false }
      return bytes.count < 3 && gzipMagic.starts(with: bytes) || zstandardMagic.starts(with: bytes)
        || first & 0xF0 == 0x50 && skippedMagic.starts(with: bytes.dropFirst())
    }

    private static let gzipMagic: [UInt8] = [0x1F, 0x8B, 0x08]
    private static let zstandardMagic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
    /// Behind a byte from 50 to 5F: a frame that is to be skipped.
    private static let skippedMagic: [UInt8] = [0x2A, 0x4D, 0x18]
  }

  let name: String
  private let descriptor: Int32
  private var coding = Coding.plain
  private var raw = [UInt8](repeating: 0, count: 1 << 18)
  private var rawRange = 0..<0
  private var isAtRawEnd = false
  private var block: [UInt8] = []
  /// Whether the last step filled its output, so that there may be more of it.
  private var mayHaveMore = false
  /// Bytes read of the file, compressed as they are.
  private(set) var rawCount = 0

  /// - Parameters:
  ///   - path: `-` for standard input.
  ///   - decompresses: false for data that are no text.
  ///   - beginning: what was read of the input before.
  /// - Throws: `unreadable`.
  init(_ path: String, decompresses: Bool, beginning: [UInt8] = []) throws(ShardError) {
    name = path == "-" ? "standard input" : path
    descriptor = path == "-" ? 0 : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemCalls.error(.unreadable, path) }
    if !beginning.isEmpty {
      raw.replaceSubrange(..<beginning.count, with: beginning)
      rawRange = 0..<beginning.count
      rawCount = beginning.count
    }
    guard decompresses else { return }
    // subtle: never more than is needed to tell, since who writes slowly wants to see each line.
    repeat {
      try fillRaw(atLeast: rawRange.count + 1)
      coding = Coding(raw[rawRange])
    } while Coding.mayBegin(raw[rawRange]) && !isAtRawEnd
    if case .plain = coding {} else { block = [UInt8](repeating: 0, count: 1 << 18) }
  }

  deinit { if descriptor > 0 { _ = close(descriptor) } }

  /// Appends what comes next to `bytes`; false at the end.
  ///
  /// - Throws: `unreadable`, and `input` for compressed data that are damaged or end too soon.
  func read(into bytes: inout [UInt8]) throws(ShardError) -> Bool {
    if case .plain = coding {
      if rawRange.isEmpty { try fillRaw(atLeast: 1) }
      bytes.append(contentsOf: raw[rawRange])
      defer { rawRange = 0..<0 }
      return !rawRange.isEmpty
    }
    while true {
      if rawRange.isEmpty, !mayHaveMore {
        try fillRaw(atLeast: 1)
        if rawRange.isEmpty {
          guard isComplete else { throw damage("the compressed data end too soon") }
          return false
        }
      }
      let part = decode()
      rawRange = (rawRange.lowerBound + part.consumed)..<rawRange.upperBound
      mayHaveMore = part.produced == block.count && !isComplete
      if part.produced > 0 { bytes.append(contentsOf: block[..<part.produced]) }
      if let failure = part.failure { throw damage("the compressed data are damaged: \(failure)") }
      if part.produced > 0 { return true }
    }
  }

  /// Goes to byte `offset` of what ``read(into:)`` gives; nothing may have been read yet.
  ///
  /// - Returns: what was read beyond it, which comes next.
  /// - Throws: as reading; `damaged` where the input ends before.
  /// - Complexity: O(1) for files that are not compressed, else O(*offset*).
  func skip(to offset: Int) throws(ShardError) -> [UInt8] {
    if case .plain = coding, offset > rawRange.upperBound,
      lseek(descriptor, off_t(offset), SEEK_SET) == off_t(offset)
    {
      rawRange = 0..<0
      rawCount = offset
      return []
    }
    var left = offset
    var bytes: [UInt8] = []
    while true {
      bytes.removeAll(keepingCapacity: true)
      if left == 0 { return [] }
      guard try read(into: &bytes) else {
        throw ShardError(
          .damaged, "the input ends \(left) bytes before byte \(offset), where it was left",
          place: name)
      }
      if bytes.count > left { return Array(bytes[left...]) }
      left -= bytes.count
    }
  }

  var isCompressed: Bool {
    if case .plain = coding { false } else { true }
  }

  /// Whether a read would give something, or the end, without waiting.
  var isReadable: Bool {
    if !rawRange.isEmpty || mayHaveMore { return true }
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, 0) > 0
  }

  private func fillRaw(atLeast count: Int) throws(ShardError) {
    if rawRange.isEmpty { rawRange = 0..<0 }
    while rawRange.count < count, !isAtRawEnd {
      let start = rawRange.upperBound
      var buffer: [UInt8] = []
      swap(&buffer, &raw)
      defer { swap(&buffer, &raw) }
      let got = try Self.read(descriptor, into: &buffer, from: start, name)
      isAtRawEnd = got == 0
      rawCount += got
      rawRange = rawRange.lowerBound..<(start + got)
    }
  }

  private static func read(
    _ descriptor: Int32, into buffer: inout [UInt8], from start: Int, _ name: String
  ) throws(ShardError) -> Int {
    try unsafe buffer.withUnsafeMutableBufferPointer { (bytes) throws(ShardError) in
      try unsafe SystemCalls.read(
        descriptor,
        UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: bytes[start...])), name)
    }
  }

  private var isComplete: Bool {
    switch coding {
    case .plain: true
    case .gzip(let decoder): decoder.isComplete
    case .zstandard(let decoder): decoder.isComplete
    }
  }

  private func decode() -> DecodedPart {
    let (range, coding) = (rawRange, coding)
    return unsafe raw.withUnsafeBufferPointer { input in
      unsafe block.withUnsafeMutableBufferPointer { output in
        let input = unsafe UnsafeBufferPointer(rebasing: input[range])
        return switch coding {
        case .plain: DecodedPart(consumed: 0, produced: 0)
        case .gzip(let decoder): unsafe decoder.decode(input, into: output)
        case .zstandard(let decoder): unsafe decoder.decode(input, into: output)
        }
      }
    }
  }

  private func damage(_ message: String) -> ShardError {
    ShardError(
      .input, "\(message) (at byte \(rawCount - rawRange.count) of the compressed file)",
      place: name)
  }
}
