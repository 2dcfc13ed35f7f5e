import TestSupport
import Testing
import Tok

/// Vocabularies of the repository in other formats, against the texts and ids of their originals.
@Suite struct ConvertedVocabularyTests {
  @Test(
    arguments: [
      ("gpt2", "vocab.json", [.tokenizerJSON, .gguf]),
      ("mistral-7b-v0.1", "tokenizer.model", [.tokenizerJSON, .sentencePiece]),
      ("bert-base-cased", "tokenizer.json", [.vocabularyText]),
    ] as [(String, String, [WritableFormat])])
  func `gives the same ids`(name: String, file: String, formats: [WritableFormat]) throws {
    let source = try TokenizerSource(contentsOf: "\(Vocabularies.folder)/\(name)/\(file)")
    for format in formats {
      let written = try source.written(as: format, stem: name)
      #expect(written.losses == [])
      let tokenizer: Tokenizer
      if let merges = written.merges {
        tokenizer = try Tokenizer(vocabularyJSON: written.bytes.span, merges: merges.span)
      } else {
        tokenizer = try Tokenizer(bytes: written.bytes.span, stem: name)
      }
      for row in try GoldenFile(vocabulary: name).rows {
        let ids = try tokenizer.encode(row.text.span, addsTemplate: false)
        #expect(
          ids == row.ids, "\(name) as \(format): \(String(decoding: row.text, as: UTF8.self))")
      }
    }
  }

  // A compiled form holds tables, which tell again what byte pairs are made of.
  @Test func `byte pairs come back from a compiled form`() throws {
    let name = "mistral-7b-v0.1"
    let tokenizer = try Tokenizer(bytes: Vocabularies.tokenizer(name).compiled().span)
    let written = try TokenizerSource(tokenizer).written(as: .tokenizerJSON)
    let converted = try Tokenizer(bytes: written.bytes.span)
    for row in try GoldenFile(vocabulary: name).rows {
      #expect(try converted.encode(row.text.span, addsTemplate: false) == row.ids)
    }
  }

  @Test func `other models do not`() throws {
    let tokenizer = try Vocabularies.tokenizer("bert-base-cased")
    #expect(throws: VocabularyError.self) {
      try TokenizerSource(tokenizer).written(as: .vocabularyText)
    }
  }

  // The cl100k of its original keeps white space at the end whole, other than the usual pattern.
  @Test func `a pattern in the other dialect`() throws {
    let bytes = SmallFiles.tiktoken
    let source = try TokenizerSource(bytes: bytes.span, stem: "cl100k_base")
    let written = try source.written(as: .tokenizerJSON)
    #expect(String(decoding: written.bytes, as: UTF8.self).contains(#"(?>\\p{N}{1,3})"#))
  }
}
