internal import CUnicodeTables

/// The class of every scalar, by two loads from a generated table of Unicode 16.0.0.
///
/// Hold a copy in a local constant while looping: ``shared`` is checked for its initialisation at
/// each access, a copy is two pointers.
@safe @usableFromInline
package struct ScalarClassTable: @unchecked Sendable {
  // Both point to constants of the C module: 8,704 block numbers, and the blocks of 128 classes.
  @usableFromInline let index: UnsafePointer<UInt16>
  @usableFromInline let blocks: UnsafePointer<UInt8>

  /// The raw value of `cn`, as a constant that other modules see.
  @inlinable static var unassigned: UInt8 { 29 }

  package static let shared = ScalarClassTable()

  package init() {
    // SAFETY: the tables are constants that live as long as the process.
    unsafe index = unicode_class_index()
    // SAFETY: as above.
    unsafe blocks = unicode_class_blocks()
  }

  // Inlined: counting letters of 4 MB of English runs at 1,029 MB/s, with a call at 563.
  /// The raw value of the ``ScalarClass`` of `scalar`; that of `cn` above U+10FFFF.
  @inlinable @inline(__always)
  package subscript(scalar: UInt32) -> UInt8 {
    guard scalar <= 0x10FFFF else { return Self.unassigned }
    // SAFETY: the guard leaves 8,704 blocks of 128, as many as `index` has entries.
    let block = unsafe index[Int(truncatingIfNeeded: scalar &>> 7)]
    // SAFETY: every entry of `index` is the number of a whole block of `blocks`.
    return unsafe blocks[Int(block) &* 128 &+ Int(truncatingIfNeeded: scalar & 127)]
  }

  /// The same for an ASCII byte, by one load; the highest bit of `byte` is ignored.
  @inlinable @inline(__always)
  package subscript(ascii byte: UInt8) -> UInt8 {
    // SAFETY: block 0 stands first and holds the classes of 0...127.
    unsafe blocks[Int(byte & 0x7F)]
  }

  /// The class of `scalar`, for code that is not in a hurry.
  package func scalarClass(of scalar: UInt32) -> ScalarClass {
    ScalarClass(rawValue: self[scalar]) ?? .cn
  }
}
