import TestSupport
import Testing

@testable import Tokenization

@Suite struct LiteralSearchTests {
  @Test func `finds what comparing at every place finds`() {
    let texts = RandomText.all(over: Array("ab".utf8), upTo: 9)
    for literal in RandomText.all(over: Array("ab".utf8), upTo: 5) where !literal.isEmpty {
      let search = LiteralSearch(literal)
      for text in texts {
        for start in [0, text.count / 2] {
          let expected = text.indices.first { $0 >= start && text[$0...].starts(with: literal) }
          #expect(search.first(in: text.span, from: start) == expected)
        }
      }
    }
  }

  @Test(.timeLimit(.minutes(10)))
  func `near misses take linear time`() {
    let literal = [UInt8](repeating: 0x61, count: 20_000) + [0x62]
    let text = [UInt8](repeating: 0x61, count: 200_000)
    #expect(LiteralSearch(literal).first(in: text.span, from: 0) == nil)
  }
}
