internal import UnicodeText

/// What places in a text are counted in.
public enum TextUnit: Hashable, Sendable {
  /// Bytes of UTF-8.
  case bytes
  /// Unicode scalars, as characters are counted in Python.
  case scalars
  /// Units of UTF-16, as characters are counted in JavaScript, Java and the frameworks of Apple.
  case utf16
}

/// Turns places in bytes of a text into places in other units, from front to back.
struct UnitCounter: ~Escapable {
  private let text: Span<UInt8>
  private let unit: TextUnit
  /// A place between two characters, in bytes and in units.
  private var bytes = 0
  private var units = 0

  @_lifetime(copy text)
  init(_ text: Span<UInt8>, _ unit: TextUnit) {
    self.text = text
    self.unit = unit
  }

  /// The units of all characters that `range` has a part of.
  ///
  /// - Complexity: O(*d*) in the bytes between this range and the last one, if it lies behind the
  ///   last one's beginning; otherwise in those before it.
  mutating func range(of range: Range<Int>) -> Range<Int> {
    if unit == .bytes { return range }
    if range.lowerBound < bytes { (bytes, units) = (0, 0) }
    while bytes < range.lowerBound {
      let next = step(bytes, units)
      if next.bytes > range.lowerBound { break }
      (bytes, units) = next
    }
    var end = (bytes: bytes, units: units)
    while end.bytes < min(range.upperBound, text.count) { end = step(end.bytes, end.units) }
    return units..<end.units
  }

  private func step(_ bytes: Int, _ units: Int) -> (bytes: Int, units: Int) {
    let scalar = decodeScalar(in: text, at: bytes)
    let isPair = unit == .utf16 && scalar.isValid && scalar.length == 4
    return (bytes + scalar.length, units + (isPair ? 2 : 1))
  }
}
