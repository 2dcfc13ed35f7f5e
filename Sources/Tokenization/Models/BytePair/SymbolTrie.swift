/// All symbols as paths of bytes: finds the longest symbol at the front of a text.
///
/// The trie is one open-addressing table of transitions. A slot is one word: the state left (22
/// bits), the byte (8), the state entered (22), and twelve bits that say which bytes may lead on from
/// there, so that most walks end without a fruitless look-up. A state below the number of symbols
/// *is* that symbol; prefixes that are no symbol come behind. A symbol of one byte has that byte's
/// number, so the root needs no slots.
package struct SymbolTrie: Sendable {
  /// States are below this number.
  static let stateLimit = 1 << 22 - 1

  private static let empty = UInt64.max
  private static let followers: UInt64 = 0xFFF

  let slots: FlatArray<UInt64>
  private let symbolCount: UInt32
  private let shift: UInt64

  /// Reads a table that ``build(symbolCount:bytes:)`` made: a power of two, at least one empty slot.
  init(slots: FlatArray<UInt64>, symbolCount: Int) {
    self.slots = slots
    self.symbolCount = UInt32(symbolCount)
    shift = UInt64(64 - slots.count.trailingZeroBitCount)
  }

  /// The longest symbol that `text` holds at `start`, which lies before its end, and its end.
  ///
  /// - Complexity: O(*l*) in the length of the longest symbol.
  @inline(__always)
  func longestSymbol(in text: Span<UInt8>, at start: Int) -> (symbol: UInt32, end: Int) {
    var state = UInt32(text[start])
    var longest = state
    var end = start &+ 1
    var followers = Self.followers
    var position = start &+ 1
    while position < text.count {
      let byte = text[position]
      guard followers & Self.follower(byte) != 0 else { break }
      let slot = transition(from: state, by: byte)
      guard slot != Self.empty else { break }
      state = UInt32(truncatingIfNeeded: slot >> 12) & 0x3F_FFFF
      followers = slot & Self.followers
      position &+= 1
      if state < symbolCount {
        longest = state
        end = position
      }
    }
    return (longest, end)
  }

  @inline(__always)
  private func transition(from state: UInt32, by byte: UInt8) -> UInt64 {
    let key = UInt64(state) << 8 | UInt64(byte)
    var index = Self.home(of: key, shift: shift)
    while true {
      let slot = slots[index]
      if slot >> 34 == key || slot == Self.empty { return slot }
      index = (index &+ 1) & (slots.count &- 1)
    }
  }

  @inline(__always)
  private static func home(of key: UInt64, shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  @inline(__always)
  private static func follower(_ byte: UInt8) -> UInt64 { 1 << UInt64(byte % 12) }

  /// Makes the table, and for each symbol the longest shorter symbol that it begins with (itself for
  /// single bytes).
  ///
  /// - Parameters:
  ///   - symbolCount: how many symbols there are, the 256 bytes first.
  ///   - strings: the bytes of the symbols from 256 on.
  /// - Returns: nil when there are more prefixes than states.
  static func build(
    symbolCount: Int, strings: ByteStrings
  ) -> (slots: [UInt64], prefixes: [UInt32])? {
    var builder = Builder(symbolCount: symbolCount, byteCount: strings.bytes.count)
    // A symbol's state is its number, so every symbol comes before the longer ones it begins.
    for index in indicesByLength(strings) {
      guard builder.insert(strings, index) else { return nil }
    }
    return (builder.finished(), builder.prefixes)
  }

  /// The indices of `strings`, shorter strings first: a counting sort.
  private static func indicesByLength(_ strings: ByteStrings) -> [Int] {
    var starts: [Int] = []
    for index in 0..<strings.count {
      let length = strings.range(index).count
      while starts.count <= length + 1 { starts.append(0) }
      starts[length + 1] += 1
    }
    for length in starts.indices.dropFirst() { starts[length] += starts[length - 1] }
    var order = [Int](repeating: 0, count: strings.count)
    for index in 0..<strings.count {
      let length = strings.range(index).count
      order[starts[length]] = index
      starts[length] += 1
    }
    return order
  }

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
      slots = Array(repeating: SymbolTrie.empty, count: size)
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
        if slot == SymbolTrie.empty { return nil }
        if slot >> 34 == key { return Int(slot >> 12 & 0x3F_FFFF) }
        index = (index + 1) & (slots.count - 1)
      }
    }

    private mutating func add(from state: Int, by byte: UInt8, to next: Int) {
      if used * 8 >= slots.count * 7 { grow() }
      place(UInt64(state) << 42 | UInt64(byte) << 34 | UInt64(next) << 12)
      used += 1
    }

    private mutating func place(_ slot: UInt64) {
      var index = SymbolTrie.home(of: slot >> 34, shift: shift)
      while slots[index] != SymbolTrie.empty { index = (index + 1) & (slots.count - 1) }
      slots[index] = slot
    }

    private mutating func grow() {
      let old = slots
      slots = Array(repeating: SymbolTrie.empty, count: old.count * 2)
      shift -= 1
      for slot in old where slot != SymbolTrie.empty { place(slot) }
    }

    /// The slots, each with the bytes that lead on from the state it enters.
    func finished() -> [UInt64] {
      var followers = [UInt16](repeating: 0, count: nextState)
      for slot in slots where slot != SymbolTrie.empty {
        let bit = SymbolTrie.follower(UInt8(truncatingIfNeeded: slot >> 34))
        followers[Int(slot >> 42)] |= UInt16(bit)
      }
      return slots.map { slot in
        slot == SymbolTrie.empty ? slot : slot | UInt64(followers[Int(slot >> 12 & 0x3F_FFFF)])
      }
    }
  }
}
