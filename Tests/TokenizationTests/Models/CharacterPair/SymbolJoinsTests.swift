import TestSupport
import Testing

@testable import Tokenization

/// Two characters may be joined where a merge has the one at the end of its left symbol and the other at
/// the start of its right one.
@Suite struct SymbolJoinsTests {
  private static let characters = (0..<40).map { String(Unicode.Scalar(UInt8(0x40 + $0))) }

  /// Characters, what merging grows of them, and the merges by place.
  private static func grown(
    _ count: Int, _ generator: inout SeededGenerator
  ) -> (texts: [String], merges: [(left: Int, right: Int, result: Int)]) {
    var texts = characters
    var merges: [(left: Int, right: Int, result: Int)] = []
    for _ in 0..<count {
      let left = Int.random(in: 0..<texts.count, using: &generator)
      let right = Int.random(in: 0..<texts.count, using: &generator)
      let text = texts[left] + texts[right]
      let result = texts.firstIndex(of: text) ?? texts.count
      if result == texts.count { texts.append(text) }
      merges.append((left, right, result))
    }
    return (texts, merges)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `as the definition says`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let (texts, merges) = Self.grown(Int(seed) * 4, &generator)
    let definition = CharacterPairDefinition(
      tokens: ByteStrings(texts), ids: texts.indices.map { TokenID($0) },
      merges: .listed(
        merges.map {
          BytePairDefinition.Merge(
            left: TokenID($0.left), right: TokenID($0.right), result: TokenID($0.result))
        }))
    let joins = try CharacterPairModel(definition).joins
    let borders = Set(merges.map { [texts[$0.left].last, texts[$0.right].first] })
    var wrongly = 0
    for (left, one) in Self.characters.enumerated() {
      for (right, other) in Self.characters.enumerated() {
        let mayJoin = joins.mayJoin(UInt32(left), UInt32(right))
        if borders.contains([one.first, other.first]) {
          #expect(mayJoin, "\(one) and \(other)")
        } else if mayJoin {
          wrongly += 1
        }
      }
    }
    // 1,024 bits, no more than 76 of them set.
    #expect(wrongly * 8 <= Self.characters.count * Self.characters.count)
  }

  // Long tokens that are made of each other would take long to follow; then all may be joined.
  @Test func `tokens too long to follow`() throws {
    var texts = ["a", "b"]
    var merges: [BytePairDefinition.Merge] = []
    var last: TokenID = 0
    for count in 2..<400 {
      // Each longer one by an `a` in front, and all of them with a `b` behind.
      let id = TokenID(texts.count)
      texts.append(String(repeating: "a", count: count))
      texts.append(String(repeating: "a", count: count) + "b")
      merges.append(.init(left: 0, right: last, result: id))
      merges.append(.init(left: id, right: 1, result: id + 1))
      last = id
    }
    let joins = try CharacterPairModel(
      CharacterPairDefinition(
        tokens: ByteStrings(texts), ids: texts.indices.map { TokenID($0) }, merges: .listed(merges))
    ).joins
    #expect(joins.mayJoin(0, 0) && joins.mayJoin(1, 0))
  }
}
