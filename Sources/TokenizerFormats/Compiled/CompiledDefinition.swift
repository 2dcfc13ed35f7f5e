package import Tokenization

extension Tokenizer {
  /// What the tokenizer can be built from again, where its tables still tell: byte pairs, over bytes or
  /// characters.
  ///
  /// - Throws: `inexpressible` for other models.
  package func definition() throws(VocabularyError) -> TokenizerDefinition {
    switch packageModel {
    case let model as BytePairModel:
      TokenizerDefinition(
        pipeline: pipeline,
        model: model.definition(packageVocabulary, added: Set(pipeline.addedTokens.map(\.id))))
    case let model as CharacterPairModel:
      TokenizerDefinition(pipeline: pipeline, model: model.definition(packageVocabulary))
    default:
      throw VocabularyError(
        .inexpressible,
        "a compiled \(modelName) model does not tell what it was built from: convert the file that it "
          + "was compiled from")
    }
  }
}
