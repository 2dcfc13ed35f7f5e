internal import UnicodeText

/// A part of a text as it can be shown: the text itself, or a label for what has no look of its own.
enum VisiblePart: Hashable {
  /// Characters that are shown as they are; a range of the bytes.
  case text(Range<Int>)
  /// A line feed: the line ends behind its mark.
  case lineFeed
  case tab
  /// A character that is not seen, or not to be obeyed, by its short name.
  case label(String)
  /// A byte that is not UTF-8.
  case byte(UInt8)
}

/// Takes text apart into what is shown as it is and what is not.
///
/// The second are controls, and the characters with which a text could show itself in another order
/// than it has (embeddings, overrides and isolates of direction), or hide a part of itself (tags, zero
/// width). Joiners and variation selectors stay, as emoji and several scripts need them.
enum VisibleText {
  /// Calls `body` with the parts of `range`, in order.
  ///
  /// - Complexity: O(*n*) in the range.
  static func forEachPart(
    of text: Span<UInt8>, in range: Range<Int>, _ body: (VisiblePart) -> Void
  ) {
    var start = range.lowerBound
    var place = start
    var isFlag = false
    while place < range.upperBound {
      let scalar = decodeScalar(in: text, at: place)
      let next = min(place + scalar.length, range.upperBound)
      var part: VisiblePart?
      if !scalar.isValid || place + scalar.length > range.upperBound {
        part = .byte(text[place])
      } else if scalar.value == 0x0A {
        part = .lineFeed
      } else if scalar.value == 0x09 {
        part = .tab
      } else if let name = name(of: scalar.value), !(isFlag && isTag(scalar.value)) {
        part = .label(name)
      }
      // The flags of England and the like are written with tags.
      isFlag = scalar.value == 0x1F3F4 || (isFlag && isTag(scalar.value))
      let end = part == .byte(text[place]) ? place + 1 : next
      if let part {
        if start < place { body(.text(start..<place)) }
        body(part)
        start = end
      }
      place = end
    }
    if start < range.upperBound { body(.text(start..<range.upperBound)) }
  }

  /// Two digits for each byte, as `0A`.
  static func hexadecimal(_ byte: UInt8) -> String { hexadecimal(UInt32(byte), digits: 2) }

  private static func hexadecimal(_ number: UInt32, digits: Int) -> String {
    let text = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  private static func isTag(_ scalar: UInt32) -> Bool { 0xE0020...0xE007F ~= scalar }

  /// The short name of a scalar that has no look, or nil for all others.
  private static func name(of scalar: UInt32) -> String? {
    switch scalar {
    case 0..<0x20: controls[Int(scalar)]
    case 0x7F: "DEL"
    case 0x85: "NEL"
    case 0xAD: "SHY"
    case 0x061C: "ALM"
    case 0x200B: "ZWSP"
    case 0x200E: "LRM"
    case 0x200F: "RLM"
    case 0x2028: "LS"
    case 0x2029: "PS"
    case 0x202A...0x202E: ["LRE", "RLE", "PDF", "LRO", "RLO"][Int(scalar - 0x202A)]
    case 0x2060: "WJ"
    case 0x2066...0x2069: ["LRI", "RLI", "FSI", "PDI"][Int(scalar - 0x2066)]
    case 0xFEFF: "BOM"
    case 0xE0020...0xE007E: "tag " + String(UnicodeScalar(UInt8(scalar - 0xE0000)))
    case 0x80..<0xA0, 0x034F, 0x115F, 0x1160, 0x180E, 0x2061...0x2065, 0x206A...0x206F, 0x3164,
      0xFFA0, 0xFFF9...0xFFFB, 0xE0000...0xE007F, 0x1D173...0x1D17A:
      "U+" + hexadecimal(scalar, digits: 4)
    default: nil
    }
  }

  /// The names of ASCII for the numbers 0 to 31.
  private static let controls = [
    "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF", "VT", "FF", "CR",
    "SO", "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC",
    "FS", "GS", "RS", "US",
  ]
}

extension VisibleText {
  /// `text` in one line: what has no look by its name in brackets.
  static func line(_ text: [UInt8]) -> String {
    var line: [UInt8] = []
    forEachPart(of: text.span, in: 0..<text.count) { part in
      switch part {
      case .text(let range): line += text[range]
      case .lineFeed: line += "⏎".utf8
      case .tab: line += "→".utf8
      case .label(let name): line += "⟨\(name)⟩".utf8
      case .byte(let byte): line += "⟨\(hexadecimal(byte))⟩".utf8
      }
    }
    return String(decoding: line, as: UTF8.self)
  }
}
