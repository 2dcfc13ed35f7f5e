import Testing
import UnicodeText

/// The observed facts beside the tables of Unicode 16.0: where they differ, and nowhere else.
@Suite struct SplittingTableTests {
  private static func scalars(where isIn: (SplittingFacts) -> Bool) -> ScalarSet {
    let table = SplittingTable()
    return ScalarSet(
      (0...0x10FFFF as ClosedRange<UInt32>).filter { isIn(table[$0]) }.map { $0...$0 })
  }

  @Test func `white space and words are those of Unicode 16`() {
    #expect(Self.scalars { $0.isWhiteSpace } == .whiteSpace)
    #expect(Self.scalars { $0.isWordCharacter } == .perlWordRust)
  }

  @Test func `numerals are those of Unicode 17`() {
    let numerals = Self.scalars { $0.isNumeral }
    let newer = numerals.subtracting(ScalarSet(.numbers))
    #expect(newer.ranges == [0x11DE0...0x11DE9, 0x16FF4...0x16FF6])
    #expect(ScalarSet(.numbers).subtracting(numerals).isEmpty)
  }

  @Test func `punctuation is that of an older version, and all ASCII signs`() {
    let punctuation = Self.scalars { $0.isPunctuation }
    let ours = ScalarSet(.punctuation)
    let symbols: [UInt32] = "$+<=>^`|~".unicodeScalars.map(\.value)
    // Two have become a symbol and a mark since.
    #expect(
      punctuation.subtracting(ours)
        == ScalarSet((symbols + [0x166D, 0x111C9]).map { $0...$0 }))
    let newer = ours.subtracting(punctuation)
    #expect(newer.count == 140)
    #expect(newer.contains(0x2E43) && newer.contains(0x061D) && !newer.contains(0x2E42))
  }

  @Test(
    arguments: [
      ("a", "ß", true), ("a", "é", true), ("a", "д", false), ("中", "あ", true), ("中", "ア", true),
      ("中", "ー", true), ("中", "。", false), (".", "。", true), (".", "1", true), ("a", ".", false),
      // Differently from Unicode 16: common and Devanagari.
      (".", "\u{589}", true), (".", "\u{61C}", true), ("अ", "\u{953}", true),
    ] as [(Unicode.Scalar, Unicode.Scalar, Bool)])
  func `scripts`(one: Unicode.Scalar, other: Unicode.Scalar, areOne: Bool) {
    let table = SplittingTable()
    #expect((table[one.value].script == table[other.value].script) == areOne)
  }

  @Test func `what joins any script`() {
    let table = SplittingTable()
    for scalar in [0x20, 0x378, 0x2FE0, 0x10FFFF, 0x110000, 0xD800] as [UInt32] {
      #expect(table[scalar].script == 0)
    }
    #expect(table[0xE000].script == 0 && table[0x301].script != 0)
  }
}
