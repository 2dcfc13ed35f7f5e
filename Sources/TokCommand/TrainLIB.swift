import ArgumentParser
import Tok
import TokenizerTraining

/// `tok train lib`
struct TrainLIB: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lib",
    abstract: "A lexicon by Less-is-Better: chunks are learned from reading, and forgotten.",
    discussion: """
      Sentences are lines, in their order; the order changes the result. tokenizer.json, with a type of \
      our own, and NAME.tok hold such a lexicon.

      Example: tok train lib -n 32000 --variant 2020 -o tokenizer.json corpus.txt
      """)

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp(
      "How many tokens there are at most, 256 for bytes included; no limit otherwise.",
      valueName: "n"))
  var vocabularySize: Int?

  @Option(help: "The algorithm of 2020, or that of 2023.")
  var variant: Variant = .lib2023

  @Option(help: ArgumentHelp("How many documents are read.", valueName: "n"))
  var documents: Int?

  @Option(help: ArgumentHelp("How long a token may be, in characters.", valueName: "n"))
  var maxTokenLength: Int?

  @Option(help: ArgumentHelp("Where chance begins.", valueName: "n"))
  var seed: UInt64 = 0

  @Flag(help: "As published: characters may be forgotten, and no bytes are tokens.")
  var published = false

  @Option(
    help: ArgumentHelp(
      "A lexicon of the same variant that learning goes on from; its units keep their ids.",
      valueName: "name|file"))
  var extend: String?

  @OptionGroup var text: TrainingTextOptions
  @OptionGroup var output: TrainingOutput
  @OptionGroup var execution: TrainingRunOptions

  enum Variant: String, ExpressibleByArgument, CaseIterable {
    case lib2020 = "2020"
    case lib2023 = "2023"
  }

  func run() throws {
    guard !text.counts, text.weights == nil else {
      throw Failure(usage: "lib reads sentences in their order: no --counts, no --weights")
    }
    let trainer = try trainer()
    let sources = try text.sources(unit: .bareLine)
    try output.train(text, execution) { try trainer.train(on: sources, $0) }
  }

  private func trainer() throws -> LessIsBetterTrainer {
    let variant: LessIsBetterOptions.Variant = variant == .lib2020 ? .lib2020 : .lib2023
    var options: LessIsBetterOptions = published ? .published(variant) : .init(variant)
    options.vocabularySize = vocabularySize
    if let documents { options.documentCount = documents }
    if let maxTokenLength { options.maximumCharacterCount = maxTokenLength }
    options.seed = seed
    let base = try extend.map { try VocabularyName.source($0) }
    return try usable {
      try base.map { try LessIsBetterTrainer(options, extending: $0) }
        ?? LessIsBetterTrainer(options)
    }
  }
}
