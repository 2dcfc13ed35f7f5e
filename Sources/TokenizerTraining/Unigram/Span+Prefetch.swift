internal import CMemoryHints

extension Span {
  /// Asks the memory for the element at `index`, if there is one.
  @inline(__always)
  func prefetch(_ index: Int) {
    guard UInt(bitPattern: index) < UInt(bitPattern: count) else { return }
    // SAFETY: the index was just compared with `count`; nothing is read.
    unsafe withUnsafeBufferPointer { elements in
      if let base = elements.baseAddress { unsafe tok_prefetch(base + index) }
    }
  }
}
