internal import Tokenization
internal import UnicodeText

/// The tokens of a tekken.json, in order of rank.
struct TekkenTokens {
  private(set) var strings = ByteStrings()

  /// Reads the array `vocab`: of each entry the rank, which must be its place, and the bytes in
  /// base64. The text beside them is for readers.
  ///
  /// - Complexity: O(*n*) in the bytes read.
  init(_ reader: inout JSONReader) throws(VocabularyError) {
    var bytes: [UInt8] = []
    var ends: [UInt32] = []
    var scratch: [UInt8] = []
    try reader.enterArray()
    while try reader.nextElement() {
      let offset = reader.offset
      do throws(VocabularyError) {
        try Self.readEntry(&reader, rank: ends.count, &scratch, to: &bytes)
        guard bytes.count <= UInt32.max, ends.count <= Int(TokenID.maximumInFiles) else {
          throw VocabularyError(
            .limit,
            "\(ends.count + 1) tokens of \(bytes.count) bytes, of at most "
              + "\(Int(TokenID.maximumInFiles) + 1) of \(UInt32.max)")
        }
        ends.append(UInt32(bytes.count))
      } catch { throw error.at(offset).under("[\(ends.count)]") }
    }
    strings = ByteStrings(bytes: bytes, ends: ends)
  }

  private static func readEntry(
    _ reader: inout JSONReader, rank: Int, _ scratch: inout [UInt8], to bytes: inout [UInt8]
  ) throws(VocabularyError) {
    var hasRank = false
    var hasBytes = false
    try reader.enterObject()
    while let name = try reader.nextKey() {
      let key = reader.text(name)
      let offset = reader.offset
      do throws(VocabularyError) {
        switch key {
        case "rank":
          guard !hasRank else { throw VocabularyError(.duplicate, "the key stands twice") }
          hasRank = true
          let found = try reader.readID()
          guard Int(found) == rank else {
            throw VocabularyError(.malformed, "the rank \(found) where \(rank) is expected")
          }
        case "token_bytes":
          guard !hasBytes else { throw VocabularyError(.duplicate, "the key stands twice") }
          hasBytes = true
          scratch.removeAll(keepingCapacity: true)
          reader.append(try reader.readString(), to: &scratch)
          guard !scratch.isEmpty, Base64.decode(scratch.span, to: &bytes) else {
            throw VocabularyError(.malformed, "the token is not base64")
          }
        default: try reader.skipValue()
        }
      } catch { throw error.at(offset).under(key) }
    }
    guard hasRank else { throw VocabularyError(.missing, "the member `rank` is missing") }
    guard hasBytes else { throw VocabularyError(.missing, "the member `token_bytes` is missing") }
  }

  /// Leaves the first `count` tokens, which must be there.
  mutating func cut(to count: Int) {
    guard count < strings.count else { return }
    let end = count == 0 ? 0 : Int(strings.ends[count - 1])
    strings = ByteStrings(
      bytes: Array(strings.bytes[..<end]), ends: Array(strings.ends[..<count]))
  }

  /// Sees to it that the first 256 tokens are the bytes, and that no token stands twice.
  func check() throws(VocabularyError) {
    for byte in 0..<256 where strings[byte] != [UInt8(byte)] {
      throw VocabularyError(
        .malformed, "not the byte \(byte), as the first 256 tokens must be", path: "vocab[\(byte)]")
    }
    let index = ByteStringIndex(strings)
    if let again = index.duplicates.first, let first = index[strings[again].span] {
      throw VocabularyError(
        .duplicate, "the token stands at vocab[\(first)] too", path: "vocab[\(again)]")
    }
  }
}
