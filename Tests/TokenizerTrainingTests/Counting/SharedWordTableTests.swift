import Dispatch
import Synchronization
import Testing
import Tokenization

@testable import TokenizerTraining

@Suite struct SharedWordTableTests {
  /// What one thread takes out while others pour in is whole: no word is lost or counted twice.
  @Test func wordsAreTakenOutWhileOthersComeIn() {
    let table = SharedWordTable()
    let sums = Mutex<[UInt64]>([])
    let pouring = Atomic<Int>(3)
    let rounds = 150
    let wordsInRound = 500
    DispatchQueue.concurrentPerform(iterations: 4) { thread in
      if thread > 0 {
        var own = WordTable()
        for round in 0..<rounds {
          for index in 0..<wordsInRound {
            let word = Array("\(thread) \(round % 7) \(index)".utf8)
            own.add(word.span, 0, word.count, times: 1)
          }
          _ = table.absorb(&own)
        }
        pouring.subtract(1, ordering: .releasing)
        return
      }
      // Not for ever, should there be one thread only.
      for _ in 0..<2000 where pouring.load(ordering: .acquiring) > 0 {
        sums.withLock { $0.append(Self.sum(try? table.takeAll())) }
      }
    }
    sums.withLock { $0.append(Self.sum(try? table.takeAll())) }
    #expect(sums.withLock { $0.reduce(0, +) } == UInt64(3 * rounds * wordsInRound))
    #expect(table.byteCount == SharedWordTable().byteCount)
  }

  private static func sum(_ counts: WordCounts?) -> UInt64 { counts?.counts.reduce(0, +) ?? 0 }
}
