import Tokenization

/// Reads JSON (RFC 8259) from memory, value by value, without building a tree.
///
/// As strict as serde_json, whose files we read: no byte order mark, comment, trailing comma or
/// trailing data, no control character or unpaired surrogate in strings, valid UTF-8 only, at most
/// ``maximumDepth`` containers within each other. Errors carry the byte offset; who reads a member
/// or an element adds its place with ``VocabularyError/under(_:)``.
///
/// The caller pulls: ``enterObject()`` and then ``nextKey()`` until it returns `nil`, or
/// ``enterArray()`` and ``nextElement()`` until `false`; each value must be read or skipped.
///
/// A reader lives inside the closure of ``read(_:_:)`` only, where its memory is held.
@safe
struct JSONReader: ~Copyable {
  /// How many containers may stand within each other; what serde_json allows.
  static let maximumDepth = 127

  private let base: UnsafePointer<UInt8>?
  /// The number of bytes in the file.
  let count: Int
  /// Where the next byte is read.
  private(set) var offset = 0
  /// How many containers are open.
  private(set) var depth = 0
  /// The container entered last has had no member yet.
  private var isFresh = false
  /// Of members with the same key the last one holds, as Python reads them; otherwise they are an error.
  var keepsLastOfSameKey = false

  private init(_ buffer: UnsafeBufferPointer<UInt8>) {
    // SAFETY: `read` holds the buffer for as long as the reader lives.
    unsafe base = buffer.baseAddress
    count = buffer.count
  }

  /// Calls `body` with a reader that stands before the one value that `bytes` hold, and sees to it
  /// that nothing follows that value.
  static func read<Result>(
    _ bytes: Span<UInt8>,
    _ body: (inout JSONReader) throws(VocabularyError) -> Result
  ) throws(VocabularyError) -> Result {
    // SAFETY: the reader cannot be copied, and does not outlive the call.
    try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(VocabularyError) in
      var reader = unsafe JSONReader(buffer)
      let result = try body(&reader)
      reader.skipSpace()
      if reader.offset < reader.count {
        throw reader.unexpected("the end of the file behind the value")
      }
      return result
    }
  }
}

// MARK: Bytes

extension JSONReader {
  /// The byte at `position`, which must lie within the file.
  subscript(position: Int) -> UInt8 {
    precondition(position >= 0 && position < count, "byte \(position) of \(count)")
    // SAFETY: checked in the line above.
    return unsafe base.unsafelyUnwrapped[position]
  }

  /// Eight bytes from `position` on, the first one lowest; all must lie within the file.
  func word(at position: Int) -> UInt64 {
    precondition(position >= 0 && position <= count - 8, "bytes from \(position) of \(count)")
    // SAFETY: checked in the line above; the load needs no alignment.
    return unsafe UInt64(
      littleEndian: UnsafeRawPointer(base.unsafelyUnwrapped)
        .loadUnaligned(fromByteOffset: position, as: UInt64.self))
  }

  /// Appends the bytes in `range`, which must lie within the file.
  func append(_ range: Range<Int>, to bytes: inout [UInt8]) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "bytes \(range) of \(count)")
    if range.isEmpty { return }
    // SAFETY: checked in the first line.
    unsafe bytes.append(
      contentsOf: UnsafeBufferPointer(
        start: base.unsafelyUnwrapped + range.lowerBound, count: range.count))
  }

  /// The next byte, or `nil` at the end of the file.
  var next: UInt8? { offset < count ? self[offset] : nil }

  /// Goes on to `position`.
  mutating func move(to position: Int) {
    precondition(position >= 0 && position <= count, "byte \(position) of \(count)")
    offset = position
  }

  mutating func skipSpace() {
    while offset < count {
      switch self[offset] {
      case 0x20, 0x0A, 0x0D, 0x09: offset += 1
      default: return
      }
    }
  }
}

// MARK: Containers

extension JSONReader {
  mutating func enterObject() throws(VocabularyError) { try enter("{", "an object") }

  mutating func enterArray() throws(VocabularyError) { try enter("[", "an array") }

  /// Reads a key and its colon; `nil`, and the object is left, if there is none more.
  mutating func nextKey() throws(VocabularyError) -> JSONString? {
    if try !nextPart(until: "}", "`,` or `}`") { return nil }
    guard next == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
    let key = try readString()
    skipSpace()
    guard next == UInt8(ascii: ":") else { throw unexpected("`:` behind the key") }
    offset += 1
    skipSpace()
    return key
  }

  /// Stops before the next element; `false`, and the array is left, if there is none more.
  mutating func nextElement() throws(VocabularyError) -> Bool {
    try nextPart(until: "]", "`,` or `]`")
  }

  private mutating func enter(
    _ bracket: Unicode.Scalar, _ what: String
  ) throws(VocabularyError) {
    skipSpace()
    guard next == UInt8(ascii: bracket) else { throw wrongType(what) }
    depth += 1
    if depth > Self.maximumDepth {
      throw error(
        .limit, "\(depth) containers within each other where \(Self.maximumDepth) are allowed")
    }
    offset += 1
    isFresh = true
  }

  private mutating func nextPart(
    until bracket: Unicode.Scalar, _ expected: String
  ) throws(VocabularyError) -> Bool {
    skipSpace()
    let isFirst = isFresh
    isFresh = false
    if next == UInt8(ascii: bracket) {
      offset += 1
      depth -= 1
      return false
    }
    if isFirst { return true }
    guard next == UInt8(ascii: ",") else { throw unexpected(expected) }
    offset += 1
    skipSpace()
    if next == UInt8(ascii: bracket) { throw unexpected("a value behind the comma") }
    return true
  }
}

// MARK: Errors

extension JSONReader {
  func error(
    _ reason: VocabularyError.Reason, _ message: String, at position: Int? = nil
  ) -> VocabularyError {
    VocabularyError(reason, message, offset: position ?? offset)
  }

  /// What stands here is not JSON: the file ends, or goes on with another byte than `expected`.
  func unexpected(_ expected: String) -> VocabularyError {
    guard let next else { return error(.truncated, "the file ends where \(expected) is expected") }
    return error(.malformed, "found \(described(next)) where \(expected) is expected")
  }

  /// A value begins here, but it is not `expected`.
  func wrongType(_ expected: String) -> VocabularyError {
    let found: String
    switch next {
    case nil: return unexpected(expected)
    case UInt8(ascii: "{"): found = "an object"
    case UInt8(ascii: "["): found = "an array"
    case UInt8(ascii: "\""): found = "a string"
    case UInt8(ascii: "t"), UInt8(ascii: "f"): found = "a boolean"
    case UInt8(ascii: "n"): found = "null"
    case UInt8(ascii: "-"), .some(0x30...0x39): found = "a number"
    default: return unexpected(expected)
    }
    return error(.wrongType, "found \(found) where \(expected) is expected")
  }
}

/// `byte` as a message shows it.
func described(_ byte: UInt8) -> String {
  if byte > 0x20, byte < 0x7F { return "`\(Unicode.Scalar(byte))`" }
  let digits = String(byte, radix: 16, uppercase: true)
  return "byte 0x" + (digits.count < 2 ? "0" : "") + digits
}

extension VocabularyError {
  /// The same error, its path put behind `place`.
  func under(_ place: String) -> VocabularyError {
    var error = self
    if path.isEmpty {
      error.path = place
    } else {
      error.path = place + (path.utf8.first == UInt8(ascii: "[") ? "" : ".") + path
    }
    return error
  }

  /// The same error with `offset` unless it has one.
  func at(_ offset: Int) -> VocabularyError {
    var error = self
    if error.offset == nil { error.offset = offset }
    return error
  }
}
