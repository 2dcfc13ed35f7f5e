import Tokenization

/// Reads the fields of one message in the wire format of protocol buffers (Google, "Encoding"),
/// strictly: what the format does not allow is an error with its offset, never a guess.
///
/// A field is a tag, `number << 3 | type`, and a value whose length its type tells:
///
///     0A 03 61 62 63    field 1, bytes, 3 of them: `abc`
///     18 03             field 3, a varint: 3
///     15 00 00 80 BF    field 2, 32 bits: the float -1
///
/// The caller asks for ``nextField()`` until it returns `nil`, and reads or skips each value.
struct ProtobufReader: ~Escapable {
  /// How many groups may stand within each other in a field that is skipped, as in the original.
  static let maximumDepth = 100

  enum WireType: UInt8 {
    case varint = 0
    case fixed64
    case bytes
    case groupStart
    case groupEnd
    case fixed32

    var name: String {
      switch self {
      case .varint: "a varint"
      case .fixed64: "64 bits"
      case .bytes: "bytes"
      case .groupStart, .groupEnd: "a group"
      case .fixed32: "32 bits"
      }
    }
  }

  struct Field {
    var number: Int
    var type: WireType
    /// Where its tag stands.
    var offset: Int
  }

  private let file: Span<UInt8>
  /// Where the next byte is read.
  private(set) var offset: Int
  /// Where the message ends.
  private let end: Int

  /// A reader of the message that is all of `file`.
  @_lifetime(copy file)
  init(_ file: Span<UInt8>) {
    self.file = file
    offset = 0
    end = file.count
  }

  /// A reader of the message that lies in `range` of `file`.
  @_lifetime(copy file)
  init(_ file: Span<UInt8>, _ range: Range<Int>) {
    self.file = file
    offset = range.lowerBound
    end = range.upperBound
  }

  /// The next field's tag; `nil` at the end of the message.
  mutating func nextField() throws(VocabularyError) -> Field? {
    guard offset < end else { return nil }
    let start = offset
    let tag = try readVarint()
    // A tag has 32 bits, of which three are the type.
    guard tag <= UInt64(UInt32.max) else {
      throw VocabularyError(
        .limit, "a tag of \(tag) where \(UInt32.max) is the largest allowed", offset: start)
    }
    guard tag >> 3 > 0 else {
      throw VocabularyError(.malformed, "a field with the number 0", offset: start)
    }
    guard let type = WireType(rawValue: UInt8(tag & 7)) else {
      throw VocabularyError(
        .malformed, "the wire type \(tag & 7), where 0 to 5 are known", offset: start)
    }
    return Field(number: Int(tag >> 3), type: type, offset: start)
  }

  /// The value of a varint: seven bits a byte, lowest first.
  mutating func readVarint() throws(VocabularyError) -> UInt64 {
    let start = offset
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      guard offset < end else { throw past(end: "a varint", at: start) }
      let byte = file[offset]
      offset += 1
      guard shift < 63 || byte <= 1 else {
        throw VocabularyError(
          .malformed, "a varint of more than the 64 bits that are allowed", offset: start)
      }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  /// Where the value of `field` lies, which must be bytes.
  mutating func readBytes(_ field: Field) throws(VocabularyError) -> Range<Int> {
    try require(.bytes, field)
    let start = offset
    let length = try readVarint()
    guard length <= UInt64(end - offset) else {
      throw VocabularyError(
        end == file.count ? .truncated : .malformed,
        "a length of \(length) bytes where \(end - offset) are left", offset: start)
    }
    let range = offset..<offset + Int(length)
    offset = range.upperBound
    return range
  }

  mutating func readFloat(_ field: Field) throws(VocabularyError) -> Float {
    try require(.fixed32, field)
    guard end - offset >= 4 else { throw past(end: "32 bits", at: offset) }
    var bits: UInt32 = 0
    for index in 0..<4 { bits |= UInt32(file[offset + index]) << UInt32(8 * index) }
    offset += 4
    return Float(bitPattern: bits)
  }

  mutating func readBool(_ field: Field) throws(VocabularyError) -> Bool {
    try require(.varint, field)
    return try readVarint() != 0
  }

  /// A number of 32 bits with its sign; negative ones are written with 64 bits, or with 32.
  mutating func readInt32(_ field: Field) throws(VocabularyError) -> Int32 {
    try require(.varint, field)
    let start = offset
    let value = try readVarint()
    guard value <= UInt64(UInt32.max) || Int32(exactly: Int64(bitPattern: value)) != nil else {
      throw VocabularyError(
        .limit,
        "the number \(Int64(bitPattern: value)) where \(Int32.min) to \(Int32.max) are allowed",
        offset: start)
    }
    return Int32(truncatingIfNeeded: value)
  }

  /// Reads over the value of `field`.
  ///
  /// - Complexity: O(*n*) in a group's bytes, else O(1).
  mutating func skip(_ field: Field) throws(VocabularyError) {
    // The numbers of the groups that are open.
    var open: [Int] = []
    var field = field
    while true {
      switch field.type {
      case .varint: _ = try readVarint()
      case .bytes: _ = try readBytes(field)
      case .fixed32: try skip(bytes: 4, field)
      case .fixed64: try skip(bytes: 8, field)
      case .groupStart:
        open.append(field.number)
        if open.count > Self.maximumDepth {
          throw VocabularyError(
            .limit,
            "\(open.count) groups within each other where \(Self.maximumDepth) are allowed",
            offset: field.offset)
        }
      case .groupEnd:
        guard open.popLast() == field.number else {
          throw VocabularyError(
            .malformed, "the end of a group \(field.number) that is not open", offset: field.offset)
        }
      }
      if open.isEmpty { return }
      guard let next = try nextField() else { throw past(end: "a group", at: field.offset) }
      field = next
    }
  }

  private mutating func skip(bytes count: Int, _ field: Field) throws(VocabularyError) {
    guard end - offset >= count else { throw past(end: field.type.name, at: offset) }
    offset += count
  }

  private func require(_ type: WireType, _ field: Field) throws(VocabularyError) {
    guard field.type == type else {
      throw VocabularyError(
        .wrongType, "found \(field.type.name) where \(type.name) is expected", offset: field.offset)
    }
  }

  private func past(end what: String, at start: Int) -> VocabularyError {
    end == file.count
      ? VocabularyError(.truncated, "the file ends inside \(what)", offset: start)
      : VocabularyError(.malformed, "\(what) goes beyond the end of its message", offset: start)
  }
}
