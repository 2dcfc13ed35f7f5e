import Testing
import Tokenization
import TokenizerFormats

// "The original" is tokenizers 0.23.3, to which each row was given.
@Suite struct AddedTokensTests {
  // A file of another writer: ids 0 to 3, and 10.
  static let holes = Sample.model(vocabulary: #"{"a":0,"b":1,"c":2,"ab":3,"abc":10}"#)

  @Test(
    arguments: [
      (Sample.added(Sample.token("abc", 4)), ["abc": 4]),
      // The model has the token under another id: that holds, as in the original (with a warning).
      (Sample.added(Sample.token("abc", 77)), ["abc": 4]),
      (Sample.added(Sample.token("<s>", 5)), ["<s>": 5]),
      // Behind a gap, and in one: the original renumbers both to 5; here the file's id holds.
      (Sample.added(Sample.token("<s>", 50)), ["<s>": 50]),
      (Sample.added(Sample.token("<s>", 11), model: holes), ["<s>": 11]),
      (Sample.added(Sample.token("<s>", 7), model: holes), ["<s>": 7]),
      // The original numbers them in the order of the list; here as the file says.
      (Sample.added(Sample.token("<s>", 6), Sample.token("<t>", 5)), ["<s>": 6, "<t>": 5]),
      // Left out, as in the original, which then gives 5 to the next.
      (Sample.added(Sample.token("", 5), Sample.token("<t>", 6)), ["<t>": 6]),
      // The same twice is one, as in the original.
      (Sample.added(Sample.token("<s>", 5), Sample.token("<s>", 5)), ["<s>": 5]),
      (Sample.added(Sample.token("abc", 4), Sample.token("abc", 9)), ["abc": 4]),
      // Looked up by text: ` ` is no text of this vocabulary, though `Ġ` has its byte.
      (
        Sample.added(
          Sample.token(" ", 6), model: .model(vocabulary: #"{"Ġ":0}"#, merges: "[]")), [" ": 6]
      ),
    ] as [(Sample, [String: TokenID])])
  func `ids`(sample: Sample, expected: [String: TokenID]) throws {
    let added = try sample.read().pipeline.addedTokens
    #expect(added.count == expected.count)
    for token in added { #expect(expected[token.content] == token.id) }
  }

  @Test(
    arguments: [
      // The original gives 5; the model would answer to 2 in text and mean the other token.
      (Sample.added(Sample.token("<s>", 2)), .duplicate, "added_tokens[0]"),
      // The original gives 5 and 6, whatever the file says.
      (
        Sample.added(Sample.token("<s>", 5), Sample.token("<t>", 5)), .duplicate,
        "added_tokens[1]"
      ),
      // The original takes the flags of the last, and keeps it special.
      (
        Sample.added(Sample.token("<s>", 5), Sample.token("<s>", 5, special: false)), .duplicate,
        "added_tokens[1]"
      ),
      (
        Sample.added(Sample.token("<s>", 5), Sample.token("<s>", 6)), .duplicate,
        "added_tokens[1]"
      ),
      // As the original.
      (Sample.added(Sample.token("<s>", -5)), .wrongType, "added_tokens[0].id"),
      (Sample.added(Sample.token("<s>", 4_194_304)), .limit, "added_tokens[0].id"),
      (Sample.added(#"{"id":5,"content":"<s>"}"#), .missing, "added_tokens[0]"),
      (Sample.with("added_tokens", "null"), .wrongType, "added_tokens"),
    ] as [(Sample, VocabularyError.Reason, String)])
  func `refuses`(sample: Sample, reason: VocabularyError.Reason, path: String) {
    let error = sample.refusal()
    #expect(error?.reason == reason)
    #expect(error?.path == path)
  }

  @Test func `flags`() throws {
    let text =
      #"{"id":9,"content":"<x>","single_word":true,"lstrip":true,"rstrip":false,"#
      + #""normalized":true,"special":false,"other":1}"#
    let token = try #require(try Sample.added(text).read().pipeline.addedTokens.first)
    #expect(
      token
        == AddedToken(
          "<x>", id: 9, isSpecial: false, isSingleWord: true, stripsLeft: true, isNormalized: true))
  }
}
