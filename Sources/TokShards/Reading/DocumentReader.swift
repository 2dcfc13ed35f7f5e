internal import Tokenization
internal import TokenizerFormats

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Reads documents from files and standard input, a few megabytes at a time, so that memory grows
/// only with the longest document. Inputs that begin as gzip or Zstandard do are decompressed.
public struct DocumentReader {
  public enum Separator: Hashable, Sendable {
    /// Each input is one document.
    case none
    /// This byte ends a document.
    case byte(UInt8)
    /// A member of the JSON object on each line.
    case json(field: [String])
  }

  private static let chunkSize = 4 << 20

  private let files: [String]
  private let separator: Separator
  private let decompresses: Bool
  private let collectsBad: Bool
  private let beginning: [UInt8]
  private var position: DocumentPosition
  private var stream: InputStream?
  private var rest: [UInt8] = []
  /// Bytes read of the inputs that are finished, compressed as they are.
  private var finishedCount = 0

  /// - Parameters:
  ///   - files: their paths; `-` is standard input.
  ///   - decompresses: false where the inputs are no text.
  ///   - collectsBad: lines that are no documents, and inputs that cannot be read on, are noted in the
  ///     batches; otherwise they are errors.
  ///   - position: where to begin. Inputs before it are not opened.
  ///   - beginning: what was read of standard input before.
  public init(
    files: [String], separator: Separator, decompresses: Bool = true, collectsBad: Bool = false,
    from position: DocumentPosition = DocumentPosition(), beginning: [UInt8] = []
  ) {
    self.files = files
    self.separator = separator
    self.decompresses = decompresses
    self.collectsBad = collectsBad
    self.position = position
    self.beginning = beginning
    for file in files.prefix(position.input) {
      finishedCount += SystemCalls.status(file)?.size ?? 0
    }
  }

  /// Bytes read from all inputs so far, compressed as they are.
  public var byteCount: Int { finishedCount + (stream?.rawCount ?? 0) }

  /// The next documents, all of one input; nil when there are no more.
  ///
  /// - Throws: `unreadable`; `input` for a line that is no document and for compressed data that are
  ///   damaged, unless those are collected.
  public mutating func next() throws(ShardError) -> DocumentBatch? {
    while position.input < files.count {
      var batch = DocumentBatch()
      var isAtEnd = true
      var failure: ShardError?
      do throws(ShardError) {
        if stream == nil { try openInput() }
        isAtEnd = try fill()
      } catch {
        guard collectsBad, error.reason != .damaged else { throw error }
        failure = error
      }
      try take(isAtEnd: isAtEnd && failure == nil, into: &batch)
      if let failure {
        // What is whole is kept; what is not, and whatever would follow, cannot be had.
        batch.bad.append(
          BadDocument(
            input: Self.name(files[position.input]), unit: nil, position: position, error: failure,
            documentsBefore: batch.ranges.count))
        isAtEnd = true
      }
      batch.readCount = byteCount
      if isAtEnd { closeInput() }
      batch.next = position
      if !batch.ranges.isEmpty || !batch.bad.isEmpty { return batch }
    }
    return nil
  }

  /// Whether a regular file begins as compressed data do; false where it cannot be read.
  public static func isCompressed(_ file: String) -> Bool {
    // Of a pipe looking would take the beginning away.
    guard SystemCalls.status(file) != nil else { return false }
    return (try? InputStream(file, decompresses: true))?.isCompressed ?? false
  }

  static func name(_ file: String) -> String { file == "-" ? "standard input" : file }

  private mutating func openInput() throws(ShardError) {
    let file = files[position.input]
    let stream = try InputStream(
      file, decompresses: decompresses, beginning: file == "-" ? beginning : [])
    self.stream = stream
    rest = position.offset > 0 ? try stream.skip(to: position.offset) : []
  }

  private mutating func closeInput() {
    finishedCount += stream?.rawCount ?? 0
    stream = nil
    rest = []
    position = DocumentPosition(input: position.input + 1, offset: 0, number: 1)
  }

  /// Reads on; true at the end of the input.
  private mutating func fill() throws(ShardError) -> Bool {
    guard let stream else { return true }
    var hasEnd = false
    while true {
      let start = rest.count
      // subtle: no room is reserved here, which would copy all for each block; appending doubles it.
      guard try stream.read(into: &rest) else { return true }
      // Without separators the whole input is needed; with them, once some document is whole.
      switch separator {
      case .none: continue
      case .byte(let byte): hasEnd = hasEnd || rest[start...].contains(byte)
      case .json: hasEnd = hasEnd || rest[start...].contains(0x0A)
      }
      // Who writes slowly wants to see each document when it is there.
      if hasEnd, rest.count >= Self.chunkSize || !stream.isReadable { return false }
    }
  }

  /// The documents that are whole.
  private mutating func take(
    isAtEnd: Bool, into batch: inout DocumentBatch
  ) throws(ShardError) {
    batch.input = Self.name(files[position.input])
    batch.inputIndex = position.input
    batch.offset = position.offset
    var end = rest.count
    switch separator {
    case .none:
      guard isAtEnd else { return }
      batch.ranges = [0..<rest.count]
      batch.numbers = [1]
      batch.starts = [0]
    case .byte(let byte):
      end = cut(at: byte, isAtEnd: isAtEnd, into: &batch.ranges)
      for range in batch.ranges {
        batch.starts.append(position.offset + range.lowerBound)
        batch.numbers.append(position.number)
        position.number += 1
      }
    case .json(let field):
      batch.unit = .line
      var lines: [Range<Int>] = []
      end = cut(at: 0x0A, isAtEnd: isAtEnd, into: &lines)
      let offset = position.offset
      for line in lines {
        position.offset = offset + line.lowerBound
        do throws(ShardError) {
          try take(field, of: line, into: &batch)
        } catch {
          guard collectsBad else { throw error }
          batch.bad.append(
            BadDocument(
              input: batch.input, unit: .line, position: position, error: error,
              documentsBefore: batch.ranges.count))
        }
        position.number += 1
      }
      position.offset = offset + end
      rest.removeFirst(end)
      return
    }
    position.offset += end
    if end == rest.count {
      swap(&batch.bytes, &rest)
      rest = []
    } else {
      batch.bytes = Array(rest[..<end])
      rest.removeFirst(end)
    }
  }

  /// Cuts what is there at a byte; what follows the last one is a document too unless it is empty.
  private func cut(at byte: UInt8, isAtEnd: Bool, into ranges: inout [Range<Int>]) -> Int {
    var start = 0
    unsafe rest.withUnsafeBufferPointer { buffer in
      while start < buffer.count,
        let found = unsafe memchr(buffer.baseAddress! + start, Int32(byte), buffer.count - start)
      {
        let end = unsafe UnsafeRawPointer(found) - UnsafeRawPointer(buffer.baseAddress!)
        ranges.append(start..<end)
        start = end + 1
      }
    }
    if isAtEnd, start < rest.count {
      ranges.append(start..<rest.count)
      start = rest.count
    }
    return start
  }

  /// Adds the document on one line of JSON; lines of white space have none.
  private func take(
    _ field: [String], of line: Range<Int>, into batch: inout DocumentBatch
  ) throws(ShardError) {
    if rest[line].allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
    let bytes = rest.span.extracting(line)
    func failure(_ message: String, at offset: Int = 0) -> ShardError {
      ShardError(
        .input, message, place: "\(batch.input): line \(position.number)",
        offset: position.offset + offset)
    }
    let name = field.joined(separator: ".")
    var value: JSONValue
    do throws(VocabularyError) {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw failure(error.message, at: error.offset ?? 0)
    }
    for part in field {
      guard let member = value[part] else { throw failure("no member `\(name)`") }
      value = member
    }
    guard case .string(let text) = value else {
      throw failure("the member `\(name)` is not a string")
    }
    let first = batch.bytes.count
    batch.bytes.append(contentsOf: text.utf8)
    batch.ranges.append(first..<batch.bytes.count)
    batch.numbers.append(position.number)
    batch.starts.append(position.offset)
  }
}
