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

  @OptionGroup var tiktoken: TiktokenOptions

  func run() throws {
    let bytes: [UInt8]
    do {
      bytes = try tiktoken.read(input).tokenizer().compiled()
    } catch let error as VocabularyError {
      throw Failure(error.inFile(input).description)
    }
    try OutputFile.save(bytes, as: output)
  }
}
