import TestSupport
import Testing

@testable import TokView

struct VisibleTextTests {
  @Test(arguments: [
    ("plain שלום 👩‍🚀 ❤️", "plain שלום 👩‍🚀 ❤️"),
    ("\u{0}\u{1B}[1m\u{7F}\u{85}", "⟨NUL⟩⟨ESC⟩[1m⟨DEL⟩⟨NEL⟩"),
    ("a\nb\tc\r", "a⏎b→c⟨CR⟩"),
    ("\u{202E}txt\u{202C}\u{2067}x\u{2069}\u{200E}", "⟨RLO⟩txt⟨PDF⟩⟨RLI⟩x⟨PDI⟩⟨LRM⟩"),
    ("\u{2028}\u{2029}\u{FEFF}\u{200B}\u{AD}", "⟨LS⟩⟨PS⟩⟨BOM⟩⟨ZWSP⟩⟨SHY⟩"),
    // Tags hide text, but in flags they are part of the picture.
    ("\u{E0041}", "⟨tag A⟩"), ("🏴\u{E0067}\u{E0062}\u{E007F}", "🏴\u{E0067}\u{E0062}\u{E007F}"),
  ])
  func `names what is not seen or not to be obeyed`(text: String, shown: String) {
    #expect(VisibleText.line(Array(text.utf8)) == shown)
  }

  @Test(
    arguments: [
      ([0xFF, 0x61], "⟨FF⟩a"), ([0xED, 0xA0, 0x80], "⟨ED⟩⟨A0⟩⟨80⟩"),
      ([0xF0, 0x9F, 0x98], "⟨F0⟩⟨9F⟩⟨98⟩"), ([0xC0, 0x80], "⟨C0⟩⟨80⟩"),
    ] as [([UInt8], String)])
  func `shows bytes that are not UTF-8`(text: [UInt8], shown: String) {
    #expect(VisibleText.line(text) == shown)
  }

  @Test func `leaves nothing out`() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<200 {
      let text = RandomText.mixture(60, using: &generator)
      var count = 0
      VisibleText.forEachPart(of: text.span, in: 0..<text.count) { part in
        if case .text(let range) = part {
          #expect(String(validating: text[range], as: UTF8.self) != nil)
          count += range.count
        }
      }
      #expect(count <= text.count)
      #expect(String(validating: Array(VisibleText.line(text).utf8), as: UTF8.self) != nil)
    }
  }
}
