import Tokenization

extension GGUFVocabulary {
  /// The tokenizer of a vocabulary whose model is ``Model/wordPiece``.
  ///
  /// The file has U+2581 before the tokens that begin a word, which are turned back into BERT's form,
  /// `##` before those that do not. Normalizing and decoding are BERT's: llama.cpp takes marks away that
  /// BERT keeps, leaves only the first letter of a Hangul syllable, and begins with a space. A word may
  /// have any length, as there.
  func wordPieceTokenizer() throws(VocabularyError) -> TokenizerDefinition {
    let settings = try settings()
    try requireUnknown(settings)
    return TokenizerDefinition(
      pipeline: Pipeline(
        addedTokens: addedTokens(),
        normalizer: .bert(
          Normalizer.BertOptions(
            stripsAccents: settings.stripsAccents, lowercases: settings.lowercases)),
        splitter: Splitter([.bert]), postProcessor: template(settings),
        decoder: .wordPiece(prefix: "##", cleansUp: true), roles: roles(settings)),
      model: WordPieceDefinition(
        tokens: try markedTexts(), ids: ids, unknown: settings.unknown ?? 0,
        continuingPrefix: Array("##".utf8), maximumCharacterCount: Int(UInt32.max)))
  }

  /// The texts in BERT's form. Names in brackets have no mark in the file either.
  private func markedTexts() throws(VocabularyError) -> ByteStrings {
    let mark = Array("\u{2581}".utf8)
    var marked = ByteStrings()
    marked.reserve(strings: texts.count, bytes: texts.bytes.count + 2 * texts.count)
    for place in 0..<texts.count {
      let text = texts.bytes[texts.range(place)]
      if text.starts(with: mark), text.count > mark.count {
        marked.append(text.dropFirst(mark.count))
      } else if type(place).isAdded || isInBrackets(text) {
        marked.append(text)
      } else {
        marked.append(Array("##".utf8) + text)
      }
    }
    if let place = ByteStringIndex(marked).duplicates.first {
      throw VocabularyError(
        .duplicate, "the token `\(text(place))` stands twice, with a mark before it and without",
        path: "tokenizer.ggml.tokens[\(place)]")
    }
    return marked
  }

  private func isInBrackets(_ text: ArraySlice<UInt8>) -> Bool {
    text.first == UInt8(ascii: "[") && text.last == UInt8(ascii: "]") && text.count > 1
  }
}
