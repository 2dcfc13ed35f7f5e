internal import Synchronization

/// Objects that calls borrow, so that they need not make one each time.
///
/// A few places that are exchanged, each at once, instead of a list behind a lock: a process may be
/// forked at any time, and a lock that another thread held then would stay locked in the child.
package final class ScratchPool<Scratch: AnyObject & Sendable>: Sendable {
  /// Each has an object that was retained, or 0.
  private let places = InlineArray<16, Atomic<UInt>> { _ in Atomic(0) }

  package init() {}

  deinit { while take() != nil {} }

  /// An object that is the caller's from now on; nil when there is none.
  package func take() -> Scratch? {
    for index in places.indices where places[index].load(ordering: .relaxed) != 0 {
      let address = places[index].exchange(0, ordering: .acquiring)
      guard let pointer = unsafe UnsafeRawPointer(bitPattern: address) else { continue }
      // SAFETY: it was retained when it was put there, and taken out once.
      return unsafe Unmanaged<Scratch>.fromOpaque(pointer).takeRetainedValue()
    }
    return nil
  }

  /// Keeps an object that nobody else has, or lets go of it when there are enough.
  package func giveBack(_ scratch: Scratch) {
    let retained = unsafe Unmanaged.passRetained(scratch)
    let address = UInt(bitPattern: unsafe retained.toOpaque())
    for index in places.indices where places[index].load(ordering: .relaxed) == 0 {
      if places[index].compareExchange(expected: 0, desired: address, ordering: .releasing)
        .exchanged
      {
        return
      }
    }
    unsafe retained.release()
  }
}
