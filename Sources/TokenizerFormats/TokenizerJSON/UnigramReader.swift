import Tokenization

/// The entries of a unigram model's `vocab`: tokens, whose ids are their places, with their scores.
struct ScoredTokens {
  var tokens = ByteStrings()
  var scores: [Double] = []

  /// The model of these tokens.
  ///
  /// - Throws: `unknownToken` where `unknown`, the file's `unk_id`, is no token's.
  func definition(
    unknown: TokenID?, byteFallback: Bool
  ) throws(VocabularyError) -> UnigramDefinition {
    if let unknown, Int(unknown) >= tokens.count {
      throw VocabularyError(
        .unknownToken, "the id \(unknown), where there are \(tokens.count) tokens",
        path: "unk_id")
    }
    return UnigramDefinition(
      tokens: tokens, scores: scores, unknown: unknown, byteFallback: byteFallback)
  }
}

/// Reads an array of pairs of a token and its score, `[["<unk>", 0.0], …]`.
///
/// - Complexity: O(*n*) in the bytes read.
func readScoredTokens(_ reader: inout JSONReader) throws(VocabularyError) -> ScoredTokens {
  var bytes: [UInt8] = []
  var ends: [UInt32] = []
  var scores: [Double] = []
  try reader.enterArray()
  while try reader.nextElement() {
    let offset = reader.offset
    do throws(VocabularyError) {
      guard scores.count <= Int(TokenID.maximumInFiles) else {
        throw VocabularyError(
          .limit, "more tokens than the \(Int(TokenID.maximumInFiles) + 1) that are allowed")
      }
      var count = 0
      try reader.enterArray()
      while try reader.nextElement() {
        count += 1
        switch count {
        case 1: reader.append(try reader.readString(), to: &bytes)
        case 2: scores.append(try reader.readScore())
        default: try reader.skipValue()
        }
      }
      guard count == 2 else {
        throw VocabularyError(
          .malformed, "found \(count) values where a token and its score are expected")
      }
      guard bytes.count <= UInt32.max else {
        throw VocabularyError(.limit, "\(bytes.count) bytes of tokens, of at most \(UInt32.max)")
      }
    } catch { throw error.at(offset).under("[\(ends.count)]") }
    ends.append(UInt32(truncatingIfNeeded: bytes.count))
  }
  return ScoredTokens(tokens: ByteStrings(bytes: bytes, ends: ends), scores: scores)
}

extension JSONReader {
  /// Reads `unk_id`: an id or null.
  mutating func readOptionalID() throws(VocabularyError) -> TokenID? {
    skipSpace()
    if next != UInt8(ascii: "n") { return try readID() }
    try skipValue()
    return nil
  }

  /// Reads a number as the original reads it, to the last bit.
  ///
  /// That is not always the nearest one: serde_json without its feature `float_roundtrip` takes the
  /// first 19 or 20 digits as an integer and multiplies or divides that once by a power of ten. A
  /// quarter of XLNet's scores are off by one bit, which decides between segmentations.
  mutating func readScore() throws(VocabularyError) -> Double {
    skipSpace()
    let start = offset
    guard let first = next, first == UInt8(ascii: "-") || (0x30...0x39).contains(first) else {
      throw wrongType("a number")
    }
    // Checks the grammar.
    try skipValue()
    guard let value = quickDouble(start..<offset) else {
      throw error(.limit, "a number beyond those of 64 bits", at: start)
    }
    return value
  }

  /// The number in `range`, which has the form of one; nil if it is too great.
  private func quickDouble(_ range: Range<Int>) -> Double? {
    var place = range.lowerBound
    let isNegative = self[place] == UInt8(ascii: "-")
    if isNegative { place += 1 }
    var significand: UInt64 = 0
    var exponent = 0
    // Digits that do not fit any more count by their place only.
    var isFull = false
    while place < range.upperBound, let digit = digit(at: place) {
      if !isFull { isFull = !significand.appendDigit(digit) }
      if isFull { exponent += 1 }
      place += 1
    }
    if place < range.upperBound, self[place] == UInt8(ascii: ".") {
      place += 1
      isFull = false
      while place < range.upperBound, let digit = digit(at: place) {
        if !isFull { isFull = !significand.appendDigit(digit) }
        if !isFull { exponent -= 1 }
        place += 1
      }
    }
    if place < range.upperBound {
      place += 1
      let sign = self[place]
      if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { place += 1 }
      var written = 0
      while place < range.upperBound, let digit = digit(at: place) {
        written = min(written * 10 + Int(digit), 1 << 40)
        place += 1
      }
      exponent += sign == UInt8(ascii: "-") ? -written : written
    }
    guard let size = Self.product(significand, exponent) else { return nil }
    return isNegative ? -size : size
  }

  private func digit(at place: Int) -> UInt64? {
    let byte = self[place]
    return (0x30...0x39).contains(byte) ? UInt64(byte - 0x30) : nil
  }

  /// `significand` × 10^`exponent` by one rounded operation, or nil if it is infinite.
  private static func product(_ significand: UInt64, _ exponent: Int) -> Double? {
    var value = Double(significand)
    var exponent = exponent
    while exponent < -308, value != 0 {
      value /= 1e308
      exponent += 308
    }
    if value == 0 { return value }
    guard exponent <= 308 else { return nil }
    if exponent < 0 { return value / powersOfTen[-exponent] }
    value *= powersOfTen[exponent]
    return value.isInfinite ? nil : value
  }
}

extension UInt64 {
  /// Puts a decimal digit behind, or returns false where there is no room.
  fileprivate mutating func appendDigit(_ digit: UInt64) -> Bool {
    let (product, overflow) = multipliedReportingOverflow(by: 10)
    let (sum, carry) = product.addingReportingOverflow(digit)
    if overflow || carry { return false }
    self = sum
    return true
  }
}

/// 1 to 1e308, each the nearest.
private let powersOfTen: [Double] = (0...308).map { Double("1e\($0)") ?? .infinity }
