import TestSupport
import Testing

@testable import Tokenization

/// Pairs come out by rank, the leftmost of equals first.
@Suite struct MergeQueueTests {
  @Test(arguments: [1, 2] as [UInt64])
  func `gives ranks in order, the leftmost of equals`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var queue = MergeQueue()
    queue.start(symbolCount: 500)
    var expected: [[Int]] = []
    for place in 0..<500 {
      let rank = UInt32.random(in: 0..<20, using: &generator)
      queue.push(rank, at: place)
      expected.append([Int(rank), place])
    }
    queue.push(PairTable.none, at: 1)
    var found: [[Int]] = []
    while let (rank, place) = queue.pop() { found.append([Int(rank), place]) }
    #expect(found == expected.sorted { $0.lexicographicallyPrecedes($1) })
  }

  @Test(arguments: [10, MergeQueue.listedSymbolCount], [3, 5_000, 200_000])
  func `agrees with a sorted array`(symbolCount: Int, rankCount: UInt32) {
    var generator = SeededGenerator(seed: UInt64(symbolCount) + UInt64(rankCount))
    var queue = MergeQueue()
    for _ in 0..<3 {
      queue.start(symbolCount: symbolCount)
      var waiting: [UInt64] = []
      func push(_ rank: UInt32, _ place: Int) {
        queue.push(rank, at: place)
        let entry = UInt64(rank) << 32 | UInt64(place)
        waiting.insert(entry, at: waiting.firstIndex { $0 >= entry } ?? waiting.count)
      }
      for place in 0..<min(symbolCount, 400) {
        push(UInt32.random(in: 0..<rankCount, using: &generator), place)
      }
      var steps = 0
      while let (rank, place) = queue.pop() {
        #expect(UInt64(rank) << 32 | UInt64(place) == waiting.removeFirst())
        steps += 1
        // Others join, lower, equal and higher ones; and the queue is left with some in it.
        guard steps < 600 else { break }
        for _ in 0..<Int.random(in: 0...2, using: &generator) where steps < 300 {
          let near = max(Int(rank) + Int.random(in: -1...2, using: &generator), 0)
          push(
            min(UInt32(near), rankCount - 1), Int.random(in: 0..<symbolCount, using: &generator))
        }
      }
      #expect(steps == 600 || waiting.isEmpty)
    }
  }

  @Test func `removes places from the list`() {
    var queue = MergeQueue()
    queue.start(symbolCount: 5)
    queue.remove(2)
    queue.remove(4)
    #expect(queue.next(1) == 3 && queue.previous(3) == 1 && queue.next(3) == 5)
    #expect([0, 1, 2, 3, 4].filter { queue.isAlive($0) } == [0, 1, 3])
    var symbols: [UInt32] = [10, 11, 12, 13, 14]
    queue.compact(&symbols)
    #expect(symbols == [10, 11, 13])
    queue.start(symbolCount: 0)
    let top = queue.pop()
    #expect(top == nil)
  }
}

@Suite struct PairTableTests {
  @Test(arguments: [1, 2] as [UInt64])
  func `agrees with a dictionary`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var builder = PairTable.Builder(capacity: 10)
    var expected: [[UInt32]: UInt32] = [:]
    for _ in 0..<2_000 {
      let pair = (0..<2).map { _ in UInt32.random(in: 0..<60, using: &generator) }
      let rank = UInt32.random(in: 0..<UInt32(PairTable.rankLimit), using: &generator)
      builder.insert(pair[0], pair[1], rank: rank)
      expected[pair] = rank
    }
    let table = PairTable(slots: FlatArray(builder.slots))
    for left in 0..<60 as Range<UInt32> {
      for right in 0..<60 as Range<UInt32> {
        let rank = expected[[left, right]] ?? PairTable.none
        #expect(table.rank(of: left, right) == rank)
        #expect(builder.rank(of: left, right) == rank)
      }
    }
  }

  @Test func `the greatest symbols and ranks fit`() {
    let greatest = UInt32(PairTable.symbolLimit - 1)
    var builder = PairTable.Builder(capacity: 1)
    builder.insert(greatest, greatest, rank: UInt32(PairTable.rankLimit - 1))
    let table = PairTable(slots: FlatArray(builder.slots))
    #expect(table.rank(of: greatest, greatest) == UInt32(PairTable.rankLimit - 1))
    #expect(table.rank(of: greatest, 0) == PairTable.none)
    // The unknown token's symbol merges with nothing.
    #expect(table.rank(of: UInt32(PairTable.symbolLimit), 0) == PairTable.none)
  }
}
