import DefaultVocabulary
import Foundation
import TestSupport
import Testing
import Tok

@testable import TokView

struct TokenPageTests {
  private static let hostile =
    "</script><script>x</script><!-- <i class=\"s\">'&amp; \u{0}\u{2028}\u{202E}\u{1B}\r\n"

  private static func page(_ text: [UInt8], named name: String = "t", columns: Int = 1) throws
    -> String
  {
    var page = TokenPage(
      title: name, vocabularies: (0..<columns).map { (name: "\(name)\($0)", tokenizer: .default) })
    try page.append(text.span, named: name)
    return try #require(String(validating: page.html(), as: UTF8.self))
  }

  @Test func `writes hostile text as text`() throws {
    let page = try Self.page(Array(Self.hostile.utf8) + [0xFF, 0xC3], named: Self.hostile)
    // What is written as a tag is the page's own: two scripts, no element but those of the frame.
    #expect(page.split(separator: "<script", omittingEmptySubsequences: false).count == 3)
    #expect(page.split(separator: "</script", omittingEmptySubsequences: false).count == 3)
    #expect(!page.contains("<!-"))
    #expect(page.contains("&lt;/"))
    #expect(page.contains("data-c=\"NUL\""))
    #expect(page.contains("data-c=\"RLO\""))
    #expect(page.contains("data-c=\"FF\""))
    for scalar in page.unicodeScalars where scalar.value < 0x20 { #expect(scalar == "\n") }
    for hidden in ["\u{2028}", "\u{202E}", "\u{1B}"] { #expect(!page.contains(hidden)) }
  }

  @Test func `allows only its own style and script`() throws {
    let page = try Self.page(Array("a".utf8))
    let policy = try #require(page.firstMatch(of: /Content-Security-Policy" content="([^"]*)"/)).1
    #expect(policy.contains("default-src 'none'"))
    for (kind, start, end) in [
      ("style", "<style>", "</style>"), ("script", "<script>", "</script>"),
    ] {
      let body = try #require(page.range(of: start)).upperBound
      let stop = try #require(page.range(of: end, range: body..<page.endIndex)).lowerBound
      let digest = Base64.text(of: SHA256.digest(of: Array(page[body..<stop].utf8)))
      #expect(policy.contains("\(kind)-src 'sha256-\(digest)'"))
    }
    #expect(!page.contains("http:") && !page.contains("https:"))
  }

  @Test func `holds what the script needs`() throws {
    let text = "Hello, 👩‍🚀 wörld\n"
    let page = try Self.page(Array(text.utf8), columns: 2)
    let start = try #require(page.range(of: "id=\"data\">")).upperBound
    let end = try #require(page.range(of: "</script>", range: start..<page.endIndex)).lowerBound
    let json = try JSONSerialization.jsonObject(with: Data(page[start..<end].utf8))
    let data = try #require(json as? [String: [[String: Any]]])
    let columns = try #require(data["documents"]?.first?["columns"] as? [[String: [Int]]])
    #expect(columns.count == 2)
    let tokens = try Tokenizer.default.tokenize(text)
    #expect(columns[0]["ids"] == tokens.map { Int($0.id) })
    #expect(columns[0]["lengths"] == tokens.map(\.range.count))
    #expect(columns[0]["skips"] == [])
    let counts = try #require(columns[0]["counts"])
    let spans = TokenSpan.spans(of: tokens, in: text.utf8Span.span)
    #expect(counts.count == 2 * spans.count { $0.tokens.count > 1 })
    let known = try #require(data["vocabularies"]?.first?["tokens"] as? [String: Any])
    #expect(Set(known.keys) == Set(tokens.map { "\($0.id)" }))
    #expect(known["13225"] as? String == "Hello")
  }

  /// Rows have the whole text once for each vocabulary, and begin where tokens of all begin.
  @Test func `cuts long texts into rows`() throws {
    var generator = SeededGenerator(seed: 23)
    let lines = (0..<400).map { _ in
      String(repeating: "word ", count: Int.random(in: 0..<40, using: &generator)) + "\n"
    }
    for text in [lines.joined(), String(repeating: "unbroken", count: 5_000), "", "\n"] {
      let bytes = Array(text.utf8)
      let tokens = try Tokenizer.default.tokenize(text)
      let document = PageDocument(name: "", text: bytes.span, columns: [tokens, tokens])
      #expect(document.rows.first?.lowerBound == 0)
      #expect(document.rows.last?.upperBound == bytes.count)
      for (row, next) in zip(document.rows, document.rows.dropFirst()) {
        #expect(row.upperBound == next.lowerBound)
        #expect(row.count >= 1_000 && row.count < 10_000)
        #expect(tokens.contains { $0.range.lowerBound == next.lowerBound })
      }
    }
  }

  @Test func `counts as the table says`() throws {
    let page = try Self.page(Array(String(repeating: "a b", count: 1_000).utf8))
    let tokens = try Tokenizer.default.countTokens(in: String(repeating: "a b", count: 1_000))
    #expect(page.contains("<td>\(DecimalText.grouped(tokens))</td>"))
    #expect(page.contains("3,000 bytes, 3,000 characters"))
    #expect(DecimalText.grouped(1_234_567) == "1,234,567")
    #expect(DecimalText.ratio(10, 3) == "3.33" && DecimalText.ratio(2, 3) == "0.67")
    #expect(DecimalText.ratio(1, 0) == "–")
  }
}

struct TerminalTextTests {
  private func colored(_ text: String) throws -> String {
    var output: [UInt8] = []
    let bytes = Array(text.utf8)
    TerminalText(.default).append(
      try Tokenizer.default.tokenize(text), of: bytes.span, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test func `shows a token on a ground of another colour`() throws {
    #expect(
      try colored("Hello, world")
        == "\u{1B}[30;48;5;153mHello\u{1B}[0m\u{1B}[30;48;5;193m,\u{1B}[0m"
        + "\u{1B}[30;48;5;223m world\u{1B}[0m\n")
  }

  @Test func `lets nothing of the text command the terminal`() throws {
    var generator = SeededGenerator(seed: 29)
    for _ in 0..<100 {
      let text = String(decoding: RandomText.mixture(30, using: &generator), as: UTF8.self)
      // subtle: by scalars, as a mark may follow the letter that ends a code.
      let codes = /\u{1B}\[(0|30;48;5;\d+)m/.matchingSemantics(.unicodeScalar)
      let rest = try colored(text + "\u{1B}[2J\u{9B}2J\u{7}\r").replacing(codes, with: "")
      #expect(
        !rest.unicodeScalars.contains { ($0.value < 0x20 && $0 != "\n") || 0x7F...0x9F ~= $0.value }
      )
    }
  }

  @Test(arguments: ["", "a", "a\n", "a\n\nb", "\n\n\n", "x\r\n"])
  func `ends each line once`(text: String) throws {
    let output = try colored(text)
    let lines =
      text.hasSuffix("\n") || text.hasSuffix("\r\n")
      ? text.utf8.count { $0 == 0x0A } : text.utf8.count { $0 == 0x0A } + 1
    #expect(output.utf8.count { $0 == 0x0A } == lines)
    #expect(output.hasSuffix("\n"))
    #expect(output.utf8.count { $0 == 0x1B } % 2 == 0)
  }
}
