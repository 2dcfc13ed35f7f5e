import ArgumentParser
import Tok
import TokenizerFormats

/// `tok compile`
struct Compile: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes a vocabulary in the form that opens without being parsed.",
    discussion: """
      The form belongs to this version of tok: keep the original, and compile again when a new \
      version says so.

      Example: tok compile tokenizer.json tokenizer.tok
      """)

  @Argument(help: "A vocabulary: file, folder or name.")
  var input: String

  @Argument(help: "The file to write; - for standard output.")
  var output: String

  @Option(
    help: ArgumentHelp("The pattern, for a .tiktoken file that is not known.", valueName: "regex"))
  var pattern: String?

  @Option(help: ArgumentHelp("Whose regular expressions --pattern is written for."))
  var dialect: VocabularyOptions.Dialect = .rust

  @Option(help: ArgumentHelp("Special tokens of a .tiktoken file.", valueName: "file"))
  var specialTokens: String?

  func run() throws {
    var options = VocabularyOptions()
    options.vocabulary = input
    options.pattern = pattern
    options.dialect = dialect
    options.specialTokens = specialTokens
    let bytes = try options.load().compiled()
    let file = try OutputFile(output)
    try file.write(bytes)
    try file.finish()
  }
}
