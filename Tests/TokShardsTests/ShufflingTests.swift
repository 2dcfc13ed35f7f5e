import Testing
import Tokenization

@testable import TokShards

struct ShufflingTests {
  // Made by an implementation in Python, from the description alone.
  @Test(arguments: [
    (8, 0, [1, 2, 6, 5, 4, 0, 3, 7]), (8, 42, [4, 3, 2, 0, 7, 6, 1, 5]), (1, 5, [0]),
    (3, 7, [2, 0, 1]), (0, 1, []),
  ])
  func `draws the order that is described`(count: Int, seed: UInt64, order: [UInt32]) {
    #expect(DocumentOrder.drawn(count: count, seed: seed) == order)
  }

  @Test func `writes documents as a plain shuffle in memory orders them`() throws {
    try ShardWorkshop.open { workshop in
      let documents = (0..<1000).map { String(repeating: "x\($0)", count: $0 % 7) }
      try workshop.write(documents.map { $0 + "\n" }.joined())
      let order = DocumentOrder.drawn(count: documents.count, seed: 3)
      var expected: [TokenID] = []
      for place in order { expected += documents[Int(place)].utf8.map { TokenID($0) } + [300] }
      var first: [String: [UInt8]]?
      for threads in [1, 3] {
        for format in ShardFormat.allCases {
          var options = ShardWorkshop.options(format, size: 1000)
          options.shuffleSeed = 3
          let folder = "\(format.rawValue)-\(threads)"
          var run = try workshop.run(options, to: folder)
          run.threads = threads
          let manifest = try run.write()
          #expect(try workshop.ids(manifest, options, folder: folder) == expected)
          guard format == .bin else { continue }
          let files = try workshop.files(folder)
          #expect(first ?? files == files)
          first = files
        }
      }
    }
  }
}
