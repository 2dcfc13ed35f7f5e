/// Lists of places of words, many of them, in one array.
///
/// A list of one place needs no room. Room that a list gives back is cut up for lists to come: free
/// stretches are kept by the power of two below their size, and one of a class above the size wanted
/// always fits.
struct PlacePool: ~Copyable {
  /// A list; its places are changed through the pool.
  struct List: BitwiseCopyable {
    /// Where it begins in the pool; the place itself, in a list of one.
    fileprivate var start: UInt32
    fileprivate(set) var count: UInt32

    static let empty = List(start: 0, count: 0)
  }

  private var cells: GrowingArray<UInt32>
  /// The first free stretch of each class, and `none`. In a stretch stand its size and the next one.
  private var free = [UInt32](repeating: PlacePool.none, count: 32)
  private static let none = UInt32.max

  init(capacity: Int = 16) { cells = GrowingArray(capacity: capacity) }

  /// How much memory it takes.
  var byteCount: Int { cells.byteCount }
  /// How many places it has room for in the array.
  var cellCount: Int { cells.count }
  /// How many places there is room for at most.
  static let cellLimit = Int(none)

  /// Gives all lists and their memory back.
  mutating func removeAll() { self = PlacePool() }

  /// A list of `count` places, to be set before they are read.
  mutating func makeList(count: Int) -> List {
    if count < 2 { return List(start: 0, count: UInt32(count)) }
    var sizeClass = Int.bitWidth - (count - 1).leadingZeroBitCount
    while sizeClass < free.count, free[sizeClass] == Self.none { sizeClass += 1 }
    guard sizeClass < free.count else {
      let start = cells.count
      precondition(start + count < Self.none, "\(start + count) places")
      cells.append(repeating: 0, count: count)
      return List(start: UInt32(start), count: UInt32(count))
    }
    let start = Int(free[sizeClass])
    free[sizeClass] = cells[start + 1]
    release(start + count, Int(cells[start]) - count)
    return List(start: UInt32(start), count: UInt32(count))
  }

  mutating func remove(_ list: List) {
    if list.count > 1 { release(Int(list.start), Int(list.count)) }
  }

  private mutating func release(_ start: Int, _ count: Int) {
    guard count > 1 else { return }
    let sizeClass = Int.bitWidth - 1 - count.leadingZeroBitCount
    cells[start] = UInt32(count)
    cells[start + 1] = free[sizeClass]
    free[sizeClass] = UInt32(start)
  }

  @inline(__always)
  func place(_ index: Int, in list: List) -> UInt32 {
    list.count == 1 ? list.start : cells[Int(list.start) + index]
  }

  @inline(__always)
  func setPlace(_ index: Int, in list: inout List, to place: UInt32) {
    if list.count == 1 { list.start = place } else { cells[Int(list.start) + index] = place }
  }
}

// MARK: - In a checkpoint

extension PlacePool {
  /// - Throws: `unwritable`.
  func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try cells.write(to: &writer)
    for stretch in free { try writer.append(UInt64(stretch)) }
  }

  /// Takes what was written, in the place of what there is.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func restore(from reader: inout CheckpointReader) throws(TrainingError) {
    try cells.restore(from: &reader)
    for index in free.indices { free[index] = UInt32(try reader.count(upTo: Int(UInt32.max))) }
  }
}
