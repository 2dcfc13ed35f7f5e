import TestSupport
import Testing
import Tokenization

@testable import TokenizerFormats

@Suite struct ProtobufReaderTests {
  /// What is read of the first field, or the reason and place of an error.
  static func first<Value>(
    _ bytes: [UInt8],
    _ read: (inout ProtobufReader, ProtobufReader.Field) throws(VocabularyError) -> Value
  ) -> (value: Value?, error: VocabularyError?) {
    do throws(VocabularyError) {
      var reader = ProtobufReader(bytes.span)
      guard let field = try reader.nextField() else { return (nil, nil) }
      return (try read(&reader, field), nil)
    } catch { return (nil, error) }
  }

  @Test(
    arguments: [
      ([0x08, 0x00], 0), ([0x08, 0x01], 1), ([0x08, 0x96, 0x01], 150),
      ([0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0x07], .max),
      // Written with 64 bits and with 32.
      ([0x08] + [UInt8](repeating: 0xFF, count: 9) + [0x01], -1),
      ([0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], -1),
      // More bytes than needed.
      ([0x08, 0x81, 0x80, 0x00], 1),
    ] as [([UInt8], Int32)])
  func `numbers of 32 bits`(bytes: [UInt8], expected: Int32) {
    let found = Self.first(bytes) { (reader, field) throws(VocabularyError) in
      try reader.readInt32(field)
    }
    #expect(found.value == expected)
  }

  @Test(
    arguments: [
      // A varint that does not end; one of eleven bytes; one of more than 64 bits.
      ([0x08], .truncated, 1), ([0x08, 0x80], .truncated, 1),
      ([0x08] + [UInt8](repeating: 0x80, count: 10) + [0x01], .malformed, 1),
      ([0x08] + [UInt8](repeating: 0xFF, count: 9) + [0x02], .malformed, 1),
      // 2^32, which is neither a number of 32 bits nor a negative one.
      ([0x08, 0x80, 0x80, 0x80, 0x80, 0x10], .limit, 1),
      // Field 0, types 6 and 7, a tag of more than 32 bits, another type than is asked for.
      ([0x00, 0x01], .malformed, 0), ([0x0E], .malformed, 0), ([0x0F], .malformed, 0),
      ([0x80, 0x80, 0x80, 0x80, 0x10], .limit, 0), ([0x0A, 0x00], .wrongType, 0),
    ] as [([UInt8], VocabularyError.Reason, Int)])
  func `refuses numbers`(bytes: [UInt8], reason: VocabularyError.Reason, offset: Int) {
    let found = Self.first(bytes) { (reader, field) throws(VocabularyError) in
      try reader.readInt32(field)
    }
    #expect(found.error?.reason == reason)
    #expect(found.error?.offset == offset)
  }

  @Test func `a length beyond the end says both numbers`() {
    for length in [4, 1 << 31, 1 << 62] as [UInt64] {
      let found = Self.first([0x0A] + ProtobufWriter.varint(length) + [1, 2, 3]) {
        (reader, field) throws(VocabularyError) in try reader.readBytes(field)
      }
      #expect(found.error?.reason == .truncated)
      #expect(found.error?.offset == 1)
      #expect(found.error?.message == "a length of \(length) bytes where 3 are left")
    }
  }

  @Test func `a value may not leave its message`() {
    // A message of two bytes, the second of which begins a varint.
    let bytes: [UInt8] = [0x0A, 0x02, 0x08, 0x80, 0x01]
    let found = Self.first(bytes) { (reader, field) throws(VocabularyError) in
      var inner = ProtobufReader(bytes.span, try reader.readBytes(field))
      guard let field = try inner.nextField() else { return Int32(0) }
      return try inner.readInt32(field)
    }
    #expect(found.error?.reason == .malformed)
    #expect(found.error?.offset == 3)
  }

  @Test func `skips every type`() {
    var writer = ProtobufWriter()
    writer.number(1, .max)
    writer.bytes += ProtobufWriter.tag(2, 1) + [UInt8](repeating: 1, count: 8)
    writer.text(3, "text")
    writer.bytes += ProtobufWriter.tag(4, 3) + ProtobufWriter.tag(9, 3)
    writer.number(1, 1)
    writer.bytes += ProtobufWriter.tag(9, 4) + ProtobufWriter.tag(4, 4)
    writer.float(5, 1)
    var numbers: [Int] = []
    do throws(VocabularyError) {
      var reader = ProtobufReader(writer.bytes.span)
      while let field = try reader.nextField() {
        numbers.append(field.number)
        try reader.skip(field)
      }
    } catch { Issue.record("\(error)") }
    #expect(numbers == [1, 2, 3, 4, 5])
  }

  @Test(
    arguments: [
      // The end of no group, of another group, none; a tag that is cut off within.
      ([0x0C], .malformed), ([0x0B, 0x14], .malformed), ([0x0B], .truncated),
      ([0x0B, 0x80], .truncated), ([0x09, 1, 2, 3], .truncated), ([0x0D, 1, 2, 3], .truncated),
    ] as [([UInt8], VocabularyError.Reason)])
  func `refuses to skip`(bytes: [UInt8], reason: VocabularyError.Reason) {
    let found = Self.first(bytes) { (reader, field) throws(VocabularyError) in
      try reader.skip(field)
    }
    #expect(found.error?.reason == reason)
  }

  @Test func `groups within each other have a limit`() {
    func nested(_ depth: Int) -> [UInt8] {
      [UInt8](repeating: 0x0B, count: depth) + [UInt8](repeating: 0x0C, count: depth)
    }
    let allowed = Self.first(nested(100)) { (reader, field) throws(VocabularyError) in
      try reader.skip(field)
    }
    #expect(allowed.error == nil)
    let refused = Self.first(nested(1_000_000)) { (reader, field) throws(VocabularyError) in
      try reader.skip(field)
    }
    #expect(refused.error?.reason == .limit)
    #expect(refused.error?.message == "101 groups within each other where 100 are allowed")
  }
}
