import Testing

@testable import UnicodeText

struct ScriptTableTests {
  @Test(
    arguments: [
      ("a", "Latin"), ("я", "Cyrillic"), ("漢", "Han"), ("ひ", "Hiragana"), ("한", "Hangul"),
      ("ש", "Hebrew"),
      ("1", "Common"), ("\u{301}", "Inherited"), ("ꓐ", "Lisu"), ("ߊ", "Nko"),
      ("\u{10FFFF}", "Unknown"),
    ] as [(Unicode.Scalar, String)])
  func `names scripts`(scalar: Unicode.Scalar, name: String) throws {
    let table = ScriptTable()
    let script = try #require(table.script(of: scalar.value))
    #expect(table.names[script].hasPrefix(name))
  }

  @Test func `agrees with the sets of the same names, for every scalar`() throws {
    let table = ScriptTable()
    for (index, name) in table.names.enumerated() {
      let set = try #require(ScalarSet(property: "sc=\(name)"))
      for range in set.ranges {
        #expect(table.script(of: range.lowerBound) == index)
        #expect(table.script(of: range.upperBound) == index)
      }
    }
    #expect(table.script(of: 0x110000) == nil)
  }
}
