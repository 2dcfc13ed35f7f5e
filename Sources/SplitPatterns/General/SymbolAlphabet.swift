internal import UnicodeText

/// The characters of Unicode in at most 256 kinds, such that a pattern cannot tell two of a kind apart.
///
/// A pattern looks at characters only by asking whether they are in its sets. Two characters that are
/// in the same sets are therefore one *symbol* to it. Patterns have few sets, so that there are few
/// symbols, far fewer than 256: a text becomes a string of bytes, a set a set of bytes, and PCRE2
/// searches bytes for bytes. It needs no idea of UTF-8 or of Unicode then, and a class of a hundred
/// thousand characters is a table of 256 bits.
///
/// For `a|\p{L}` the symbols are three: 0 for `a`, 1 for the other letters, 2 for the rest.
/// A byte that is not UTF-8 is a character in no class, hence some symbol like all others.
///
/// Sets written as ranges of code points in PCRE2's UTF mode were tried first: a class of 600 ranges
/// is searched from end to end there.
struct SymbolAlphabet: Sendable {
  /// Where the block of each 256 scalars begins in `blocks`.
  private let blockStarts: [Int32]
  private let blocks: [UInt8]
  /// The symbol of a byte that is not UTF-8.
  let invalidByte: UInt8
  /// The sets that each symbol is in, by the number that `numbers` gives them.
  private let memberships: [[Bool]]
  private let numbers: [CharacterSet: Int]

  /// Nil if the pattern tells more than 256 kinds apart.
  ///
  /// - Complexity: O(*r* · *s*) for *r* ranges in *s* sets: about a millisecond.
  init?(for pattern: PatternNode) {
    var numbers: [CharacterSet: Int] = [:]
    var sets: [CharacterSet] = []
    pattern.forEachSet { set in
      if numbers[set] == nil {
        numbers[set] = sets.count
        sets.append(set)
      }
    }
    if sets.count > Self.maximumSets { return nil }

    // Walking through all scalars, at each of these a set begins or ends.
    var turns: [(scalar: UInt32, set: Int, isIn: Bool)] = []
    for (number, set) in sets.enumerated() {
      for range in set.scalars.ranges {
        turns.append((range.lowerBound, number, true))
        turns.append((range.upperBound + 1, number, false))
      }
    }
    turns.sort { $0.scalar < $1.scalar }

    var symbols: [[Bool]: UInt8] = [:]
    var memberships: [[Bool]] = []
    func symbol(of membership: [Bool]) -> UInt8? {
      if let known = symbols[membership] { return known }
      guard memberships.count < 256 else { return nil }
      let symbol = UInt8(memberships.count)
      symbols[membership] = symbol
      memberships.append(membership)
      return symbol
    }

    // Stretches of scalars with the same symbol, each ending where the next begins.
    var stretches: [Stretch] = []
    var membership = [Bool](repeating: false, count: sets.count)
    var turn = 0
    while (stretches.last?.end ?? 0) < Self.scalarCount {
      let start = stretches.last?.end ?? 0
      while turn < turns.count, turns[turn].scalar <= start {
        membership[turns[turn].set] = turns[turn].isIn
        turn += 1
      }
      let end = turn < turns.count ? Int(turns[turn].scalar) : Self.scalarCount
      guard let symbol = symbol(of: membership) else { return nil }
      stretches.append(Stretch(end: end, symbol: symbol))
    }
    guard let invalidByte = symbol(of: sets.map(\.hasInvalidBytes)) else { return nil }
    self.invalidByte = invalidByte
    self.memberships = memberships
    self.numbers = numbers
    (blockStarts, blocks) = Self.table(of: stretches)
  }

  private static let maximumSets = 2_000
  private static let scalarCount = 0x110000

  private struct Stretch {
    var end: Int
    var symbol: UInt8
  }

  /// A table in two stages; blocks of one symbol throughout, which most are, are kept once.
  private static func table(of stretches: [Stretch]) -> (starts: [Int32], blocks: [UInt8]) {
    var starts: [Int32] = []
    var blocks: [UInt8] = []
    var uniform: [UInt8: Int32] = [:]
    var index = 0
    for first in stride(from: 0, to: scalarCount, by: 256) {
      while stretches[index].end <= first { index += 1 }
      let isUniform = stretches[index].end >= first + 256
      if isUniform, let known = uniform[stretches[index].symbol] {
        starts.append(known)
        continue
      }
      let start = Int32(blocks.count)
      starts.append(start)
      if isUniform { uniform[stretches[index].symbol] = start }
      var scalar = first
      while scalar < first + 256 {
        if stretches[index].end <= scalar { index += 1 }
        let end = min(first + 256, stretches[index].end)
        blocks += repeatElement(stretches[index].symbol, count: end - scalar)
        scalar = end
      }
    }
    return (starts, blocks)
  }

  /// The symbols of a set, ascending.
  func symbols(of set: CharacterSet) -> [UInt8] {
    guard let number = numbers[set] else { return [] }
    return memberships.indices.filter { memberships[$0][number] }.map { UInt8($0) }
  }

  /// Writes the symbols of `text` to the beginning of `symbols`, which is at least as long as it.
  ///
  /// Returns how many there are, and whether all of the text is UTF-8.
  func write(
    _ text: Span<UInt8>, to symbols: inout [UInt8]
  ) -> (count: Int, isValid: Bool) {
    precondition(symbols.count >= text.count, "no room: \(symbols.count) for \(text.count)")
    var output = symbols.mutableSpan
    let (starts, blocks) = (blockStarts.span, blocks.span)
    var index = 0
    var count = 0
    var isValid = true
    while index < text.count {
      let byte = text[index]
      if byte < 0x80 {
        output[count] = blocks[Int(byte)]
        index &+= 1
      } else {
        let scalar = decodeLongScalar(byte, in: text, at: index)
        if scalar.isValid {
          let start = Int(starts[Int(scalar.value >> 8)])
          output[count] = blocks[start &+ Int(scalar.value & 0xFF)]
        } else {
          output[count] = invalidByte
          isValid = false
        }
        index &+= scalar.length
      }
      count &+= 1
    }
    return (count, isValid)
  }
}
