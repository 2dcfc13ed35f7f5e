internal import CCharsmaps
internal import SplitPatterns
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

  /// The same for a trainer that takes a space for U+2581 and parts of words for words, where it makes no
  /// difference.
  func partPreprocessing(
    _ reserved: SentencePieceReserved
  ) throws(TrainingError) -> Preprocessing {
    var preprocessing = try preprocessing
    let texts = reserved.tokens.values.map(\.text) + [pretokenizationDelimiter]
    let hasInnerMarks = texts.contains {
      $0.unicodeScalars.dropFirst().contains { $0.value == SentencePieceWords.spaceMark }
    }
    if hasInnerMarks {
      preprocessing.cutsAtSpaceMarks = false
    } else if preprocessing.cutsAtSpaceMarks {
      preprocessing.spacedWordJoins = joins(texts)
    }
    return preprocessing
  }

  /// Bytes that may be neighbours in a token, or in one of `texts`.
  private func joins(_ texts: [String]) -> ByteJoins {
    var ascii = (0..<128).map { UInt32($0) }
    ascii[0x20] = SentencePieceWords.spaceMark
    let validity = SentencePieceValidity(ascii, self)
    var joins = ByteJoins()
    for left in UInt8.min...UInt8.max {
      for right in UInt8.min...UInt8.max
      where left | right > 0x7F || validity.mayJoin(UInt32(left), UInt32(right)) {
        joins.insert(left, right)
      }
    }
    for text in texts {
      let bytes = text.unicodeScalars.flatMap { scalar in
        scalar.value == SentencePieceWords.spaceMark ? [0x20] : Array(String(scalar).utf8)
      }
      for (left, right) in zip(bytes, bytes.dropFirst()) { joins.insert(left, right) }
    }
    return joins
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
