import TestSupport
import Testing
import Tokenization

@Suite struct ByteStringIndexTests {
  private func find(_ bytes: [UInt8], in index: ByteStringIndex) -> Int? { index[bytes.span] }

  @Test func `the first of equal strings is found`() {
    var strings = ByteStrings()
    for text in ["b", "", "a", "b", "", "12345678", "123456789"] { strings.append(text.utf8) }
    let index = ByteStringIndex(strings)
    #expect(index.duplicates == [3, 4])
    let rows: [(String, Int?)] = [
      ("b", 0), ("", 1), ("a", 2), ("12345678", 5), ("123456789", 6), ("c", nil), ("1234567", nil),
    ]
    for (text, expected) in rows { #expect(find(Array(text.utf8), in: index) == expected) }
    #expect(find([], in: ByteStringIndex(ByteStrings())) == nil)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `agrees with a dictionary`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var strings = ByteStrings()
    var places: [[UInt8]: Int] = [:]
    let random = { (generator: inout SeededGenerator) -> [UInt8] in
      (0..<Int.random(in: 0...20, using: &generator)).map { _ in
        UInt8.random(in: 0...2, using: &generator)
      }
    }
    for place in 0..<500 {
      let string = random(&generator)
      strings.append(string)
      if places[string] == nil { places[string] = place }
    }
    let index = ByteStringIndex(strings)
    #expect(index.duplicates.count == 500 - places.count)
    for (string, place) in places { #expect(find(string, in: index) == place) }
    for _ in 0..<500 {
      let string = random(&generator)
      #expect(find(string, in: index) == places[string])
    }
  }

  // Compiled files hold tables by this hash: its values may not change.
  @Test func `the hash is fixed`() {
    let rows = ["", "a", "Hello", "12345678", "123456789"].map { text -> UInt64 in
      let bytes = Array(text.utf8)
      return hash(bytes.span)
    }
    #expect(
      rows == [
        14_544_503_427_496_553_886, 6_970_428_267_297_977_422, 16_738_397_643_536_444_952,
        542_941_623_088_356_275, 12_618_763_392_163_606_247,
      ])
  }
}

@Suite struct ByteAlphabetTests {
  @Test func `GPT-2's characters`() {
    let rows: [(Int, UInt16)] = [
      (0, 0x100), (10, 0x10A), (32, 0x120), (33, 0x21), (126, 0x7E), (127, 0x121), (160, 0x142),
      (161, 0xA1), (172, 0xAC), (173, 0x143), (174, 0xAE), (255, 0xFF),
    ]
    for (byte, scalar) in rows { #expect(ByteAlphabet.scalars[byte] == scalar) }
    #expect(Set(ByteAlphabet.scalars).count == 256)
  }

  @Test func `there and back`() {
    let bytes = Array(0...255 as ClosedRange<UInt8>)
    var text: [UInt8] = []
    ByteAlphabet.appendText(of: bytes.span, to: &text)
    var back: [UInt8] = [7]
    let isSpelled = ByteAlphabet.appendBytes(of: text.span, to: &back)
    #expect(isSpelled)
    #expect(back == [7] + bytes)
  }

  @Test(arguments: [" ", "a b", "\n", "\u{7F}", "\u{A0}", "\u{AD}", "\u{144}", "中", "😀", "Ġ中"])
  func `outside`(text: String) {
    let bytes = Array(text.utf8)
    var back: [UInt8] = [7]
    let isSpelled = ByteAlphabet.appendBytes(of: bytes.span, to: &back)
    #expect(!isSpelled)
    #expect(back == [7])
  }
}
