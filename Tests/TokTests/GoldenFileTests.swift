import DefaultVocabulary
import TestSupport
import Testing
import Tok

/// Texts and ids by the original implementations.
@Suite struct GoldenFileTests {
  static func check(_ tokenizer: Tokenizer, _ name: String) throws {
    let rows = try GoldenFile(vocabulary: name).rows
    #expect(rows.count >= 200)
    for row in rows {
      let ids = try tokenizer.encode(row.text.span, addsTemplate: false)
      guard ids == row.ids else {
        Issue.record("\(String(decoding: row.text, as: UTF8.self)): \(ids), not \(row.ids)")
        continue
      }
      guard try tokenizer.decodeBytes(ids, keepsSpecialTokens: true) == row.decoded else {
        Issue.record("\(String(decoding: row.text, as: UTF8.self)) is not decoded")
        continue
      }
      let count = try tokenizer.countTokens(in: row.text.span, addsTemplate: false)
      guard count == ids.count else {
        Issue.record("\(String(decoding: row.text, as: UTF8.self)) is not counted")
        continue
      }
    }
  }

  @Test(arguments: Vocabularies.names)
  func `as the original`(name: String) throws {
    try Self.check(Vocabularies.tokenizer(name), name)
  }

  @Test(arguments: Vocabularies.names)
  func `the same when compiled`(name: String) throws {
    let tokenizer = try Vocabularies.tokenizer(name)
    let compiled = tokenizer.compiled()
    let reopened = try Tokenizer(bytes: compiled.span)
    #expect(reopened.pipeline == tokenizer.pipeline)
    #expect(reopened.compiled() == compiled)
    try Self.check(reopened, name)
  }

  @Test func `the default vocabulary`() throws {
    #expect(DefaultVocabulary.name == "o200k_base")
    try Self.check(.default, "o200k_base")
  }
}
