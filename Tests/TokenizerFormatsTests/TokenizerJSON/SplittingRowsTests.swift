import SplitPatterns
import TestSupport
import Testing
import UnicodeText

@testable import Tokenization
@testable import TokenizerFormats

/// Steps as a tokenizer.json has them, and what tokenizers 0.23.3 makes of texts:
/// `Tests/Conformance/splitting.jsonl`, by `splitting_rows.py`.
@Suite struct SplittingRowsTests {
  struct Pretoken: Equatable {
    var bytes: [UInt8]
    var range: Range<Int>
  }

  static func rows() throws -> [JSONValue] {
    let bytes = try Files.read("\(Files.root)/Tests/Conformance/splitting.jsonl")
    return try bytes.split(separator: 0x0A).dropFirst().map { line in
      try JSONValue(parsing: Array(line).span)
    }
  }

  /// The rows count characters, we count bytes.
  static func expected(_ members: ArraySlice<JSONValue>, in text: String) throws -> [Pretoken] {
    var places = [0]
    for scalar in text.unicodeScalars {
      places.append(places[places.count - 1] + scalar.utf8.count)
    }
    return try stride(from: members.startIndex, to: members.endIndex, by: 3).map { index in
      let range = try places[members[index + 1].integer()]..<places[members[index + 2].integer()]
      return Pretoken(bytes: Array(try members[index].text().utf8), range: range)
    }
  }

  @Test func `as the original`() throws {
    var (cases, differences) = (0, 0)
    for row in try Self.rows() {
      let json = try #require(row["pre_tokenizer"])
      let splitter = try GeneralSplitter(
        readSplitter(json, .tokenizerJSON).steps, mapsBytes: true)
      var pretokens = Pretokens()
      for members in try #require(row["cases"]).elements() {
        let members = try members.elements()[...]
        let text = try #require(members.first).text()
        let bytes = Array(text.utf8)
        try splitter.split(
          bytes.span, startCount: min(1, bytes.count), wantsEdits: true, into: &pretokens)
        let found = zip(pretokens.bytes(of: bytes.span), pretokens.ranges).map {
          Pretoken(bytes: $0, range: pretokens.original($1))
        }
        cases += 1
        let expected = try Self.expected(members.dropFirst(), in: text)
        // What is inserted comes from an empty range; the original gives it the character behind.
        let agrees = found.elementsEqual(expected) { one, other in
          one == other
            || one.bytes == other.bytes && one.range.isEmpty
              && one.range.lowerBound == other.range.lowerBound
        }
        guard !agrees else { continue }
        differences += 1
        if differences < 4 {
          Issue.record(
            "\(String(decoding: json.write(), as: UTF8.self)) of \(text.debugDescription): \(found)"
          )
        }
      }
    }
    #expect(cases > 900)
    #expect(differences == 0)
  }

  @Test func `what was read is written as it was`() throws {
    for row in try Self.rows() {
      let splitter = try readSplitter(try #require(row["pre_tokenizer"]), .tokenizerJSON)
      let written = json(splitter).write()
      #expect(try readSplitter(JSONValue(parsing: written.span), .ours) == splitter)
    }
  }
}
