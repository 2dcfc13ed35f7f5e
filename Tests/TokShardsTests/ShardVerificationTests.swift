import TestSupport
import Testing

@testable import TokShards

struct ShardVerificationTests {
  private struct Damage: CustomStringConvertible, Sendable {
    var description: String
    var file: String
    var change: @Sendable (inout [UInt8]) -> Void
    var words: String
  }

  private static let damages = [
    Damage(
      description: "cut", file: "tokens_000001.npy", change: { $0.removeLast() }, words: "cut: "),
    Damage(
      description: "longer", file: "tokens_000001.npy", change: { $0.append(0) }, words: "longer: "),
    Damage(
      description: "an id", file: "tokens_000001.npy", change: { $0[130] ^= 1 }, words: "changed: "),
    Damage(
      description: "a great id", file: "tokens_000001.npy", change: { $0[131] = 9 },
      words: "token 1 is "),
    Damage(
      description: "the header", file: "tokens_000001.npy", change: { $0[20] ^= 1 },
      words: "the header"),
  ]

  @Test(arguments: damages.indices)
  func `finds what is not as it was written`(index: Int) throws {
    let damage = Self.damages[index]
    try ShardWorkshop.open { workshop in
      try workshop.write("abcdefghijklmnopqrstuvwxyz\n")
      let run = try workshop.run(ShardWorkshop.options(.npy, size: 6))
      _ = try run.write()
      #expect(try ShardVerification(run.folder).state == .whole)
      var bytes = try workshop.read("shards/" + damage.file)
      damage.change(&bytes)
      try Files.write(bytes, to: run.folder + "/" + damage.file)
      let found = try ShardVerification(run.folder)
      #expect(found.state == .broken && found.goodShards == 4 && found.shardCount == 5)
      #expect(found.problems.allSatisfy { $0.file == damage.file })
      #expect(found.problems.contains { $0.message.hasPrefix(damage.words) }, "\(found.problems)")
      #expect(found.advice != nil)
    }
  }

  @Test func `finds missing and foreign files`() throws {
    try ShardWorkshop.open { workshop in
      try workshop.write("abcdefghijklmnopqrstuvwxyz\n")
      let run = try workshop.run(ShardWorkshop.options(.llmC, size: 6))
      _ = try run.write()
      try Files.write([], to: run.folder + "/README")
      #expect(try ShardVerification(run.folder).state == .whole)
      SystemCalls.remove(run.folder + "/tokens_000002.bin")
      try Files.write([], to: run.folder + "/tokens_000007.bin")
      let found = try ShardVerification(run.folder)
      #expect(found.problems.map(\.file) == ["tokens_000002.bin", "tokens_000007.bin"])
      #expect(found.problems[0].message == "missing")
    }
  }

  /// A wrong index or id whose digest is right: as another program would write it.
  @Test(arguments: [
    (34, "sequence 1 "), (46, "sequence 0 "), (26, "the header"), (70, "sequence 0 "),
  ])
  func `compares the index with the data`(byte: Int, words: String) throws {
    try ShardWorkshop.open { workshop in
      try workshop.write("ab\nc\nd\n")
      let run = try workshop.run(ShardWorkshop.options(.megatron, size: 100))
      var manifest = try run.write()
      #expect(try ShardVerification(run.folder).state == .whole)
      var index = try workshop.read("shards/tokens_000000.idx")
      index[byte] ^= 1
      try Files.write(index, to: run.folder + "/tokens_000000.idx")
      manifest.shards[0].index?.digest = SHA256Digest.digest(of: index)
      try Files.write(manifest.write(), to: run.folder + "/manifest.json")
      let found = try ShardVerification(run.folder)
      #expect(found.problems.count == 1)
      #expect(found.problems.first?.message.hasPrefix(words) == true, "\(found.problems)")
    }
  }

  @Test func `says of a run that was stopped what is good`() throws {
    try ShardWorkshop.open { workshop in
      try workshop.write("{\"t\":\"abcdefgh\"}\n{}\n")
      var options = ShardWorkshop.options(.bin, size: 4)
      options.separator = .json(field: ["t"])
      let run = try workshop.run(options)
      #expect(throws: ShardError.self) { try run.write() }
      let found = try ShardVerification(run.folder)
      #expect(found.state == .unfinished && found.goodShards == 2 && found.goodTokens == 8)
    }
  }

  @Test func `reads no folder without a set and no damaged manifest`() throws {
    try ShardWorkshop.open { workshop in
      #expect(throws: ShardError.self) { try ShardVerification(workshop.path) }
      try workshop.write("ab\n")
      let run = try workshop.run(ShardWorkshop.options(.bin))
      _ = try run.write()
      let manifest = try workshop.read("shards/manifest.json")
      for count in 0..<(manifest.count - 1) {
        try Files.write(Array(manifest[..<count]), to: run.folder + "/manifest.json")
        #expect(throws: ShardError.self) { try ShardVerification(run.folder) }
      }
    }
  }
}
