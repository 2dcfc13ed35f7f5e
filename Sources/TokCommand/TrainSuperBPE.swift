import ArgumentParser
import TokenizerTraining

/// `tok train superbpe`
struct TrainSuperBPE: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "superbpe",
    abstract: "Byte-pair encoding whose tokens may reach over spaces.",
    discussion: """
      In the first stage tokens lie within words, in the second one within chunks of many words \
      (Liu and others, "SuperBPE: Space Travel for Language Models", 2025).

      Example: tok train superbpe -n 128000 --word-merges 100000 -o tokenizer.json corpus.txt
      """)

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("How many tokens there will be, all included.", valueName: "n"))
  var vocabularySize = 128_000

  @Option(help: ArgumentHelp("How many merges are learned within words.", valueName: "n"))
  var wordMerges = 100_000

  @Option(
    help: ArgumentHelp(
      "How many words a token may have; 0 for any number.", valueName: "n"))
  var wordLimit = 4

  @Flag(
    inversion: .prefixedNo, help: "Tokens of several words have no colon before a space.")
  var keepColonsOut = true

  @Option(
    help: ArgumentHelp(
      "A special token; the first one has id 0. May be given several times.", valueName: "text"))
  var special: [String] = []

  @Option(help: ArgumentHelp("What stands there less often is not merged.", valueName: "n"))
  var minFrequency: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "What cuts words in the first stage, in Oniguruma's syntax.", valueName: "regex"))
  var wordPattern: String?

  @Option(
    help: ArgumentHelp(
      "What cuts chunks in the second stage, and texts when they are encoded.", valueName: "regex"))
  var chunkPattern: String?

  @Option(
    help: ArgumentHelp(
      "Longer chunks are cut before a space to be counted.", valueName: "characters"))
  var chunkLength = 1000

  @OptionGroup var text: TrainingTextOptions
  @OptionGroup var output: TrainingOutput
  @OptionGroup var execution: TrainingRunOptions

  func run() throws {
    var options = SuperBPEOptions()
    options.vocabularySize = vocabularySize
    options.wordMerges = wordMerges
    options.wordLimit = wordLimit == 0 ? nil : wordLimit
    options.keepsColonsOut = keepColonsOut
    options.specialTokens = special
    options.minimumFrequency = minFrequency
    if let wordPattern { options.wordPattern = wordPattern }
    if let chunkPattern { options.chunkPattern = chunkPattern }
    options.chunkLength = chunkLength
    let trainer = try usable { try SuperBPETrainer(options) }
    let sources = try text.sources(unit: .line)
    try output.train(text, execution) { try trainer.train(on: sources, $0) }
  }
}
