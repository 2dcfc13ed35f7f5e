import Testing

@testable import TokShards

/// Files byte for byte as the programs that read them want them: put together here by hand from
/// llm.c's `data_common.py`, NumPy's description of its format and Megatron's `indexed_dataset.py`.
struct ShardFormatTests {
  // "ab", "c", "", "defg" with the end 300 behind each: 3, 2, 1 and 5 tokens.
  private let text = "ab\nc\n\ndefg\n"
  private let ids: [Int] = [97, 98, 300, 99, 300, 300, 100, 101, 102, 103, 300]

  private func bytes(_ numbers: [Int], width: Int = 2) -> [UInt8] {
    numbers.flatMap { number in
      (0..<width).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
  }

  @Test func `writes llm_c's header and exactly so many tokens`() throws {
    try ShardWorkshop.open { workshop in
      try workshop.write(text)
      let manifest = try workshop.run(ShardWorkshop.options(.llmC)).write()
      for (index, part) in [ids[0..<4], ids[4..<8], ids[8..<11]].enumerated() {
        let header = bytes([20_240_520, 1, part.count], width: 4)
        let expected = header + [UInt8](repeating: 0, count: 1012) + bytes(Array(part))
        #expect(try workshop.read("shards/tokens_00000\(index).bin") == expected)
      }
      #expect(manifest.shards.map(\.tokens) == [4, 4, 3])
      #expect(manifest.shards.map(\.documents) == [2, 2, 0])
      #expect(manifest.tokens == 11 && manifest.documents == 4 && manifest.textBytes == 7)
      #expect(
        try workshop.files().keys.sorted() == [
          "manifest.json", "tokens_000000.bin", "tokens_000001.bin", "tokens_000002.bin",
        ])
    }
  }

  @Test func `writes wide ids with the other magic number`() throws {
    try ShardWorkshop.open { workshop in
      try workshop.write("a\n")
      var options = ShardWorkshop.options(.llmC, end: nil)
      options.beginOfDocument = 70000
      options.name = "train"
      _ = try workshop.run(options, special: 70000).write()
      let expected =
        bytes([20_240_801, 7, 2], width: 4) + [UInt8](repeating: 0, count: 1012)
        + bytes([70000, 97], width: 4)
      #expect(try workshop.read("shards/train_000000.bin") == expected)
    }
  }

  @Test func `writes nothing but ids for nanoGPT`() throws {
    try ShardWorkshop.open { workshop in
      try workshop.write(text)
      _ = try workshop.run(ShardWorkshop.options(.bin, size: 100)).write()
      #expect(try workshop.read("shards/tokens_000000.bin") == bytes(ids))
    }
  }

  @Test func `writes arrays of NumPy's format 1`() throws {
    try ShardWorkshop.open { workshop in
      try workshop.write(text)
      _ = try workshop.run(ShardWorkshop.options(.npy, size: 8)).write()
      for (index, part) in [ids[0..<8], ids[8..<11]].enumerated() {
        let head = "{'descr': '<u2', 'fortran_order': False, 'shape': (\(part.count),), }"
        let expected =
          [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(head.utf8)
          + [UInt8](repeating: 0x20, count: 117 - head.utf8.count) + [0x0A] + bytes(Array(part))
        #expect(try workshop.read("shards/tokens_00000\(index).npy") == expected)
      }
    }
  }

  @Test(arguments: [(300, 8, 2), (65499, 4, 4)])
  func `cuts Megatron's shards between documents`(special: Int, code: Int, width: Int) throws {
    try ShardWorkshop.open { workshop in
      try workshop.write(text)
      let options = ShardWorkshop.options(.megatron, end: UInt32(special))
      let manifest = try workshop.run(options, special: UInt32(special)).write()
      let ids = ids.map { $0 == 300 ? special : $0 }
      // The last document alone has more tokens than a shard.
      let shards: [(ids: ArraySlice<Int>, lengths: [Int], starts: [Int])] = [
        (ids[0..<3], [3], [0]), (ids[3..<6], [2, 1], [0, 2]), (ids[6..<11], [5], [0]),
      ]
      for (index, shard) in shards.enumerated() {
        let name = "shards/tokens_00000\(index)"
        #expect(try workshop.read("\(name).bin") == bytes(Array(shard.ids), width: width))
        let count = shard.lengths.count
        var expected = Array("MMIDIDX".utf8) + [0, 0] + bytes([1], width: 8) + [UInt8(code)]
        expected += bytes([count, count + 1], width: 8) + bytes(shard.lengths, width: 4)
        expected += bytes(shard.starts.map { $0 * width }, width: 8)
        expected += bytes(Array(0...count), width: 8)
        #expect(try workshop.read("\(name).idx") == expected)
      }
      #expect(manifest.shards.map(\.documents) == [1, 2, 1])
    }
  }

  @Test func `writes no shard where there is no token`() throws {
    try ShardWorkshop.open { workshop in
      try workshop.write("\n\n")
      let manifest = try workshop.run(ShardWorkshop.options(.bin, end: nil)).write()
      #expect(manifest.shards.isEmpty && manifest.documents == 2)
      #expect(try ShardVerification("\(workshop.path)/shards").state == .whole)
    }
  }
}
