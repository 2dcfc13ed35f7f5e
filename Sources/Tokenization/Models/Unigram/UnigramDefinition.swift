/// What a file says of a unigram model, before anything is derived from it.
///
/// Made by the readers of `TokenizerFormats`; ``UnigramModel`` is built from it and finds all that can
/// be wrong with it.
package struct UnigramDefinition: Sendable, Hashable {
  /// What a token of a sentencepiece model is for.
  package enum Kind: UInt8, Sendable, Hashable {
    case normal, unknown, control, userDefined, unused, byte
  }

  /// Whose arithmetic decides between segmentations of nearly the same score.
  package enum Rules: Sendable, Hashable {
    /// huggingface's library: sums in 64 bits; every token of the vocabulary is found in the text,
    /// of tokens that stand twice the later; neighbouring unknown characters become one token, which
    /// is looked up again as a whole.
    case huggingface
    /// sentencepiece since version 0.2.2: sums in 32 bits over the whole text, which begin anew beyond
    /// 100,000. (Before, they did not, were compared in 64 bits before they were rounded to 32, and
    /// user-defined tokens had another score.) `kinds` has one entry for each token:
    /// only normal and user-defined ones are found in the text.
    case sentencePiece(kinds: [Kind])
    /// llama.cpp: the tokens of sentencepiece, unused ones too, with sums in 64 bits; user-defined ones
    /// score 0.
    case llamaCPP(kinds: [Kind])
  }

  /// The tokens' bytes, in the order of the file.
  package var tokens: ByteStrings
  /// The score of each of `tokens`; sentencepiece's are 32-bit numbers.
  package var scores: [Double]
  /// The id of each of `tokens`: its place, in all files that we know.
  package var ids: [TokenID]
  /// Stands for characters that no token covers.
  package var unknown: TokenID?
  /// Such characters become the tokens `<0x00>` to `<0xFF>` of their bytes instead.
  package var byteFallback: Bool
  package var rules: Rules

  /// - Parameter ids: by default the place of each token.
  package init(
    tokens: ByteStrings, scores: [Double], ids: [TokenID]? = nil, unknown: TokenID?,
    byteFallback: Bool = false, rules: Rules = .huggingface
  ) {
    self.tokens = tokens
    self.scores = scores
    self.ids = ids ?? (0..<tokens.count).map { TokenID(truncatingIfNeeded: $0) }
    self.unknown = unknown
    self.byteFallback = byteFallback
    self.rules = rules
  }
}
