import TestSupport
import Testing
import UnicodeText

/// Byte strings that break UTF-8 in every way that table 3-7 of the standard names.
private let hostile: [[UInt8]] = [
  [], [0x41], [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xC3, 0xA9],
  [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xE0, 0xA0, 0x80], [0xE2, 0x82], [0xE2, 0x82, 0x41],
  [0xE2, 0x82, 0xAC], [0xED, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
  [0xEF, 0xBF, 0xBF],
  [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x90, 0x80, 0x80], [0xF0, 0x9F, 0x98],
  [0xF0, 0x9F, 0x41, 0x80], [0xF4, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80],
  [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xE2, 0x82, 0xE2, 0x82, 0xAC],
  [0xF1, 0xC3, 0xA9],
]

private func randomBytes(_ generator: inout SeededGenerator) -> [UInt8] {
  let pieces: [[UInt8]] =
    hostile + [Array("plain ASCII text".utf8), Array("é€😀".utf8), Array("\u{FFFD}".utf8)]
  return (0..<Int(generator.next() % 12)).flatMap { _ in
    pieces[Int(generator.next() % UInt64(pieces.count))]
  }
}

private func decoded(_ bytes: [UInt8]) -> [DecodedScalar] {
  var result: [DecodedScalar] = []
  var index = 0
  while index < bytes.count {
    result.append(decodeScalar(in: bytes.span, at: index))
    index += result[result.count - 1].length
  }
  return result
}

@Suite struct UTF8Tests {
  @Test func `every scalar is read back`() {
    var bytes: [UInt8] = []
    for scalar in 0...0x10FFFF as ClosedRange<UInt32> where Unicode.Scalar(scalar) != nil {
      bytes.removeAll(keepingCapacity: true)
      appendUTF8(of: scalar, to: &bytes)
      let forward = decodeScalar(in: bytes.span, at: 0)
      let backward = decodeScalar(in: bytes.span, endingAt: bytes.count)
      let expected = DecodedScalar(value: scalar, length: bytes.count, isValid: true)
      if forward != expected || backward != expected { Issue.record("U+\(scalar)") }
    }
  }

  @Test func `one in 61 sequences of three bytes is judged as the standard library does`() {
    for number in stride(from: 0, to: 1 << 24, by: 61) {
      let bytes = [UInt8(number >> 16), UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF)]
      let isValid = firstInvalidByte(in: bytes.span) == nil
      if isValid != (String(validating: bytes, as: UTF8.self) != nil) {
        Issue.record("\(bytes)")
      }
    }
  }

  @Test(arguments: hostile)
  func `invalid bytes stand alone`(bytes: [UInt8]) {
    let scalars = decoded(bytes)
    #expect(scalars.reduce(0) { $0 + $1.length } == bytes.count)
    #expect(scalars.allSatisfy { $0.isValid || ($0.length == 1 && $0.value == 0xFFFD) })
    #expect(scalars.allSatisfy(\.isValid) == (String(validating: bytes, as: UTF8.self) != nil))
  }

  @Test(
    arguments: [
      ([0xE2, 0x82, 0x41], "\u{FFFD}A"),
      ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
      ([0xF0, 0x9F, 0x98, 0x41], "\u{FFFD}A"),
      ([0xF0, 0x9F, 0xE2, 0x82, 0xAC], "\u{FFFD}€"),
      // From the standard, tables 3-8, 3-9 and 3-11.
      (
        [0xC0, 0xAF, 0xE0, 0x80, 0xBF, 0xF0, 0x81, 0x82, 0x41],
        "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}A"
      ),
      (
        [0xF4, 0x91, 0x92, 0x93, 0xFF, 0x41, 0x80, 0xBF, 0x42],
        "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}A\u{FFFD}\u{FFFD}B"
      ),
      (
        [0xE1, 0x80, 0xE2, 0xF0, 0x91, 0x92, 0xF1, 0xBF, 0x41],
        "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}A"
      ),
    ] as [([UInt8], String)])
  func `one U+FFFD for each maximal subpart`(bytes: [UInt8], expected: String) {
    var repaired: [UInt8] = []
    appendRepaired(bytes.span, to: &repaired)
    #expect(repaired == Array(expected.utf8))
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func `random bytes`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = randomBytes(&generator)
    var repaired: [UInt8] = []
    appendRepaired(bytes.span, to: &repaired)
    #expect(repaired == Array(String(decoding: bytes, as: UTF8.self).utf8))

    let scalars = decoded(bytes)
    let validPrefix = scalars.prefix(while: \.isValid).reduce(0) { $0 + $1.length }
    let invalid = firstInvalidByte(in: bytes.span)
    #expect(invalid == (validPrefix == bytes.count ? nil : validPrefix))

    var backward: [DecodedScalar] = []
    var end = bytes.count
    while end > 0 {
      backward.append(decodeScalar(in: bytes.span, endingAt: end))
      end -= backward[backward.count - 1].length
    }
    #expect(Array(backward.reversed()) == scalars)
  }

  @Test(arguments: 0..<40)
  func `an invalid byte is found behind any number of others`(count: Int) {
    let bytes = Array(repeating: 0x61 as UInt8, count: count) + [0xFF] + Array("abcdefgh".utf8)
    let invalid = firstInvalidByte(in: bytes.span)
    let counts = [bytes.span.asciiCount(from: 0), bytes.span.asciiCount(from: count + 1)]
    #expect(invalid == count)
    #expect(counts == [count, 8])
  }
}
