import TestSupport
import Testing
import Tok

/// The texts of the golden files in parts.
@Suite struct StreamingTests {
  @Test(arguments: Vocabularies.names)
  func `cut anywhere, a text has the ids of the whole`(name: String) throws {
    let tokenizer = try Vocabularies.tokenizer(name)
    var encoder = try tokenizer.streamingEncoder(addsTemplate: false)
    var ids: [TokenID] = []
    for row in try GoldenFile(vocabulary: name).rows {
      // Every place of short texts, some of long ones; all of all by `Tests/Conformance/Streaming`.
      for place in stride(from: 0, through: row.text.count, by: max(1, row.text.count / 8)) {
        ids.removeAll(keepingCapacity: true)
        try encoder.append(row.text.span.extracting(..<place), into: &ids)
        try encoder.append(row.text.span.extracting(place...), into: &ids)
        try encoder.finish(into: &ids)
        guard ids == row.ids else {
          Issue.record("\(String(decoding: row.text, as: UTF8.self)), cut at \(place): \(ids)")
          return
        }
      }
      ids.removeAll(keepingCapacity: true)
      for place in row.text.indices.prefix(200) {
        try encoder.append(row.text.span.extracting(place..<(place + 1)), into: &ids)
      }
      try encoder.append(row.text.span.extracting(min(200, row.text.count)...), into: &ids)
      try encoder.finish(into: &ids)
      #expect(ids == row.ids, "\(String(decoding: row.text, as: UTF8.self))")
    }
  }
}
