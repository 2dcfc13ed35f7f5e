import ArgumentParser
import Tok
import TokenizerTraining

/// `tok train boundless`
struct TrainBoundless: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "boundless",
    abstract: "Byte-pair encoding that may join whole pretokens.",
    discussion: """
      Merges within pretokens and joins of neighbours that are one token each are learned together, the \
      more frequent first (Schmidt and others, "Boundless Byte Pair Encoding", 2025). tokenizer.json, \
      with a type of our own, and NAME.tok hold such a tokenizer.

      Example: tok train boundless -n 131072 -o tokenizer.json corpus.txt
      """)

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("How many tokens there will be, all included.", valueName: "n"))
  var vocabularySize = 131_072

  @Option(
    help: ArgumentHelp(
      """
      Tokens of which a merge takes this share or more are given up again; above 1, none is.
      """, valueName: "share"))
  var tau = 0.9

  @Option(
    help: ArgumentHelp(
      """
      What cuts text into pretokens: a regular expression, or the name of a known one (gpt2, cl100k, o200k, \
      llama3, qwen2, qwen3.5, kimi).
      """, valueName: "name|regex"))
  var pattern: String?

  @Option(
    help: ArgumentHelp(
      "What may be joined: pretokens of which the first match is all.", valueName: "regex"))
  var joinPattern: String?

  @Option(help: "Whose regular expressions these are.")
  var dialect: PatternDialect = .oniguruma

  @Option(help: "Whose output is to be had to the byte: authors, of their code.")
  var compatibility: Compatibility = .none

  @Option(
    help: ArgumentHelp(
      "A special token; the first one has id 0. May be given several times.", valueName: "text"))
  var special: [String] = []

  @Option(help: ArgumentHelp("What stands there less often is not merged.", valueName: "n"))
  var minFrequency: UInt64 = 0

  @OptionGroup var text: TrainingTextOptions
  @OptionGroup var output: TrainingOutput
  @OptionGroup var execution: TrainingRunOptions

  enum Compatibility: String, ExpressibleByArgument, CaseIterable {
    case authors, none
  }

  func run() throws {
    var options = BoundlessOptions()
    options.vocabularySize = vocabularySize
    options.threshold = tau
    options.minimumFrequency = minFrequency
    options.specialTokens = special
    options.pattern = try pattern.map { try dialect.pattern($0, option: "--pattern") }
    options.joinedPattern = try joinPattern.map {
      try dialect.pattern($0, option: "--join-pattern")
    }
    options.compatibility = compatibility == .authors ? .authors : .none
    let trainer = try usable { try BoundlessTrainer(options) }
    let sources = try text.sources(unit: .line)
    try output.train(text, execution) { try trainer.train(on: sources, $0) }
  }
}
