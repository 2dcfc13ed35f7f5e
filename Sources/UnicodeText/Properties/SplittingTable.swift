internal import CUnicodeTables

/// What the splitting steps of tokenizer.json ask of a scalar.
///
/// Not the properties of one version of Unicode: the original's steps have tables of several ages,
/// and these are what was observed of version 0.23.3.
@usableFromInline
package struct SplittingFacts: Hashable, Sendable {
  @usableFromInline package var bits: UInt16

  @inlinable
  package init(bits: UInt16) { self.bits = bits }

  /// Those of a byte that is not UTF-8, and of the unassigned.
  @inlinable package static var none: Self { Self(bits: 0) }

  /// The number of the script as `UnicodeScripts` sees it; 0 joins any.
  @inlinable package var script: UInt8 { UInt8(truncatingIfNeeded: bits) }
  /// Punctuation for `Punctuation` and `BertPreTokenizer`.
  @inlinable package var isPunctuation: Bool { bits & 1 << 8 != 0 }
  /// White space for `WhitespaceSplit`, `Whitespace` and `BertPreTokenizer`.
  @inlinable package var isWhiteSpace: Bool { bits & 1 << 9 != 0 }
  /// Part of a word for `Whitespace`.
  @inlinable package var isWordCharacter: Bool { bits & 1 << 10 != 0 }
  /// A numeral for `Digits`.
  @inlinable package var isNumeral: Bool { bits & 1 << 11 != 0 }
}

/// The ``SplittingFacts`` of every scalar, by two loads from a generated table.
///
/// Hold a copy in a local constant while looping, as of ``ScalarClassTable``.
@safe @usableFromInline
package struct SplittingTable: @unchecked Sendable {
  // Both point to constants of the C module: 8,704 block numbers, and the blocks of 128 facts.
  @usableFromInline let index: UnsafePointer<UInt16>
  @usableFromInline let blocks: UnsafePointer<UInt16>

  package static let shared = SplittingTable()

  package init() {
    // SAFETY: the tables are constants that live as long as the process.
    unsafe index = splitting_table_index()
    // SAFETY: as above.
    unsafe blocks = splitting_table_blocks()
  }

  /// The facts of `scalar`; none above U+10FFFF.
  @inlinable @inline(__always)
  package subscript(scalar: UInt32) -> SplittingFacts {
    guard scalar <= 0x10FFFF else { return .none }
    // SAFETY: the guard leaves 8,704 blocks of 128, as many as `index` has entries.
    let block = unsafe index[Int(truncatingIfNeeded: scalar &>> 7)]
    // SAFETY: every entry of `index` is the number of a whole block of `blocks`.
    return SplittingFacts(
      bits: unsafe blocks[Int(block) &* 128 &+ Int(truncatingIfNeeded: scalar & 127)])
  }
}

/// The facts of the character at `index`, and how many bytes it has.
@inlinable @inline(__always)
package func splittingFacts(
  in text: Span<UInt8>, at index: Int, _ table: SplittingTable
) -> (facts: SplittingFacts, length: Int) {
  let scalar = decodeScalar(in: text, at: index)
  return (scalar.isValid ? table[scalar.value] : .none, scalar.length)
}
