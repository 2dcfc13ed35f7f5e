import CICU
import Testing
import UnicodeText

@Suite struct ScalarClassTests {
  let table = ScalarClassTable.shared

  @Test(
    arguments: [
      (0x41, .lu), (0x7A, .ll), (0x1C5, .lt), (0x2B0, .lm), (0x4E00, .lo), (0x301, .mn),
      (0x903, .mc), (0x20DD, .me), (0x30, .nd), (0x2160, .nl), (0xB2, .no), (0x5F, .pc),
      (0x2D, .pd), (0x28, .ps), (0x29, .pe), (0xAB, .pi), (0xBB, .pf), (0x21, .po), (0x2B, .sm),
      (0x24, .sc), (0x5E, .sk), (0xA6, .so), (0x20, .zs), (0xA0, .zs), (0x2028, .zl),
      (0x2029, .zp), (0x00, .cc), (0x7F, .cc), (0xAD, .cf), (0xD800, .cs), (0xE000, .co),
      (0x378, .cn), (0x0A, .lineBreakControl), (0x0D, .lineBreakControl), (0x09, .spaceControl),
      (0x0B, .spaceControl), (0x0C, .spaceControl), (0x85, .spaceControl), (0x1C, .cc),
      (0x10D4A, .lo), (0x1C89, .lu), (0x10FFFF, .cn), (0x110000, .cn), (.max, .cn),
    ] as [(UInt32, ScalarClass)])
  func `classes`(scalar: UInt32, expected: ScalarClass) {
    #expect(table.scalarClass(of: scalar) == expected)
  }

  @Test func `ASCII needs one load`() {
    for byte in 0...0x7F as ClosedRange<UInt8> {
      #expect(table[ascii: byte] == table[UInt32(byte)])
    }
  }

  /// ICU's order of categories (UCharCategory).
  static let categories: [ScalarClass] = [
    .cn, .lu, .ll, .lt, .lm, .lo, .mn, .me, .mc, .nd, .nl, .no, .zs, .zl, .zp, .cc, .cf, .co, .cs,
    .pd, .ps, .pe, .pc, .po, .sm, .sc, .sk, .so, .pi, .pf,
  ]

  @Test func `agrees with ICU on all it knows as assigned`() {
    // A sign of Ahom that was Mn in 15.0 and is Mc in 16.0.
    let changed: Set<UInt32> = [0x1171E]
    // SAFETY: a constant string, read during the call.
    let whiteSpace = unsafe icu_property("White_Space")
    var compared = 0
    for scalar in 0...0x10FFFF as ClosedRange<UInt32> {
      let category = Self.categories[Int(icu_general_category(Int32(scalar)))]
      if category == .cn { continue }
      compared += 1
      let found = table.scalarClass(of: scalar)
      let isSame =
        category == .cc ? ScalarClassSet.controls.contains(found) : found == category
      if !isSame && !changed.contains(scalar) {
        Issue.record("U+\(String(scalar, radix: 16)): \(found), ICU \(category)")
      }
      let isSpace = icu_has_property(Int32(scalar), whiteSpace) != 0
      if ScalarClassSet.whiteSpace.contains(table[scalar]) != isSpace {
        Issue.record("U+\(String(scalar, radix: 16)): White_Space is \(isSpace) in ICU")
      }
    }
    #expect(compared >= 280_000)
  }

  @Test func `sets`() {
    let parts: [ScalarClassSet] = [
      .letters, .marks, .numbers, .punctuation, .symbols, .separators, .others,
    ]
    #expect(parts.reduce(ScalarClassSet.none) { $0.union($1) } == .all)
    #expect(parts.reduce(0) { $0 + $1.mask.nonzeroBitCount } == 32)
    #expect(ScalarClassSet.letters.inverted.intersection(.letters).isEmpty)
    #expect(
      ScalarClassSet.whiteSpace.subtracting(.separators)
        == ScalarClassSet(.lineBreakControl, .spaceControl))
    #expect(ScalarClassSet.whiteSpace.contains(ScalarClassTable.shared[ascii: 0x09]))
    #expect(ScalarClassSet.casedLetters == ScalarClassSet(.lu, .ll, .lt))
    #expect(ScalarClassSet.decimalDigits == ScalarClassSet(.nd))
    #expect(ScalarClassSet.controls == ScalarClassSet(.cc, .lineBreakControl, .spaceControl))
    #expect(ScalarClassSet.lineBreakControls == ScalarClassSet(.lineBreakControl))
    #expect(ScalarClass.allCases.count == 32)
  }
}
