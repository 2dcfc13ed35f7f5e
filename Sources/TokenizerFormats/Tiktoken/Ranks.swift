import Tokenization

/// The tokens of a .tiktoken file and their ranks, which are their ids.
struct Ranks {
  var tokens: ByteStrings
  var ids: [TokenID]
  /// The indices of tokens without bytes.
  var empty: [Int]

  /// Reads lines of a token in base64, one space, and its rank in decimal.
  ///
  /// Lines end with LF or CRLF, the last one also with the file; empty lines are skipped. A token or
  /// a rank that stands twice is an error. Errors have the number of the line as their path.
  ///
  /// - Complexity: O(*n*) in `bytes`.
  init(_ bytes: Span<UInt8>) throws(VocabularyError) {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / 2)
    var ends: [UInt32] = []
    var lines: [Int] = []
    ids = []
    empty = []
    var linesByRank: [Int32] = []
    var start = 0
    var line = 0
    while start < bytes.count {
      line += 1
      var end = start
      while end < bytes.count, bytes[end] != 0x0A { end += 1 }
      let next = end + 1
      if end > start, bytes[end - 1] == 0x0D { end -= 1 }
      if end > start {
        do throws(VocabularyError) {
          let id = try Self.readLine(bytes, start..<end, to: &text)
          while linesByRank.count <= id { linesByRank.append(0) }
          if linesByRank[Int(id)] != 0 {
            throw VocabularyError(
              .duplicate, "the rank \(id) stands on line \(linesByRank[Int(id)]) too",
              offset: start)
          }
          linesByRank[Int(id)] = Int32(truncatingIfNeeded: line)
          if text.count == Int(ends.last ?? 0) { empty.append(ids.count) }
          ids.append(id)
          ends.append(UInt32(truncatingIfNeeded: text.count))
          lines.append(line)
        } catch { throw error.under("line \(line)") }
      }
      start = next
    }
    tokens = ByteStrings(bytes: text, ends: ends)
    let index = ByteStringIndex(tokens)
    if let again = index.duplicates.first, let first = index[tokens[again].span] {
      throw VocabularyError(
        .duplicate, "the token stands on line \(lines[first]) too", path: "line \(lines[again])")
    }
    if ids.isEmpty { throw VocabularyError(.missing, "the file holds no token") }
  }

  /// Appends the token of one line and returns its rank.
  private static func readLine(
    _ bytes: Span<UInt8>, _ range: Range<Int>, to text: inout [UInt8]
  ) throws(VocabularyError) -> TokenID {
    var space = range.lowerBound
    while space < range.upperBound, bytes[space] != 0x20 { space += 1 }
    guard space < range.upperBound else {
      throw VocabularyError(
        .malformed, "no space between a token and its rank", offset: range.lowerBound)
    }
    let encoded = bytes.extracting(range.lowerBound..<space)
    // Whisper's multilingual file writes its one token without bytes as `=`.
    let isEmpty = encoded.count == 1 && encoded[0] == UInt8(ascii: "=")
    if !isEmpty, encoded.isEmpty || !Base64.decode(encoded, to: &text) {
      throw VocabularyError(
        .malformed, "the token is not base64", offset: range.lowerBound)
    }
    return try readRank(bytes, space + 1..<range.upperBound)
  }

  private static func readRank(
    _ bytes: Span<UInt8>, _ range: Range<Int>
  ) throws(VocabularyError) -> TokenID {
    guard !range.isEmpty else {
      throw VocabularyError(.malformed, "no rank behind the space", offset: range.lowerBound)
    }
    var value: UInt64 = 0
    for position in range {
      let byte = bytes[position]
      guard byte >= 0x30, byte <= 0x39 else {
        throw VocabularyError(
          .malformed, "found \(described(byte)) where a digit of the rank is expected",
          offset: position)
      }
      value = value * 10 + UInt64(byte - 0x30)
      guard value <= UInt64(TokenID.maximumInFiles) else {
        throw VocabularyError(
          .limit,
          "the rank begins with \(value), where \(TokenID.maximumInFiles) is the largest allowed",
          offset: range.lowerBound)
      }
    }
    return TokenID(value)
  }
}
