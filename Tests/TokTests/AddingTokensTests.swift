import TestSupport
import Testing
import Tok

@Suite struct AddingTokensTests {
  @Test(arguments: ["gpt2", "bert-base-cased", "xlnet-base-cased", "mistral-7b-v0.1", "clip"])
  func `all else stays as it was`(name: String) throws {
    let tokenizer = try Vocabularies.tokenizer(name)
    let id = TokenID(tokenizer.idCount)
    let larger = try tokenizer.adding([AddedToken("<|new|>", id: id)])
    #expect(larger.idCount == tokenizer.idCount + 1)
    #expect(larger.tokenCount == tokenizer.tokenCount + 1)
    #expect(larger.isSpecial(id))
    #expect(larger.id(of: "<|new|>") == id)
    for row in try GoldenFile(vocabulary: name).rows.prefix(200) {
      #expect(try larger.encode(row.text.span, addsTemplate: false) == row.ids)
    }
    let text = "before<|new|>behind"
    let plain = try tokenizer.encode(text, addsTemplate: false)
    #expect(try larger.encode(text, addsTemplate: false) == plain)
    let ids = try larger.encode(text, specialTokens: .parse, addsTemplate: false)
    #expect(ids.count { $0 == id } == 1)
    #expect(
      try larger.decode(ids, keepsSpecialTokens: true).contains("<|new|>"))
  }

  @Test func `a token that is not special is found by itself`() throws {
    let tokenizer = try Vocabularies.tokenizer("gpt2")
    let id = TokenID(tokenizer.idCount)
    let larger = try tokenizer.adding([AddedToken("Quxquux", id: id, isSpecial: false)])
    #expect(try larger.encode("aQuxquuxb") == tokenizer.encode("a") + [id] + tokenizer.encode("b"))
    #expect(try larger.decode([id]) == "Quxquux")
  }

  @Test func `a token of the model can be found first`() throws {
    let tokenizer = try Vocabularies.tokenizer("gpt2")
    let id = try #require(tokenizer.id(of: "token"))
    #expect(tokenizer.idForAdding("token") == id)
    let larger = try tokenizer.adding([AddedToken("token", id: id, isSpecial: false)])
    #expect(larger.idCount == tokenizer.idCount)
    #expect(try larger.encode("xtokeny").contains(id))
  }

  @Test func `a file has them`() throws {
    let source = try TokenizerSource(contentsOf: Vocabularies.folder + "/gpt2")
    let id = TokenID(try source.tokenizer().idCount)
    let written = try source.adding([AddedToken("<|new|>", id: id)]).written(as: .tokenizerJSON)
    let read = try Tokenizer(bytes: written.bytes.span)
    #expect(try read.encode("a<|new|>", specialTokens: .parse).last == id)
  }

  @Test func `what does not fit is refused`() throws {
    let tokenizer = try Vocabularies.tokenizer("gpt2")
    let next = TokenID(tokenizer.idCount)
    let refused: [([AddedToken], VocabularyError.Reason)] = [
      ([AddedToken("<|new|>", id: 5)], .duplicate),
      ([AddedToken("<|endoftext|>", id: next)], .duplicate),
      ([AddedToken("a1", id: next), AddedToken("a2", id: next)], .duplicate),
      ([AddedToken("", id: next)], .malformed),
      ([AddedToken("<|new|>", id: .max)], .limit),
    ]
    for (tokens, reason) in refused {
      let error = #expect(throws: VocabularyError.self) { try tokenizer.adding(tokens) }
      #expect(error?.reason == reason)
    }
  }
}
