import SplitPatterns
import Testing
import Tokenization

@testable import TokenizerFormats

/// What tokenizers 0.23.3 reads and writes under `pre_tokenizer`, and what it refuses.
@Suite struct SplitterJSONTests {
  static func read(_ text: String) throws -> [SplitStep] {
    try readSplitter(JSONValue(parsing: Array(text.utf8).span), .tokenizerJSON).steps
  }

  @Test(
    arguments: [
      (#"{"type":"BertPreTokenizer"}"#, .bert),
      (#"{"type":"BertPreTokenizer","x":2}"#, .bert),
      (#"{"type":"Whitespace"}"#, .whitespace),
      (#"{"type":"WhitespaceSplit"}"#, .whitespaceSplit),
      (#"{"type":"UnicodeScripts"}"#, .unicodeScripts),
      (#"{"type":"CharDelimiterSplit","delimiter":"é"}"#, .characterDelimiter("é")),
      (#"{"type":"Punctuation"}"#, .punctuation(.isolated)),
      (#"{"type":"Punctuation","behavior":"Removed"}"#, .punctuation(.removed)),
      (#"{"type":"FixedLength"}"#, .fixedLength(5)),
      (#"{"type":"FixedLength","length":1}"#, .fixedLength(1)),
      (
        #"{"type":"Metaspace","replacement":"_"}"#,
        .metaspace(replacement: "_", scheme: .always, splits: true)
      ),
      (
        #"{"replacement":"▁","type":"Metaspace","add_prefix_space":true,"str_rep":"x"}"#,
        .metaspace(replacement: "▁", scheme: .always, splits: true)
      ),
      (
        #"{"type":"Metaspace","replacement":"▁","add_prefix_space":false,"prepend_scheme":"never"}"#,
        .metaspace(replacement: "▁", scheme: .never, splits: true)
      ),
      (
        #"{"type":"Metaspace","replacement":"▁","add_prefix_space":true,"prepend_scheme":"never"}"#,
        .metaspace(replacement: "▁", scheme: .never, splits: true)
      ),
      (
        #"{"type":"Metaspace","replacement":"▁","add_prefix_space":null,"prepend_scheme":"first","split":null,"str_rep":null}"#,
        .metaspace(replacement: "▁", scheme: .first, splits: true)
      ),
      (
        #"{"type":"Metaspace","replacement":"▁","split":false}"#,
        .metaspace(replacement: "▁", scheme: .always, splits: false)
      ),
      // Ours.
      (#"{"type":"tok:DigitGroups"}"#, .digitGroups(3)),
      (#"{"type":"tok:DigitGroups","length":4}"#, .digitGroups(4)),
      (#"{"type":"tok:Words"}"#, .words),
    ] as [(String, SplitStep)])
  func `reads`(text: String, expected: SplitStep) throws {
    #expect(try Self.read(text) == [expected])
    #expect(try Self.read(#"{"type":"Sequence","pretokenizers":[\#(text)]}"#) == [expected])
    let written = json(Splitter([expected])).write()
    #expect(try Self.read(String(decoding: written, as: UTF8.self)) == [expected])
  }

  @Test func `reads runs of matches, which are ours`() throws {
    let text = #"{"type":"tok:MatchRuns","pattern":{"Regex":"a|b"},"joined":{"Regex":"a"}}"#
    let step = SplitStep.matchRuns(
      try SplitPattern("a|b", dialect: .oniguruma),
      joining: try SplitPattern("a", dialect: .oniguruma))
    #expect(try Self.read(text) == [step])
    #expect(String(decoding: json(Splitter([step])).write(), as: UTF8.self) == text)
    let rust = SplitStep.matchRuns(
      try SplitPattern("a|b", dialect: .rust), joining: try SplitPattern("a", dialect: .rust))
    let written = json(Splitter([rust]))
    #expect(try readSplitter(written, .ours).steps == [rust])
  }

  @Test(
    arguments: [
      // The name that the original's own enumeration has, and then fails on.
      (#"{"type":"Delimiter","delimiter":"x"}"#, .unsupported, ""),
      (#"{"type":"CharDelimiterSplit","delimiter":"xy"}"#, .malformed, "delimiter"),
      (#"{"type":"CharDelimiterSplit","delimiter":""}"#, .malformed, "delimiter"),
      (#"{"type":"CharDelimiterSplit"}"#, .missing, ""),
      (#"{"type":"Metaspace"}"#, .missing, ""),
      (#"{"type":"Metaspace","replacement":"▁▁"}"#, .malformed, "replacement"),
      (#"{"type":"Metaspace","replacement":"▁","add_prefix_space":false}"#, .malformed, ""),
      (
        #"{"type":"Metaspace","replacement":"▁","add_prefix_space":false,"prepend_scheme":"first"}"#,
        .malformed, ""
      ),
      (
        #"{"type":"Metaspace","replacement":"▁","prepend_scheme":"First"}"#, .malformed,
        "prepend_scheme"
      ),
      (
        #"{"type":"Metaspace","replacement":"▁","prepend_scheme":null}"#, .wrongType,
        "prepend_scheme"
      ),
      (#"{"type":"Metaspace","replacement":"▁","str_rep":5}"#, .wrongType, "str_rep"),
      (#"{"type":"Metaspace","replacement":"▁","split":1}"#, .wrongType, "split"),
      (#"{"type":"Punctuation","behavior":"removed"}"#, .malformed, "behavior"),
      (#"{"type":"Punctuation","behavior":null}"#, .wrongType, "behavior"),
      // The original reads this and stumbles over every text.
      (#"{"type":"FixedLength","length":0}"#, .malformed, "length"),
      (#"{"type":"FixedLength","length":-1}"#, .wrongType, "length"),
      (#"{"type":"FixedLength","length":null}"#, .wrongType, "length"),
      (#"{"type":"FixedLength","length":1.0}"#, .wrongType, "length"),
      (#"{"type":"tok:DigitGroups","length":0}"#, .malformed, "length"),
      (#"{"type":"tok:MatchRuns","pattern":{"Regex":"a"}}"#, .missing, ""),
      (#"{"type":"tok:MatchRuns","pattern":{"Regex":"("}}"#, .malformed, "pattern.Regex"),
      (#"{"type":"tok:MatchRuns","pattern":"a"}"#, .wrongType, "pattern"),
      (#"{"type":"Digits","individual_digits":null}"#, .wrongType, "individual_digits"),
      (#"{"individual_digits":false}"#, .missing, ""),
      (#"{"pretokenizers":[]}"#, .missing, ""),
      (#"{"type":"Sequence"}"#, .missing, ""),
      (#"{"type":"Sequence","pretokenizers":[{"type":"Nope"}]}"#, .unsupported, "pretokenizers[0]"),
      (#"{"type":"tok:Nope"}"#, .unsupported, ""),
      (#""Whitespace""#, .wrongType, ""),
    ] as [(String, VocabularyError.Reason, String)])
  func `refuses`(text: String, reason: VocabularyError.Reason, path: String) throws {
    let value = try JSONValue(parsing: Array(text.utf8).span)
    do throws(VocabularyError) {
      let splitter = try readSplitter(value, .tokenizerJSON)
      Issue.record("read as \(splitter.steps)")
    } catch {
      #expect(error.reason == reason)
      #expect(error.path == path)
    }
  }
}
