/// A table of fixed-size values that never changes: in memory of its own, in a mapped file, or in
/// the program's data.
///
/// It is what a loaded vocabulary is made of, so that a compiled one needs no parsing: the tables of
/// a mapped file are used where they lie. Access is checked.
@safe
package struct FlatArray<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // SAFETY: the memory is never written after `init`, and `owner` keeps it alive.
  private let base: UnsafePointer<Element>
  package let count: Int
  /// Whatever the memory belongs to; nil for memory that lives as long as the program.
  private let owner: AnyObject?

  /// Values within memory that `owner` keeps alive.
  @unsafe
  package init(base: UnsafePointer<Element>, count: Int, owner: AnyObject?) {
    unsafe self.base = unsafe base
    self.count = count
    self.owner = owner
  }

  /// A copy of `elements`.
  package init(_ elements: some Collection<Element>) {
    let storage = OwnedStorage<Element>(elements)
    unsafe self.base = unsafe UnsafePointer(storage.base)
    count = storage.count
    owner = storage
  }

  @inline(__always)
  package subscript(index: Int) -> Element {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
    // SAFETY: checked in the line above.
    return unsafe base[index]
  }

  /// The values in place.
  package var span: Span<Element> {
    @_lifetime(borrow self)
    get {
      // SAFETY: `count` values lie at `base`, alive as long as `self`.
      let span = unsafe Span(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }
}

/// Memory that a ``FlatArray`` made for itself.
@safe
private final class OwnedStorage<Element: BitwiseCopyable> {
  let base: UnsafeMutablePointer<Element>
  let count: Int

  init(_ elements: some Collection<Element>) {
    count = elements.count
    let byteCount = max(elements.count, 1) * MemoryLayout<Element>.stride
    unsafe base = LargeMemory.allocate(byteCount: byteCount).bindMemory(
      to: Element.self, capacity: max(elements.count, 1))
    let buffer = unsafe UnsafeMutableBufferPointer(start: base, count: elements.count)
    _ = unsafe buffer.initialize(fromContentsOf: elements)
  }

  deinit { unsafe base.deallocate() }
}
