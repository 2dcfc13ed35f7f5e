import DefaultVocabulary
import TestSupport
import Testing
import Tok

@Suite struct DefaultVocabularyTests {
  @Test func `is what the file says`() throws {
    let fresh = try Vocabularies.tokenizer(DefaultVocabulary.name)
    let embedded = Tokenizer.default
    #expect(embedded.pipeline == fresh.pipeline)
    #expect(embedded.idCount == 200_019 && embedded.tokenCount == 200_000)
    // All tables are the same.
    #expect(embedded.compiled() == fresh.compiled())
  }

  /// The program opens its image without the checksum.
  @Test func `the embedded file opens with its checksum`() throws {
    let image = Files.root + "/Sources/CDefaultVocabulary/o200k_base.tok"
    let opened = try Tokenizer(contentsOf: image)
    #expect(try opened.encode("hello world") == Tokenizer.default.encode("hello world"))
    #expect(try Files.read(image) == Tokenizer.default.compiled())
  }

  @Test func `special tokens`() throws {
    #expect(Tokenizer.default.endID == 199_999)
    #expect(try Tokenizer.default.encode("<|endoftext|>", specialTokens: .parse) == [199_999])
    #expect(try Tokenizer.default.encode("<|endoftext|>").count > 1)
  }
}
