import SplitPatterns
package import Tokenization
import UnicodeText

extension CLIPText {
  /// The tokenizer, with the steps that huggingface's tokenizer.json of the model has: NFC, runs of
  /// white space to one space, lower case. The original's own code goes before with `ftfy` and
  /// HTML's entities, which mend text rather than tokenize it.
  package func tokenizer() throws(VocabularyError) -> TokenizerDefinition {
    let ids = (0..<texts.count).map { TokenID($0) }
    return TokenizerDefinition(
      pipeline: Pipeline(
        addedTokens: [
          AddedToken(Self.beginningText, id: beginning, isSpecial: true, isNormalized: true),
          AddedToken(Self.endText, id: end, isSpecial: true),
        ],
        normalizer: .sequence([
          .form(.nfc), .replace(.pattern(try pattern(#"\s+"#)), " "), .lowercase,
        ]),
        splitter: Splitter([
          .pattern(try pattern(Self.pattern), .removed, inverted: true),
          .byteLevel(addsPrefixSpace: false, splits: true),
        ]),
        postProcessor: .roberta(
          classifier: PostProcessor.InsertedToken(Self.beginningText, id: beginning),
          separator: PostProcessor.InsertedToken(Self.endText, id: end), trimsRanges: false,
          addsPrefixSpace: false),
        decoder: .byteLevel(addsPrefixSpace: true, trimsRanges: true, splits: true),
        roles: TokenRoles(beginning: beginning, end: end, padding: end, unknown: end)),
      model: CharacterPairDefinition(
        tokens: texts, ids: ids, merges: .listed(merges), endSuffix: Array(Self.endOfWord.utf8),
        unknown: end))
  }

  private func pattern(_ source: String) throws(VocabularyError) -> SplitPattern {
    do {
      return try SplitPattern(source, dialect: .oniguruma)
    } catch {
      throw VocabularyError(.malformed, "\(error)")
    }
  }
}
