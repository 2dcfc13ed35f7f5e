import TestSupport
import Testing
import Tokenization

@testable import TokShards

struct BadDocumentTests {
  private let lines = """
    {"t":"ab"}
    {"t":7}

    {"t":"c<e>d"}
    {"x":1}
    {"t":"e"}
    {"t":
    """

  private func options() -> ShardOptions {
    var options = ShardWorkshop.options(.bin, size: 100)
    options.separator = .json(field: ["t"])
    options.specialTokens = .refuse
    return options
  }

  @Test func `collects what is skipped`() throws {
    try ShardWorkshop.open { workshop in
      try workshop.write(lines)
      try workshop.write("{\"t\":\"z\"}", to: "second")
      var run = try workshop.run(options(), inputs: ["input", "none", "second"])
      run.skipsBadDocuments = true
      run.badDocumentsFile = workshop.path + "/bad.jsonl"
      let manifest = try run.write()
      #expect(try workshop.ids(manifest, options()) == [97, 98, 300, 101, 300, 122, 300])
      #expect(manifest.documents == 3 && manifest.badDocuments == 5)
      let bad = String(decoding: try workshop.read("bad.jsonl"), as: UTF8.self)
        .split(separator: "\n").map(String.init)
      try #require(bad.count == 5)
      let name = workshop.path + "/input"
      #expect(
        bad[0]
          == #"{"input":"\#(name)","line":2,"byte":11,"reason":"the member `t` is not a string"}"#)
      #expect(bad[1].hasPrefix(#"{"input":"\#(name)","line":4,"byte":20,"reason":""#))
      #expect(bad[2] == #"{"input":"\#(name)","line":5,"byte":34,"reason":"no member `t`"}"#)
      #expect(bad[3].hasPrefix(#"{"input":"\#(name)","line":7,"byte":"#))
      #expect(bad[4].hasPrefix(#"{"input":"\#(workshop.path)/none","byte":0,"reason":"#))
    }
  }

  @Test func `stops at each of them and goes on when told to skip`() throws {
    try ShardWorkshop.open { workshop in
      try workshop.write(lines)
      var whole = try workshop.run(options(), to: "whole")
      whole.skipsBadDocuments = true
      _ = try whole.write()
      var run = try workshop.run(options())
      #expect { try run.write() } throws: { error in
        "\(error)" == "\(workshop.path)/input: line 2: byte 11: the member `t` is not a string"
      }
      let journal = try #require(try ShardFolder(path: run.folder).journal())
      #expect(journal.documents == 1 && journal.position.number == 2)
      run.skipsBadDocuments = true
      _ = try run.write()
      #expect(try workshop.files() == workshop.files("whole"))
    }
  }

  @Test func `stops where a text cannot be encoded`() throws {
    try ShardWorkshop.open { workshop in
      try workshop.write("a\nb\nc<e>\nd\n")
      var options = ShardWorkshop.options(.bin)
      options.specialTokens = .refuse
      let run = try workshop.run(options)
      #expect { try run.write() } throws: { "\($0)".contains("input: document 3: ") }
      let journal = try #require(try ShardFolder(path: run.folder).journal())
      #expect(journal.documents == 2 && journal.position.offset == 4)
    }
  }

  @Test func `says at once that an input is missing`() throws {
    try ShardWorkshop.open { workshop in
      try workshop.write(lines)
      let run = try workshop.run(options(), inputs: ["input", "none"])
      #expect { try run.write() } throws: { ($0 as? ShardError)?.reason == .unreadable }
    }
  }
}
