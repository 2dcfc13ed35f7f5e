import ArgumentParser
import Tok
import TokenizerTraining

/// `tok extend`
struct Extend: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a vocabulary larger: trains more tokens on text, and keeps all there are.",
    discussion: """
      All tokens keep their ids, all merges their order and all scores their values; new tokens come \
      behind them. What normalises and cuts text, special tokens, templates and the decoder stay as \
      they are. For byte pairs, character pairs, word pieces and unigram models.

      Example: tok extend gpt2 -n 60000 -o larger.json corpus.txt
      """)

  @Argument(help: "A vocabulary: file, folder or name.")
  var vocabulary: String

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp("How many tokens there will be, old ones included.", valueName: "n"))
  var vocabularySize: Int

  @Option(
    help: ArgumentHelp("What stands there less often becomes no token.", valueName: "n"))
  var minFrequency: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "How long a new token may be: characters or bytes; 16 for unigram.", valueName: "n"))
  var maxTokenLength: Int?

  @OptionGroup var tiktoken: TiktokenOptions
  @OptionGroup var text: TrainingTextOptions
  @OptionGroup var output: TrainingOutput
  @OptionGroup var execution: TrainingRunOptions

  func run() throws {
    let source = try tiktoken.read(vocabulary)
    let extender = try usable {
      try TokenizerExtender(
        source, to: vocabularySize, minimumFrequency: minFrequency,
        maximumTokenLength: maxTokenLength)
    }
    // Of sentencepiece's family lines have no newline.
    let sources = try text.sources(
      unit: extender.preprocessing.cutsAtSpaceMarks ? .bareLine : .line)
    try output.train(text, execution) { try extender.train(on: sources, $0) }
  }
}
