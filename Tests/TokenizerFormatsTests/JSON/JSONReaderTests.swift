import Testing
import Tokenization
import TokenizerFormats

private func value(_ text: String) throws(VocabularyError) -> JSONValue {
  let bytes = Array(text.utf8)
  return try JSONValue(parsing: bytes.span)
}

/// What the reader says of `text`: `nil` if it accepts it.
private func refusal(_ bytes: [UInt8]) -> VocabularyError? {
  do throws(VocabularyError) {
    _ = try JSONValue(parsing: bytes.span)
    return nil
  } catch { return error }
}

@Suite struct JSONReaderTests {
  // Each row was put into a tokenizer.json and given to tokenizers 0.23.3, whose reader is
  // serde_json: it accepted these …
  @Test(arguments: [
    "null", "true", "false", "0", "-0", "1e5", "1E+2", "1.5", "-1e-999",
    "123456789012345678901234",
    #""""#, #""\/""#, "\"\u{7F}\"", #""\u0000""#, #""\ud83d\ude00""#, #""\u00e9""#, "[]", "{}",
    "[ ]",
    "{ }", " [1 , 2 ]\n", "\t{\"a\" : [{}] }\r\n", #"{"":0}"#, #"["a","b"]"#, "\"é中😀\"",
    #""\b\f\n\r\t\"\\""#,
  ])
  func `accepts`(text: String) {
    #expect(refusal(Array(text.utf8)) == nil)
  }

  // … and refused these. The offset is ours: the first byte that cannot be right.
  @Test(
    arguments: [
      ("", .truncated, 0), ("01", .malformed, 1), ("1.", .truncated, 2), ("-", .truncated, 1),
      ("+1", .malformed, 0), ("1e", .truncated, 2), (".5", .malformed, 0), ("NaN", .malformed, 0),
      ("0x1", .malformed, 1), ("tru", .truncated, 3), ("nulL", .malformed, 3),
      (#""\x""#, .malformed, 1), ("\"a\tb\"", .malformed, 2), (#""\u12"#, .truncated, 1),
      (#""\u12G4""#, .malformed, 5), ("[1,]", .malformed, 3), (#"{"a":1,}"#, .malformed, 7),
      ("[,]", .malformed, 1), ("{,}", .malformed, 1), (#"{"a"}"#, .malformed, 4),
      (#"{"a":}"#, .malformed, 5), ("{1:2}", .malformed, 1), (#""abc"#, .truncated, 0),
      ("'a'", .malformed, 0), ("[1 2]", .malformed, 3), ("/*c*/1", .malformed, 0),
      ("[", .truncated, 1), ("{", .truncated, 1), ("]", .malformed, 0), ("1 1", .malformed, 2),
      ("null\0", .malformed, 4), ("\u{FEFF}1", .malformed, 0), (#""\ud800""#, .malformed, 1),
      (#""\udc00""#, .malformed, 1), (#""\ud800x""#, .malformed, 1),
      (#""\ud800\ud800""#, .malformed, 1), (#""\"#, .truncated, 1), ("[1}", .malformed, 2),
    ] as [(String, VocabularyError.Reason, Int)])
  func `refuses`(text: String, reason: VocabularyError.Reason, offset: Int) {
    let error = refusal(Array(text.utf8))
    #expect(error?.reason == reason)
    #expect(error?.offset == offset)
  }

  // Unicode, table 3-7; each stands between quotes, behind a run of eight plain bytes too.
  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC3], [0xE0, 0x9F, 0x80], [0xED, 0xA0, 0x80],
      [0xF0, 0x8F, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xFF],
    ] as [[UInt8]])
  func `refuses what is not UTF-8`(bytes: [UInt8]) {
    for run in ["", "12345678", "123456789abcdef"] {
      let start = Array("\"\(run)".utf8)
      let error = refusal(start + bytes + Array("\"".utf8))
      #expect(error?.reason == .malformed)
      #expect(error?.offset == start.count)
    }
  }

  @Test func `a run may end at any byte of a word`() throws {
    for length in 0..<40 {
      let run = String(repeating: "x", count: length)
      #expect(try value("\"\(run)\"") == .string(run))
      #expect(try value("\"\(run)\\n\(run)\"") == .string("\(run)\n\(run)"))
      #expect(refusal(Array("\"\(run)\u{1}\"".utf8))?.offset == length + 1)
    }
  }

  // serde_json counts down from 128 and stops at 0: 127 containers are allowed.
  @Test func `nesting ends at 127`() {
    let deep = { (depth: Int) in
      [UInt8](repeating: UInt8(ascii: "["), count: depth)
        + [UInt8](repeating: UInt8(ascii: "]"), count: depth)
    }
    #expect(refusal(deep(127)) == nil)
    #expect(refusal(deep(128))?.reason == .limit)
    #expect(refusal(deep(128))?.message == "128 containers within each other where 127 are allowed")
    #expect(refusal([UInt8](repeating: UInt8(ascii: "["), count: 1_000_000))?.reason == .limit)
  }

  @Test func `errors have a path`() {
    let error = refusal(Array(#"{"a":[0,{"b":tru}]}"#.utf8))
    #expect(error?.path == "a[1].b")
    #expect(error?.description == "a[1].b: byte 16: found `}` where `true` is expected")
  }

  // serde_json keeps the last; which one holds depends on the reader, so that nobody can mean it.
  @Test func `a key that stands twice is an error`() {
    #expect(refusal(Array(#"{"a":1,"b":2,"a":3}"#.utf8))?.reason == .duplicate)
    // Canonically equivalent, and so equal to Swift, but two keys.
    #expect(refusal(Array("{\"\u{E9}\":1,\"e\u{301}\":2}".utf8)) == nil)
  }

  @Test(arguments: [
    "null", "[true,false]", #"{"a":1.50,"b":[-0,1e5],"c":{"d":"é"}}"#,
    #""\"\\\n\r\t\u0001\u001f/""#, "{}", "[]", #"{"z":1,"a":2}"#,
  ])
  func `writes what it read`(text: String) throws {
    #expect(try value(text).write() == Array(text.utf8))
  }
}
