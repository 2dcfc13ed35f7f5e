/// What sentencepiece's trainers are told: its own options that change the result, by their names.
///
/// Not here: `enable_differential_privacy` and its two numbers, which do nothing since version 0.2.3.
public struct SentencePieceTrainingOptions: Hashable, Sendable {
  /// `normalization_rule_name`.
  public enum NormalizationRule: String, Hashable, Sendable, CaseIterable {
    case nmtNFKC = "nmt_nfkc"
    case nfkc
    /// With letters folded to one case.
    case nmtNFKCCaseFolding = "nmt_nfkc_cf"
    case nfkcCaseFolding = "nfkc_cf"
    case identity
  }

  /// How many tokens there will be, with those of every other option.
  public var vocabSize = 8000
  /// The share of all characters that become tokens, from 0.98 to 1; the rarest others are unknown.
  public var characterCoverage: Float = 0.9995
  /// The number of characters that become tokens is chosen, with that of merges, so that the text has the
  /// fewest tokens; `characterCoverage` says nothing then. Byte pairs with `byteFallback` only.
  public var autoCharacterCoverage = false
  /// How many characters a token may have, from 1 to 512.
  public var maxSentencepieceLength = 16
  /// No token has letters of two scripts; kana and Han are one.
  public var splitByUnicodeScript = true
  /// Digits are a script of their own, that of signs; else they may stand beside any.
  public var splitByNumber = true
  /// No token reaches over a space.
  public var splitByWhitespace = true
  /// Words end with their space instead of beginning with it.
  public var treatWhitespaceAsSuffix = false
  /// Each digit is a token.
  public var splitDigits = false
  /// Cuts what is trained on, where it stands in normalised text; no token reaches over it, and none has a
  /// character that stands in nothing else. Empty for none. The tokenizer does not know of it.
  public var pretokenizationDelimiter = ""
  /// Several spaces may be a token.
  public var allowWhitespaceOnlyPieces = false
  /// Tokens that are always found whole.
  public var userDefinedSymbols: [String] = []
  /// Tokens that no text makes.
  public var controlSymbols: [String] = []
  /// Characters that become tokens before all others.
  public var requiredChars = ""
  /// A character without a token becomes the 256 tokens of bytes.
  public var byteFallback = false
  /// Fewer tokens than were asked for are an error.
  public var hardVocabLimit = true
  /// Longer lines are left out; bytes, from 10 to 2^30.
  public var maxSentenceLength = 4192
  public var normalizationRuleName = NormalizationRule.nmtNFKC
  public var addDummyPrefix = true
  public var removeExtraWhitespaces = true
  /// Spaces become U+2581. The trainers ask for it.
  public var escapeWhitespaces = true
  /// The ids of tokens that have a part to play; -1 for none. There must be an unknown token.
  public var unkID = 0
  public var bosID = 1
  public var eosID = 2
  public var padID = -1
  public var unkPiece = "<unk>"
  public var bosPiece = "<s>"
  public var eosPiece = "</s>"
  public var padPiece = "<pad>"
  /// What the unknown token is decoded to.
  public var unkSurface = " \u{2047} "

  public init() {}

  /// - Throws: `option`, for what sentencepiece's trainers refuse too.
  func validate() throws(TrainingError) {
    func check(
      _ isRight: Bool, _ name: String, _ message: @autoclosure () -> String
    ) throws(TrainingError) {
      guard isRight else { throw TrainingError(.option, message(), place: name) }
    }
    try check(
      vocabSize > 0 && vocabSize <= Int(Int32.max), "vocabSize",
      "\(vocabSize) is not from 1 to \(Int32.max)")
    try check(
      characterCoverage >= 0.98 && characterCoverage <= 1, "characterCoverage",
      "\(characterCoverage) is not from 0.98 to 1")
    try check(
      (1...512).contains(maxSentencepieceLength), "maxSentencepieceLength",
      "\(maxSentencepieceLength) is not from 1 to 512")
    try check(
      (10...1 << 30).contains(maxSentenceLength), "maxSentenceLength",
      "\(maxSentenceLength) is not from 10 to \(1 << 30)")
    try check(
      !autoCharacterCoverage || byteFallback, "autoCharacterCoverage", "it needs byteFallback")
    try check(
      !autoCharacterCoverage || requiredChars.isEmpty, "autoCharacterCoverage",
      "there can be no requiredChars with it")
    try check(escapeWhitespaces, "escapeWhitespaces", "false, where the trainer needs U+2581")
    for (name, piece) in [
      ("unkPiece", unkPiece), ("bosPiece", bosPiece), ("eosPiece", eosPiece),
      ("padPiece", padPiece),
    ] {
      try check(!piece.isEmpty, name, "an empty token")
    }
  }

  /// Whether sentencepiece reads `line`, which has no newline: not where it is empty, too long or has
  /// U+2585, which stands for rare characters.
  ///
  /// - Complexity: O(*n*).
  public func reads(_ line: Span<UInt8>) -> Bool {
    guard !line.isEmpty, line.count <= maxSentenceLength else { return false }
    var start = 0
    while let place = line.firstIndex(of: 0xE2, from: start), place + 2 < line.count {
      if line[place + 1] == 0x96, line[place + 2] == 0x85 { return false }
      start = place + 1
    }
    return true
  }

  /// What ``reads(_:)`` depends on.
  package var readingRules: String { "sentences of at most \(maxSentenceLength) bytes" }
}
