package import Tokenization
import UnicodeText

/// Reads the vocabulary of RWKV's "world" models, rwkv_vocab_v20230424.txt: on each line an id, a
/// token as Python writes it, and the number of its bytes, with a space between them.
///
/// Lines end with LF or CRLF. Where a token stands twice the later id holds, as in the original.
/// The file has no token for the end of a text; the models use the id 0.
///
/// - Throws: `malformed` for a line that is not like that, `duplicate` for an id that stands twice;
///   the path is the number of the line.
/// - Complexity: O(*n*) in `bytes`.
package func readRWKVVocabulary(
  _ bytes: Span<UInt8>
) throws(VocabularyError) -> GreedyDefinition {
  if let offset = firstInvalidByte(in: bytes) {
    throw VocabularyError(
      .malformed, "found \(described(bytes[offset])) where UTF-8 is expected", offset: offset)
  }
  var tokens = ByteStrings()
  var ids: [TokenID] = []
  var token: [UInt8] = []
  var start = 0
  while start < bytes.count {
    var end = start
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    let next = end + 1
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    token.removeAll(keepingCapacity: true)
    do throws(VocabularyError) {
      ids.append(try readLine(bytes.extracting(start..<end), token: &token))
    } catch { throw error.at(start).under("line \(tokens.count + 1)") }
    tokens.append(token)
    start = next
  }
  let texts = try TokenTexts(tokens, ids: ids)
  return GreedyDefinition(tokens: texts.index.strings, ids: texts.ids)
}

/// The id of a line, whose token is appended to `token`.
private func readLine(
  _ line: Span<UInt8>, token: inout [UInt8]
) throws(VocabularyError) -> TokenID {
  var first = 0
  while first < line.count, line[first] != 0x20 { first += 1 }
  var last = line.count - 1
  while last > first, line[last] != 0x20 { last -= 1 }
  guard first < last else {
    throw VocabularyError(.malformed, "no id, token and length with a space between them")
  }
  let id = try readDecimal(line.extracting(..<first), limit: Int(TokenID.maximumInFiles))
  try appendBytes(ofPythonLiteral: line.extracting((first + 1)..<last), to: &token)
  let length = try readDecimal(line.extracting((last + 1)...), limit: Int(UInt32.max))
  guard token.count == length else {
    throw VocabularyError(
      .malformed, "the token has \(token.count) bytes where the line says \(length)")
  }
  return TokenID(id)
}

private func readDecimal(
  _ digits: Span<UInt8>, limit: Int
) throws(VocabularyError) -> Int {
  var value = 0
  for place in digits.indices {
    guard case let digit = digits[place], UInt8(ascii: "0")...UInt8(ascii: "9") ~= digit else {
      throw VocabularyError(.malformed, "found \(described(digits[place])) in a number")
    }
    value = value * 10 + Int(digit - UInt8(ascii: "0"))
    guard value <= limit else {
      throw VocabularyError(.limit, "a number above \(limit), the largest allowed")
    }
  }
  guard !digits.isEmpty else { throw VocabularyError(.malformed, "a number without digits") }
  return value
}
