import Testing
import Tok
import TokenizerFormats

/// Tokenizers of the byte alphabet in less usual surroundings; rows of tokenizers 0.23.3.
@Suite struct ByteLevelRowsTests {
  private static let byteLevel =
    #"{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}"#
  private static let merges = ["Ġ t", "h e", "Ġt he", "1 2", "12 3", "3 4", "Ã ©", "Ġ 1"]

  private static func tokenizer(
    splitter: String = byteLevel, normalizer: String = "null", decoder: String = byteLevel,
    added: [(String, Int)] = []
  ) throws -> Tokenizer {
    var members = SmallFiles.vocabulary(merges: merges)
    members.insert(contentsOf: #"{"model":{"type":"BPE","vocab":"#.utf8, at: 0)
    let listed = merges.map { "\"\($0)\"" }.joined(separator: ",")
    let tokens = added.map {
      #"{"id":\#($0.1),"content":"\#($0.0)","single_word":false,"lstrip":false,"rstrip":false,"#
        + #""normalized":true,"special":false}"#
    }
    let rest =
      #","merges":[\#(listed)]},"pre_tokenizer":\#(splitter),"normalizer":\#(normalizer),"#
      + #""decoder":\#(decoder),"added_tokens":[\#(tokens.joined(separator: ","))]}"#
    return try Tokenizer(bytes: (members + Array(rest.utf8)).span)
  }

  /// Falcon's splitter: steps behind `ByteLevel` see the byte alphabet.
  @Test func `digits behind the bytes`() throws {
    let tokenizer = try Self.tokenizer(
      splitter: #"{"type":"Sequence","pretokenizers":[{"type":"Punctuation","behavior":"#
        + #""Contiguous"},\#(Self.byteLevel),{"type":"Digits","individual_digits":false},"#
        + #"{"type":"Split","pattern":{"Regex":"[0-9][0-9][0-9]"},"behavior":"Isolated","#
        + #""invert":false}]}"#)
    let rows: [(String, [TokenID])] = [
      ("the the1234é", [116, 257, 258, 260, 52, 262]),
      (" 12345, 1", [32, 260, 52, 53, 44, 32, 49]),
      ("123 12 (34)", [260, 32, 259, 32, 40, 261, 41]), ("é1é", [262, 49, 262]),
      ("٣٤", [217, 163, 217, 164]),
    ]
    for (text, ids) in rows {
      #expect(try tokenizer.encode(text) == ids)
      #expect(try tokenizer.decode(ids) == text)
    }
  }

  /// What is looked for in the text is what stands in the decoded one, also where the model has the
  /// token: ids 257, 256, 264, a list of them, and a token that is not added.
  @Test(
    arguments: [
      (
        #"{"type":"Lowercase"}"#, byteLevel, ["he", "\u{7F}t", "he", "he\u{7F}thea", " the"]
      ),
      (#"{"type":"Lowercase"}"#, "null", ["he", "ġt", "he", "he ġt he a", "Ġthe"]),
      (
        #"{"type":"Prepend","prepend":"_"}"#, byteLevel,
        ["_he", "_ t", "_HE", "_he_ t_HEa", " the"]
      ),
      (
        #"{"type":"Prepend","prepend":"_"}"#, #"{"type":"Fuse"}"#,
        ["_he", "_Ġt", "_HE", "_he_Ġt_HEa", "Ġthe"]
      ),
      (
        #"{"type":"Replace","pattern":{"String":"h"},"content":" é"}"#, byteLevel,
        [" ée", " t", "HE", " ée tHEa", " the"]
      ),
    ])
  func `added tokens that are normalized`(
    normalizer: String, decoder: String, expected: [String]
  ) throws {
    let tokenizer = try Self.tokenizer(
      normalizer: normalizer, decoder: decoder, added: [("he", 257), ("Ġt", 256), ("HE", 264)])
    let lists: [[TokenID]] = [[257], [256], [264], [257, 256, 264, 97], [258]]
    #expect(try lists.map { try tokenizer.decode($0) } == expected)
    let compiled = try Tokenizer(bytes: tokenizer.compiled().span)
    #expect(try lists.map { try compiled.decode($0) } == expected)
    for (list, text) in zip(lists, expected) {
      var stream = StreamingDecoder(tokenizer)
      var streamed = ""
      for id in list { streamed += try stream.append(id) }
      #expect(try streamed + stream.finish() == text)
    }
  }
}
