import Testing

@testable import Tokenization

@Suite struct TemplatePlanTests {
  private static func template(_ single: [Template.Part]) -> PostProcessor {
    .template(
      Template(
        single: single, pair: [],
        specialTokens: [
          .init(name: "A", ids: [1], tokens: ["A"]),
          .init(name: "B", ids: [2, 3], tokens: ["B", "C"]),
          .init(name: "e\u{301}", ids: [4], tokens: ["x"]),
          .init(name: "\u{E9}", ids: [5], tokens: ["y"]),
        ]))
  }

  private static let a = Template.Part.special("A", typeID: 0)
  private static let b = Template.Part.special("B", typeID: 0)
  private static let text = Template.Part.sequence(.a, typeID: 0)
  private static let byteLevel = PostProcessor.byteLevel(
    addsPrefixSpace: true, trimsRanges: true, splits: true)

  @Test(
    arguments: [
      (nil, [], []), (byteLevel, [], []), (template([text]), [], []),
      (template([a, text, b]), [1], [2, 3]), (template([b, a, text]), [2, 3, 1], []),
      // Names that Swift calls equal are different names.
      (template([.special("\u{E9}", typeID: 0), text]), [5], []),
      (template([.special("none", typeID: 0), text]), [], []),
    ] as [(PostProcessor?, [TokenID], [TokenID])])
  func `rows`(processor: PostProcessor?, before: [TokenID], behind: [TokenID]) throws {
    let plan = try TemplatePlan(processor)
    #expect(plan.before == before && plan.behind == behind)
  }

  @Test func `a single text that is lost, doubled or too much is refused`() {
    let crashing = PostProcessor.sequence([
      Self.template([Self.a, Self.text, Self.a]), Self.template([Self.text]),
    ])
    let rows = [
      Self.template([]), Self.template([Self.a]), Self.template([Self.text, Self.text]),
      Self.template([.sequence(.b, typeID: 0)]), crashing,
    ]
    for processor in rows {
      do throws(VocabularyError) {
        _ = try TemplatePlan(processor)
        Issue.record("accepted \(processor)")
      } catch {
        #expect(error.reason == .unsupported && error.path == "post_processor")
      }
    }
  }

  @Test func `is put around, counted, and has empty ranges`() throws {
    let added = (1...5).map { AddedToken("<\($0)>", id: 300 + TokenID($0)) }
    let processor = PostProcessor.template(
      Template(
        single: [Self.a, Self.text, Self.b], pair: [],
        specialTokens: [
          .init(name: "A", ids: [301], tokens: ["<1>"]),
          .init(name: "B", ids: [302], tokens: ["<2>"]),
        ]))
    let tokenizer = try SmallVocabulary(merges: []).tokenizer(
      addedTokens: added, postProcessor: processor)
    #expect(try tokenizer.encode("ab") == [301, 97, 98, 302])
    #expect(try tokenizer.encode("") == [301, 302])
    #expect(try tokenizer.encode("ab", addsTemplate: false) == [97, 98])
    #expect(try tokenizer.tokenize("ab").map(\.range) == [0..<0, 0..<1, 1..<2, 2..<2])
    #expect(try tokenizer.countTokens(in: "ab") == 4)
    let limits: [(Int, Int?)] = [(0, nil), (1, nil), (3, nil), (4, 4), (5, 4), (.max, 4)]
    for (limit, count) in limits {
      #expect(try tokenizer.countTokens(in: "ab", upTo: limit) == count)
    }
    #expect(try tokenizer.countTokens(in: "", upTo: 1) == nil)
    #expect(try tokenizer.countTokens(in: "", upTo: 2) == 2)
  }
}
