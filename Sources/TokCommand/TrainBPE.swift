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
      otherwise. --compatibility huggingface gives the merges of huggingface's trainer to the byte; \
      sentencepiece gives the tokens of its trainer, which has steps of its own.

      Example: tok train bpe -n 32000 --special '<|endoftext|>' -o tokenizer.json corpus.txt
      """)

  @OptionGroup var size: VocabularySizeOptions

  @Flag(help: "Tokens are made of characters; otherwise of bytes.")
  var characters = false

  @Option(help: "Whose output is to be had to the byte.")
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

  @Option(
    help: ArgumentHelp(
      """
      Tokens of which a merge takes more than this share are given up again (PickyBPE; the authors use \
      0.6 to 0.9). tokenizer.json, with a type of our own, and NAME.tok hold such a tokenizer.
      """, valueName: "0 to 1"))
  var picky: Double?

  @OptionGroup var sentencePiece: SentencePieceOptions
  @OptionGroup var preprocessing: PreprocessingOptions
  @OptionGroup var text: TrainingTextOptions
  @OptionGroup var output: TrainingOutput
  @OptionGroup var execution: TrainingRunOptions

  enum Compatibility: String, ExpressibleByArgument, CaseIterable {
    case huggingface, sentencepiece, none
  }

  func run() throws {
    if compatibility == .sentencepiece {
      guard preprocessing.pattern == nil, preprocessing.normalize.isEmpty, !characters,
        unknown == nil, prefix == nil, suffix == nil, picky == nil
      else {
        throw Failure(
          usage: "sentencepiece has steps of its own: no --pattern, --normalize, --characters, "
            + "--unknown, --prefix, --suffix, --picky")
      }
      let options = try sentencePiece.options(size, alphabet)
      let trainer = try usable { try SentencePieceBPETrainer(options) }
      let sources = try text.sources(unit: .bareLine)
      try output.train(text, execution) { try trainer.train(on: sources, $0) }
    } else {
      let sources = try text.sources(unit: .line)
      let preprocessing = try preprocessing.preprocessing(
        isByteLevel: !characters, pattern: characters ? "metaspace" : "gpt2")
      if let picky {
        let trainer = try usable {
          try PickyBPETrainer(options, threshold: picky, preprocessing)
        }
        try output.train(text, execution) { try trainer.train(on: sources, $0) }
      } else {
        let trainer = try usable { try BPETrainer(options, preprocessing) }
        try output.train(text, execution) { try trainer.train(on: sources, $0) }
      }
    }
  }

  private var options: BPETrainer.Options {
    var options = BPETrainer.Options()
    options.vocabularySize = size.vocabularySize
    options.minimumFrequency = size.minFrequency
    options.specialTokens = size.special
    options.unknownToken = unknown
    if let unknown, !size.special.contains(unknown) { options.specialTokens.append(unknown) }
    options.initialAlphabet = alphabet.initialAlphabet(isByteLevel: !characters)
    options.limitAlphabet = alphabet.limitAlphabet
    options.characterCoverage = alphabet.coverage ?? 1
    options.continuingSubwordPrefix = prefix
    options.endOfWordSuffix = suffix
    options.maximumTokenLength = size.maxTokenLength
    options.requiredTokens = size.require
    options.compatibility = compatibility == .huggingface ? .huggingface : .none
    return options
  }
}
