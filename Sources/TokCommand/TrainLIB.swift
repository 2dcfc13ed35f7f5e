import ArgumentParser
import Tok
import TokenizerTraining

/// `tok train lib`
struct TrainLIB: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lib",
    abstract: "A lexicon by Less-is-Better: chunks are learned from reading, and forgotten.",
    discussion: """
      Sentences are lines, in their order; the order changes the result. Only NAME.tok holds such a \
      lexicon.

      Example: tok train lib -n 32000 --variant 2020 -o lexicon.tok corpus.txt
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
      "The member of the JSON object on each line that is a sentence, a.b for one inside another.",
      valueName: "field"))
  var jsonl: String?

  @Argument(help: ArgumentHelp("Files, - for standard input.", valueName: "file"))
  var files: [String] = []

  @OptionGroup var output: TrainingOutput
  @OptionGroup var execution: TrainingRunOptions

  enum Variant: String, ExpressibleByArgument, CaseIterable {
    case lib2020 = "2020"
    case lib2023 = "2023"
  }

  func run() throws {
    let trainer = try trainer()
    var text = TrainingTextOptions()
    (text.jsonl, text.files, text.counts) = (jsonl, files, false)
    try output.train(text, execution) { try trainer.train(on: sentences(), $0) }
  }

  private func trainer() throws -> LessIsBetterTrainer {
    let variant: LessIsBetterOptions.Variant = variant == .lib2020 ? .lib2020 : .lib2023
    var options: LessIsBetterOptions = published ? .published(variant) : .init(variant)
    options.vocabularySize = vocabularySize
    if let documents { options.documentCount = documents }
    if let maxTokenLength { options.maximumCharacterCount = maxTokenLength }
    options.seed = seed
    do {
      return try LessIsBetterTrainer(options)
    } catch {
      throw Failure(usage: error.description)
    }
  }

  private func sentences() throws -> [ArraySlice<UInt8>] {
    var documents = DocumentOptions()
    (documents.lines, documents.nul, documents.jsonl, documents.files) =
      (jsonl == nil, false, jsonl, files)
    var reader = documents.reader()
    var sentences: [ArraySlice<UInt8>] = []
    while let batch = try reader.next() {
      sentences += batch.ranges.map { batch.bytes[$0] }
    }
    return sentences
  }
}
