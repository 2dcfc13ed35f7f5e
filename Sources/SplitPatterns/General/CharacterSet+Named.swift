internal import UnicodeText

extension CharacterSet {
  /// `\h` in both dialects.
  static let hexDigits = CharacterSet(ScalarSet([0x30...0x39, 0x41...0x46, 0x61...0x66]))

  /// What `[:name:]` is in Rust's regex: ASCII only.
  static func asciiPOSIX(_ name: String) -> CharacterSet? {
    let ranges: [ClosedRange<UInt32>]
    switch name {
    case "alnum": ranges = [0x30...0x39, 0x41...0x5A, 0x61...0x7A]
    case "alpha": ranges = [0x41...0x5A, 0x61...0x7A]
    case "ascii": ranges = [0...0x7F]
    case "blank": ranges = [0x09...0x09, 0x20...0x20]
    case "cntrl": ranges = [0...0x1F, 0x7F...0x7F]
    case "digit": ranges = [0x30...0x39]
    case "graph": ranges = [0x21...0x7E]
    case "lower": ranges = [0x61...0x7A]
    case "print": ranges = [0x20...0x7E]
    case "punct": ranges = [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]
    case "space": ranges = [0x09...0x0D, 0x20...0x20]
    case "upper": ranges = [0x41...0x5A]
    case "word": ranges = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
    case "xdigit": return hexDigits
    default: return nil
    }
    return CharacterSet(ScalarSet(ranges))
  }

  /// What `[:name:]` is in Oniguruma: all of Unicode, and `punct` with the symbols.
  static func unicodePOSIX(_ name: String) -> CharacterSet? {
    switch name {
    case "cntrl": property("Cc")
    case "digit": CharacterSet(.decimalDigits)
    case "lower": property("Lowercase")
    case "punct": property("P").flatMap { punctuation in property("S").map(punctuation.union) }
    case "space": CharacterSet(.whiteSpace)
    case "upper": property("Uppercase")
    case "word": CharacterSet(.wordOniguruma)
    case "alnum", "alpha", "ascii", "blank", "graph", "print", "xdigit": property(name)
    default: nil
    }
  }

  private static func property(_ name: String) -> CharacterSet? {
    ScalarSet(property: name).map { CharacterSet($0) }
  }
}
