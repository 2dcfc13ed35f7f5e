import ArgumentParser
import TokenizerTraining

/// What only trainers by sentencepiece's rules are told.
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
    return options
  }
}
