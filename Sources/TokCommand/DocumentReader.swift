import Tok
import TokenizerFormats

/// Some documents of one input.
struct DocumentBatch {
  /// What holds the documents.
  var bytes: [UInt8] = []
  /// Where each lies in `bytes`.
  var ranges: [Range<Int>] = []
  /// The input they come from.
  var input = ""
  /// The number of the first of them in its input, from 1 on.
  var firstNumber = 1
  /// The lines they stand on, where lines without a document may lie between.
  var lines: [Int] = []
  /// Where `bytes` begin in the input.
  var offset = 0

  /// What messages call document `index`.
  func place(_ index: Int) -> String {
    lines.isEmpty
      ? "\(input): document \(firstNumber + index)" : "\(input): line \(lines[index])"
  }
}

/// Reads documents from files and standard input, a few megabytes at a time, so that memory grows
/// only with the longest document.
struct DocumentReader {
  enum Separator {
    /// Each input is one document.
    case none
    /// This byte ends a document.
    case byte(UInt8)
    /// A member of the JSON object on each line.
    case json(field: [String])
  }

  private static let chunkSize = 4 << 20

  private var remaining: ArraySlice<String>
  private let separator: Separator
  private var descriptor: Int32 = -1
  private var input = ""
  private var rest: [UInt8] = []
  private var nextNumber = 1
  private var block = [UInt8](repeating: 0, count: 1 << 18)
  private var offset = 0
  /// Bytes read from all inputs so far.
  private(set) var byteCount = 0

  init(files: [String], separator: Separator) {
    remaining = files[...]
    self.separator = separator
  }

  /// The next documents, all of one input; nil when there are no more.
  mutating func next() throws -> DocumentBatch? {
    while true {
      if descriptor < 0 {
        guard let file = remaining.popFirst() else { return nil }
        try open(file)
      }
      let isAtEnd = try fill()
      let batch = try take(isAtEnd: isAtEnd)
      if isAtEnd { closeInput() }
      if !batch.ranges.isEmpty { return batch }
    }
  }

  private mutating func open(_ file: String) throws {
    input = file == "-" ? "standard input" : file
    descriptor = file == "-" ? 0 : System.openForReading(file)
    guard descriptor >= 0 else { throw Failure("\(file): \(System.lastError())") }
    rest = []
    nextNumber = 1
    offset = 0
  }

  private mutating func closeInput() {
    if descriptor > 0 { _ = close(descriptor) }
    descriptor = -1
  }

  /// Reads on; true at the end of the input.
  private mutating func fill() throws -> Bool {
    var hasEnd = false
    while true {
      var count = 0
      repeat {
        count = unsafe read(descriptor, &block, block.count)
      } while count < 0 && errno == EINTR
      guard count >= 0 else { throw Failure("\(input): \(System.lastError())") }
      if count == 0 { return true }
      byteCount += count
      let start = rest.count
      // subtle: no room is reserved here, which would copy all for each block; appending doubles it.
      rest.append(contentsOf: block[..<count])
      // Without separators the whole input is needed; with them, once some document is whole.
      switch separator {
      case .none: continue
      case .byte(let byte): hasEnd = hasEnd || rest[start...].contains(byte)
      case .json: hasEnd = hasEnd || rest[start...].contains(0x0A)
      }
      // Who writes slowly wants to see each document when it is there.
      if hasEnd, rest.count >= Self.chunkSize || !System.isReadable(descriptor) { return false }
    }
  }

  /// The documents that are whole.
  private mutating func take(isAtEnd: Bool) throws -> DocumentBatch {
    var batch = DocumentBatch()
    batch.input = input
    batch.firstNumber = nextNumber
    batch.offset = offset
    var end = rest.count
    switch separator {
    case .none:
      batch.ranges = [0..<rest.count]
    case .byte(let byte):
      end = cut(at: byte, isAtEnd: isAtEnd, into: &batch.ranges)
    case .json(let field):
      var lines: [Range<Int>] = []
      end = cut(at: 0x0A, isAtEnd: isAtEnd, into: &lines)
      for line in lines { try take(field, of: line, lineNumber: &nextNumber, into: &batch) }
      offset += end
      rest.removeFirst(end)
      return batch
    }
    nextNumber += batch.ranges.count
    offset += end
    if end == rest.count {
      swap(&batch.bytes, &rest)
      rest = []
    } else {
      batch.bytes = Array(rest[..<end])
      rest.removeFirst(end)
    }
    return batch
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
    _ field: [String], of line: Range<Int>, lineNumber: inout Int, into batch: inout DocumentBatch
  ) throws {
    defer { lineNumber += 1 }
    let bytes = rest.span.extracting(line)
    if rest[line].allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
    let place = "\(input): line \(lineNumber)"
    let start = offset + line.lowerBound
    var value: JSONValue
    do {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw Failure("\(place): byte \(start + (error.offset ?? 0)): \(error.message)")
    }
    for name in field {
      guard let member = value[name] else {
        throw Failure("\(place): byte \(start): no member `\(field.joined(separator: "."))`")
      }
      value = member
    }
    guard case .string(let text) = value else {
      throw Failure(
        "\(place): byte \(start): the member `\(field.joined(separator: "."))` is not a string")
    }
    let first = batch.bytes.count
    batch.bytes.append(contentsOf: text.utf8)
    batch.ranges.append(first..<batch.bytes.count)
    batch.lines.append(lineNumber)
  }
}

extension System {
  /// A descriptor for reading, or a negative number.
  static func openForReading(_ path: String) -> Int32 { unsafe open(path, O_RDONLY | O_CLOEXEC) }
}
