internal import CMemoryHints

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// An array that one owner changes: it asks for bounds and never for uniqueness, and it grows where the
/// system can by moving pages and not bytes.
@safe
struct GrowingArray<Element: BitwiseCopyable>: ~Copyable {
  // SAFETY: `base` has room for `capacity` elements, the first `count` of them initialised.
  private var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 16) {
    self.capacity = max(capacity, 1)
    unsafe base = Self.resized(nil, to: self.capacity)
  }

  init(repeating element: Element, count: Int) {
    self.init(capacity: count)
    unsafe base.initialize(repeating: element, count: count)
    self.count = count
  }

  deinit { unsafe free(base) }

  private static func resized(
    _ base: UnsafeMutablePointer<Element>?, to capacity: Int
  ) -> UnsafeMutablePointer<Element> {
    let byteCount = capacity * MemoryLayout<Element>.stride
    guard let memory = unsafe realloc(base, byteCount) else {
      // No data does that by itself, and Swift's own arrays end the process here, too.
      fatalError("no memory for \(byteCount) bytes")
    }
    return unsafe memory.bindMemory(to: Element.self, capacity: capacity)
  }

  @inline(__always)
  subscript(index: Int) -> Element {
    get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
      // SAFETY: `index` was just compared with `count`.
      return unsafe base[index]
    }
    // In place: a large element is else copied through the stack for each of its properties.
    nonmutating _modify {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count))
      // SAFETY: `index` was just compared with `count`.
      yield unsafe &base[index]
    }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { reserve(capacity * 2) }
    // SAFETY: there is room behind the last element.
    unsafe (base + count).initialize(to: element)
    count += 1
  }

  /// Adds `count` elements, all `element`.
  mutating func append(repeating element: Element, count added: Int) {
    if count + added > capacity { reserve(max(count + added, capacity + capacity / 4)) }
    // SAFETY: there is room behind the last element.
    unsafe (base + count).initialize(repeating: element, count: added)
    count += added
  }

  @inline(__always)
  mutating func removeLast() -> Element {
    precondition(count > 0)
    count -= 1
    // SAFETY: the element was initialised.
    return unsafe base[count]
  }

  mutating func removeAll() { count = 0 }

  /// Keeps the first `count` elements.
  mutating func truncate(to count: Int) {
    precondition(0...self.count ~= count)
    self.count = count
  }

  /// Gives back the room behind the last element.
  mutating func shrink() { reserve(max(count, 1)) }

  /// How much memory it takes.
  var byteCount: Int { capacity * MemoryLayout<Element>.stride }

  private mutating func reserve(_ room: Int) {
    capacity = room
    unsafe base = Self.resized(base, to: room)
  }

  /// Asks the memory for the element at `index`, which may be any number.
  @inline(__always)
  func prefetch(_ index: Int) {
    // SAFETY: a prefetch never faults.
    unsafe tok_prefetch(UnsafeRawPointer(base) + index &* MemoryLayout<Element>.stride)
  }
}

// MARK: - In a checkpoint

extension GrowingArray {
  /// - Throws: `unwritable`.
  func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try writer.append(count)
    try writer.append(MemoryLayout<Element>.stride)
    // SAFETY: `count` elements are initialised, and nothing changes them meanwhile.
    let bytes = unsafe UnsafeRawBufferPointer(
      start: base, count: count * MemoryLayout<Element>.stride)
    try unsafe writer.appendContents(bytes.bytes)
  }

  /// Takes what was written, in the place of what there is.
  ///
  /// - Throws: `checkpoint` where there is another array, `unreadable`.
  mutating func restore(from reader: inout CheckpointReader) throws(TrainingError) {
    let stride = MemoryLayout<Element>.stride
    let count = try reader.count(upTo: reader.remaining / stride)
    guard try reader.number() == UInt64(stride), count <= reader.remaining / stride else {
      throw reader.damage
    }
    self.count = 0
    if count > capacity { reserve(count) }
    // SAFETY: there is room for `count` elements, of which every bit pattern is one.
    let bytes = unsafe UnsafeMutableRawBufferPointer(start: base, count: count * stride)
    try unsafe reader.fill(bytes)
    self.count = count
  }
}
