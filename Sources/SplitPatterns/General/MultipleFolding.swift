internal import UnicodeText

/// Where Oniguruma, ignoring case, takes one character for several, as `ß` for `ss`.
///
/// We do not. A pattern that could show the difference is refused.
enum MultipleFolding {
  /// The scalars whose full case folding is longer than one (Unicode 16.0, CaseFolding.txt, F).
  static let scalars = ScalarSet([
    0xDF...0xDF, 0x130...0x130, 0x149...0x149, 0x1F0...0x1F0, 0x390...0x390, 0x3B0...0x3B0,
    0x587...0x587, 0x1E96...0x1E9A, 0x1E9E...0x1E9E, 0x1F50...0x1F50, 0x1F52...0x1F52,
    0x1F54...0x1F54, 0x1F56...0x1F56, 0x1F80...0x1FAF, 0x1FB2...0x1FB4, 0x1FB6...0x1FB7,
    0x1FBC...0x1FBC, 0x1FC2...0x1FC4, 0x1FC6...0x1FC7, 0x1FCC...0x1FCC, 0x1FD2...0x1FD3,
    0x1FD6...0x1FD7, 0x1FE2...0x1FE4, 0x1FE6...0x1FE7, 0x1FF2...0x1FF4, 0x1FF6...0x1FF7,
    0x1FFC...0x1FFC, 0xFB00...0xFB06, 0xFB13...0xFB17,
  ])

  static func error(found scalar: UInt32, at offset: Int) -> PatternError {
    PatternError(
      .unsupported, at: offset, found: String(Unicode.Scalar(scalar) ?? "\u{FFFD}"),
      expected: "nothing that ignoring case makes equal to several characters")
  }

  /// Whether some scalar folds to a text that begins with these two, given by their lowest variants.
  static func beginsWith(_ first: UInt32, _ second: UInt32) -> Bool {
    let pair = (Unicode.Scalar(first), Unicode.Scalar(second))
    switch pair {
    case ("S", "S"), ("S", "T"), ("F", "F"), ("F", "I"), ("F", "L"): return true
    case ("\u{2BC}", "N"), ("I", "\u{307}"), ("J", "\u{30C}"), ("H", "\u{331}"): return true
    case ("T", "\u{308}"), ("W", "\u{30A}"), ("Y", "\u{30A}"), ("A", "\u{2BE}"): return true
    case ("\u{535}", "\u{552}"), ("\u{54E}", "\u{546}"): return true
    case ("\u{544}", "\u{546}"), ("\u{544}", "\u{535}"): return true
    case ("\u{544}", "\u{53B}"), ("\u{544}", "\u{53D}"): return true
    default:
      // Greek letters with breathings, diaeresis, circumflex or a iota below; U+0345 is the lowest
      // variant of iota, and of the scalar that iota below is.
      let isGreek = (0x345...0x3FF).contains(first) || (0x1F00...0x1FFF).contains(first)
      return isGreek && [0x308, 0x313, 0x342, 0x345].contains(second)
    }
  }
}

extension PatternParser {
  /// Throws if neighbours that ignore case could be the folding of one character.
  ///
  /// Also refuses `[s][s]`, which Oniguruma does not take for `ß`: after parsing it is the same as
  /// `ss`.
  func checkMultipleFolding(
    _ parts: [PatternNode], from start: Int
  ) throws(PatternError) {
    for (first, second) in zip(parts, parts.dropFirst()) {
      guard case .set(let left) = first, case .set(let right) = second,
        let a = lowestVariant(left), let b = lowestVariant(right), a.isFolded || b.isFolded,
        MultipleFolding.beginsWith(a.scalar, b.scalar)
      else { continue }
      throw MultipleFolding.error(found: a.scalar, at: offset(of: start))
    }
  }

  private func lowestVariant(_ set: CharacterSet) -> (scalar: UInt32, isFolded: Bool)? {
    guard !set.hasInvalidBytes, set.scalars.ranges.count <= 4,
      let lowest = set.scalars.ranges.first?.lowerBound
    else { return nil }
    let variants = caseVariants(of: lowest)
    guard set.scalars == ScalarSet(variants.map { $0...$0 }) else { return nil }
    return (lowest, variants.count > 1)
  }
}
