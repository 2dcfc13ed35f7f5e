internal import CCharsmaps
internal import Tokenization
internal import TokenizerFormats

extension SentencePieceTrainingOptions {
  /// How texts become words: the user's symbols are normalised here as all else, as in the original's
  /// trainers. Lines are to be read without their newline.
  var preprocessing: Preprocessing {
    get throws(TrainingError) {
      Preprocessing(
        normalizer: .sentencePiece(
          SentencePieceNormalizer(
            charsmap: try charsmap, addsDummySpace: addDummyPrefix,
            removesExtraSpaces: removeExtraWhitespaces, escapesSpaces: escapeWhitespaces,
            addsSpaceBehind: treatWhitespaceAsSuffix)),
        splitter: Splitter([]), isByteLevel: false,
        cutsAtSpaceMarks: splitByWhitespace && !treatWhitespaceAsSuffix)
    }
  }

  private var charsmap: PrecompiledCharsmap? {
    get throws(TrainingError) {
      let bytes = charsmapBytes
      if bytes.isEmpty { return nil }
      do {
        return try PrecompiledCharsmap(bytes)
      } catch {
        throw TrainingError(error)
      }
    }
  }

  /// The compiled rules; empty for `identity`.
  private var charsmapBytes: [UInt8] {
    let number: Int32 =
      switch normalizationRuleName {
      case .nmtNFKC: 0
      case .nfkc: 1
      case .nmtNFKCCaseFolding: 2
      case .nfkcCaseFolding: 3
      case .identity: -1
      }
    // SAFETY: the bytes are constants of the program, as many as said; none where there is no pointer.
    return unsafe Array(
      UnsafeBufferPointer(start: tok_charsmap(number), count: tok_charsmap_size(number)))
  }

  /// What a model file says of normalizing.
  var fileNormalizer: SentencePieceFile.Normalizer {
    var normalizer = SentencePieceFile.Normalizer()
    normalizer.name = normalizationRuleName.rawValue
    normalizer.precompiledCharsMap = charsmapBytes
    normalizer.addsDummyPrefix = addDummyPrefix
    normalizer.removesExtraWhitespaces = removeExtraWhitespaces
    normalizer.escapesWhitespaces = escapeWhitespaces
    return normalizer
  }
}
