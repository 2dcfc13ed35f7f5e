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
    "gpt2/vocab.json", "xlnet-base-cased/tokenizer.model", "bert-base-uncased/tokenizer.json",
    "mistral-7b-v0.1/tokenizer.model", "cl100k_base/cl100k_base.tiktoken",
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

  @Test func `tokens of a model of events are taken apart in the end`() throws {
    var all = ByteStrings()
    for text in ["a", "b", "c", "d", "ab", "abc", "abcd"] { all.append(text.utf8) }
    var texts = TextEvents(tokens: all)
    texts.append(.merge, [[0x61], [0x62]])
    texts.append(.merge, [[0x61, 0x62], [0x63]])
    texts.append(.merge, [[0x61, 0x62, 0x63], [0x64]])
    let source = TokenizerSource(
      TokenizerDefinition(
        pipeline: Pipeline(splitter: Splitter([]), decoder: .bytes),
        model: MergeEventsDefinition(
          unit: .bytes, tokens: all, ids: (0..<7).map { TokenID($0) }, passing: texts.passing,
          events: texts.events)))
    let trimmed = try source.trimmed { $0 == 4 || $0 == 6 }
    #expect(trimmed.newIDs == [0, 1, 2, 3, 4, nil, 5])
    let tokenizer = try trimmed.source.tokenizer()
    #expect(try tokenizer.encode("abcd") == [5])
    #expect(try tokenizer.encode("abcabd") == [4, 2, 4, 3])
    #expect(try source.trimmed { _ in false }.source.tokenizer().encode("abcd") == [0, 1, 2, 3])
  }
}
