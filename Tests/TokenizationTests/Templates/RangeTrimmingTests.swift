import Testing

@testable import Tokenization

@Suite struct RangeTrimmingTests {
  struct Row: Sendable {
    var text: String
    /// `add_prefix_space` of one processor `ByteLevel` behind another.
    var flags: [Bool]
    var ids: [TokenID]
    var ranges: [Range<Int>]
    var trimmed: [Range<Int>]

    init(
      _ text: String, _ flags: [Bool], _ ids: [TokenID], _ ranges: [Range<Int>],
      _ trimmed: [Range<Int>]
    ) {
      self.text = text
      self.flags = flags
      self.ids = ids
      self.ranges = ranges
      self.trimmed = trimmed
    }
  }

  // Rows of huggingface's tokenizers 0.23.3, places in characters turned into bytes: ranges with no
  // processor, and trimmed.
  static let rows: [Row] = [
    Row(
      "  a a ", [false], [32, 256, 256, 32], [0..<1, 1..<3, 3..<5, 5..<6],
      [1..<1, 2..<3, 4..<5, 6..<6]),
    Row(
      "  a a ", [true], [32, 256, 256, 32], [0..<1, 1..<3, 3..<5, 5..<6],
      [0..<0, 2..<3, 4..<5, 6..<6]),
    Row(" a a", [true], [256, 256], [0..<2, 2..<4], [0..<2, 3..<4]),
    Row(" a a", [false], [256, 256], [0..<2, 2..<4], [1..<2, 3..<4]),
    // The space was put there.
    Row("aa", [true], [256, 97], [0..<1, 1..<2], [0..<1, 1..<2]),
    Row("aa", [false], [256, 97], [0..<1, 1..<2], [1..<1, 1..<2]),
    Row("a  ", [true], [256, 257], [0..<1, 1..<3], [0..<1, 3..<3]),
    Row(
      "  <x> a<y>  \u{3000}w", [false], [300, 256, 301, 302], [0..<5, 5..<7, 7..<15, 12..<16],
      [2..<5, 6..<7, 7..<10, 15..<16]),
    Row(" a  <x>", [true, false], [256, 300], [0..<2, 2..<7], [1..<2, 6..<7]),
    Row("   ", [true], [257, 32], [0..<2, 2..<3], [2..<2, 3..<3]),
    Row("é a", [false, false], [195, 169, 256], [0..<2, 0..<2, 2..<4], [0..<2, 0..<2, 4..<4]),
  ]

  @Test(arguments: rows)
  func `leaves out white space`(row: Row) throws {
    let added = [
      AddedToken("<x>", id: 300, isSpecial: false, stripsLeft: true),
      AddedToken("<y>", id: 301, isSpecial: false, stripsRight: true),
      AddedToken("\u{3000}w", id: 302, isSpecial: false),
    ]
    let tokenizer = try SmallVocabulary(merges: [" +a", " + "]).tokenizer(addedTokens: added)
    let trimmer = RangeTrimmer(tokenizer.vocabulary, spellsTokens: true, addedTokens: added)
    var ranges = row.ranges
    let text = Array(row.text.utf8)
    trimmer.trim(
      row.ids, &ranges, ranges.indices, first: 0, of: text.span,
      row.flags.map { RangeTrimming(addsPrefixSpace: $0, isAtStart: true) })
    #expect(ranges == row.trimmed)
  }

  @Test func `the first token is one that nothing stands before`() throws {
    let tokenizer = try SmallVocabulary(merges: [" +a"]).tokenizer()
    let trimmer = RangeTrimmer(tokenizer.vocabulary, spellsTokens: true, addedTokens: [])
    let text = Array("b a".utf8)
    for isAtStart in [true, false] {
      var ranges = [1..<3]
      let trimming = RangeTrimming(addsPrefixSpace: true, isAtStart: isAtStart)
      trimmer.trim([256], &ranges, 0..<1, first: 0, of: text.span, [trimming])
      #expect(ranges[0] == (isAtStart ? 1..<3 : 2..<3))
    }
  }
}
