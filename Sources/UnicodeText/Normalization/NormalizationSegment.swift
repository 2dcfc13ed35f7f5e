internal import CUTF8Proc

/// A part of a text while it is normalized: decomposed, put in canonical order, composed.
///
/// The steps are those of the Unicode standard, section 3.11. Which scalars take part, and their
/// combining classes, says our own table; what a scalar decomposes into and what two scalars make
/// together says utf8proc, except for Hangul, which is arithmetic (section 3.12).
struct NormalizationSegment {
  let form: NormalizationForm
  let table: NormalizationTable
  /// The result of the last `normalize`.
  private(set) var bytes: [UInt8] = []

  /// A scalar, and the bytes of the part that it comes from. A byte that is not UTF-8 is 0x110000 + byte.
  private struct Scalar {
    var value: UInt32
    var source: Range<Int>
  }

  // Scalars with their combining classes.
  private var scalars: [Scalar] = []
  private var classes: [UInt8] = []
  /// Where the scalar stands that is taken apart.
  private var source = 0..<0
  private var parts: [Int32] = []
  private var sortedScalars: [Scalar] = []
  private var sortedClasses: [UInt8] = []

  init(form: NormalizationForm, table: NormalizationTable) {
    self.form = form
    self.table = table
  }

  /// - Complexity: O(*n*).
  mutating func normalize(_ text: Span<UInt8>) {
    scalars.removeAll(keepingCapacity: true)
    classes.removeAll(keepingCapacity: true)
    var index = 0
    while index < text.count {
      let scalar = decodeScalar(in: text, at: index)
      source = index..<(index + scalar.length)
      if scalar.isValid {
        decompose(scalar.value)
      } else {
        add(0x110000 + UInt32(text[index]), combiningClass: 0)
      }
      index += scalar.length
    }
    putInOrder()
    if form.isComposed { compose() }
    bytes.removeAll(keepingCapacity: true)
    for scalar in scalars { Self.append(scalar, to: &bytes) }
  }

  private static func append(_ scalar: Scalar, to bytes: inout [UInt8]) {
    if scalar.value < 0x110000 {
      appendUTF8(of: scalar.value, to: &bytes)
    } else {
      bytes.append(UInt8(scalar.value - 0x110000))
    }
  }

  func isEqual(to text: Span<UInt8>) -> Bool { Self.isEqual(bytes, to: text) }

  private static func isEqual(_ bytes: [UInt8], to text: Span<UInt8>) -> Bool {
    guard bytes.count == text.count else { return false }
    for index in bytes.indices where bytes[index] != text[index] { return false }
    return true
  }

  private mutating func add(_ scalar: UInt32, combiningClass: UInt8) {
    scalars.append(Scalar(value: scalar, source: source))
    classes.append(combiningClass)
  }
}

// What comes from where.
extension NormalizationSegment {
  /// Says what the last `normalize` did to `text`, in edits as small as can be: what became one scalar,
  /// or several, and scalars that changed places.
  ///
  /// - Complexity: O(*n*).
  func appendEdits(of text: Span<UInt8>, to edits: inout TextEdits?) {
    guard edits != nil else { return }
    // Where the earliest source begins of each scalar and those behind it.
    var earliest = [Int](repeating: text.count, count: scalars.count + 1)
    for index in scalars.indices.reversed() {
      earliest[index] = min(earliest[index + 1], scalars[index].source.lowerBound)
    }
    var written: [UInt8] = []
    var (start, end) = (0, 0)
    for (index, scalar) in scalars.enumerated() {
      Self.append(scalar, to: &written)
      end = max(end, scalar.source.upperBound)
      guard end <= earliest[index + 1] else { continue }
      if Self.isEqual(written, to: text.extracting(start..<end)) {
        edits?.keep(written.count)
      } else {
        edits?.replace(originalCount: end - start, normalizedCount: written.count)
      }
      start = end
      written.removeAll(keepingCapacity: true)
    }
  }
}

// Decomposition.
extension NormalizationSegment {
  private mutating func decompose(_ scalar: UInt32) {
    let row = table[scalar]
    guard row.changes(in: form.decomposition) else {
      return add(scalar, combiningClass: row.combiningClass)
    }
    if Hangul.syllables.contains(scalar) {
      let syllable = scalar - Hangul.firstSyllable
      add(Hangul.firstLeading + syllable / Hangul.syllablesPerLeading, combiningClass: 0)
      let vowel = syllable % Hangul.syllablesPerLeading / Hangul.trailingCount
      add(Hangul.firstVowel + vowel, combiningClass: 0)
      let trailing = syllable % Hangul.trailingCount
      if trailing != 0 { add(Hangul.beforeTrailing + trailing, combiningClass: 0) }
      return
    }
    // The longest decomposition, of U+FDFA, has 18 scalars.
    if parts.isEmpty { parts = Array(repeating: 0, count: 32) }
    let options =
      form.decomposition == .nfkd
      ? UTF8PROC_DECOMPOSE.rawValue | UTF8PROC_COMPAT.rawValue : UTF8PROC_DECOMPOSE.rawValue
    // SAFETY: utf8proc writes at most as many scalars as it is told there is room for, and with
    // these options it does not use the last argument.
    let count = unsafe parts.withUnsafeMutableBufferPointer { buffer in
      unsafe utf8proc_decompose_char(
        Int32(scalar), buffer.baseAddress, buffer.count, utf8proc_option_t(options), nil)
    }
    precondition(count > 0 && count <= parts.count, "utf8proc on \(scalar): \(count)")
    for part in parts[..<count] {
      add(UInt32(part), combiningClass: table[UInt32(part)].combiningClass)
    }
  }
}

// Canonical order: marks by combining class, equal ones as they stood.
extension NormalizationSegment {
  private mutating func putInOrder() {
    var start = 0
    while start < classes.count {
      guard classes[start] != 0 else {
        start += 1
        continue
      }
      var end = start + 1
      var isInOrder = true
      while end < classes.count, classes[end] != 0 {
        if classes[end] < classes[end - 1] { isInOrder = false }
        end += 1
      }
      if !isInOrder {
        if end - start <= 32 { sortShort(start..<end) } else { sortLong(start..<end) }
      }
      start = end
    }
  }

  /// Insertion sort, for the runs that real text has.
  private mutating func sortShort(_ range: Range<Int>) {
    for index in range.dropFirst() {
      var place = index
      while place > range.lowerBound, classes[place - 1] > classes[place] {
        classes.swapAt(place - 1, place)
        scalars.swapAt(place - 1, place)
        place -= 1
      }
    }
  }

  /// Counting sort over the 256 classes, so that a million marks cost a million steps.
  private mutating func sortLong(_ range: Range<Int>) {
    var places = Array(repeating: 0, count: 257)
    for index in range { places[Int(classes[index]) + 1] += 1 }
    for value in 1...256 { places[value] += places[value - 1] }
    sortedScalars = Array(scalars[range])
    sortedClasses = Array(classes[range])
    for index in range {
      let place = places[Int(classes[index])]
      places[Int(classes[index])] += 1
      sortedScalars[place] = scalars[index]
      sortedClasses[place] = classes[index]
    }
    scalars.replaceSubrange(range, with: sortedScalars)
    classes.replaceSubrange(range, with: sortedClasses)
  }
}

// Canonical composition.
extension NormalizationSegment {
  private mutating func compose() {
    var starter: Int?
    var count = 0
    // The class of the last scalar behind the starter; -1 if the starter is the last itself. A
    // scalar meets the starter if nothing between them has its class, a higher one or 0.
    var lastClass = -1
    for index in scalars.indices {
      let scalar = scalars[index]
      let combiningClass = Int(classes[index])
      if let place = starter, lastClass < combiningClass,
        let composite = composite(of: scalars[place].value, scalar.value)
      {
        let source = scalars[place].source
        scalars[place] = Scalar(
          value: composite,
          source: min(
            source.lowerBound, scalar.source.lowerBound)..<max(
              source.upperBound, scalar.source.upperBound))
        continue
      }
      if combiningClass == 0 { starter = count }
      lastClass = combiningClass == 0 ? -1 : combiningClass
      scalars[count] = scalar
      classes[count] = classes[index]
      count += 1
    }
    scalars.removeSubrange(count...)
    classes.removeSubrange(count...)
  }

  /// The primary composite of two scalars, if there is one.
  private func composite(of first: UInt32, _ second: UInt32) -> UInt32? {
    // Whatever joins the scalar before it "changes" in NFC.
    guard first < 0x110000, second < 0x110000, table[second].changes(in: .nfc) else { return nil }
    if Hangul.vowels.contains(second) {
      guard Hangul.leadings.contains(first) else { return nil }
      return Hangul.firstSyllable + (first - Hangul.firstLeading) * Hangul.syllablesPerLeading
        + (second - Hangul.firstVowel) * Hangul.trailingCount
    }
    if Hangul.trailings.contains(second) {
      guard Hangul.syllables.contains(first),
        (first - Hangul.firstSyllable).isMultiple(of: Hangul.trailingCount)
      else { return nil }
      return first + second - Hangul.beforeTrailing
    }
    var pair: (Int32, Int32) = (Int32(first), Int32(second))
    let options = UTF8PROC_COMPOSE.rawValue | UTF8PROC_STABLE.rawValue
    // SAFETY: a pair of equal types lies in memory as an array of two; utf8proc only shortens it.
    let count = unsafe withUnsafeMutablePointer(to: &pair) { pointer in
      unsafe pointer.withMemoryRebound(to: Int32.self, capacity: 2) {
        unsafe utf8proc_normalize_utf32($0, 2, utf8proc_option_t(options))
      }
    }
    let composite = UInt32(pair.0)
    // A composite that our table does not know is newer than the normalizer we follow.
    return count == 1 && table[composite].changes(in: .nfd) ? composite : nil
  }
}

/// The numbers behind Hangul syllables (Unicode 16.0, section 3.12).
private enum Hangul {
  static let firstSyllable: UInt32 = 0xAC00
  static let firstLeading: UInt32 = 0x1100
  static let firstVowel: UInt32 = 0x1161
  /// Trailing consonant number 0 is none.
  static let beforeTrailing: UInt32 = 0x11A7
  static let trailingCount: UInt32 = 28
  static let syllablesPerLeading: UInt32 = 21 * 28

  static let syllables: ClosedRange<UInt32> = 0xAC00...0xD7A3
  static let leadings: ClosedRange<UInt32> = 0x1100...0x1112
  static let vowels: ClosedRange<UInt32> = 0x1161...0x1175
  static let trailings: ClosedRange<UInt32> = 0x11A8...0x11C2
}
