import ArgumentParser
import Tok
import TokenizerFormats

/// `tok convert`
struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes a vocabulary in another format, with the same ids for every text.",
    discussion: """
      The format is what --to says, else what the name of the output tells: tokenizer.json, \
      NAME.tiktoken, NAME.model, vocab.txt, vocab.json with merges.txt beside it, NAME.gguf, NAME.tok. \
      What is written is read back and compared. What the format cannot say is an error, unless \
      --lossy leaves it out.

      Example: tok convert tokenizer.json model.gguf
      """)

  @Argument(help: "A vocabulary: file, folder or name.")
  var input: String

  @Argument(help: "The file to write; - for standard output, which needs --to.")
  var output: String

  @Option(
    help: ArgumentHelp(
      "tokenizer.json, tiktoken, sentencepiece, vocab.txt, vocab.json, gguf or compiled.",
      valueName: "format"),
    transform: { name in
      guard let format = WritableFormat(rawValue: name) else {
        let names = WritableFormat.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("no format `\(name)`: there are \(names)")
      }
      return format
    })
  var to: WritableFormat?

  @Flag(help: "Leaves out what the format cannot say, and tells what.")
  var lossy = false

  @OptionGroup var tiktoken: TiktokenOptions

  func run() throws {
    let format = try format()
    let written: WrittenTokenizer
    do {
      written = try tiktoken.read(input).written(
        as: format, stem: FileName(output).stem, allowsLosses: lossy)
    } catch let error as VocabularyError {
      throw Failure(error.inFile(input).description)
    }
    try written.save(as: output)
  }

  private func format() throws -> WritableFormat {
    guard let format = to ?? WritableFormat(fileName: output) else {
      throw Failure(usage: "the name `\(output)` tells no format: give --to")
    }
    if output == "-", format == .vocabularyJSON {
      throw Failure(usage: "vocab.json comes with merges.txt, so that it needs a file's name")
    }
    return format
  }
}
