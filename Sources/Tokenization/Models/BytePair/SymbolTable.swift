/// What is known of each symbol, sixteen bytes a symbol, so that one look at memory tells all.
///
/// The first word holds the symbol's two halves, 21 bits each, and its id, 22 bits; the second its
/// prefix, 21 bits, and its length.
package struct SymbolTable: Sendable {
  /// Marks a byte that has no token.
  static let noID: TokenID = 1 << 22 - 1

  package let words: FlatArray<UInt64>

  /// Reads a table that ``append(_:to:)`` made: two words a symbol.
  package init(words: FlatArray<UInt64>) { self.words = words }

  /// The number of symbols.
  package var count: Int { words.count / 2 }

  /// One symbol.
  struct Row {
    var id: TokenID
    var length: Int
    /// The two symbols it is made of; a byte is made of itself.
    var left: UInt32
    var right: UInt32
    /// The longest shorter symbol it begins with; a byte begins with itself.
    var prefix: UInt32
  }

  static func append(_ row: Row, to words: inout [UInt64]) {
    words.append(UInt64(row.left) | UInt64(row.right) << 21 | UInt64(row.id) << 42)
    words.append(UInt64(row.prefix) | UInt64(row.length) << 21)
  }

  @inline(__always)
  func id(of symbol: UInt32) -> TokenID {
    UInt32(truncatingIfNeeded: words[Int(symbol) &* 2] >> 42)
  }

  @inline(__always)
  func left(of symbol: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: words[Int(symbol) &* 2]) & 0x1F_FFFF
  }

  @inline(__always)
  func right(of symbol: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: words[Int(symbol) &* 2] >> 21) & 0x1F_FFFF
  }

  @inline(__always)
  func prefix(of symbol: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: words[Int(symbol) &* 2 &+ 1]) & 0x1F_FFFF
  }

  @inline(__always)
  func length(of symbol: UInt32) -> Int {
    Int(truncatingIfNeeded: words[Int(symbol) &* 2 &+ 1] >> 21)
  }
}
