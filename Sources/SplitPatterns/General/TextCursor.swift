internal import UnicodeText

/// A text as UTF-8 for PCRE2, where a stand-in takes the place of each byte that is none.
enum UTF8Subject {
  /// One for each byte, so that different bytes are not equal. They are surrogates, which no text
  /// that is UTF-8 has; PCRE2 decodes them like any other three bytes.
  static let standIns: ClosedRange<UInt32> = 0xD800...0xD8FF

  private static func standIn(for byte: UInt8) -> [UInt8] {
    [0xED, 0xA0 | byte >> 6, 0x80 | byte & 0x3F]
  }

  /// Writes `text` to `subject`; returns its length, and whether all of the text is UTF-8.
  static func write(
    _ text: Span<UInt8>, to subject: inout [UInt8]
  ) -> (count: Int, isValid: Bool) {
    subject.removeAll(keepingCapacity: true)
    var rest = text
    var isValid = true
    while let invalid = firstInvalidByte(in: rest) {
      subject.append(contentsOf: rest.extracting(..<invalid))
      subject.append(contentsOf: standIn(for: rest[invalid]))
      rest = rest.extracting((invalid + 1)...)
      isValid = false
    }
    subject.append(contentsOf: rest)
    return (subject.count, isValid)
  }
}

/// Walks forward through a text and the subject made of it, to find where in the text a place of
/// the subject is.
struct TextCursor {
  /// How long the characters of the text are in the subject.
  enum Lengths {
    /// As in the text.
    case same
    /// One byte each.
    case symbols
    /// As in the text, but three for a byte that is not UTF-8.
    case repaired
  }

  private let lengths: Lengths
  /// Whether the first byte of each character says how long it is.
  private let isValid: Bool
  private var place = 0
  private var index = 0

  init(lengths: Lengths, isValid: Bool) {
    self.lengths = lengths
    self.isValid = isValid
  }

  /// The index in the text of a place in the subject, which is not before the last one asked for.
  mutating func index(of target: Int, in text: Span<UInt8>) -> Int {
    switch lengths {
    case .same: return target
    case .symbols:
      while place < target {
        index &+= lengthOfCharacter(in: text)
        place &+= 1
      }
    case .repaired:
      while place < target {
        let scalar = decodeScalar(in: text, at: index)
        index &+= scalar.length
        place &+= scalar.isValid ? scalar.length : 3
      }
    }
    return index
  }

  private func lengthOfCharacter(in text: Span<UInt8>) -> Int {
    let byte = text[index]
    if byte < 0x80 { return 1 }
    if !isValid { return decodeLongScalar(byte, in: text, at: index).length }
    return byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
  }
}
