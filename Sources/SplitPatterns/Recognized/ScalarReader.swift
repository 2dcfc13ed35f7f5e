internal import UnicodeText

/// Reads the characters of a text as sets of classes with one member each, which is what the scanners
/// ask about: a test is one `and`.
///
/// Behind the end there is the empty set, so that every test fails there. Classes can be hidden: a
/// hidden character reads like the end, as it does for a pattern that only ever sees the text between
/// such characters.
struct ScalarReader: Sendable {
  private let table = ScalarClassTable.shared
  private let visible: UInt32
  private let hidesNewNumerals: Bool

  // Copies: the constants they come from are checked for their initialisation at each access.
  let letters = ScalarClassSet.letters
  let marks = ScalarClassSet.marks
  let numbers = ScalarClassSet.numbers
  let whiteSpace = ScalarClassSet.whiteSpace
  let lineBreaks = ScalarClassSet.lineBreakControls

  /// - Parameter hidesNewNumerals: also hides the numerals of Unicode 17, which are unassigned in the
  ///   tables: the step `Digits` knows them.
  init(hiding hidden: ScalarClassSet = .none, hidesNewNumerals: Bool = false) {
    visible = ~hidden.mask
    self.hidesNewNumerals = hidesNewNumerals
  }

  /// The class at `index` as a set, and the length in bytes of the character there.
  @inline(__always)
  func read(_ text: Span<UInt8>, at index: Int) -> (set: ScalarClassSet, length: Int) {
    guard index < text.count else { return (ScalarClassSet(mask: 0), 0) }
    let byte = text[index]
    if byte < 0x80 {
      return (ScalarClassSet(mask: 1 &<< UInt32(table[ascii: byte]) & visible), 1)
    }
    return readLong(text, at: index)
  }

  private func readLong(_ text: Span<UInt8>, at index: Int) -> (set: ScalarClassSet, length: Int) {
    let scalar = decodeScalar(in: text, at: index)
    // A byte that is not UTF-8 is one character of no class; the unassigned are in no set either.
    let rawClass = scalar.isValid ? table[scalar.value] : ScalarClass.cn.rawValue
    if hidesNewNumerals, scalar.value >= 0x11DE0, SplittingTable.shared[scalar.value].isNumeral {
      return (ScalarClassSet(mask: 0), scalar.length)
    }
    return (ScalarClassSet(mask: 1 &<< UInt32(rawClass) & visible), scalar.length)
  }

  /// The end of the run of characters in `set` that begins at `index`.
  @inline(__always)
  func endOfRun(of set: ScalarClassSet, in text: Span<UInt8>, from index: Int) -> Int {
    var index = index
    while true {
      let (found, length) = read(text, at: index)
      guard found.meets(set) else { return index }
      index &+= length
    }
  }
}

extension ScalarReader {
  /// The end of the run of characters in `letters` that begins at `index`, where all ASCII letters
  /// are in the set: they are skipped eight at a time.
  @inline(__always)
  func endOfLetters(_ letters: ScalarClassSet, in text: Span<UInt8>, from index: Int) -> Int {
    let index = endOfASCII(in: text, from: index, folding: 0x2020_2020_2020_2020)
    guard index < text.count, text[index] >= 0x80 else { return index }
    return endOfRun(of: letters, in: text, from: index)
  }

  /// The same for small letters, where a to z are in the set and no other ASCII character is.
  @inline(__always)
  func endOfSmallLetters(_ letters: ScalarClassSet, in text: Span<UInt8>, from index: Int) -> Int {
    let index = endOfASCII(in: text, from: index, folding: 0)
    guard index < text.count, text[index] >= 0x80 else { return index }
    return endOfRun(of: letters, in: text, from: index)
  }

  /// The end of the bytes from `start` on that are a to z once the bits of `folding` are set in them.
  @inline(__always)
  private func endOfASCII(in text: Span<UInt8>, from start: Int, folding: UInt64) -> Int {
    // SAFETY: any bytes may be seen as bytes.
    let raw = unsafe text.bytes
    let high: UInt64 = 0x8080_8080_8080_8080
    var index = start
    while index &+ 8 <= text.count {
      // SAFETY: the condition above keeps all eight bytes within the span.
      let word = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
        .littleEndian
      // No sum of seven bits and these numbers reaches the next byte.
      let low = (word | folding) & ~high
      let fromA = low &+ 0x1F1F_1F1F_1F1F_1F1F
      let behindZ = low &+ 0x0505_0505_0505_0505
      let others = ~(fromA & ~behindZ & ~word) & high
      if others != 0 { return index &+ others.trailingZeroBitCount >> 3 }
      index &+= 8
    }
    let fold = UInt8(truncatingIfNeeded: folding)
    while index < text.count, (text[index] | fold) &- 0x61 < 26 { index &+= 1 }
    return index
  }
}

/// White space from one place on, as the last alternatives of all these patterns see it.
struct WhiteSpaceRun {
  /// Where the run ends.
  var end: Int
  /// Where its last character begins.
  var lastStart: Int
  /// Where its last line break ends, if it has any.
  var endOfLastBreak: Int?

  @inline(__always)
  init(in text: Span<UInt8>, from start: Int, by reader: ScalarReader) {
    end = start
    lastStart = start
    while true {
      let (found, length) = reader.read(text, at: end)
      guard found.meets(reader.whiteSpace) else { break }
      lastStart = end
      end &+= length
      if found.meets(reader.lineBreaks) { endOfLastBreak = end }
    }
  }

  /// What `\s+(?!\S)|\s+` takes: all of it at the end of the text, otherwise all but the last
  /// character, which is left for the word behind, unless it is the only one.
  @inline(__always)
  func endLeavingLast(from start: Int, isAtEnd: Bool) -> Int {
    isAtEnd || lastStart == start ? end : lastStart
  }
}

extension ScalarClassSet {
  /// Whether the sets have a class in common.
  @inline(__always)
  func meets(_ other: ScalarClassSet) -> Bool { mask & other.mask != 0 }
}
