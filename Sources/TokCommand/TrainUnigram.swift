import ArgumentParser
import TokenizerTraining

/// `tok train unigram`
struct TrainUnigram: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unigram",
    abstract: "Unigram, by sentencepiece's rules: seeds, estimation, pruning.",
    discussion: """
      --special are control symbols, --require symbols of the user, --initial-alphabet characters \
      that must be tokens.

      Example: tok train unigram -n 32000 --byte-fallback -o NAME.model corpus.txt
      """)

  @OptionGroup var size: VocabularySizeOptions
  @OptionGroup var alphabet: AlphabetOptions
  @OptionGroup var sentencePiece: SentencePieceOptions

  @Option(
    help: ArgumentHelp(
      "How many substrings training begins with; 0 for 8 times the vocabulary, at least 100000.",
      valueName: "n"))
  var seeds = 0

  @Option(
    help: ArgumentHelp("Which part of the tokens stays at each pruning.", valueName: "0.1 to 0.99"))
  var shrinkingFactor: Float = 0.75

  @Option(
    help: ArgumentHelp(
      "How often scores are estimated before each pruning.", valueName: "1 to 100"))
  var subIterations = 2

  @Option(
    help: ArgumentHelp(
      "Substrings to begin with instead: on each line one, a tab and how often it stands in a text.",
      valueName: "file"))
  var seedFile: String?

  @OptionGroup var text: TrainingTextOptions
  @OptionGroup var output: TrainingOutput
  @OptionGroup var execution: TrainingRunOptions

  func run() throws {
    var options = UnigramTrainingOptions(try sentencePiece.options(size, alphabet))
    options.seedSentencepieceSize = seeds
    options.shrinkingFactor = shrinkingFactor
    options.numSubIterations = subIterations
    options.seedSentencepiecesFile = seedFile
    let trainer = try usable { try UnigramTrainer(options) }
    let sources = try text.sources(unit: .bareLine)
    try output.train(text, execution) { try trainer.train(on: sources, $0) }
  }
}
