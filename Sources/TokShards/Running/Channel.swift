internal import Dispatch
internal import Synchronization

/// Hands values from one thread to another, a few at a time, so that the faster one waits.
final class Channel<Element: Sendable>: Sendable {
  private struct State {
    var elements: [Element] = []
    var isCancelled = false
  }

  private let state = Mutex(State())
  private let free = DispatchSemaphore(value: 0)
  private let filled = DispatchSemaphore(value: 0)

  /// - Parameter capacity: how many values may wait.
  init(capacity: Int) {
    // subtle: a semaphore that is made with a value must have it again when it goes.
    for _ in 0..<capacity { free.signal() }
  }

  /// Waits for room; false if nobody wants more.
  func send(_ element: Element) -> Bool {
    free.wait()
    let isWanted = state.withLock { state in
      if !state.isCancelled { state.elements.append(element) }
      return !state.isCancelled
    }
    (isWanted ? filled : free).signal()
    return isWanted
  }

  /// Waits for a value; nil when there will be none.
  func receive() -> Element? {
    filled.wait()
    let element = state.withLock { state in
      state.elements.isEmpty ? nil : state.elements.removeFirst()
    }
    (element == nil ? filled : free).signal()
    return element
  }

  /// Nothing more will be sent.
  func finish() { filled.signal() }

  /// Nothing more is wanted.
  func cancel() {
    state.withLock { $0.isCancelled = true }
    free.signal()
  }
}
