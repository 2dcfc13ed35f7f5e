import ArgumentParser
import TokenizerTraining

/// What only trainers by sentencepiece's rules are told, by its own names. `use_all_vocab` is for models of
/// words and characters, which are not trained here; `required_chars` is `--initial-alphabet`.
struct SentencePieceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "nmt_nfkc, nfkc, nmt_nfkc_cf, nfkc_cf or identity; sentencepiece's rules only.",
      valueName: "name"),
    transform: { name in
      guard let rule = SentencePieceTrainingOptions.NormalizationRule(rawValue: name) else {
        let names = SentencePieceTrainingOptions.NormalizationRule.allCases.map(\.rawValue)
        throw ValidationError("no rule `\(name)`: there are \(names.joined(separator: ", "))")
      }
      return rule
    })
  var normalizationRule: SentencePieceTrainingOptions.NormalizationRule = .nmtNFKC

  @Flag(help: "Characters without a token become bytes; sentencepiece's rules only.")
  var byteFallback = false

  @Flag(help: "Each digit is a token; sentencepiece's rules only.")
  var splitDigits = false

  @Flag(help: "Fewer tokens than asked for are an error; sentencepiece's rules only.")
  var hardVocabularyLimit = false

  @Flag(
    help: """
      So many characters are tokens that the text has the fewest; needs --byte-fallback; \
      sentencepiece's byte pairs only.
      """)
  var autoCharacterCoverage = false

  @Flag(
    inversion: .prefixedNo,
    help: "No token has letters of two scripts; sentencepiece's rules only.")
  var splitByUnicodeScript = true

  @Flag(
    inversion: .prefixedNo,
    help: "Digits stand beside no letters in a token; sentencepiece's rules only.")
  var splitByNumber = true

  @Flag(
    inversion: .prefixedNo, help: "No token reaches over a space; sentencepiece's rules only.")
  var splitByWhitespace = true

  @Option(
    help: ArgumentHelp(
      "Cuts what is trained on, so that no token reaches over it; sentencepiece's rules only.",
      valueName: "text"))
  var pretokenizationDelimiter = ""

  @Flag(help: "Words end with their space; sentencepiece's rules only.")
  var treatWhitespaceAsSuffix = false

  @Flag(help: "Several spaces may be a token; sentencepiece's rules only.")
  var allowWhitespaceOnlyPieces = false

  @Flag(
    inversion: .prefixedNo, help: "A space stands before each text; sentencepiece's rules only.")
  var addDummyPrefix = true

  @Flag(
    inversion: .prefixedNo,
    help: "Of several spaces one is left, and none at the ends; sentencepiece's rules only.")
  var removeExtraWhitespaces = true

  @Option(
    help: ArgumentHelp(
      "Longer lines are not read; sentencepiece's rules only.", valueName: "bytes"))
  var maxSentenceLength = 4192

  /// All options of these rules; what is not said is as sentencepiece has it.
  func options(
    _ size: VocabularySizeOptions, _ alphabet: AlphabetOptions
  ) throws -> SentencePieceTrainingOptions {
    guard size.minFrequency == 0, alphabet.limitAlphabet == nil else {
      throw Failure(
        usage: "sentencepiece's rules have --coverage, and neither --min-frequency nor "
          + "--limit-alphabet")
    }
    var options = SentencePieceTrainingOptions()
    options.vocabSize = size.vocabularySize
    options.controlSymbols = size.special
    options.userDefinedSymbols = size.require
    if let length = size.maxTokenLength { options.maxSentencepieceLength = length }
    if let coverage = alphabet.coverage { options.characterCoverage = Float(coverage) }
    if let characters = alphabet.initialAlphabet { options.requiredChars = characters }
    options.normalizationRuleName = normalizationRule
    options.byteFallback = byteFallback
    options.splitDigits = splitDigits
    options.hardVocabLimit = hardVocabularyLimit
    options.autoCharacterCoverage = autoCharacterCoverage
    options.splitByUnicodeScript = splitByUnicodeScript
    options.splitByNumber = splitByNumber
    options.splitByWhitespace = splitByWhitespace
    options.pretokenizationDelimiter = pretokenizationDelimiter
    options.treatWhitespaceAsSuffix = treatWhitespaceAsSuffix
    options.allowWhitespaceOnlyPieces = allowWhitespaceOnlyPieces
    options.addDummyPrefix = addDummyPrefix
    options.removeExtraWhitespaces = removeExtraWhitespaces
    options.maxSentenceLength = maxSentenceLength
    return options
  }
}
