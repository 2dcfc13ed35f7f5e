import Tokenization

/// Sees to it that a compiled map of characters has room for what it says it holds: the length of a
/// double array, that array of 32-bit units, and replacements that each end with a NUL. An empty one
/// is no map.
///
/// The original compares the length with the whole map's and reads beyond its end for a map that is
/// up to four bytes too short.
func checkCharsMap(_ map: [UInt8], offset: Int?) throws(VocabularyError) {
  guard !map.isEmpty else { return }
  guard map.count > 4 else {
    throw VocabularyError(
      .truncated, "a map of \(map.count) bytes, where the length of its array alone has 4",
      offset: offset)
  }
  var length = 0
  for index in 0..<4 { length |= Int(map[index]) << (8 * index) }
  guard length <= map.count - 4 else {
    throw VocabularyError(
      .truncated, "an array of \(length) bytes where \(map.count - 4) are left", offset: offset)
  }
  guard length > 0, length % 4 == 0 else {
    throw VocabularyError(
      .malformed, "an array of \(length) bytes where a multiple of 4 is expected", offset: offset)
  }
  guard length == map.count - 4 || map.last == 0 else {
    throw VocabularyError(.malformed, "no NUL behind the last replacement", offset: offset)
  }
}
