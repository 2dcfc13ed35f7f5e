package import Tokenization
import UnicodeText

/// Reads a vocab.txt as the tokenizer that BERT's code makes of it: BERT's normaliser and
/// pre-tokenizer, `[CLS]` before a text and `[SEP]` behind.
///
/// Whether text is brought to lower case and its marks are taken out, the file does not say: it is,
/// unless the vocabulary has capital letters outside of brackets.
///
/// - Throws: as ``readVocabularyText(_:unknown:continuingPrefix:maximumCharacterCount:)``.
/// - Complexity: O(*n*) in `bytes`.
package func readBERTVocabulary(
  _ bytes: Span<UInt8>
) throws(VocabularyError) -> TokenizerDefinition {
  let model = try readVocabularyText(bytes)
  let index = ByteStringIndex(model.tokens)
  let id = { (text: String) -> TokenID? in
    let name = Array(text.utf8)
    return index[name.span].map { model.ids[$0] }
  }
  let special = ["[UNK]", "[SEP]", "[CLS]", "[PAD]", "[MASK]"]
  let added = special.compactMap { text in
    id(text).map { AddedToken(text, id: $0, isSpecial: true) }
  }
  var processor: PostProcessor?
  if let classifier = id("[CLS]"), let separator = id("[SEP]") {
    processor = .bert(
      classifier: PostProcessor.InsertedToken("[CLS]", id: classifier),
      separator: PostProcessor.InsertedToken("[SEP]", id: separator))
  }
  return TokenizerDefinition(
    pipeline: Pipeline(
      addedTokens: added,
      normalizer: .bert(Normalizer.BertOptions(lowercases: !holdsCapitals(model.tokens))),
      splitter: Splitter([.bert]), postProcessor: processor,
      decoder: .wordPiece(prefix: "##", cleansUp: true),
      roles: TokenRoles(
        beginning: id("[CLS]"), end: id("[SEP]"), padding: id("[PAD]"), unknown: model.unknown)),
    model: model)
}

/// Whether a token without brackets holds a capital letter from A to Z.
private func holdsCapitals(_ tokens: ByteStrings) -> Bool {
  for index in 0..<tokens.count {
    let token = tokens.bytes[tokens.range(index)]
    if token.first == UInt8(ascii: "["), token.last == UInt8(ascii: "]") { continue }
    if token.contains(where: { (0x41...0x5A).contains($0) }) { return true }
  }
  return false
}
