/// Ids on their way from the model to the caller: a buffer that is reserved once for many pretokens,
/// so that appending to it asks nothing.
@safe
package struct IDBuffer: ~Copyable {
  private var base: UnsafeMutablePointer<TokenID>
  private var capacity: Int
  private(set) var count = 0

  package init() {
    capacity = 1024
    unsafe base = .allocate(capacity: capacity)
  }

  deinit { unsafe base.deallocate() }

  /// Makes room for `additional` ids and eight more.
  mutating func reserve(_ additional: Int) {
    let needed = count + additional + 8
    guard needed > capacity else { return }
    let newCapacity = max(needed, capacity * 2)
    let new = UnsafeMutablePointer<TokenID>.allocate(capacity: newCapacity)
    unsafe new.update(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = new
    capacity = newCapacity
  }

  @inline(__always)
  subscript(index: Int) -> TokenID {
    get {
      precondition(index >= 0 && index < count, "index out of range")
      // SAFETY: checked in the line above.
      return unsafe base[index]
    }
    set {
      precondition(index >= 0 && index < count, "index out of range")
      // SAFETY: checked in the line above.
      unsafe base[index] = newValue
    }
  }

  /// Appends one id; room for it was reserved.
  @inline(__always)
  mutating func append(_ id: TokenID) {
    precondition(count < capacity, "no room reserved")
    // SAFETY: checked in the line above.
    unsafe base[count] = id
    count &+= 1
  }

  /// Appends the ids of a cache entry: always writes four, counts as many as there are.
  @inline(__always)
  mutating func appendPacked(_ ids: (UInt64, UInt64)) {
    precondition(count &+ 4 <= capacity, "no room reserved")
    let raw = unsafe UnsafeMutableRawPointer(base + count)
    let mask = PackedIDs.idMask
    // SAFETY: four ids have room, by the condition above.
    unsafe raw.storeBytes(of: (ids.0 & mask).littleEndian, as: UInt64.self)
    // SAFETY: the same condition.
    unsafe raw.storeBytes(of: (ids.1 & mask).littleEndian, toByteOffset: 8, as: UInt64.self)
    count &+= PackedIDs.count(ids.0)
  }

  /// The same with eight, of which seven may count.
  @inline(__always)
  mutating func appendPacked(_ ids: (UInt64, UInt64, UInt64, UInt64)) {
    precondition(count &+ 8 <= capacity, "no room reserved")
    let raw = unsafe UnsafeMutableRawPointer(base + count)
    let mask = PackedIDs.idMask
    // SAFETY: eight ids have room, by the condition above.
    unsafe raw.storeBytes(of: (ids.0 & mask).littleEndian, as: UInt64.self)
    // SAFETY: the same condition, for this line and the next two.
    unsafe raw.storeBytes(of: (ids.1 & mask).littleEndian, toByteOffset: 8, as: UInt64.self)
    unsafe raw.storeBytes(of: (ids.2 & mask).littleEndian, toByteOffset: 16, as: UInt64.self)
    unsafe raw.storeBytes(of: (ids.3 & mask).littleEndian, toByteOffset: 24, as: UInt64.self)
    count &+= PackedIDs.count(ids.0)
  }

  /// The ids from `start` on, up to seven, as cache entries hold them, with their ranges in the pretoken
  /// if there are so many and they fit.
  func packed(from start: Int, ranges: [Range<Int>] = []) -> PackedIDs {
    var packed = PackedIDs(count: count - start)
    for index in start..<count { packed.set(self[index], at: index - start) }
    if ranges.count == count - start { packed.place(ranges) }
    return packed
  }

  mutating func removeLast() {
    precondition(count > 0, "nothing to remove")
    count -= 1
  }

  mutating func removeAll(downTo newCount: Int = 0) {
    precondition(newCount <= count, "nothing to remove")
    count = newCount
  }

  /// Appends all ids to `ids`.
  func appendAll(to ids: inout [TokenID]) {
    // SAFETY: `count` ids lie at `base`.
    unsafe ids.append(contentsOf: UnsafeBufferPointer(start: base, count: count))
  }

  /// Copies the first ids to `memory`, as many as have room.
  func copy(to memory: UnsafeMutableBufferPointer<TokenID>) {
    guard let target = memory.baseAddress else { return }
    // SAFETY: `count` ids lie at `base`, and so much room is at `target`.
    unsafe target.update(from: base, count: min(count, memory.count))
  }
}
