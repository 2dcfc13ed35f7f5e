internal import Tokenization
internal import TokenizerFormats

/// The tokens that a trainer of sentencepiece's family has found, as a tokenizer.
enum SentencePieceVocabulary {
  /// The tokenizer in which `tokens` have, in their order, the ids that reserved ones leave free.
  ///
  /// - Throws: `vocabulary` for tokens that do not go together, as one found in the text that is also
  ///   reserved, or a reserved id beyond the last token.
  static func definition(
    _ type: SentencePieceFile.ModelType, tokens: [(text: [UInt8], score: Float)],
    _ reserved: SentencePieceReserved, _ options: SentencePieceTrainingOptions
  ) throws(TrainingError) -> TokenizerDefinition {
    var texts = ByteStrings()
    var scores: [Float] = []
    var types: [SentencePieceFile.TokenType] = []
    var rest = tokens[...]
    var missing = reserved.tokens.count
    while missing > 0 || !rest.isEmpty {
      if let token = reserved.tokens[texts.count] {
        texts.append(token.text.utf8)
        scores.append(0)
        types.append(token.type)
        missing -= 1
      } else if let token = rest.popFirst() {
        texts.append(token.text)
        scores.append(token.score)
        types.append(.normal)
      } else {
        throw TrainingError(
          .vocabulary, "no token for the id \(texts.count), where reserved ids go on behind it")
      }
    }
    do {
      return try SentencePieceFile(
        texts: texts, scores: scores, types: types, trainer: trainer(type, options),
        normalizer: options.fileNormalizer
      ).tokenizer()
    } catch {
      throw TrainingError(error)
    }
  }

  private static func trainer(
    _ type: SentencePieceFile.ModelType, _ options: SentencePieceTrainingOptions
  ) -> SentencePieceFile.Trainer {
    var trainer = SentencePieceFile.Trainer()
    trainer.modelType = type
    trainer.hasByteFallback = options.byteFallback
    trainer.treatsWhitespaceAsSuffix = options.treatWhitespaceAsSuffix
    trainer.unknownID = Int32(truncatingIfNeeded: options.unkID)
    trainer.beginningID = Int32(truncatingIfNeeded: options.bosID)
    trainer.endID = Int32(truncatingIfNeeded: options.eosID)
    trainer.paddingID = Int32(truncatingIfNeeded: options.padID)
    trainer.unknownText = Array(options.unkPiece.utf8)
    trainer.beginningText = Array(options.bosPiece.utf8)
    trainer.endText = Array(options.eosPiece.utf8)
    trainer.paddingText = Array(options.padPiece.utf8)
    trainer.unknownSurface = Array(options.unkSurface.utf8)
    return trainer
  }
}
