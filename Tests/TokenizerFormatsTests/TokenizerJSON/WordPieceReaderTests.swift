import Testing
import Tokenization

@testable import TokenizerFormats

// "As the original" means tokenizers 0.23.3, to which each row was given.
@Suite struct WordPieceReaderTests {
  static let members =
    ###""unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100"###

  static func read<Model>(
    _ vocabulary: String, _ members: String,
    _ make: (TokenTexts, JSONValue) throws(VocabularyError) -> Model
  ) throws(VocabularyError) -> Model {
    let bytes = Array(vocabulary.utf8)
    let texts = try JSONReader.read(bytes.span) { (reader) throws(VocabularyError) in
      try readVocabulary(&reader)
    }
    let rest = Array("{\(members)}".utf8)
    return try make(texts, try JSONValue(parsing: rest.span))
  }

  static func wordPiece(
    _ members: String, vocabulary: String = ###"{"a":1,"[UNK]":0,"##b":7}"###
  ) throws(VocabularyError) -> WordPieceDefinition {
    try read(vocabulary, members, readWordPiece)
  }

  static func strings(_ tokens: ByteStrings) -> [String] {
    (0..<tokens.count).map { String(decoding: tokens[$0], as: UTF8.self) }
  }

  @Test func `reads WordPiece`() throws {
    let model = try Self.wordPiece(#""type":"WordPiece","other":[1],"# + Self.members)
    #expect(Self.strings(model.tokens) == ["a", "[UNK]", "##b"])
    #expect(model.ids == [1, 0, 7])
    #expect(model.unknown == 0)
    #expect(model.continuingPrefix == Array("##".utf8))
    #expect(model.maximumCharacterCount == 100)
  }

  @Test(arguments: [("0", 0), ("7", 7), ("18446744073709551615", Int.max)])
  func `takes limits as the original does`(digits: String, limit: Int) throws {
    let members = Self.members.replacing("100", with: digits)
    #expect(try Self.wordPiece(members).maximumCharacterCount == limit)
  }

  @Test(
    arguments: [
      // All of these as the original.
      ("100", "100.0", .wrongType, "max_input_chars_per_word"),
      ("100", "-1", .wrongType, "max_input_chars_per_word"),
      ("100", "18446744073709551616", .limit, "max_input_chars_per_word"),
      ("100", "1e2", .wrongType, "max_input_chars_per_word"),
      ("100", "null", .wrongType, "max_input_chars_per_word"),
      (###""##""###, "null", .wrongType, "continuing_subword_prefix"),
      (###""##""###, "5", .wrongType, "continuing_subword_prefix"),
      (#""[UNK]""#, "null", .wrongType, "unk_token"),
      (#","max_input_chars_per_word":100"#, "", .missing, ""),
      (###","continuing_subword_prefix":"##""###, "", .missing, ""),
      (#""unk_token":"[UNK]","#, "", .missing, ""),
      // The original complains when it needs the token.
      (#""[UNK]""#, #""<unk>""#, .unknownToken, "unk_token"),
    ] as [(String, String, VocabularyError.Reason, String)])
  func `refuses`(
    part: String, other: String, reason: VocabularyError.Reason, path: String
  ) {
    let error = #expect(throws: VocabularyError.self) {
      try Self.wordPiece(Self.members.replacing(part, with: other))
    }
    #expect(error?.reason == reason)
    #expect(error?.path == path)
  }

  @Test func `reads WordLevel`() throws {
    let vocabulary = #"{"a":1,"<unk>":0,"":5}"#
    let model = try Self.read(vocabulary, #""unk_token":"<unk>""#, readWordLevel)
    #expect(Self.strings(model.tokens) == ["a", "<unk>", ""])
    #expect(model.ids == [1, 0, 5])
    #expect(model.unknown == 0)
    for members in ["", #""unk_token":null"#, #""unk_token":"x""#] {
      #expect(throws: VocabularyError.self) {
        try Self.read(vocabulary, members, readWordLevel)
      }
    }
  }
}
