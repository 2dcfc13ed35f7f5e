import SplitPatterns
import TestSupport
import Testing

@testable import Tokenization

/// Which bytes are neighbours, as tries tell, against the strings themselves.
@Suite struct ByteJoinsTests {
  private static let parts = ["a", "b", "(", "\u{E9}", "\u{2581}", "\u{FFFD}", "\u{4E2D}"]

  /// What the strings say, byte by byte.
  private static func expected(_ strings: [String]) -> ByteJoins {
    var joins = ByteJoins()
    for string in strings {
      let bytes = Array(string.utf8)
      for (left, right) in zip(bytes, bytes.dropFirst()) { joins.insert(left, right) }
      let scalars = Array(string.unicodeScalars)
      for (left, right) in zip(scalars, scalars.dropFirst()) where left == "\u{2581}" {
        joins.insert(0x20, Array(String(right).utf8)[0])
      }
    }
    return joins
  }

  private static func strings(using generator: inout SeededGenerator) -> [String] {
    let strings = (0..<12).map { _ in
      (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        parts[Int.random(in: 0..<parts.count, using: &generator)]
      }.joined()
    }
    return Array(Set(strings)).sorted()
  }

  private static func agree(_ found: ByteJoins, _ strings: [String]) -> Bool {
    let expected = expected(strings)
    let bytes = 0...255 as ClosedRange<UInt8>
    return bytes.allSatisfy { left in
      bytes.allSatisfy { found.contains(left, $0) == expected.contains(left, $0) }
    } && found.joinsReplacement == strings.contains { $0.contains("\u{FFFD}") && $0 != "\u{FFFD}" }
  }

  @Test func `of both kinds of tries`() throws {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<40 {
      let strings = Self.strings(using: &generator)
      var texts = ByteStrings()
      for string in strings { texts.append(string.utf8) }
      #expect(Self.agree(try ByteTrie(texts).byteJoins(), strings), "\(strings)")
      let entries = strings.indices.map {
        UnigramTrieBuilder.Entry(string: $0, score: -1, id: TokenID($0))
      }
      let trie = try UnigramTrieBuilder.trie(texts, entries)
      #expect(Self.agree(trie.byteJoins(), strings), "\(strings)")
    }
  }
}
