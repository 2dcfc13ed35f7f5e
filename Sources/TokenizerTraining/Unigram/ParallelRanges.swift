internal import Dispatch
internal import Synchronization

/// Shares `0..<count` in ranges between threads, each with a state of its own.
///
/// - Returns: the states, in any order: what is made of them must not depend on it, nor on which range
///   came to which.
func inParallelRanges<State: Sendable>(
  of count: Int, threads: Int, state: @escaping @Sendable () -> State,
  body: @escaping @Sendable (inout State, Range<Int>) -> Void
) -> [State] {
  let size = max(1, min(4096, count / (threads * 8)))
  let next = Atomic<Int>(0)
  let states = Mutex<[State]>([])
  let work: @Sendable (Int) -> Void = { _ in
    var own = state()
    while true {
      let start = next.wrappingAdd(1, ordering: .relaxed).oldValue * size
      guard start < count else { break }
      body(&own, start..<min(start + size, count))
    }
    states.withLock { $0.append(own) }
  }
  if threads <= 1 {
    work(0)
  } else {
    DispatchQueue.concurrentPerform(iterations: threads, execute: work)
  }
  return states.withLock { $0 }
}
