import TestSupport
import Testing

@testable import Tokenization

@Suite struct UnigramTrieTests {
  private static func check(_ strings: [[UInt8]], probes: [[UInt8]]) throws {
    var packed = ByteStrings()
    for string in strings { packed.append(string) }
    let trie = try UnigramTrieBuilder.trie(
      packed,
      strings.indices.map {
        UnigramTrieBuilder.Entry(string: $0, score: Double($0) / 3, id: TokenID($0))
      })
    let known = Dictionary(uniqueKeysWithValues: strings.enumerated().map { ($1, $0) })
    for probe in strings + probes {
      let unit = trie.unit(of: probe.span)
      #expect(unit.map { Int(trie.ids[Int($0)]) } == known[probe], "\(probe)")
      if let unit, let place = known[probe] {
        #expect(trie.score(of: trie.units[Int(unit)]) == Double(place) / 3)
      }
    }
  }

  @Test func `finds what it has and nothing else`() throws {
    let all = RandomText.all(over: [0, 1, 0x61, 0xFF], upTo: 3).dropFirst()
    try Self.check(Array(all), probes: [[0, 0, 0, 0], [2], []])
    try Self.check(all.filter { $0.count == 3 }, probes: all.filter { $0.count < 3 })
    try Self.check((0...255).map { [UInt8($0)] }, probes: [[1, 2]])
    try Self.check([], probes: [[1]])
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `finds random strings`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let strings = Set(
      (0..<600).map { _ in
        (0..<Int.random(in: 1...9, using: &generator)).map { _ in
          UInt8.random(in: 0..<(seed < 4 ? 4 : 255), using: &generator)
        }
      })
    let probes = (0..<600).map { _ in RandomText.bytes(3, using: &generator) }
    try Self.check(
      strings.sorted { $0.lexicographicallyPrecedes($1) }.shuffled(using: &generator),
      probes: probes)
  }
}
