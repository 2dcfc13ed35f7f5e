import Tokenization

extension GGUFVocabulary {
  /// The tokenizer of a vocabulary whose model is ``Model/longestMatch``.
  ///
  /// Tokens stand in the file as their bytes with escapes: `\t`, `\n`, `\r`, `\x` with two digits, and a
  /// backslash before any other character for that character. Control tokens are no text, as in
  /// RWKV's own vocabulary; llama.cpp finds their names in every text.
  func longestMatchTokenizer() throws(VocabularyError) -> TokenizerDefinition {
    let settings = try settings()
    var tokens = ByteStrings()
    var ids: [TokenID] = []
    for place in 0..<texts.count where type(place) != .control && type(place) != .unknown {
      do throws(VocabularyError) {
        tokens.append(try Self.unescaped(texts[place]))
      } catch { throw error.under("tokenizer.ggml.tokens[\(place)]") }
      ids.append(TokenID(place))
    }
    let entries = try TokenTexts(tokens, ids: ids)
    return TokenizerDefinition(
      pipeline: Pipeline(
        addedTokens: addedTokens(), splitter: Splitter([]), postProcessor: template(settings),
        decoder: .bytes, roles: roles(settings)),
      model: GreedyDefinition(
        tokens: entries.index.strings, ids: entries.ids, unknown: settings.unknown))
  }

  private static func unescaped(_ text: [UInt8]) throws(VocabularyError) -> [UInt8] {
    var bytes: [UInt8] = []
    var place = 0
    while place < text.count {
      guard text[place] == UInt8(ascii: "\\") else {
        bytes.append(text[place])
        place += 1
        continue
      }
      guard place + 1 < text.count else {
        throw VocabularyError(.malformed, "a backslash with nothing behind it")
      }
      switch text[place + 1] {
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "n"): bytes.append(0x0A)
      case UInt8(ascii: "r"): bytes.append(0x0D)
      case UInt8(ascii: "x"):
        guard place + 3 < text.count, let high = hexadecimalValue(text[place + 2]),
          let low = hexadecimalValue(text[place + 3])
        else { throw VocabularyError(.malformed, "`\\x` without two hexadecimal digits behind it") }
        bytes.append(UInt8(high << 4 | low))
        place += 2
      case let other: bytes.append(other)
      }
      place += 2
    }
    return bytes
  }
}
