import TestSupport
import Testing

@testable import Tokenization

/// Pairs come out by rank, the leftmost of equals first.
@Suite struct MergeQueueTests {
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
}
