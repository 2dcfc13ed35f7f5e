package import SplitPatterns

/// All tokens as paths of bytes, with their scores: finds every token that begins at a place, with one
/// load for each byte.
///
/// A double-array trie (Aoe, "An Efficient Digital Search Algorithm by Using a Double-Array
/// Structure", 1989) whose two arrays are one, as in Yata's darts-clone: a state has an *offset*, and
/// byte *b* leads from it to the unit at `offset ^ b`, if that unit's label is *b*. No two states share
/// an offset, so that the label is proof enough.
///
/// A unit is one word: the label (8 bits), whether a token ends here (1), the offset of the state (23)
/// and the token's score (32). Scores that are no 32-bit numbers stand in ``wideScores``, and the unit
/// has a quiet NaN there with their index. Offset 0 is that of states that nothing leads on from: no
/// unit of the first block has the label that would be asked for.
package struct UnigramTrie: Sendable {
  package static let root: UInt32 = 256
  /// Units are below this number.
  static let unitLimit = 1 << 23
  static let tokenFlag: UInt64 = 1 << 8
  private static let wideMark: UInt32 = 0x7FC0_0000

  package let units: FlatArray<UInt64>
  package let wideScores: FlatArray<Double>
  /// The id of the token that ends at each unit.
  package let ids: FlatArray<TokenID>

  package init(
    units: FlatArray<UInt64>, wideScores: FlatArray<Double>, ids: FlatArray<TokenID>
  ) {
    self.units = units
    self.wideScores = wideScores
    self.ids = ids
  }

  /// Where `byte` leads from the state with `offset`: the unit and its index, or nil.
  @inline(__always)
  func step(_ offset: UInt32, _ byte: UInt8) -> (unit: UInt64, index: UInt32)? {
    let index = offset ^ UInt32(byte)
    let unit = units[Int(index)]
    return UInt8(truncatingIfNeeded: unit) == byte ? (unit, index) : nil
  }

  @inline(__always)
  static func offset(of unit: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: unit) >> 9 }

  @inline(__always)
  static func isToken(_ unit: UInt64) -> Bool { unit & tokenFlag != 0 }

  /// The score of the token that ends at `unit`.
  @inline(__always)
  func score(of unit: UInt64) -> Double {
    let code = UInt32(truncatingIfNeeded: unit >> 32)
    if code & Self.wideMark == Self.wideMark { return wideScores[Int(code & ~Self.wideMark)] }
    return Double(Float(bitPattern: code))
  }

  /// The unit at which the token ends that is `text`, or nil.
  ///
  /// - Complexity: O(*l*) in the length of the longest token.
  func unit(of text: Span<UInt8>) -> UInt32? {
    var offset = Self.root
    var last: (unit: UInt64, index: UInt32)?
    for place in text.indices {
      last = step(offset, text[place])
      guard let last else { return nil }
      offset = Self.offset(of: last.unit)
    }
    guard let last, Self.isToken(last.unit) else { return nil }
    return last.index
  }

  /// How a unit says the score at `index` of the wide ones.
  static func code(ofWideScore index: Int) -> UInt32 {
    wideMark | UInt32(truncatingIfNeeded: index)
  }
}

extension UnigramTrie {
  /// Which bytes are neighbours in the tokens.
  ///
  /// - Complexity: O(*n*) in the units.
  package func byteJoins() -> ByteJoins {
    // No two states share an offset, so that a unit's place and label lead to the one before it.
    var owners = [UInt32](repeating: 0, count: units.count)
    for index in 0..<units.count {
      let offset = Int(Self.offset(of: units[index]))
      if offset != 0, offset < owners.count { owners[offset] = UInt32(index) }
    }
    // Unit 0 is nobody's, and stands for the root.
    let states = (0..<units.count).map { index -> ByteJoins.State? in
      let byte = UInt8(truncatingIfNeeded: units[index])
      let offset = index ^ Int(byte)
      guard offset < owners.count else { return nil }
      if owners[offset] == 0, offset != Int(Self.root) { return nil }
      return ByteJoins.State(parent: owners[offset], byte: byte)
    }
    return ByteJoins([nil] + states.dropFirst())
  }
}
