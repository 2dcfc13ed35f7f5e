import TestSupport
import Testing

@testable import TokShards

/// "one", "two", "three" in lines, as `gzip -n` and `zstd` pack them.
struct CompressedInputTests {
  private static let gzip: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xCB, 0xCF, 0x4B, 0xE5, 0x2A, 0x29,
    0xCF, 0xE7, 0x2A, 0xC9, 0x28, 0x4A, 0x4D, 0xE5, 0x02, 0x00, 0xB6, 0xD5, 0xE6, 0x25, 0x0E, 0x00,
    0x00, 0x00,
  ]
  private static let zstandard: [UInt8] = [
    0x28, 0xB5, 0x2F, 0xFD, 0x24, 0x0E, 0x71, 0x00, 0x00, 0x6F, 0x6E, 0x65, 0x0A, 0x74, 0x77, 0x6F,
    0x0A, 0x74, 0x68, 0x72, 0x65, 0x65, 0x0A, 0xA4, 0x58, 0x89, 0x34,
  ]
  /// A frame that is to be skipped, with three bytes.
  private static let skipped: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]

  private func documents(
    _ bytes: [UInt8], collectsBad: Bool = false, from position: DocumentPosition = .init()
  ) throws -> (texts: [String], bad: [BadDocument]) {
    try Files.withFolder { folder in
      // The name says nothing.
      try Files.write(bytes, to: folder + "/input.txt")
      var reader = DocumentReader(
        files: [folder + "/input.txt"], separator: .byte(0x0A), collectsBad: collectsBad,
        from: position)
      var texts: [String] = []
      var bad: [BadDocument] = []
      while let batch = try reader.next() {
        texts += batch.ranges.map { String(decoding: batch.bytes[$0], as: UTF8.self) }
        bad += batch.bad
      }
      return (texts, bad)
    }
  }

  @Test func `reads members and frames one behind another`() throws {
    let words = ["one", "two", "three"]
    #expect(try documents(Self.gzip).texts == words)
    #expect(try documents(Self.gzip + Self.gzip + [0, 0, 0]).texts == words + words)
    #expect(try documents(Self.zstandard).texts == words)
    #expect(try documents(Self.zstandard + Self.skipped + Self.zstandard).texts == words + words)
    #expect(try documents(Self.skipped + Self.zstandard).texts == words)
  }

  @Test func `goes on in the middle`() throws {
    let position = DocumentPosition(input: 0, offset: 8, number: 3)
    for bytes in [Self.gzip, Self.zstandard, Array("one\ntwo\nthree\n".utf8)] {
      #expect(try documents(bytes, from: position).texts == ["three"])
    }
    #expect(throws: ShardError.self) {
      try documents(Self.gzip, from: DocumentPosition(input: 0, offset: 99, number: 9))
    }
  }

  @Test func `says where data end too soon or are damaged`() throws {
    for bytes in [Self.gzip, Self.zstandard, Self.gzip + Self.gzip] {
      for count in 4..<bytes.count where count != Self.gzip.count {
        #expect { try documents(Array(bytes[..<count])) } throws: { error in
          let error = error as? ShardError
          return error?.reason == .input && error?.message.contains("end too soon") == true
        }
      }
    }
    var damaged = Self.gzip
    damaged[27] ^= 1
    #expect { try documents(damaged) } throws: { error in
      (error as? ShardError)?.message.contains("at byte ") == true
    }
    #expect(throws: ShardError.self) { try documents(Self.gzip + Array("text".utf8)) }
  }

  @Test func `keeps what is whole before the damage where bad documents are collected`() throws {
    let found = try documents(Self.gzip + Self.gzip.dropLast(9), collectsBad: true)
    #expect(found.texts.starts(with: ["one", "two", "three", "one"]))
    #expect(found.bad.count == 1 && found.bad[0].unit == nil)
  }

  @Test func `takes what only begins like gzip as text`() throws {
    #expect(try documents([0x1F, 0x8B]).texts.count == 1)
    #expect(try documents([]).texts.isEmpty)
  }
}
