internal import CUnicodeTables

/// What the normalizers of the Python package tokenizers 0.23.3 know of each scalar.
///
/// Generated from what they do with every code point. Their libraries have tables of several
/// versions of Unicode: lowercase is that of 17.0, marks and controls are older.
@safe
package struct CharacterTable: @unchecked Sendable {
  package struct Facts {
    let bits: UInt32

    /// Whether BERT's cleaning removes the character: controls, formats, private use, U+FFFD.
    @inline(__always) package var isControl: Bool { bits & 1 != 0 }
    /// Whether BERT takes it for an accent, category Mn.
    @inline(__always) package var isNonspacingMark: Bool { bits & 2 != 0 }
    /// Whether `StripAccents` removes it, category M.
    @inline(__always) package var isMark: Bool { bits & 4 != 0 }
    /// What to add for the lowercase character.
    @inline(__always) package var lowercaseDistance: Int32 { Int32(bitPattern: bits) >> 8 }
  }

  // Constants of the C module: 8,704 block numbers, blocks of 128 row numbers, rows.
  private let index: UnsafePointer<UInt16>
  private let blocks: UnsafePointer<UInt8>
  private let rows: UnsafePointer<UInt32>

  package init() {
    // SAFETY: the tables are constants that live as long as the process.
    unsafe index = unicode_character_index()
    // SAFETY: as above.
    unsafe blocks = unicode_character_blocks()
    // SAFETY: as above.
    unsafe rows = unicode_character_rows()
  }

  /// No facts for what is above U+10FFFF.
  package subscript(scalar: UInt32) -> Facts {
    guard scalar <= 0x10FFFF else { return Facts(bits: 0) }
    // SAFETY: the guard leaves 8,704 blocks of 128, as many as `index` has entries.
    let block = unsafe index[Int(truncatingIfNeeded: scalar >> 7)]
    // SAFETY: every entry of `index` is the number of a whole block of `blocks`.
    let row = unsafe blocks[Int(block) &* 128 &+ Int(truncatingIfNeeded: scalar & 127)]
    // SAFETY: every entry of `blocks` is the number of a row.
    return Facts(bits: unsafe rows[Int(row)])
  }
}
