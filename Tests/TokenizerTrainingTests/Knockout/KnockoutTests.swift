import TestSupport
import Testing
import Tok

@testable import Tokenization
@testable import TokenizerFormats
@testable import TokenizerTraining

@Suite struct KnockoutTests {
  /// Byte-level BPE of all bytes and of merges, in their order.
  private static func source(_ merges: [(String, String)]) -> TokenizerSource {
    var tokens = ByteStrings()
    for byte in 0...255 as ClosedRange<UInt8> { tokens.append([byte]) }
    for (left, right) in merges { tokens.append(Array((left + right).utf8)) }
    let ids = (0..<tokens.count).map { TokenID($0) }
    let index = ByteStringIndex(tokens)
    func id(_ text: String) -> TokenID { TokenID(index[Array(text.utf8).span] ?? 0) }
    let model = BytePairDefinition(
      tokens: tokens, ids: ids,
      merges: .listed(merges.map { .init(left: id($0), right: id($1), result: id($0 + $1)) }),
      takesWholePretokens: false)
    return TokenizerSource(
      TokenizerDefinition(
        pipeline: Pipeline(
          addedTokens: [AddedToken("<e>", id: 400)],
          splitter: Splitter([.byteLevel(addsPrefixSpace: false, splits: true)]),
          decoder: .byteLevel(addsPrefixSpace: false, trimsRanges: false, splits: false)),
        model: model))
  }

  private static let merges = [("i", "d"), ("id", "s"), ("b", "r"), ("br", "u"), ("bru", "ids")]

  private static func lexicon(_ text: String) throws -> MorphologicalLexicon {
    try MorphologicalLexicon(parsing: Array(text.utf8))
  }

  @Test func `what used a knocked-out token uses its parts`() throws {
    let source = Self.source(Self.merges)
    let result = try source.knockedOut(by: Self.lexicon("bruids\tbruid s\n"))
    // Of `ids` 1 of 1 uses is wrong, of `bruids`, as `bru`+`ids`, none is.
    #expect(result.removed == [257])
    #expect(result.newIDs.count == 401)
    let newIDs: [TokenID?] = [256, nil, 257, 258, 259, nil]
    #expect(Array(result.newIDs[256...261]) == newIDs)
    #expect(result.newIDs[400] == 260)
    let tokenizer = try result.source.tokenizer()
    #expect(
      try tokenizer.encode("bruids ids<e>", specialTokens: .parse) == [259, 32, 256, 115, 260])
    // `bruids` is `bru`+`id`+`s` now, of whose two uses one is wrong.
    var options = KnockoutOptions()
    options.rounds = 9
    let more = try source.knockedOut(by: Self.lexicon("bruids\tbruid s\n"), options)
    #expect(more.removed == [257, 260])
    #expect(try more.source.tokenizer().encode("bruids") == [258, 256, 115])
    options.threshold = 0.6
    #expect(
      try source.knockedOut(by: Self.lexicon("bruids\tbruid s\n"), options).removed == [257])
  }

  @Test func `weights, least uses and sizes`() throws {
    let source = Self.source(Self.merges)
    let words = "ids\tid s\t2\nbruids\tbru ids\t3\n\nids\tids\r\n"
    // `ids`: 2 of 6; `bruids`: 3 of 3.
    #expect(try source.knockedOut(by: Self.lexicon(words)).removed == [260])
    var options = KnockoutOptions()
    options.threshold = 0.3
    #expect(try source.knockedOut(by: Self.lexicon(words), options).removed == [260, 257])
    options.minimumUses = 4
    #expect(try source.knockedOut(by: Self.lexicon(words), options).removed == [257])
    options.minimumUses = 0
    options.minimumVocabularySize = 261
    #expect(try source.knockedOut(by: Self.lexicon(words), options).removed == [260])
    options.minimumVocabularySize = 300
    #expect(try source.knockedOut(by: Self.lexicon(words), options).removed == [])
  }

  @Test func `what cannot be`() throws {
    for line in ["a", "a\tb", "a\ta\tx", "a\ta\t1\t1", "\t", "a\t"] {
      #expect(throws: TrainingError.self) { try Self.lexicon(line) }
    }
    var options = KnockoutOptions()
    options.threshold = 0
    #expect(throws: TrainingError.self) {
      try Self.source(Self.merges).knockedOut(by: MorphologicalLexicon(), options)
    }
    let bytes = TokenizerSource(
      TokenizerDefinition(
        pipeline: Pipeline(splitter: Splitter([]), decoder: .bytes), model: BytesDefinition()))
    #expect(throws: TrainingError.self) { try bytes.knockedOut(by: MorphologicalLexicon()) }
    // `ab` merges with `c` before it can be made of `a` and `b` anywhere but in `abd`.
    let late = Self.source([("b", "c"), ("a", "bc"), ("b", "d"), ("a", "b")])
    #expect(try late.knockedOut(by: MorphologicalLexicon()).removed == [])
  }

  /// What the authors' code takes out: `Tests/Conformance/training_knockout.jsonl`, by
  /// `training_knockout.py`.
  @Test func `rows of the original`() throws {
    let bytes = try Files.read("\(Files.root)/Tests/Conformance/training_knockout.jsonl")
    var rowCount = 0
    for line in bytes.split(separator: 0x0A).dropFirst() {
      let content = Array(line)
      let row = try JSONValue(parsing: content.span)
      let tokens = try #require(row["vocab"]).elements()
      let json = JSONValue.object([
        .init(
          key: "model",
          value: .object([
            .init(key: "type", value: "BPE"),
            .init(
              key: "vocab",
              value: .object(
                try tokens.enumerated().map {
                  JSONValue.Member(key: try $1.text(), value: JSONValue($0))
                })),
            .init(key: "merges", value: try #require(row["merges"])),
          ])),
        .init(
          key: "pre_tokenizer",
          value: .object([
            .init(key: "type", value: "ByteLevel"),
            .init(key: "add_prefix_space", value: .bool(false)),
            .init(key: "trim_offsets", value: .bool(true)),
            .init(key: "use_regex", value: .bool(true)),
          ])),
      ])
      let file = json.write()
      let lines = try #require(row["lexicon"]).elements().map { try $0.text() }
      var options = KnockoutOptions()
      options.rounds = try #require(row["rounds"]).integer()
      let source = TokenizerSource(try readTokenizerJSON(file.span))
      let result = try source.knockedOut(
        by: Self.lexicon(lines.joined(separator: "\n")), options)
      let removed = try #require(row["removed"]).elements().map { try $0.text() }
      #expect(try result.removed.map { try tokens[Int($0)].text() } == removed)
      let written = try result.source.written(as: .tokenizerJSON).bytes
      let model = try JSONValue(parsing: written.span)["model"]
      let events = try #require(model?["events"]).elements().map {
        try $0.elements().dropFirst().map { try $0.text() }
      }
      #expect(
        try events
          == #require(row["left"]).elements().map { try $0.elements().map { try $0.text() } })
      rowCount += 1
    }
    #expect(rowCount == 2)
  }
}
