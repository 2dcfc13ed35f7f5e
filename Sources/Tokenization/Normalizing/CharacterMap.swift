internal import UnicodeText

/// Changes a text character by character: lowercase, accents, BERT's cleaning, NMT's.
///
/// Several changes go in one pass, each made to what the one before it left. ASCII is copied at once
/// and then looked up byte by byte in a table; other characters are asked about one by one. Bytes
/// that are not UTF-8 stay.
struct CharacterMap: Sendable {
  /// The changes, in the order in which they are made.
  struct Changes: OptionSet, Sendable {
    let rawValue: UInt8

    /// As NMT: control characters go, white space and U+FFFD become spaces.
    static let nmt = Changes(rawValue: 1)
    /// As BERT: control characters go, white space becomes spaces.
    static let cleaning = Changes(rawValue: 2)
    /// As BERT: a space before and behind ideographs.
    static let separatingIdeographs = Changes(rawValue: 4)
    /// Nonspacing marks go.
    static let removingNonspacingMarks = Changes(rawValue: 8)
    /// Marks of all kinds go.
    static let removingMarks = Changes(rawValue: 16)
    static let lowercasing = Changes(rawValue: 32)
  }

  private let changes: Changes
  private let tables = Tables()
  /// What becomes of each ASCII byte; ``removed`` for those that go.
  private let ascii: [UInt8]
  private static let removed: UInt8 = 0xFF

  init(_ changes: Changes) {
    self.changes = changes
    ascii = (0..<128 as Range<UInt32>).map { scalar in
      let image = Self.image(of: scalar, changes, Tables())
      return image.count == 0 ? Self.removed : UInt8(truncatingIfNeeded: image.scalars.0)
    }
  }

  /// Appends what becomes of `text`; false, and nothing is appended, if it stays as it is.
  ///
  /// - Complexity: O(*n*).
  func append(
    _ text: Span<UInt8>, to output: inout [UInt8], edits: inout TextEdits?
  ) -> Bool {
    guard let first = firstChange(in: text) else { return false }
    output.reserveCapacity(output.count + text.count)
    output.append(contentsOf: text.extracting(..<first))
    edits?.keep(first)
    var place = first
    while place < text.count {
      let run = min(text.asciiCount(from: place), Self.longestRun)
      if run > 0 {
        appendASCII(text.extracting(place..<(place + run)), to: &output, edits: &edits)
        place += run
      } else {
        place = appendOthers(of: text, from: place, to: &output, edits: &edits)
      }
    }
    return true
  }

  /// Whether something is left of `scalar`.
  func keeps(_ scalar: UInt32) -> Bool { Self.image(of: scalar, changes, tables).count > 0 }

  /// Short enough to lie in the nearest cache when it is looked up.
  private static let longestRun = 4096

  private func firstChange(in text: Span<UInt8>) -> Int? {
    let ascii = ascii.span
    var place = 0
    while place < text.count {
      let byte = text[place]
      if byte < 0x80 {
        if ascii[Int(byte)] != byte { return place }
        place &+= 1
        continue
      }
      let scalar = decodeScalar(in: text, at: place)
      if scalar.isValid {
        let image = Self.image(of: scalar.value, changes, tables)
        if image.count != 1 || image.scalars.0 != scalar.value { return place }
      }
      place &+= scalar.length
    }
    return nil
  }

  private func appendASCII(
    _ run: Span<UInt8>, to output: inout [UInt8], edits: inout TextEdits?
  ) {
    let start = output.count
    output.append(contentsOf: run)
    let ascii = ascii.span
    var bytes = output.mutableSpan
    var all: UInt8 = 0
    for place in start..<bytes.count {
      let image = ascii[Int(bytes[place])]
      all |= image
      bytes[place] = image
    }
    if all < 0x80 {
      edits?.keep(run.count)
      return
    }
    // Some go: once more, byte by byte.
    output.removeSubrange(start...)
    var kept = 0
    for place in run.indices {
      let image = ascii[Int(run[place])]
      if image != Self.removed {
        output.append(image)
        kept += 1
      } else {
        edits?.keep(kept)
        edits?.replace(originalCount: 1, normalizedCount: 0)
        kept = 0
      }
    }
    edits?.keep(kept)
  }

  /// Appends what becomes of characters beyond ASCII, and of single spaces between them; those that
  /// stay are copied at once. Returns where they end.
  private func appendOthers(
    of text: Span<UInt8>, from start: Int, to output: inout [UInt8], edits: inout TextEdits?
  ) -> Int {
    var kept = start
    var place = start
    while place < text.count {
      let byte = text[place]
      if byte < 0x80 {
        guard byte == 0x20, place &+ 1 < text.count, text[place &+ 1] >= 0x80 else { break }
        place &+= 1
        continue
      }
      let scalar = decodeLongScalar(byte, in: text, at: place)
      if scalar.isValid {
        let image = Self.image(of: scalar.value, changes, tables)
        if image.count != 1 || image.scalars.0 != scalar.value {
          output.append(contentsOf: text.extracting(kept..<place))
          edits?.keep(place &- kept)
          append(scalar, at: place, of: text, to: &output, edits: &edits)
          kept = place &+ scalar.length
        }
      }
      place &+= scalar.length
    }
    output.append(contentsOf: text.extracting(kept..<place))
    edits?.keep(place &- kept)
    return place
  }

  private func append(
    _ scalar: DecodedScalar, at place: Int, of text: Span<UInt8>, to output: inout [UInt8],
    edits: inout TextEdits?
  ) {
    let start = output.count
    if scalar.isValid {
      let image = Self.image(of: scalar.value, changes, tables)
      if image.count > 0 { appendUTF8(of: image.scalars.0, to: &output) }
      if image.count > 1 { appendUTF8(of: image.scalars.1, to: &output) }
      if image.count > 2 { appendUTF8(of: image.scalars.2, to: &output) }
      if image.count == 3 {
        // What is put around is nobody's.
        edits?.replace(originalCount: 0, normalizedCount: 1)
        edits?.keep(scalar.length)
        edits?.replace(originalCount: 0, normalizedCount: 1)
        return
      }
    } else {
      output.append(text[place])
    }
    let count = output.count - start
    if count == scalar.length {
      edits?.keep(count)
    } else {
      edits?.replace(originalCount: scalar.length, normalizedCount: count)
    }
  }
}

// MARK: - One character

extension CharacterMap {
  private struct Tables: Sendable {
    let facts = CharacterTable()
    let classes = ScalarClassTable()
  }

  /// What becomes of a scalar: none, one or more.
  private struct Image {
    var count: Int
    var scalars: (UInt32, UInt32, UInt32)

    static let none = Image(count: 0, scalars: (0, 0, 0))
    static func one(_ scalar: UInt32) -> Image { Image(count: 1, scalars: (scalar, 0, 0)) }
  }

  private static func image(
    of original: UInt32, _ changes: Changes, _ tables: Tables
  ) -> Image {
    var scalar = original
    if changes.contains(.nmt) {
      if isRemovedByNMT(scalar) { return .none }
      if isSpaceToNMT(scalar) { scalar = 0x20 }
    }
    let facts = tables.facts[scalar]
    if changes.contains(.cleaning) {
      if facts.isControl { return .none }
      if ScalarClassSet.whiteSpace.contains(tables.classes[scalar]) { return .one(0x20) }
    }
    if changes.contains(.separatingIdeographs), isIdeograph(scalar) {
      return Image(count: 3, scalars: (0x20, scalar, 0x20))
    }
    if changes.contains(.removingNonspacingMarks), facts.isNonspacingMark { return .none }
    if changes.contains(.removingMarks), facts.isMark { return .none }
    if changes.contains(.lowercasing) {
      // The only one that becomes two: `İ`.
      if scalar == 0x130 { return Image(count: 2, scalars: (0x69, 0x307, 0)) }
      scalar = UInt32(truncatingIfNeeded: Int32(scalar) &+ facts.lowercaseDistance)
    }
    return .one(scalar)
  }

  /// The ranges that huggingface's library calls Chinese; some of the ideographs of Unicode.
  private static func isIdeograph(_ scalar: UInt32) -> Bool {
    guard scalar >= 0x3400 else { return false }
    return switch scalar {
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2A6DF, 0x2A700...0x2B81F,
      0x2B920...0x2CEAF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }

  private static func isRemovedByNMT(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0x8F, 0x9F: true
    default: false
    }
  }

  private static func isSpaceToNMT(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09, 0x0A, 0x0C, 0x0D, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD:
      true
    default: false
    }
  }
}
