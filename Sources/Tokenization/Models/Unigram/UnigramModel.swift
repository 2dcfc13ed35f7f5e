internal import SplitPatterns

/// The unigram language model: Kudo, "Subword Regularization: Improving Neural Network Translation
/// Models with Multiple Subword Candidates" (2018).
///
/// Each token has a score, the logarithm of its probability. A segmentation of a text into tokens has
/// the sum of their scores, and the text is encoded as the segmentation of the greatest sum. With
/// `un` -3, `i` -4, `gram` -5, `uni` -6, `unigram` is `uni gram` (-11), not `un i gram` (-12). A
/// character that no token of its own covers may stand alone, at a score below all others.
///
/// Which of nearly equal segmentations is taken depends on how the sums are rounded, and on the
/// order in which they are compared. We follow the original of the file in both; see
/// ``UnigramDefinition/Rules-swift.enum``.
package struct UnigramModel: Sendable {
  package let trie: UnigramTrie
  /// The ids of the tokens `<0x00>` to `<0xFF>`, ``noID`` where there is none; empty where unknown
  /// characters do not become bytes.
  package let byteIDs: FlatArray<TokenID>
  package let options: Options
  /// Finds parts of texts that may be encoded one by one; nil where there are none.
  let wordScanner: SpacedWordScanner?
  /// Spaces of texts stand for U+2581.
  private(set) var takesSpacesForMarks = false

  /// Stands for a token that there is not.
  package static let noID = TokenID.max

  /// Stands for an unknown character, where a place of the trie stands for a token.
  static let unknownUnit = UInt32.max

  /// What the tables do not say.
  package struct Options: Sendable, Hashable {
    package var unknown: TokenID?
    /// The score of an unknown character.
    package var unknownScore: Double
    package var maximumTokenLength: Int
    /// The rules are sentencepiece's.
    package var isSentencePiece: Bool
    /// No token holds U+2581 behind another character, so that text may be cut before it.
    package var cutsWords: Bool

    package init(
      unknown: TokenID?, unknownScore: Double, maximumTokenLength: Int, isSentencePiece: Bool,
      cutsWords: Bool
    ) {
      self.unknown = unknown
      self.unknownScore = unknownScore
      self.maximumTokenLength = maximumTokenLength
      self.isSentencePiece = isSentencePiece
      self.cutsWords = cutsWords
    }
  }

  package init(trie: UnigramTrie, byteIDs: FlatArray<TokenID>, options: Options) {
    self.trie = trie
    self.byteIDs = byteIDs
    self.options = options
    wordScanner =
      options.isSentencePiece && options.cutsWords
      ? SpacedWordScanner(repairs: false, joins: trie.byteJoins()) : nil
  }

  /// The id of an unknown character, where there is one.
  @inline(__always)
  var unknownID: TokenID { options.unknown ?? Self.noID }
}

extension UnigramModel {
  package func takingSpacesForMarks() -> (any Model)? {
    // A mark that is no token could become more tokens than a space has bytes.
    guard wordScanner != nil, trie.unit(of: Array("\u{2581}".utf8).span) != nil else { return nil }
    var model = self
    model.takesSpacesForMarks = true
    return model
  }
}
