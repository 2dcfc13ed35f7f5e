/// Which bytes stand side by side in some token of a vocabulary.
///
/// Between two characters whose neighbouring bytes no token holds, every way to cut a text into tokens
/// has a border, so that the text may be cut there first and its parts be encoded alone. With the tokens
/// `word`, `s.`, `(` and `)` the text `words.(sword)` is cut into `words.`, `(`, `sword` and `)`. The parts
/// come again far more often than what stands between two spaces.
package struct ByteJoins: Hashable, Sendable {
  /// Four words for each left byte: a bit for each right one.
  private var rows = [UInt64](repeating: 0, count: 256 * 4)
  /// Whether some token holds U+FFFD beside another character: then what a byte that is no UTF-8 may
  /// join with does not depend on the byte.
  package private(set) var joinsReplacement = false

  /// No two bytes stand side by side.
  package init() {}

  package mutating func insert(_ left: UInt8, _ right: UInt8) {
    rows[Int(left) * 4 + Int(right >> 6)] |= 1 << UInt64(right & 63)
  }

  package mutating func formUnion(_ other: ByteJoins) {
    for index in rows.indices { rows[index] |= other.rows[index] }
    joinsReplacement = joinsReplacement || other.joinsReplacement
  }

  @inline(__always)
  package func contains(_ left: UInt8, _ right: UInt8) -> Bool {
    rows[Int(left) &* 4 &+ Int(right >> 6)] &>> UInt64(right) & 1 == 1
  }
}

extension ByteJoins {
  /// A state of a trie: where it is entered from, and by which byte.
  package struct State {
    package var parent: UInt32
    package var byte: UInt8

    package init(parent: UInt32, byte: UInt8) {
      self.parent = parent
      self.byte = byte
    }
  }

  /// The neighbours in the tokens of a trie. What stands behind U+2581 stands behind 0x20, too; what
  /// stands before it needs not be known, for words end there.
  ///
  /// - Parameter states: by number; nil for the root, and for numbers that are no states.
  /// - Complexity: O(*n*) in the states.
  package init(_ states: [State?]) {
    for case let state? in states {
      guard let before = states[Int(state.parent)] else { continue }
      insert(before.byte, state.byte)
      if Self.first(of: (0xE2, 0x96, 0x81), endingIn: before, states) != nil {
        insert(0x20, state.byte)
      }
      if Self.first(of: (0xEF, 0xBF, 0xBD), endingIn: before, states) != nil {
        joinsReplacement = true
      }
      if let first = Self.first(of: (0xEF, 0xBF, 0xBD), endingIn: state, states),
        states[Int(first.parent)] != nil
      {
        joinsReplacement = true
      }
    }
  }

  /// The first of the three states that end in `last` and are entered by `bytes`, if they are.
  private static func first(
    of bytes: (UInt8, UInt8, UInt8), endingIn last: State, _ states: [State?]
  ) -> State? {
    guard last.byte == bytes.2, let middle = states[Int(last.parent)], middle.byte == bytes.1,
      let first = states[Int(middle.parent)], first.byte == bytes.0
    else { return nil }
    return first
  }
}
