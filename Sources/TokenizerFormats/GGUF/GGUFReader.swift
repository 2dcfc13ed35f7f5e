import Tokenization

/// Reads the header and the metadata of a GGUF file: typed values under keys.
///
///     offset  bytes
///     0       4      `GGUF`
///     4       4      version; 3, or 2
///     8       8      number of tensors
///     16      8      number of pairs of a key and a value
///     24      …      the pairs: key (8 bytes of length, text), type (4), value
///
/// A string has its length in 8 bytes before it. An array has the type of its elements (4), their
/// number (8) and then one behind another. Numbers are little-endian, or, where the version shows
/// it, big-endian. No count is believed before the file is seen to have room for it.
///
/// Source: ggml's `docs/gguf.md`.
struct GGUFReader: ~Escapable {
  /// How many arrays may stand within each other in a value that is skipped.
  static let maximumDepth = 16
  /// The longest key, in bytes.
  static let maximumKeyLength = 65_535

  enum ValueType: UInt32 {
    case uint8 = 0
    case int8, uint16, int16, uint32, int32, float32, bool, string, array, uint64, int64, float64

    /// Bytes of a value; nil where it tells itself.
    var size: Int? {
      switch self {
      case .uint8, .int8, .bool: 1
      case .uint16, .int16: 2
      case .uint32, .int32, .float32: 4
      case .uint64, .int64, .float64: 8
      case .string, .array: nil
      }
    }

    /// The fewest bytes that a value can take.
    var minimumSize: Int { size ?? (self == .string ? 8 : 12) }
  }

  let file: Span<UInt8>
  /// Where the next byte is read.
  private(set) var offset = 0
  private(set) var isBigEndian = false
  /// The number of pairs that the header claims; the file has room for them.
  private(set) var pairCount = 0

  /// Reads the header.
  @_lifetime(copy file)
  init(_ file: Span<UInt8>) throws(VocabularyError) {
    self.file = file
    guard Self.isGGUF(file) else {
      throw file.count < 4
        ? VocabularyError(.truncated, "\(file.count) bytes where `GGUF` is expected", offset: 0)
        : VocabularyError(.malformed, "the file does not begin with `GGUF`", offset: 0)
    }
    offset = 4
    var version = try readInteger(4, "the version")
    // A version is small, so that its low half is empty only where the order is the other one.
    if version & 0xFFFF == 0, version != 0 {
      isBigEndian = true
      version = UInt64(UInt32(truncatingIfNeeded: version).byteSwapped)
    }
    guard version == 2 || version == 3 else {
      throw VocabularyError(
        .version, "GGUF of version \(version), where 2 and 3 are read", offset: 4)
    }
    _ = try readInteger(8, "the number of tensors")
    let start = offset
    let count = try readInteger(8, "the number of keys")
    // A key takes 9 bytes or more, a type 4, a value 1.
    guard count <= UInt64(left / 14) else { throw noRoom(count, "keys", of: 14, at: start) }
    pairCount = Int(count)
  }

  static func isGGUF(_ file: Span<UInt8>) -> Bool {
    file.count >= 4 && file[0] == UInt8(ascii: "G") && file[1] == UInt8(ascii: "G")
      && file[2] == UInt8(ascii: "U") && file[3] == UInt8(ascii: "F")
  }

  /// The number of bytes behind ``offset``.
  var left: Int { file.count - offset }
}

// MARK: Parts of a pair

extension GGUFReader {
  mutating func readKey() throws(VocabularyError) -> [UInt8] {
    let start = offset
    let range = try readString()
    guard !range.isEmpty else { throw VocabularyError(.malformed, "an empty key", offset: start) }
    guard range.count <= Self.maximumKeyLength else {
      throw VocabularyError(
        .limit, "a key of \(range.count) bytes, of at most \(Self.maximumKeyLength)", offset: start)
    }
    offset = range.lowerBound
    return try read(bytes: range.count)
  }

  mutating func readType() throws(VocabularyError) -> ValueType {
    let start = offset
    let number = try readInteger(4, "a type")
    guard let type = ValueType(rawValue: UInt32(truncatingIfNeeded: number)) else {
      throw VocabularyError(
        .malformed, "the type \(number), where 0 to 12 are known", offset: start)
    }
    return type
  }

  /// Where the next string lies.
  mutating func readString() throws(VocabularyError) -> Range<Int> {
    let start = offset
    let length = try readInteger(8, "the length of a string")
    guard length <= UInt64(left) else {
      throw VocabularyError(
        .truncated, "a string of \(length) bytes where \(left) are left", offset: start)
    }
    let range = offset..<offset + Int(length)
    offset = range.upperBound
    return range
  }

  /// The type of an array's elements and their number, for which there is room.
  mutating func readArrayHead() throws(VocabularyError) -> (type: ValueType, count: Int) {
    let type = try readType()
    let start = offset
    let count = try readInteger(8, "the length of an array")
    guard count <= UInt64(left / type.minimumSize) else {
      throw noRoom(count, "elements", of: type.minimumSize, at: start)
    }
    return (type, Int(count))
  }

  /// An unsigned number of `size` bytes.
  mutating func readInteger(_ size: Int, _ what: String) throws(VocabularyError) -> UInt64 {
    guard left >= size else {
      throw VocabularyError(.truncated, "the file ends inside \(what)", offset: offset)
    }
    var value: UInt64 = 0
    for index in 0..<size {
      let place = isBigEndian ? size - 1 - index : index
      value |= UInt64(file[offset + place]) << UInt64(8 * index)
    }
    offset += size
    return value
  }

  /// The next `count` bytes, for which there must be room.
  mutating func read(bytes count: Int) throws(VocabularyError) -> [UInt8] {
    guard count <= left else { throw noRoom(UInt64(count), "values", of: 1, at: offset) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for position in offset..<offset + count { bytes.append(file[position]) }
    offset += count
    return bytes
  }

  /// Reads over a value of `type`.
  ///
  /// - Complexity: O(*n*) in the elements of arrays of strings and arrays, else O(1).
  mutating func skip(_ type: ValueType) throws(VocabularyError) {
    // The arrays that are open: the type of their elements, and how many are left.
    var open: [(type: ValueType, count: Int)] = [(type, 1)]
    while let (type, count) = open.last {
      guard count > 0 else {
        open.removeLast()
        continue
      }
      if let size = type.size {
        guard count <= left / size else {
          throw noRoom(UInt64(count), "values", of: size, at: offset)
        }
        offset += size * count
        open.removeLast()
        continue
      }
      open[open.count - 1].count -= 1
      if type == .string {
        _ = try readString()
      } else {
        guard open.count <= Self.maximumDepth else {
          throw VocabularyError(
            .limit,
            "\(open.count) arrays within each other where \(Self.maximumDepth) are allowed",
            offset: offset)
        }
        let (elementType, elementCount) = try readArrayHead()
        open.append((elementType, elementCount))
      }
    }
  }

  private func noRoom(
    _ count: UInt64, _ what: String, of size: Int, at start: Int
  ) -> VocabularyError {
    VocabularyError(
      .truncated,
      "\(count) \(what) of at least \(size) \(size == 1 ? "byte" : "bytes") where \(left) are left",
      offset: start)
  }
}
