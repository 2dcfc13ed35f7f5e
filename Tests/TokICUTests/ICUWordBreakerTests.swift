import TestSupport
import Testing
import TokICU

@testable import Tokenization

@Suite struct ICUWordBreakerTests {
  static func parts(_ text: [UInt8], _ breaker: some WordBreaker) -> [String] {
    var ends: [Int] = []
    breaker.appendEnds(in: text.span, to: &ends)
    var start = 0
    return ends.map { end in
      defer { start = end }
      return String(decoding: text[start..<end], as: UTF8.self)
    }
  }

  // Words that ICU 72's dictionaries have; the rest is by annex 29.
  @Test(
    arguments: [
      ("Hello, world 3.5", ["Hello", ",", " ", "world", " ", "3.5"]),
      ("สวัสดีครับ", ["สวัสดี", "ครับ"]),
      ("ພາສາລາວ", ["ພາສາ", "ລາວ"]),
      ("ខ្ញុំស្រឡាញ់ភាសាខ្មែរ", ["ខ្ញុំ", "ស្រឡាញ់", "ភាសាខ្មែរ"]),
      ("မြန်မာဘာသာစကား", ["မြန်မာဘာသာ", "စကား"]),
      ("東京都", ["東京", "都"]),
      ("", []),
    ] as [(String, [String])])
  func `rows`(text: String, expected: [String]) {
    #expect(Self.parts(Array(text.utf8), ICUWordBreaker()) == expected)
  }

  @Test func `any bytes are cut into themselves`() {
    let breaker = ICUWordBreaker()
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<200 {
      let text = RandomText.mixture(20, using: &generator)
      var ends: [Int] = []
      breaker.appendEnds(in: text.span, to: &ends)
      #expect(ends.last == text.count)
      #expect(zip(ends, ends.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  @Test func `a splitter needs it, and says so`() throws {
    // The only test of this process that sets a word breaker.
    do throws(VocabularyError) {
      _ = try GeneralSplitter([.bert, .words])
      Issue.record("accepted")
    } catch {
      #expect(error.reason == .unsupported)
      #expect(error.path == "pre_tokenizer.pretokenizers[1]")
      #expect(error.message.contains("TokICU"))
    }
    ICUWordBreaker.use()
    let splitter = try GeneralSplitter([.whitespaceSplit, .words])
    let text = Array("ภาษาไทย a.b,c".utf8)
    var pretokens = Pretokens()
    try splitter.split(text.span, startCount: 1, wantsEdits: false, into: &pretokens)
    let parts = pretokens.bytes(of: text.span).map { String(decoding: $0, as: UTF8.self) }
    #expect(parts == ["ภาษา", "ไทย", "a.b", ",", "c"])
  }
}
