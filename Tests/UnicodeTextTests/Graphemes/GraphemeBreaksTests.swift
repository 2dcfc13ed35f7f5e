import TestSupport
import Testing
import UnicodeText

@Suite struct GraphemeBreaksTests {
  private static func clusters(_ text: [UInt8]) -> [[UInt8]] {
    let breaks = GraphemeBreaks()
    var found: [[UInt8]] = []
    var start = 0
    while start < text.count {
      let end = breaks.end(of: start, in: text.span)
      found.append(Array(text[start..<end]))
      start = end
    }
    return found
  }

  /// Clusters between `|`, by the rules of annex 29.
  @Test(arguments: [
    "a|b", "\r\n|a", "\n|\r", "a|\u{0}|\u{301}", "\r|\u{301}", "e\u{301}\u{323}|b", "\u{301}|a",
    "\u{1100}\u{1161}\u{11A8}|a", "\u{1100}\u{1100}\u{AC00}\u{11A8}\u{11A8}|\u{1161}\u{11A8}",
    "\u{AC00}\u{1161}", "\u{AC01}|\u{1161}", "\u{AC01}\u{11A8}", "\u{600}a|\u{600}\u{301}|\n",
    "a\u{903}|b", "a\u{200D}|b", "\u{1F1E9}\u{1F1EA}|\u{1F1EB}", "a|\u{1F1E9}\u{1F1EA}",
    "\u{1F469}\u{1F3FD}\u{200D}\u{1F680}|a", "a\u{200D}|\u{1F680}",
    "\u{A9}\u{200D}\u{AE}\u{200D}\u{A9}",
    "\u{A9}\u{200D}\u{200D}|\u{AE}", "\u{915}\u{94D}\u{937}|\u{915}",
    "\u{915}\u{301}\u{94D}\u{200D}\u{937}",
    "\u{915}\u{301}|\u{937}", "a\u{94D}|\u{937}", "\u{600}\u{1F1E9}\u{1F1EA}|\u{1F1EB}",
  ])
  func `rows`(row: String) {
    let expected = row.utf8.split(separator: UInt8(ascii: "|")).map { Array($0) }
    #expect(Self.clusters(Array(expected.joined())) == expected)
  }

  @Test func `a byte that is not UTF-8 stands alone, and takes marks`() {
    #expect(
      Self.clusters([0x61, 0xFF, 0xCC, 0x81, 0x62]) == [[0x61], [0xFF, 0xCC, 0x81], [0x62]])
  }

  @Test(.timeLimit(.minutes(10)))
  func `long clusters take linear time`() {
    let text = Array(repeatElement([0xCC, 0x81] as [UInt8], count: 100_000).joined())
    #expect(Self.clusters(text).count == 1)
  }
}
