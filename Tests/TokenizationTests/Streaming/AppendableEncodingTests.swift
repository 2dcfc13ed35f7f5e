import TestSupport
import Testing
import Tokenization

@Suite struct AppendableEncodingTests {
  private static func tokenizer() throws -> Tokenizer {
    try SmallVocabulary.trained.tokenizer(
      splitter: KnownSplitter.cl100k.splitter(),
      addedTokens: [AddedToken("<s>", id: 900), AddedToken("</s>", id: 901)],
      postProcessor: .bert(
        classifier: .init("<s>", id: 900), separator: .init("</s>", id: 901)))
  }

  @Test func `the ids are those of the whole at any time`() throws {
    var generator = SeededGenerator(seed: 11)
    let tokenizer = try Self.tokenizer()
    for _ in 0..<60 {
      var encoding = try AppendableEncoding(tokenizer)
      #expect(encoding.ids == [900, 901])
      var text: [UInt8] = []
      for _ in 0..<8 {
        let part = RandomText.mixture(Int.random(in: 0...6, using: &generator), using: &generator)
        text += part
        let before = encoding.ids
        let change = try encoding.append(part.span)
        #expect(encoding.ids == (try tokenizer.encode(text.span)))
        #expect(change.keptCount + change.removedCount == before.count)
        #expect(change.keptCount + change.addedCount == encoding.ids.count)
        #expect(encoding.ids[..<change.keptCount] == before[..<change.keptCount])
      }
    }
  }

  @Test func `what is refused changes nothing`() throws {
    let tokenizer = try Self.tokenizer()
    var encoding = try AppendableEncoding(tokenizer, specialTokens: .refuse)
    try encoding.append("the text <")
    let before = encoding.ids
    #expect(throws: EncodingError.self) { try encoding.append("s> goes on") }
    #expect(encoding.ids == before)
    try encoding.append("p> goes on")
    #expect(encoding.ids == (try tokenizer.encode("the text <p> goes on")))
  }

  @Test func `a copy goes on by itself`() throws {
    let tokenizer = try Self.tokenizer()
    var one = try AppendableEncoding(tokenizer)
    try one.append("the th")
    var other = one
    try one.append("eory")
    try other.append("at")
    #expect(one.ids == (try tokenizer.encode("the theory")))
    #expect(other.ids == (try tokenizer.encode("the that")))
  }
}
