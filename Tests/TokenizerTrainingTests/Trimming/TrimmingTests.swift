import TestSupport
import Testing
import Tok
import Tokenization
import TokenizerTraining

@Suite struct TrimmingTests {
  private func source(_ name: String) throws -> TokenizerSource {
    try TokenizerSource(contentsOf: Files.root + "/vocabularies/" + name)
  }

  private let text = "The quick brown fox jumps over the lazy dog, naïvely: 12345 ångström 漢字"

  /// How often each id stands in `text`.
  private func uses(_ tokenizer: Tokenizer) throws -> [UInt64] {
    var uses = [UInt64](repeating: 0, count: tokenizer.idCount)
    for id in try tokenizer.encode(text) { uses[Int(id)] += 1 }
    return uses
  }

  @Test(arguments: [
    "gpt2.tok", "xlnet-base-cased.tok", "bert-base-uncased.tok", "mistral-7b-v0.1.tok",
  ])
  func aTextOfKeptTokensHasTheSameTokens(name: String) throws {
    let source = try source(name)
    let old = try source.tokenizer()
    let uses = try uses(old)
    let trimmed = try source.trimmed { uses[Int($0)] > 0 }
    let new = try trimmed.source.tokenizer()
    #expect(new.tokenCount < old.tokenCount)
    let expected = try old.encode(text).map { trimmed.newIDs[Int($0)] }
    #expect(try new.encode(text).map(Optional.some) == expected)
    for (id, newID) in trimmed.newIDs.enumerated() {
      if let newID { #expect(new.bytes(of: newID) == old.bytes(of: TokenID(id))) }
    }
  }

  @Test func asManyTokensAreLeftAsAreAskedFor() throws {
    let source = try source("gpt2/vocab.json")
    let tokenizer = try source.tokenizer()
    let trimmed = try source.trimmed(to: 300, byUse: uses(tokenizer))
    let new = try trimmed.source.tokenizer()
    // 256 bytes and the end of text must stay.
    #expect(new.tokenCount <= 300 && new.tokenCount > 290)
    #expect(try new.decode(new.encode(text)) == text)
    #expect(new.id(of: "<|endoftext|>") == TokenID(new.idCount - 1))
  }
}
