import ArgumentParser
import TokenizerTraining

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
