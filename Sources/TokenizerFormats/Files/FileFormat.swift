internal import Tokenization
internal import UnicodeText

/// A format of files that tokenizers are read from.
package enum FileFormat: String, Sendable, CaseIterable {
  /// Our own form.
  case compiled
  case gguf = "GGUF"
  case tokenizerJSON = "tokenizer.json"
  case tekken = "tekken.json"
  /// An object of token texts and ids; needs its merges beside it.
  case vocabularyJSON = "vocab.json"
  case tiktoken = ".tiktoken"
  case sentencePiece = "SentencePiece model"
  /// WordPiece's `vocab.txt`: a token on each line.
  case wordList = "vocab.txt"
  /// `merges.txt`, which is no tokenizer without its vocabulary.
  case merges = "merges.txt"
  /// The text of CLIP's vocabulary.
  case clip = "bpe_simple_vocab_16e6.txt"
}

/// The format of a file by its contents; nil if it looks like none.
///
/// A file that begins like one and goes wrong later is that one: its reader says what is wrong.
///
/// - Complexity: O(*n*) in `bytes`, mostly much less: the first line, or the first keys.
package func recognizeFormat(_ bytes: Span<UInt8>) -> FileFormat? {
  if CompiledImage.isImage(bytes) { return .compiled }
  if GGUFReader.isGGUF(bytes) { return .gguf }
  if beginsObject(bytes) { return recognizeObject(bytes) }
  if begins(bytes, with: "#version") { return .merges }
  if begins(bytes, with: "\"bpe_simple_vocab_16e6") { return .clip }
  if isTiktoken(bytes) { return .tiktoken }
  if isSentencePiece(bytes) { return .sentencePiece }
  return isWordList(bytes) ? .wordList : nil
}

private func begins(_ bytes: Span<UInt8>, with text: StaticString) -> Bool {
  guard bytes.count >= text.utf8CodeUnitCount else { return false }
  for index in 0..<text.utf8CodeUnitCount {
    // SAFETY: the index is below the count.
    if unsafe bytes[index] != text.utf8Start[index] { return false }
  }
  return true
}

/// Whether a text begins like a JSON object.
package func beginsObject(_ bytes: Span<UInt8>) -> Bool {
  for index in bytes.indices {
    switch bytes[index] {
    case 0x20, 0x09, 0x0A, 0x0D: continue
    case let byte: return byte == UInt8(ascii: "{")
    }
  }
  return false
}

private func recognizeObject(_ bytes: Span<UInt8>) -> FileFormat? {
  do throws(VocabularyError) {
    return try JSONReader.read(bytes) { (reader) throws(VocabularyError) in
      let format = try recognizeMembers(&reader)
      // What follows is the reader's business.
      reader.move(to: reader.count)
      return format
    }
  } catch {
    // What is wrong with it is best said by the reader of the usual format.
    return .tokenizerJSON
  }
}

/// The format of an object, by the first member that tells.
private func recognizeMembers(
  _ reader: inout JSONReader
) throws(VocabularyError) -> FileFormat? {
  var isFirst = true
  try reader.enterObject()
  while let name = try reader.nextKey() {
    let key = reader.text(name)
    if isFirst, let next = reader.next, next >= 0x30, next <= 0x39 { return .vocabularyJSON }
    isFirst = false
    switch key {
    case "version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer",
      "post_processor", "decoder", "model":
      return .tokenizerJSON
    case "config", "vocab", "special_tokens": return .tekken
    default: try reader.skipValue()
    }
  }
  return nil
}

/// Whether the first line that is not empty is base64, a space and a number.
private func isTiktoken(_ bytes: Span<UInt8>) -> Bool {
  var lines = Lines(bytes)
  while let line = lines.next() {
    if line.isEmpty { continue }
    var space = line.lowerBound
    while space < line.upperBound, bytes[space] != 0x20 { space += 1 }
    guard space + 1 < line.upperBound, space > line.lowerBound else { return false }
    for position in space + 1..<line.upperBound
    where bytes[position] < 0x30 || bytes[position] > 0x39 {
      return false
    }
    let token = bytes.extracting(line.lowerBound..<space)
    var decoded: [UInt8] = []
    return token.count == 1 && token[0] == UInt8(ascii: "=") || Base64.decode(token, to: &decoded)
  }
  return false
}

/// Whether the first field is one of a SentencePiece model, and what it holds is a message.
private func isSentencePiece(_ bytes: Span<UInt8>) -> Bool {
  do throws(VocabularyError) {
    var model = ProtobufReader(bytes)
    guard let field = try model.nextField(), field.number <= 5, field.type == .bytes else {
      return false
    }
    var message = ProtobufReader(bytes, try model.readBytes(field))
    var count = 0
    while let inner = try message.nextField() {
      try message.skip(inner)
      count += 1
    }
    return count > 0
  } catch { return false }
}

/// Whether the file is text with an unknown token on a line of its own, which WordPiece needs.
private func isWordList(_ bytes: Span<UInt8>) -> Bool {
  var lines = Lines(bytes)
  var hasUnknown = false
  while let line = lines.next() {
    let text = bytes.extracting(line)
    for index in text.indices where text[index] < 0x20 && text[index] != 0x09 { return false }
    hasUnknown =
      hasUnknown || text.count == 5 && (begins(text, with: "[UNK]") || begins(text, with: "<unk>"))
  }
  return hasUnknown && firstInvalidByte(in: bytes) == nil
}
