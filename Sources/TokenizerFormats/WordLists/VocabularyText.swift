package import Tokenization
import UnicodeText

/// Reads BERT's vocab.txt: a token a line, its id being the number of the line from 0 on.
///
/// As huggingface's library: lines end with LF, white space at their ends is left out, and where a
/// token stands twice the later id holds. An empty line is the empty token, which no text produces.
/// The file holds no options; what BERT has is what the parameters are without being given.
///
/// - Throws: `malformed` for bytes that are not UTF-8, `unknownToken` if the unknown token is not
///   there, `limit` for too many lines.
/// - Complexity: O(*n*) in `bytes`.
package func readVocabularyText(
  _ bytes: Span<UInt8>, unknown: String = "[UNK]", continuingPrefix: String = "##",
  maximumCharacterCount: Int = 100
) throws(VocabularyError) -> WordPieceDefinition {
  if let offset = firstInvalidByte(in: bytes) {
    throw VocabularyError(
      .malformed, "found \(described(bytes[offset])) where UTF-8 is expected", offset: offset)
  }
  let lines = readLines(bytes)
  guard lines.count <= Int(TokenID.maximumInFiles) + 1 else {
    throw VocabularyError(
      .limit, "\(lines.count) lines, of at most \(Int(TokenID.maximumInFiles) + 1)")
  }
  let ids = (0..<lines.count).map { TokenID($0) }
  let texts = try TokenTexts(lines, ids: ids)
  return WordPieceDefinition(
    tokens: texts.index.strings, ids: texts.ids, unknown: try texts.unknownID(unknown),
    continuingPrefix: Array(continuingPrefix.utf8), maximumCharacterCount: maximumCharacterCount)
}

/// The lines of valid UTF-8 without white space at their ends.
private func readLines(_ bytes: Span<UInt8>) -> ByteStrings {
  var lines = ByteStrings()
  let whiteSpace = ScalarSet.whiteSpace
  var start = 0
  while start < bytes.count {
    var end = start
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    let next = end + 1
    let line = bytes.extracting(start..<end)
    var length = line.count
    while length > 0 {
      let scalar = decodeScalar(in: line, endingAt: length)
      guard whiteSpace.contains(scalar.value) else { break }
      length -= scalar.length
    }
    for place in 0..<length { lines.appendByte(line[place]) }
    lines.endString()
    start = next
  }
  return lines
}
