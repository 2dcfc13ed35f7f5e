public import Tok
internal import Tokenization
internal import TokenizerFormats

/// A tokenizer without the merges that took borders between morphemes away.
public struct KnockedOutTokenizer: Sendable {
  public let source: TokenizerSource
  /// The new id of each old one, for the rows of an embedding; nil for tokens that are gone. Its count
  /// is one more than the greatest old id.
  public let newIDs: [TokenID?]
  /// The old ids of the tokens that are gone, in the order in which they went: the worst first, in each
  /// round.
  public let removed: [TokenID]
  /// How many words of the lexicon were not looked at: the tokenizer changes their text.
  public let skippedWordCount: Int
}

extension TokenizerSource {
  /// The tokenizer without merges that mostly join what belongs to different morphemes: Bauwens and
  /// Delobelle, "BPE-knockout: Pruning Pre-existing BPE Tokenisers with Backwards-compatible
  /// Morphological Semi-supervision" (2024), and the authors' code.
  ///
  /// Each word of the lexicon is encoded. A merge is used once for every border between its parts that it
  /// takes away, and wrongly where morphemes meet. Where the share of wrong uses is at least the
  /// threshold, the merge goes with its token, and where that was a part of others its own parts stand:
  /// without `ids` = `id`+`s`, `bru`+`ids` is `bru`+`id`+`s`. No token is new, and each that stays is
  /// made of the same bytes. New ids are in the order of the old ones, without holes.
  ///
  /// Where we differ: words may have weights; added tokens and those with a part to play stay.
  ///
  /// - Throws: `vocabulary` for a tokenizer whose tokens are not merged, or not in one order, or whose
  ///   tokens have marks of where in a word they stand; `option`, `limit`.
  /// - Complexity: that of encoding the lexicon, for each round.
  public func knockedOut(
    by lexicon: MorphologicalLexicon, _ options: KnockoutOptions = KnockoutOptions()
  ) throws(TrainingError) -> KnockedOutTokenizer {
    guard options.threshold > 0, options.threshold <= 1 else {
      throw TrainingError(
        .option, "\(options.threshold) is not above 0 and up to 1", place: "threshold")
    }
    var knockout: Knockout
    do { knockout = try Knockout(try definition()) } catch { throw TrainingError(error) }
    var removed: [TokenID] = []
    var skippedCount = 0
    for _ in 0..<max(options.rounds, 0) {
      let blame = try knockout.blame(lexicon, prefix: options.prefix)
      skippedCount = blame.skippedCount
      let worst = knockout.worst(blame, options)
      if worst.isEmpty { break }
      removed += worst.map { knockout.model.ids[Int($0)] }
      knockout.knockOut(worst)
    }
    let (definition, newIDs) = knockout.result()
    return KnockedOutTokenizer(
      source: TokenizerSource(definition), newIDs: newIDs, removed: removed,
      skippedWordCount: skippedCount)
  }
}
