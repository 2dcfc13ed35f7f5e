import ArgumentParser
import Tok
import TokenizerTraining

/// `tok train bpe`
struct TrainBPE: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bpe",
    abstract: "Byte-pair encoding, over bytes or over characters.",
    discussion: """
      Words are cut by GPT-2's pattern, or, with --characters, at spaces, unless --pattern says \
      otherwise. --compatibility huggingface gives the merges of huggingface's trainer to the byte.

      Example: tok train bpe -n 32000 --special '<|endoftext|>' -o tokenizer.json corpus.txt
      """)

  @OptionGroup var size: VocabularySizeOptions

  @Flag(help: "Tokens are made of characters; otherwise of bytes.")
  var characters = false

  @Option(help: "Whose output is to be had to the byte: huggingface or none.")
  var compatibility: Compatibility = .none

  @OptionGroup var alphabet: AlphabetOptions

  @Option(
    help: ArgumentHelp(
      "A special token for characters that have none; with --characters.", valueName: "text"))
  var unknown: String?

  @Option(
    help: ArgumentHelp(
      "Stands before all characters of a word but the first; with --characters.",
      valueName: "text"))
  var prefix: String?

  @Option(
    help: ArgumentHelp(
      "Stands behind the last character of a word; with --characters.", valueName: "text"))
  var suffix: String?

  @OptionGroup var preprocessing: PreprocessingOptions
  @OptionGroup var text: TrainingTextOptions
  @OptionGroup var output: TrainingOutput
  @OptionGroup var execution: TrainingRunOptions

  enum Compatibility: String, ExpressibleByArgument, CaseIterable {
    case huggingface, none
  }

  func run() throws {
    let trainer = try trainer()
    let sources = try text.sources()
    try output.train(text, execution) { try trainer.train(on: sources, $0) }
  }

  private func trainer() throws -> BPETrainer {
    var options = BPETrainer.Options()
    options.vocabularySize = size.vocabularySize
    options.minimumFrequency = size.minFrequency
    options.specialTokens = size.special
    options.unknownToken = unknown
    if let unknown, !size.special.contains(unknown) { options.specialTokens.append(unknown) }
    options.initialAlphabet = alphabet.initialAlphabet(isByteLevel: !characters)
    options.limitAlphabet = alphabet.limitAlphabet
    options.characterCoverage = alphabet.coverage
    options.continuingSubwordPrefix = prefix
    options.endOfWordSuffix = suffix
    options.maximumTokenLength = size.maxTokenLength
    options.requiredTokens = size.require
    options.compatibility = compatibility == .huggingface ? .huggingface : .none
    do {
      return try BPETrainer(
        options,
        preprocessing.preprocessing(
          isByteLevel: !characters, pattern: characters ? "metaspace" : "gpt2"))
    } catch let error as TrainingError {
      throw Failure(usage: error.description)
    }
  }
}

/// How many tokens, and which ones at least.
struct VocabularySizeOptions: ParsableArguments {
  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("How many tokens there will be, all included.", valueName: "n"))
  var vocabularySize = 32000

  @Option(
    help: ArgumentHelp(
      "A special token; the first one has id 0. May be given several times.", valueName: "text"))
  var special: [String] = []

  @Option(
    help: ArgumentHelp(
      "A text that must be a token. May be given several times.", valueName: "text"))
  var require: [String] = []

  @Option(help: ArgumentHelp("What stands there less often is not merged.", valueName: "n"))
  var minFrequency: UInt64 = 0

  @Option(help: ArgumentHelp("How long a token may be, in characters or bytes.", valueName: "n"))
  var maxTokenLength: Int?
}

/// Which characters are tokens.
struct AlphabetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Characters that are tokens whether they are met or not: bytes, all of them; none; or the \
      characters themselves. All bytes unless tokens are made of characters.
      """, valueName: "bytes|none|text"))
  var initialAlphabet: String?

  @Option(help: ArgumentHelp("How many characters are tokens at most.", valueName: "n"))
  var limitAlphabet: Int?

  @Option(
    help: ArgumentHelp("The share of all characters that are tokens.", valueName: "0 to 1"))
  var coverage = 1.0

  func initialAlphabet(isByteLevel: Bool) -> BPETrainer.Alphabet {
    switch initialAlphabet {
    case nil: isByteLevel ? .byteLevel : .none
    case "bytes": .byteLevel
    case "none": .none
    case let text?: .characters(Array(text.unicodeScalars))
    }
  }
}
