/// All symbols as paths of bytes: finds the longest symbol at the front of a text.
///
/// The trie is a table by the first two bytes, and one open-addressing table of all later transitions.
/// A *step* says which state is entered (22 bits) and, in ten bits, which bytes may lead on from there,
/// so that most walks end without a fruitless look-up. A slot holds the state left and the byte above
/// its step. A state below the number of symbols *is* that symbol; prefixes that are no symbol come
/// behind. A symbol of one byte has that byte's number.
package struct SymbolTrie: Sendable {
  /// States are below this number.
  static let stateLimit = 1 << 22 - 1

  package static let emptySlot = UInt64.max
  /// No state is entered.
  private static let noStep = UInt32.max

  /// Where the first two bytes lead, by both; empty for a trie without symbols.
  package let roots: FlatArray<UInt32>
  package let slots: FlatArray<UInt64>
  private let symbolCount: UInt32
  private let shift: UInt64

  /// Reads tables that ``build(symbolCount:strings:)`` made; `slots` has a power of two entries, at
  /// least one empty.
  package init(roots: FlatArray<UInt32>, slots: FlatArray<UInt64>, symbolCount: Int) {
    self.roots = roots
    self.slots = slots
    self.symbolCount = UInt32(symbolCount)
    shift = UInt64(64 - slots.count.trailingZeroBitCount)
  }

  /// The symbol that two bytes make, or something above every symbol.
  @inline(__always)
  func symbol(ofBytes first: UInt32, _ second: UInt32) -> UInt32 {
    let state = roots[Int(first << 8 | second)] >> 10
    return state < symbolCount ? state : .max
  }

  /// The longest symbol that `text` holds at `start`, which lies before its end, and its end.
  ///
  /// - Complexity: O(*l*) in the length of the longest symbol.
  @inline(__always)
  func longestSymbol(in text: Span<UInt8>, at start: Int) -> (symbol: UInt32, end: Int) {
    let first = text[start]
    var longest = (symbol: UInt32(first), end: start &+ 1)
    guard start &+ 1 < text.count else { return longest }
    var step = roots[Int(first) << 8 | Int(text[start &+ 1])]
    var position = start &+ 1
    while step != Self.noStep {
      let state = step >> 10
      position &+= 1
      if state < symbolCount { longest = (state, position) }
      guard position < text.count else { break }
      let byte = text[position]
      guard step & Self.follower(byte) != 0 else { break }
      step = next(from: state, by: byte)
    }
    return longest
  }

  @inline(__always)
  private func next(from state: UInt32, by byte: UInt8) -> UInt32 {
    let key = UInt64(state) << 8 | UInt64(byte)
    var index = Self.home(of: key, shift: shift)
    while true {
      let slot = slots[index]
      if slot >> 34 == key { return UInt32(truncatingIfNeeded: slot) }
      if slot == Self.emptySlot { return Self.noStep }
      index = (index &+ 1) & (slots.count &- 1)
    }
  }

  @inline(__always)
  private static func home(of key: UInt64, shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  @inline(__always)
  private static func follower(_ byte: UInt8) -> UInt32 { 1 << UInt32(byte % 10) }

  /// Makes the tables, and for each symbol the longest shorter symbol that it begins with (itself for
  /// single bytes).
  ///
  /// - Parameters:
  ///   - symbolCount: how many symbols there are, the 256 bytes first.
  ///   - strings: the bytes of the symbols from 256 on.
  /// - Returns: nil when there are more prefixes than states.
  static func build(
    symbolCount: Int, strings: ByteStrings
  ) -> (roots: [UInt32], slots: [UInt64], prefixes: [UInt32])? {
    var builder = Builder(symbolCount: symbolCount, byteCount: strings.bytes.count)
    // A symbol's state is its number, so every symbol comes before the longer ones it begins.
    for index in strings.indicesByLength() {
      guard builder.insert(strings, index) else { return nil }
    }
    let (roots, slots) = builder.finished()
    return (roots, slots, builder.prefixes)
  }

  /// The trie while symbols are being added; here the slots hold the first two bytes' steps too.
  private struct Builder {
    private var slots: [UInt64]
    private var shift: UInt64
    private var used = 0
    private var nextState: Int
    private let symbolCount: Int
    private(set) var prefixes: [UInt32]

    init(symbolCount: Int, byteCount: Int) {
      self.symbolCount = symbolCount
      nextState = symbolCount
      prefixes = (0..<UInt32(symbolCount)).map { $0 }
      var size = 16
      // In the vocabularies at hand a third of the bytes are transitions.
      while size * 3 < byteCount { size *= 2 }
      slots = Array(repeating: SymbolTrie.emptySlot, count: size)
      shift = UInt64(64 - size.trailingZeroBitCount)
    }

    mutating func insert(_ strings: ByteStrings, _ index: Int) -> Bool {
      let range = strings.range(index)
      var state = Int(strings.bytes[range.lowerBound])
      var prefix = UInt32(state)
      for position in (range.lowerBound + 1)..<range.upperBound {
        let byte = strings.bytes[position]
        if position == range.upperBound - 1 {
          add(from: state, by: byte, to: 256 + index)
        } else if let next = next(from: state, by: byte) {
          state = next
          if state < symbolCount { prefix = UInt32(state) }
        } else {
          guard nextState < SymbolTrie.stateLimit else { return false }
          add(from: state, by: byte, to: nextState)
          state = nextState
          nextState += 1
        }
      }
      prefixes[256 + index] = prefix
      return true
    }

    private func next(from state: Int, by byte: UInt8) -> Int? {
      let key = UInt64(state) << 8 | UInt64(byte)
      var index = SymbolTrie.home(of: key, shift: shift)
      while true {
        let slot = slots[index]
        if slot == SymbolTrie.emptySlot { return nil }
        if slot >> 34 == key { return Int(slot >> 10 & 0x3F_FFFF) }
        index = (index + 1) & (slots.count - 1)
      }
    }

    private mutating func add(from state: Int, by byte: UInt8, to next: Int) {
      if used * 8 >= slots.count * 7 { grow() }
      place(UInt64(state) << 42 | UInt64(byte) << 34 | UInt64(next) << 10)
      used += 1
    }

    private mutating func place(_ slot: UInt64) {
      var index = SymbolTrie.home(of: slot >> 34, shift: shift)
      while slots[index] != SymbolTrie.emptySlot { index = (index + 1) & (slots.count - 1) }
      slots[index] = slot
    }

    private mutating func grow() {
      let old = slots
      slots = Array(repeating: SymbolTrie.emptySlot, count: old.count * 2)
      shift -= 1
      for slot in old where slot != SymbolTrie.emptySlot { place(slot) }
    }

    /// The tables, each step with the bytes that lead on from the state it enters.
    func finished() -> (roots: [UInt32], slots: [UInt64]) {
      var followers = [UInt32](repeating: 0, count: nextState)
      for slot in slots where slot != SymbolTrie.emptySlot {
        let byte = UInt8(truncatingIfNeeded: slot >> 34)
        followers[Int(slot >> 42)] |= SymbolTrie.follower(byte)
      }
      var roots = [UInt32](repeating: SymbolTrie.noStep, count: 1 << 16)
      var later = slots
      for index in slots.indices where slots[index] != SymbolTrie.emptySlot {
        let slot = slots[index] | UInt64(followers[Int(slots[index] >> 10 & 0x3F_FFFF)])
        if slot >> 42 < 256 { roots[Int(slot >> 34)] = UInt32(truncatingIfNeeded: slot) }
        // What the first two bytes lead to stays, or searches for others would end at its gap.
        later[index] = slot
      }
      return (roots, later)
    }
  }
}
