internal import Synchronization

/// Where the objects are that C holds handles of.
///
/// A handle is a number that looks like a pointer, and is never followed:
///
///     1 byte   a mark, so that few other pointers look like one
///     3 bytes  which slot
///     3 bytes  how often the slot was given away before
///     1 byte   the kind of the object
///
/// There is no lock: a process may be forked at any time, and a lock that another thread held then would
/// stay locked in the child.
///
/// A slot holds the whole number and the object. So a handle that was freed, one of another kind and a
/// pointer to something else are told by one comparison, without touching memory that may be gone:
/// slots are never given back to the system.
enum HandleTable {
  private struct Slot: ~Copyable {
    /// The handle; 0 while the slot is free.
    let handle = Atomic<UInt>(0)
    let object = Atomic<UInt>(0)
    /// How often it was freed.
    let uses = Atomic<UInt>(0)
    /// While it is free: the number of the next free slot, plus one; 0 for none.
    let next = Atomic<UInt>(0)
  }

  private static let chunkBits: UInt = 10
  private static let slotBits: UInt = 24
  private static let useLimit: UInt = 1 << 24
  private static let mark: UInt = 0xA7 << 56

  /// How many slots were ever used.
  private static let slotCount = Atomic<UInt>(0)
  /// The number of the first free slot, plus one, in the lower half; how often this was changed in the
  /// upper half, so that a slot which was taken and freed in between is not taken for unchanged.
  private static let firstFree = Atomic<UInt>(0)

  // SAFETY: made once and never given back; its cells are atomic.
  private nonisolated(unsafe) static let chunks: UnsafeMutablePointer<Atomic<UInt>> = {
    let count = 1 << Int(slotBits - chunkBits)
    let chunks = UnsafeMutablePointer<Atomic<UInt>>.allocate(capacity: count)
    for index in 0..<count { unsafe (chunks + index).initialize(to: Atomic(0)) }
    return unsafe chunks
  }()

  /// A handle for `object`, which is kept until the handle is freed; nil when there are 2^24 already.
  static func insert<Object: HandleObject>(_ object: Object) -> OpaquePointer? {
    guard let index = takeFree() ?? newSlot(), let slot = unsafe slot(index) else { return nil }
    let uses = unsafe slot.pointee.uses.load(ordering: .relaxed)
    let handle = mark | index << 32 | uses << 8 | Object.kind.rawValue
    let retained = unsafe Unmanaged.passRetained(object).toOpaque()
    unsafe slot.pointee.object.store(UInt(bitPattern: retained), ordering: .relaxed)
    unsafe slot.pointee.handle.store(handle, ordering: .releasing)
    return unsafe OpaquePointer(bitPattern: handle)
  }

  private static let lowerHalf: UInt = 0xFFFF_FFFF

  private static func takeFree() -> UInt? {
    var first = firstFree.load(ordering: .acquiring)
    while first & lowerHalf != 0 {
      let index = first & lowerHalf - 1
      guard let slot = unsafe slot(index) else { return nil }
      let next = unsafe slot.pointee.next.load(ordering: .relaxed)
      let (exchanged, found) = firstFree.compareExchange(
        expected: first, desired: changed(first, to: next), ordering: .acquiringAndReleasing)
      if exchanged { return index }
      first = found
    }
    return nil
  }

  private static func makeFree(_ index: UInt, _ slot: UnsafeMutablePointer<Slot>) {
    var first = firstFree.load(ordering: .relaxed)
    while true {
      unsafe slot.pointee.next.store(first & lowerHalf, ordering: .relaxed)
      let (exchanged, found) = firstFree.compareExchange(
        expected: first, desired: changed(first, to: index + 1), ordering: .acquiringAndReleasing)
      if exchanged { return }
      first = found
    }
  }

  private static func changed(_ first: UInt, to next: UInt) -> UInt {
    (first & ~lowerHalf) &+ (lowerHalf + 1) | next
  }

  private static func newSlot() -> UInt? {
    guard slotCount.load(ordering: .relaxed) < 1 << slotBits else { return nil }
    let index = slotCount.wrappingAdd(1, ordering: .relaxed).oldValue
    guard index < 1 << slotBits else { return nil }
    if unsafe slot(index) == nil { makeChunk(index >> chunkBits) }
    return index
  }

  /// Makes a chunk, unless another thread does so at the same time.
  private static func makeChunk(_ number: UInt) {
    let count = 1 << Int(chunkBits)
    let chunk = UnsafeMutablePointer<Slot>.allocate(capacity: count)
    for index in 0..<count { unsafe (chunk + index).initialize(to: Slot()) }
    let isFirst = unsafe chunks[Int(number)].compareExchange(
      expected: 0, desired: UInt(bitPattern: chunk), ordering: .acquiringAndReleasing
    ).exchanged
    if !isFirst { unsafe chunk.deallocate() }
  }

  private static func slot(_ index: UInt) -> UnsafeMutablePointer<Slot>? {
    let address = unsafe chunks[Int(index >> chunkBits)].load(ordering: .acquiring)
    // SAFETY: what stands there is 0 or a chunk of initialised slots that stays.
    guard let chunk = unsafe UnsafeMutablePointer<Slot>(bitPattern: address) else { return nil }
    return unsafe chunk + Int(index & (1 << chunkBits - 1))
  }

  /// The object of `handle`; nil if it has none, or one of another kind.
  @inline(__always)
  static func object<Object: HandleObject>(
    _ handle: OpaquePointer?, as type: Object.Type = Object.self
  ) -> Object? {
    let bits = UInt(bitPattern: handle)
    guard bits & 0xFF == Object.kind.rawValue,
      let slot = unsafe slot(bits >> 32 & (1 << slotBits - 1)),
      unsafe slot.pointee.handle.load(ordering: .acquiring) == bits
    else { return nil }
    let address = unsafe slot.pointee.object.load(ordering: .relaxed)
    guard let pointer = unsafe UnsafeRawPointer(bitPattern: address) else { return nil }
    // SAFETY: the slot holds a retained object of this kind as long as it holds this handle, and who
    // frees a handle does so after all calls with it have returned.
    return unsafe Unmanaged<Object>.fromOpaque(pointer).takeUnretainedValue()
  }

  /// Lets go of the object of `handle`; false if it has none, or one of another kind.
  static func remove<Object: HandleObject>(_ handle: OpaquePointer?, as: Object.Type) -> Bool {
    let bits = UInt(bitPattern: handle)
    let index = bits >> 32 & (1 << slotBits - 1)
    guard bits & 0xFF == Object.kind.rawValue, let slot = unsafe slot(index),
      unsafe slot.pointee.handle.compareExchange(
        expected: bits, desired: 0, ordering: .acquiringAndReleasing
      ).exchanged
    else { return false }
    let address = unsafe slot.pointee.object.exchange(0, ordering: .relaxed)
    let uses = unsafe slot.pointee.uses.wrappingAdd(1, ordering: .relaxed).newValue
    // A slot that would give out a handle for the second time is not used any more.
    if uses < useLimit { unsafe makeFree(index, slot) }
    if let pointer = unsafe UnsafeRawPointer(bitPattern: address) {
      // SAFETY: it was retained when it was put there, and taken out once.
      unsafe Unmanaged<Object>.fromOpaque(pointer).release()
    }
    return true
  }
}

/// What C may hold a handle of.
protocol HandleObject: AnyObject {
  static var kind: HandleKind { get }
}

enum HandleKind: UInt {
  case tokenizer = 1
  case context, error, encoding, batch, decoder, encoder, bytes, chatTemplate, chat, trainer,
    growingText
}
