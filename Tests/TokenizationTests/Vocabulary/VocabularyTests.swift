import TestSupport
import Testing
import Tokenization

@Suite struct VocabularyTests {
  private static func vocabulary(
    _ tokens: [(String, TokenID)], unspelled: [Int] = [], added: [AddedToken] = []
  ) throws -> Vocabulary {
    var strings = ByteStrings()
    for (text, _) in tokens { strings.append(text.utf8) }
    let model = BytePairDefinition(
      tokens: strings, ids: tokens.map(\.1), unspelled: unspelled, merges: .listed([]),
      takesWholePretokens: false)
    return try Vocabulary(model: model, addedTokens: added) { Array($0.content.utf8) }
  }

  private static func id(_ text: String, in vocabulary: Vocabulary) -> TokenID? {
    let bytes = Array(text.utf8)
    return vocabulary.id(of: bytes.span)
  }

  private static func text(_ id: TokenID, in vocabulary: Vocabulary) -> String {
    let bytes = vocabulary.range(of: id).map { vocabulary.bytes[$0] }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `tokens by id and ids by token, with holes`() throws {
    let vocabulary = try Self.vocabulary(
      [("b", 70), ("a", 0), ("abc", 3), ("", 5)], added: [AddedToken("<s>", id: 100)])
    #expect(vocabulary.idCount == 101)
    let rows: [(TokenID, String?)] = [
      (0, "a"), (1, nil), (3, "abc"), (5, ""), (70, "b"), (99, nil), (100, "<s>"), (101, nil),
      (.max, nil),
    ]
    for (id, text) in rows {
      #expect(vocabulary.contains(id) == (text != nil), "\(id)")
      #expect(Self.text(id, in: vocabulary) == text ?? "")
      if let text { #expect(Self.id(text, in: vocabulary) == id) }
    }
    #expect(Self.id("ab", in: vocabulary) == nil)
  }

  @Test func `a token of the model comes before an added one`() throws {
    let vocabulary = try Self.vocabulary(
      [("a", 1), ("b", 2)], added: [AddedToken("a", id: 0), AddedToken("x", id: 2)])
    #expect(Self.id("a", in: vocabulary) == 1)
    #expect(Self.text(2, in: vocabulary) == "b")
    #expect(vocabulary.contains(0))
  }

  @Test func `tokens that text cannot spell come last`() throws {
    let vocabulary = try Self.vocabulary([("a", 0), ("a", 1)], unspelled: [0])
    #expect(Self.id("a", in: vocabulary) == 1)
    #expect(!vocabulary.isSpelled(0) && vocabulary.isSpelled(1) && !vocabulary.isSpelled(7))
  }

  @Test func `limits and duplicates are errors`() throws {
    #expect(throws: VocabularyError(.limit, "the id 4194303, of at most 4194302")) {
      try Self.vocabulary([("a", 4_194_303)])
    }
    #expect(
      throws: VocabularyError(
        .duplicate, "the id 9 is given to `x` and `y`", path: "added_tokens")
    ) {
      try Self.vocabulary([("a", 0)], added: [AddedToken("x", id: 9), AddedToken("y", id: 9)])
    }
    _ = try Self.vocabulary([("a", 0)], added: [AddedToken("x", id: 9), AddedToken("x", id: 9)])
  }

  @Test func `a tokenizer looks up both ways`() throws {
    let added = [AddedToken("<e>", id: 300), AddedToken("a", id: 301, isSpecial: false)]
    let tokenizer = try SmallVocabulary(merges: ["a+b"]).tokenizer(addedTokens: added)
    #expect(tokenizer.idCount == 302 && tokenizer.tokenCount == 259)
    #expect(tokenizer.id(of: "ab") == 256 && tokenizer.id(of: "<e>") == 300)
    // The added token comes first where text is looked up, the model's where bytes are.
    #expect(tokenizer.id(of: "a") == 301)
    let letter: [UInt8] = [0x61]
    #expect(tokenizer.id(of: letter.span) == 97)
    #expect(tokenizer.bytes(of: 256) == [0x61, 0x62] && tokenizer.bytes(of: 257) == nil)
    #expect(tokenizer.isSpecial(300) && !tokenizer.isSpecial(301) && !tokenizer.isSpecial(7))
    for id in TokenID(0)...256 {
      let bytes = tokenizer.bytes(of: id) ?? []
      #expect(tokenizer.id(of: bytes.span) == id)
    }
  }
}

@Suite struct ByteStringsTests {
  @Test func `strings lie one behind another`() {
    var strings = ByteStrings()
    strings.reserve(strings: 4, bytes: 8)
    strings.append([1, 2])
    strings.append([])
    strings.appendByte(3)
    strings.appendBytes([4, 5])
    strings.endString()
    #expect(strings.count == 3 && strings.bytes == [1, 2, 3, 4, 5] && strings.ends == [2, 2, 5])
    #expect([0, 1, 2].map { strings[$0] } == [[1, 2], [], [3, 4, 5]])
    #expect(strings == ByteStrings(bytes: [1, 2, 3, 4, 5], ends: [2, 2, 5]))
    strings.removeLast()
    strings.removeLast()
    #expect(strings.count == 1 && strings.bytes == [1, 2])
    #expect(ByteStrings(bytes: [], ends: []).count == 0)
  }
}

@Suite struct FlatArrayTests {
  @Test func `holds a copy`() {
    var values: [UInt32] = [1, 2, 3]
    let array = FlatArray(values)
    values[0] = 9
    #expect(array.count == 3 && (0..<3).map { array[$0] } == [1, 2, 3])
    let span = array.span
    #expect(span.count == 3 && span[2] == 3)
    #expect(FlatArray([UInt8]()).count == 0)
  }
}
