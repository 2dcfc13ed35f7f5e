import TestSupport
import Testing
import Tok

@testable import ConformanceDriver
@testable import TokenizerFormats

/// Small tokenizers, and whole encodings of tokenizers 0.23.3: ranges in characters, words, masks, what
/// truncation, padding, pairs, words and batches make of them. `Tests/Conformance/encodings.jsonl`, by
/// `encoding_rows.py`.
@Suite struct EncodingRowsTests {
  @Test func `as the original`() throws {
    let bytes = try Files.read("\(Files.root)/Tests/Conformance/encodings.jsonl")
    var (count, differences) = (0, 0)
    for line in bytes.split(separator: 0x0A).dropFirst() {
      let row = try JSONValue(parsing: Array(line).span)
      let file = try #require(row["tokenizer"]).write()
      let tokenizer = try Tokenizer(bytes: file.span)
      for members in try #require(row["cases"]).elements() {
        let members = try members.elements()
        let (request, expected) = (members[0], members[1])
        let found = Driver.answer(Request(request), tokenizer)
        count += 1
        let agrees = if case .string = found { expected == .null } else { found == expected }
        guard !agrees else { continue }
        differences += 1
        if differences < 4 {
          Issue.record(
            """
            \(String(decoding: request.write(), as: UTF8.self)):
            \(String(decoding: found.write(), as: UTF8.self))
            \(String(decoding: expected.write(), as: UTF8.self))
            """)
        }
      }
    }
    #expect(count == 120)
    #expect(differences == 0)
  }
}
