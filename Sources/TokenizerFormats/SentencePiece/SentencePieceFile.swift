package import Tokenization

/// What a model file of SentencePiece holds, `sentencepiece_model.proto` in its originals.
///
/// Defaults are those of the original for fields that a file leaves out.
package struct SentencePieceFile: Sendable {
  /// How a text becomes tokens; numbered as in the file.
  package enum ModelType: Int32, Sendable {
    case unigram = 1
    case bytePair
    case word
    case character
  }

  /// What a token is for; numbered as in the file.
  package enum TokenType: UInt8, Sendable {
    case normal = 1
    /// Stands for what no token covers. A file has exactly one.
    case unknown
    /// Never made by text: `<s>`, `</s>`.
    case control
    /// Found in the text before anything else, longest first, and kept whole.
    case userDefined
    /// Takes part in merges and is then taken apart again; never in the ids that come out.
    case unused
    /// `<0x00>` to `<0xFF>`: a byte of a character that no token covers.
    case byte

    /// Text may be made into it, so that its string must be unique among such tokens. Those of the
    /// other types are unique among themselves, and are found first where a name means both.
    package var isOfText: Bool { self == .normal || self == .userDefined || self == .unused }
  }

  /// The part of `trainer_spec` that decides about ids.
  package struct Trainer: Sendable, Equatable {
    package var modelType = ModelType.unigram
    /// A character that no token covers becomes the tokens of its bytes.
    package var hasByteFallback = false
    /// The space of ``Normalizer/addsDummyPrefix`` stands behind the text, and words end with theirs.
    package var treatsWhitespaceAsSuffix = false
    /// The ids that the trainer was asked for, -1 for none. What a file means by them is decided
    /// by the texts below: ``SentencePieceFile/roles``.
    package var unknownID: Int32 = 0
    package var beginningID: Int32 = 1
    package var endID: Int32 = 2
    package var paddingID: Int32 = -1
    package var unknownText = Array("<unk>".utf8)
    package var beginningText = Array("<s>".utf8)
    package var endText = Array("</s>".utf8)
    package var paddingText = Array("<pad>".utf8)
    /// What the unknown token is decoded to.
    package var unknownSurface = Array(" \u{2047} ".utf8)

    package init() {}
  }

  /// What happens to a text before it is tokenized, or behind decoding.
  package struct Normalizer: Sendable, Equatable {
    /// The name of the rule, as `nmt_nfkc`; it means nothing to a loader.
    package var name = ""
    /// The rules, compiled: four bytes of the length of a double array, little-endian, the array's
    /// units of four bytes, and the replacements, each with a NUL behind it. Empty for none.
    package var precompiledCharsMap: [UInt8] = []
    /// A space is put before the text.
    package var addsDummyPrefix = true
    /// Spaces at both ends go, runs of them become one.
    package var removesExtraWhitespaces = true
    /// Spaces become U+2581.
    package var escapesWhitespaces = true
    /// Rules as text, for the trainer; a loader reads the compiled ones.
    package var rulesText: [UInt8] = []

    package init() {}
  }

  /// The string of each token as it stands in the file; a token's index is its id.
  package internal(set) var texts = ByteStrings()
  /// The score of each token.
  package internal(set) var scores: [Float] = []
  package internal(set) var types: [TokenType] = []
  package internal(set) var trainer = Trainer()
  package internal(set) var normalizer = Normalizer()
  /// What decoding ends with, where the file has it with rules; else nothing happens.
  package internal(set) var denormalizer: Normalizer?
  /// The one unknown token.
  package internal(set) var unknown: TokenID = 0
  /// The token of each byte; empty without byte fallback.
  package internal(set) var byteTokens: [TokenID] = []
  /// The tokens that the trainer's texts name, where they are control tokens, as the original
  /// decides.
  package internal(set) var roles = TokenRoles()
}

extension SentencePieceFile {
  /// What a training made: a text, a score and a type for each token, in the order of the ids.
  ///
  /// - Throws: as for a file that says the same.
  package init(
    texts: ByteStrings, scores: [Float], types: [TokenType], trainer: Trainer,
    normalizer: Normalizer
  ) throws(VocabularyError) {
    precondition(texts.count == scores.count && texts.count == types.count, "one of each a token")
    self.texts = texts
    self.scores = scores
    self.types = types
    self.trainer = trainer
    self.normalizer = normalizer
    try check()
  }
}
