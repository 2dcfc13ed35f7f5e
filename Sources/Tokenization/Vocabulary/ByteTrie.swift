package import SplitPatterns

/// Byte strings as paths from one root: which strings begin at a place of a text, or are one.
///
/// An open-addressing table of transitions, one word each: the state left (24 bits) and the byte
/// above the state entered. The state of string *i* is *i* + 1, so that what a state stands for needs
/// no table; prefixes that are no string come behind.
package struct ByteTrie: Sendable {
  package static let root: UInt32 = 0
  package static let emptySlot = UInt64.max
  /// States are below this number.
  private static let stateLimit = 1 << 24

  package let slots: FlatArray<UInt64>
  package let stringCount: Int
  private let shift: UInt64

  /// Reads the table of another trie; `slots` has a power of two entries, at least one empty.
  package init(slots: FlatArray<UInt64>, stringCount: Int) {
    self.slots = slots
    self.stringCount = stringCount
    shift = UInt64(64 - slots.count.trailingZeroBitCount)
  }

  /// Where `byte` leads from `state`, or nil.
  @inline(__always)
  package func next(from state: UInt32, by byte: UInt8) -> UInt32? {
    let key = UInt64(state) << 8 | UInt64(byte)
    var index = Self.home(of: key, shift: shift)
    while true {
      let slot = slots[index]
      if slot >> 32 == key { return UInt32(truncatingIfNeeded: slot) }
      if slot == Self.emptySlot { return nil }
      index = (index &+ 1) & (slots.count &- 1)
    }
  }

  /// The index of the string that ends in `state`, or nil.
  @inline(__always)
  package func string(of state: UInt32) -> Int? {
    state == Self.root || state > stringCount ? nil : Int(state) &- 1
  }

  /// The longest string that `text` holds at `start`, and where it ends there; nil if there is none.
  ///
  /// - Complexity: O(*l*) in the length of the longest string.
  @inline(__always)
  package func longestString(
    in text: Span<UInt8>, from start: Int
  ) -> (index: Int, end: Int)? {
    var longest: (index: Int, end: Int)?
    var state = Self.root
    var place = start
    while place < text.count, let entered = next(from: state, by: text[place]) {
      state = entered
      place &+= 1
      if let index = string(of: state) { longest = (index, place) }
    }
    return longest
  }

  /// Whether `text` ends, from `start` on, within a string or with one.
  ///
  /// - Complexity: O(*l*) in the length of the longest string.
  package func mayGoOn(_ text: Span<UInt8>, from start: Int) -> Bool {
    var state = Self.root
    var place = start
    while place < text.count, let entered = next(from: state, by: text[place]) {
      state = entered
      place &+= 1
    }
    return place == text.count
  }

  /// The string that is `text`, or nil.
  package func index(of text: Span<UInt8>) -> Int? {
    var state = Self.root
    for place in text.indices {
      guard let entered = next(from: state, by: text[place]) else { return nil }
      state = entered
    }
    return string(of: state)
  }

  @inline(__always)
  private static func home(of key: UInt64, shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }
}

extension ByteTrie {
  /// A trie of `strings`, which are all different; an empty one is never found.
  ///
  /// - Throws: `limit` for more than sixteen million prefixes.
  /// - Complexity: O(*b*) in their bytes.
  package init(_ strings: ByteStrings) throws(VocabularyError) {
    var builder = Builder(stringCount: strings.count, byteCount: strings.bytes.count)
    // A string's state is known beforehand, so every string comes before the longer ones it begins.
    for index in strings.indicesByLength() where !strings.range(index).isEmpty {
      guard builder.insert(strings, index) else {
        throw VocabularyError(.limit, "more than \(Self.stateLimit) prefixes of tokens")
      }
    }
    self.init(slots: FlatArray(builder.slots), stringCount: strings.count)
  }

  private struct Builder {
    private(set) var slots: [UInt64]
    private var shift: UInt64
    private var used = 0
    private var nextState: Int

    init(stringCount: Int, byteCount: Int) {
      nextState = stringCount + 1
      var size = 16
      while size * 3 < byteCount { size *= 2 }
      slots = Array(repeating: ByteTrie.emptySlot, count: size)
      shift = UInt64(64 - size.trailingZeroBitCount)
    }

    mutating func insert(_ strings: ByteStrings, _ index: Int) -> Bool {
      let range = strings.range(index)
      var state = ByteTrie.root
      for place in range {
        let byte = strings.bytes[place]
        if place == range.upperBound - 1 {
          guard index + 1 < ByteTrie.stateLimit else { return false }
          add(from: state, by: byte, to: UInt32(index + 1))
        } else if let entered = next(from: state, by: byte) {
          state = entered
        } else {
          guard nextState < ByteTrie.stateLimit else { return false }
          add(from: state, by: byte, to: UInt32(nextState))
          state = UInt32(nextState)
          nextState += 1
        }
      }
      return true
    }

    private func next(from state: UInt32, by byte: UInt8) -> UInt32? {
      let key = UInt64(state) << 8 | UInt64(byte)
      var index = ByteTrie.home(of: key, shift: shift)
      while slots[index] != ByteTrie.emptySlot {
        if slots[index] >> 32 == key { return UInt32(truncatingIfNeeded: slots[index]) }
        index = (index + 1) & (slots.count - 1)
      }
      return nil
    }

    private mutating func add(from state: UInt32, by byte: UInt8, to entered: UInt32) {
      if used * 4 >= slots.count * 3 { grow() }
      place(UInt64(state) << 40 | UInt64(byte) << 32 | UInt64(entered))
      used += 1
    }

    private mutating func place(_ slot: UInt64) {
      var index = ByteTrie.home(of: slot >> 32, shift: shift)
      while slots[index] != ByteTrie.emptySlot { index = (index + 1) & (slots.count - 1) }
      slots[index] = slot
    }

    private mutating func grow() {
      let old = slots
      slots = Array(repeating: ByteTrie.emptySlot, count: old.count * 2)
      shift -= 1
      for slot in old where slot != ByteTrie.emptySlot { place(slot) }
    }
  }
}

extension ByteTrie {
  /// Which bytes are neighbours in the strings.
  ///
  /// - Complexity: O(*n*) in the prefixes of the strings.
  package func byteJoins() -> ByteJoins {
    let entered = slots.span.indices.lazy.map { slots[$0] }.filter { $0 != Self.emptySlot }
    let last = entered.reduce(0) { max($0, UInt32(truncatingIfNeeded: $1)) }
    var states = [ByteJoins.State?](repeating: nil, count: Int(last) + 1)
    for slot in entered {
      states[Int(UInt32(truncatingIfNeeded: slot))] = ByteJoins.State(
        parent: UInt32(truncatingIfNeeded: slot >> 40), byte: UInt8(truncatingIfNeeded: slot >> 32))
    }
    return ByteJoins(states)
  }
}
