import Testing
import Tokenization
import TokenizerFormats

@Suite struct WordListsTests {
  static let vocabulary = ####"{"a":0,"b":1,"ab":2,"<|endoftext|>":3,"#":4,"##":5}"####

  static func read(_ merges: String, vocabulary: String = vocabulary) throws -> TokenizerDefinition
  {
    let texts = Array(vocabulary.utf8)
    let lines = Array(merges.utf8)
    return try readWordLists(vocabulary: texts.span, merges: lines.span)
  }

  @Test(
    arguments: [
      ("#version: 0.2\na b\n", ["0+1=2"]), ("a b", ["0+1=2"]), ("a b\r\n", ["0+1=2"]), ("", []),
      // Only `#version` begins a line that is no merge.
      ("# #\n", ["4+4=5"]), ("a b\n#version\na b\n", ["0+1=2", "0+1=2"]),
    ] as [(String, [String])])
  func `reads`(merges: String, expected: [String]) throws {
    #expect(try Self.read(merges).model.bytePair.mergesAsText == expected)
  }

  @Test func `what is around the model`() throws {
    let pipeline = try Self.read("a b").pipeline
    #expect(pipeline.splitter.steps == [.byteLevel(addsPrefixSpace: false, splits: true)])
    #expect(pipeline.addedTokens == [AddedToken("<|endoftext|>", id: 3)])
    #expect(pipeline.roles == TokenRoles(end: 3))
    #expect(try Self.read("", vocabulary: #"{"a":0}"#).pipeline.addedTokens.isEmpty)
  }

  @Test(
    arguments: [
      ("a b\n\na b\n", .malformed, "line 2"), ("ab\n", .malformed, "line 1"),
      ("a b \n", .malformed, "line 1"), ("a  b\n", .malformed, "line 1"),
      ("#v\n", .malformed, "line 1"), ("a b\na x\n", .unknownToken, "line 2"),
      ("b a\n", .unknownToken, "line 1"),
    ] as [(String, VocabularyError.Reason, String)])
  func `refuses`(merges: String, reason: VocabularyError.Reason, path: String) {
    let error = #expect(throws: VocabularyError.self) { try Self.read(merges) }
    #expect(error?.reason == reason)
    #expect(error?.path == path)
    #expect(error?.file == "merges.txt")
  }

  // The original leaves out what is no number; that would lose a token silently.
  @Test(arguments: [#"{"a":"0"}"#, #"{"a":null}"#, #"{"a":-1}"#, "[]", #"{"a":0,"b":0}"#])
  func `refuses a vocabulary`(vocabulary: String) {
    let error = #expect(throws: VocabularyError.self) {
      try Self.read("", vocabulary: vocabulary)
    }
    #expect(error?.file == "vocab.json")
  }
}
