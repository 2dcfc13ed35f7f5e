import Testing

@testable import Tokenization

/// Rows of huggingface's tokenizers 0.23.3: what `encode("a b", "c", add_special_tokens=…)` gives
/// where `a`, `b` and `c` are tokens with the ids 1, 2 and 3.
@Suite struct TemplateFormTests {
  private static let classifier = PostProcessor.InsertedToken("[CLS]", id: 300)
  private static let separator = PostProcessor.InsertedToken("[SEP]", id: 301)
  private static let bert = PostProcessor.bert(classifier: classifier, separator: separator)
  private static let roberta = PostProcessor.roberta(
    classifier: classifier, separator: separator, trimsRanges: true, addsPrefixSpace: true)
  private static let byteLevel = PostProcessor.byteLevel(
    addsPrefixSpace: true, trimsRanges: true, splits: true)

  /// From `[CLS]:0 $A:0`, as huggingface writes templates.
  private static func template(_ single: String, _ pair: String) -> PostProcessor {
    func parts(_ text: String) -> [Template.Part] {
      text.split(separator: " ").map { part in
        let (name, typeID) = (part.dropLast(2), part.last?.wholeNumberValue ?? 0)
        switch name {
        case "$A": return .sequence(.a, typeID: typeID)
        case "$B": return .sequence(.b, typeID: typeID)
        default: return .special(String(name), typeID: typeID)
        }
      }
    }
    return .template(
      Template(
        single: parts(single), pair: parts(pair),
        specialTokens: [
          .init(name: "[CLS]", ids: [300], tokens: ["[CLS]"]),
          .init(name: "[SEP]", ids: [301], tokens: ["[SEP]"]),
          .init(name: "two", ids: [300, 301], tokens: ["[CLS]", "[SEP]"]),
        ]))
  }

  private static let usual = template(
    "[CLS]:0 $A:0 [SEP]:0", "[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1")
  private static let turned = template("two:3 $A:5", "$B:7 two:1 $A:4")
  private static let plain = template("$A:0", "$A:0 $B:1")
  private static let firstOnly = template("$A:2", "$A:3")
  private static let separated = template("$A:0", "$A:0 [SEP]:0 $B:1")

  struct Row: Sendable {
    var processor: PostProcessor?
    var isPair: Bool
    var addsSpecialTokens: Bool
    /// Nil where the original crashes.
    var ids: [TokenID]?
    var typeIDs: [Int]

    init(
      _ processor: PostProcessor?, _ isPair: Bool, _ addsSpecialTokens: Bool, _ ids: [TokenID]?,
      _ typeIDs: [Int]
    ) {
      self.processor = processor
      self.isPair = isPair
      self.addsSpecialTokens = addsSpecialTokens
      self.ids = ids
      self.typeIDs = typeIDs
    }
  }

  static let rows: [Row] = [
    Row(nil, false, true, [1, 2], [0, 0]), Row(nil, true, true, [1, 2, 3], [0, 0, 1]),
    Row(bert, false, true, [300, 1, 2, 301], [0, 0, 0, 0]),
    Row(bert, false, false, [1, 2], [0, 0]),
    Row(bert, true, true, [300, 1, 2, 301, 3, 301], [0, 0, 0, 0, 1, 1]),
    Row(bert, true, false, [1, 2, 3], [0, 0, 1]),
    Row(roberta, false, true, [300, 1, 2, 301], [0, 0, 0, 0]),
    Row(roberta, true, true, [300, 1, 2, 301, 301, 3, 301], [0, 0, 0, 0, 0, 0, 0]),
    Row(roberta, true, false, [1, 2, 3], [0, 0, 0]),
    Row(byteLevel, true, true, [1, 2, 3], [0, 0, 1]),
    Row(usual, false, true, [300, 1, 2, 301], [0, 0, 0, 0]),
    Row(usual, true, true, [300, 1, 2, 301, 3, 301], [0, 0, 0, 0, 1, 1]),
    Row(usual, true, false, [1, 2, 3], [0, 0, 1]),
    Row(turned, false, true, [300, 301, 1, 2], [3, 3, 5, 5]),
    Row(turned, false, false, [1, 2], [5, 5]),
    Row(turned, true, true, [3, 300, 301, 1, 2], [7, 1, 1, 4, 4]),
    Row(turned, true, false, [3, 1, 2], [7, 4, 4]),
    Row(firstOnly, false, true, [1, 2], [2, 2]), Row(firstOnly, true, true, [1, 2], [3, 3]),
    Row(.sequence([]), true, true, [1, 2, 3], [0, 0, 1]),
    Row(
      .sequence([byteLevel, usual]), true, true, [300, 1, 2, 301, 3, 301], [0, 0, 0, 0, 1, 1]),
    // Behind a template each of its parts is an encoding.
    Row(
      .sequence([usual, bert]), false, true, [300, 300, 301, 1, 2, 301, 301, 301],
      [0, 0, 0, 0, 0, 1, 0, 1]),
    Row(.sequence([usual, bert]), false, false, [1, 2], [0, 0]),
    Row(
      .sequence([bert, usual]), true, true, [300, 300, 1, 2, 301, 301, 3, 301, 301],
      [0, 0, 0, 0, 0, 0, 1, 1, 1]),
    Row(
      .sequence([roberta, turned]), true, true, [301, 3, 301, 300, 301, 300, 1, 2, 301],
      [7, 7, 7, 1, 1, 4, 4, 4, 4]),
    Row(.sequence([separated, plain]), false, true, [1, 2], [0, 0]),
    Row(.sequence([separated, plain]), true, true, nil, []),
    Row(.sequence([separated, plain]), true, false, [1, 2, 3], [0, 0, 1]),
    Row(
      .sequence([bert, .sequence([roberta])]), true, true,
      [300, 300, 1, 2, 301, 301, 301, 3, 301, 301], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
  ]

  @Test(arguments: rows)
  func `ids and types`(row: Row) throws {
    let plan = try TemplatePlan(row.processor)
    let form = plan.form(isPair: row.isPair, addsSpecialTokens: row.addsSpecialTokens)
    #expect((form == nil) == (row.ids == nil))
    guard let form, let ids = row.ids else { return }
    let first = PlacedTokens(ids: [1, 2], ranges: [0..<1, 2..<3], words: [0, 1])
    let second = PlacedTokens(ids: [3], ranges: [0..<1], words: [0])
    let texts = row.isPair ? [first, second] : [first]
    let result = form.assemble(texts, Cuts(wholeOf: texts.map(\.ids.count)))
    #expect(result.ids == ids)
    #expect(result.typeIDs == row.typeIDs)
    #expect(result.textIndices == ids.map { $0 < 3 ? 0 : $0 == 3 ? 1 : nil })
    #expect(result.wordIndices == ids.map { [1: 0, 2: 1, 3: 0][$0] })
    #expect(result.specialMask == ids.map { $0 < 300 ? 0 : 1 })
    #expect(form.insertedCount == ids.count { $0 >= 300 })
    #expect(result.tokens.filter { $0.id >= 300 }.allSatisfy { $0.range == 0..<0 })
    #expect(result.overflow.isEmpty)
  }
}
