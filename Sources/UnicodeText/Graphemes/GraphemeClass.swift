internal import CUnicodeTables

/// How a scalar takes part in grapheme clusters (Unicode 17.0, annex 29, table 2).
enum GraphemeClass: UInt8, Sendable {
  case other, carriageReturn, lineFeed, control, extend, joiner, regionalIndicator, prepend
  case spacingMark, leading, vowel, trailing, openSyllable, closedSyllable
}

/// How a scalar takes part in conjuncts of Indic scripts (property Indic_Conjunct_Break).
enum ConjunctRole: UInt8, Sendable { case none, consonant, linker, extend }

/// The class of every scalar, by two loads from a generated table.
@safe
struct GraphemeTable: @unchecked Sendable {
  struct Entry {
    let bits: UInt8

    var graphemeClass: GraphemeClass { GraphemeClass(rawValue: bits & 0xF) ?? .other }
    var role: ConjunctRole { ConjunctRole(rawValue: bits >> 4 & 3) ?? .none }
    var isPictographic: Bool { bits & 0x40 != 0 }
  }

  // Both point to constants of the C module: 8,704 block numbers, and the blocks of 128 entries.
  private let index: UnsafePointer<UInt16>
  private let blocks: UnsafePointer<UInt8>

  init() {
    // SAFETY: the tables are constants that live as long as the process.
    unsafe index = unicode_grapheme_index()
    // SAFETY: as above.
    unsafe blocks = unicode_grapheme_blocks()
  }

  /// Of no class for what is above U+10FFFF.
  subscript(scalar: UInt32) -> Entry {
    guard scalar <= 0x10FFFF else { return Entry(bits: 0) }
    // SAFETY: the guard leaves 8,704 blocks of 128, as many as `index` has entries.
    let block = unsafe index[Int(truncatingIfNeeded: scalar >> 7)]
    // SAFETY: every entry of `index` is the number of a whole block of `blocks`.
    return Entry(
      bits: unsafe blocks[Int(block) &* 128 &+ Int(truncatingIfNeeded: scalar & 127)])
  }
}
