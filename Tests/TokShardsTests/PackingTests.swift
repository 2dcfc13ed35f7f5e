import TestSupport
import Testing
import Tokenization

@testable import TokShards

struct PackingTests {
  @Test func `cuts rows wherever they end and fills the last one`() throws {
    try ShardWorkshop.open { workshop in
      try workshop.write("ab\nc\n\ndefg\n")
      for format in ShardFormat.allCases {
        var options = ShardWorkshop.options(format, size: 10)
        options.packing = Packing(length: 4, rest: .padded(1))
        let manifest = try workshop.run(options, to: format.rawValue).write()
        // A shard has whole rows: 8 tokens, where 10 were asked for.
        #expect(manifest.shards.map(\.tokens) == [8, 4])
        #expect(
          try workshop.ids(manifest, options, folder: format.rawValue) == [
            97, 98, 300, 99, 300, 300, 100, 101, 102, 103, 300, 1,
          ])
        #expect(try ShardVerification("\(workshop.path)/\(format.rawValue)").state == .whole)
      }
      let header = try workshop.read("npy/tokens_000001.npy").prefix(128)
      #expect(String(decoding: header, as: UTF8.self).contains("'shape': (1, 4), }"))
      // Each row is a sequence for Megatron.
      let index = try workshop.read("megatron/tokens_000000.idx")
      #expect(Array(index[34..<42]) == [4, 0, 0, 0, 4, 0, 0, 0])
    }
  }

  @Test(arguments: [(4, [4, 4], 3), (12, [], 11)])
  func `drops a row that is not full`(length: Int, tokens: [Int], dropped: Int) throws {
    try ShardWorkshop.open { workshop in
      try workshop.write("ab\nc\n\ndefg\n")
      for format in ShardFormat.allCases {
        var options = ShardWorkshop.options(format, size: max(4, length))
        options.packing = Packing(length: length, rest: .dropped)
        let manifest = try workshop.run(options, to: format.rawValue).write()
        #expect(manifest.shards.map(\.tokens) == tokens && manifest.droppedTokens == dropped)
        #expect(try ShardVerification("\(workshop.path)/\(format.rawValue)").state == .whole)
      }
    }
  }

  @Test func `puts documents where the least room is left`() {
    var packer = BestFitPacker(rowLength: 8)
    for length in [5, 3, 4, 11] {
      packer.add([TokenID](repeating: TokenID(length), count: length))
    }
    let rows = packer.takeRows()
    #expect(rows.map { $0.parts.map(\.range) } == [[0..<5, 5..<8], [8..<12, 20..<23], [12..<20]])
    #expect(rows.map { $0.parts.map(\.beginsDocument) } == [[true, true], [true, false], [true]])
  }

  @Test func `cuts no document that fits into a row`() {
    var generator = SeededGenerator(seed: 5)
    for rowLength in [1, 7, 64, 100] {
      var packer = BestFitPacker(rowLength: rowLength)
      var documents: [Range<Int>] = []
      for _ in 0..<300 {
        let count = Int.random(in: 0...(rowLength * 2), using: &generator)
        let start = documents.last?.upperBound ?? 0
        documents.append(start..<(start + count))
        packer.add([TokenID](repeating: 0, count: count))
      }
      let rows = packer.takeRows()
      let parts = rows.flatMap(\.parts).map(\.range).sorted { $0.lowerBound < $1.lowerBound }
      // All ids are there once, no row has too many, and two rows could not be one.
      #expect(parts.first?.lowerBound == 0 && parts.last?.upperBound == documents.last?.upperBound)
      #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
      #expect(rows.allSatisfy { $0.count <= rowLength })
      #expect(rows.allSatisfy { $0.count == $0.parts.reduce(0) { $0 + $1.range.count } })
      let borders = Set(parts.map(\.lowerBound))
      for document in documents where document.count <= rowLength && !document.isEmpty {
        #expect(!borders.contains { document.contains($0) && $0 > document.lowerBound })
      }
      #expect(rows.filter { $0.count * 2 <= rowLength }.count <= 1)
    }
  }

  @Test func `writes rows of whole documents`() throws {
    try ShardWorkshop.open { workshop in
      try workshop.write("ab\nc\n\ndefg\n")
      for format in ShardFormat.allCases {
        var options = ShardWorkshop.options(format, size: 8)
        options.packing = Packing(length: 4, rest: .padded(1))
        options.packing?.keepsDocumentsWhole = true
        let manifest = try workshop.run(options, to: format.rawValue).write()
        // The end of the last document, one id, goes beside the first, where one is free.
        #expect(
          try workshop.ids(manifest, options, folder: format.rawValue) == [
            97, 98, 300, 300, 99, 300, 300, 1, 100, 101, 102, 103,
          ])
        #expect(manifest.shards.map(\.documents) == [3, 1])
        #expect(try ShardVerification("\(workshop.path)/\(format.rawValue)").state == .whole)
      }
    }
  }
}
