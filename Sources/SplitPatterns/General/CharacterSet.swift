package import UnicodeText

/// The characters that can stand at one place of a match: scalars, and perhaps bytes that are none.
///
/// A byte that is not UTF-8 is a character of no class: no property, range or literal has it, and
/// what is written as the opposite of a set without it has it, so `\P{L}`, `[^a]` and `.` do.
package struct CharacterSet: Hashable, Sendable {
  package let scalars: ScalarSet
  /// Whether a byte that is not UTF-8 is in the set.
  package let hasInvalidBytes: Bool

  init(_ scalars: ScalarSet, hasInvalidBytes: Bool = false) {
    self.scalars = scalars
    self.hasInvalidBytes = hasInvalidBytes
  }

  init(_ scalar: UInt32) { self.init(ScalarSet(scalar)) }

  init(ascii letters: String) {
    self.init(ScalarSet(letters.unicodeScalars.map { $0.value...$0.value }))
  }

  static let none = CharacterSet(.none)
  static let all = CharacterSet(.all, hasInvalidBytes: true)
  static let newline = CharacterSet(0x0A)

  package var isEmpty: Bool { scalars.isEmpty && !hasInvalidBytes }

  var inverted: CharacterSet {
    CharacterSet(scalars.inverted, hasInvalidBytes: !hasInvalidBytes)
  }

  func union(_ other: CharacterSet) -> CharacterSet {
    CharacterSet(
      scalars.union(other.scalars), hasInvalidBytes: hasInvalidBytes || other.hasInvalidBytes)
  }

  func intersection(_ other: CharacterSet) -> CharacterSet {
    CharacterSet(
      scalars.intersection(other.scalars),
      hasInvalidBytes: hasInvalidBytes && other.hasInvalidBytes)
  }

  func subtracting(_ other: CharacterSet) -> CharacterSet { intersection(other.inverted) }

  func symmetricDifference(_ other: CharacterSet) -> CharacterSet {
    subtracting(other).union(other.subtracting(self))
  }

  /// With the variants of all scalars under simple case folding.
  var ignoringCase: CharacterSet {
    CharacterSet(scalars.withCaseVariants, hasInvalidBytes: hasInvalidBytes)
  }

  /// The only scalar, if there is exactly one and nothing else.
  var singleScalar: UInt32? {
    guard !hasInvalidBytes, scalars.ranges.count == 1, let range = scalars.ranges.first,
      range.count == 1
    else { return nil }
    return range.lowerBound
  }
}
