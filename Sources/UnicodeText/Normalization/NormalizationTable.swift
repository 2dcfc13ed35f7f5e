internal import CUnicodeTables

/// What the normalizer must know of each scalar before it looks up any decomposition.
///
/// Generated, from Unicode 16.0 and from an experiment: scalars that the normalizers of the Python
/// package tokenizers do not know (their tables are older) have the facts of an inert starter.
@safe struct NormalizationTable: @unchecked Sendable {
  /// Eight bits of facts, and the canonical combining class.
  struct Row {
    let bits: UInt16

    /// No normalization form touches the scalar, and text may be cut before it.
    static let inert: UInt16 = 0xF0

    var combiningClass: UInt8 { UInt8(truncatingIfNeeded: bits >> 8) }
    /// Whether the form can alter the scalar, alone or by what stands before it.
    func changes(in form: NormalizationForm) -> Bool { bits & form.changeBit != 0 }
    /// Whether text may be cut before the scalar: it neither moves back nor joins what is there.
    func starts(in form: NormalizationForm) -> Bool { bits & form.changeBit << 4 != 0 }
  }

  // Constants of the C module: 8,704 block numbers, blocks of 128 row numbers, rows.
  private let index: UnsafePointer<UInt16>
  private let blocks: UnsafePointer<UInt8>
  private let rows: UnsafePointer<UInt16>

  init() {
    // SAFETY: the tables are constants that live as long as the process.
    unsafe index = unicode_normalization_index()
    // SAFETY: as above.
    unsafe blocks = unicode_normalization_blocks()
    // SAFETY: as above.
    unsafe rows = unicode_normalization_rows()
  }

  /// Inert for what is above U+10FFFF.
  subscript(scalar: UInt32) -> Row {
    guard scalar <= 0x10FFFF else { return Row(bits: Row.inert) }
    // SAFETY: the guard leaves 8,704 blocks of 128, as many as `index` has entries.
    let block = unsafe index[Int(truncatingIfNeeded: scalar >> 7)]
    // SAFETY: every entry of `index` is the number of a whole block of `blocks`.
    let row = unsafe blocks[Int(block) &* 128 &+ Int(truncatingIfNeeded: scalar & 127)]
    // SAFETY: every entry of `blocks` is the number of a row.
    return Row(bits: unsafe rows[Int(row)])
  }
}

extension NormalizationForm {
  /// The bit that the generator gives to "changes in this form"; "starts" is four bits higher.
  fileprivate var changeBit: UInt16 {
    switch self {
    case .nfc: 1
    case .nfd: 2
    case .nfkc: 4
    case .nfkd: 8
    }
  }

  /// The form that decomposes as this one does and composes nothing.
  var decomposition: NormalizationForm {
    switch self {
    case .nfc, .nfd: .nfd
    case .nfkc, .nfkd: .nfkd
    }
  }

  var isComposed: Bool { self == .nfc || self == .nfkc }
}
