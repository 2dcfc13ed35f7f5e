import ArgumentParser
import DefaultVocabulary
import Tok
import TokShards
import TokView

/// `tok view`
struct View: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a page that shows text as tokens.",
    discussion: """
      The page is one HTML file that any browser opens and that asks no network: the text coloured by \
      token, ids and bytes and ranges under the pointer or by key, several vocabularies side by side.

      Example: tok view -v cl100k_base -v o200k_base -o page.html README.md
      """)

  @Option(
    name: .shortAndLong, parsing: .singleValue,
    help: ArgumentHelp(
      "A vocabulary by name (see `tok vocabularies`), file or folder; once for each column.",
      valueName: "name|file"))
  var vocabulary = [DefaultVocabulary.name]

  @OptionGroup var documents: DocumentOptions
  @OptionGroup var text: TextOptions

  @Option(help: "What the page is called; the names of the files unless given.")
  var title: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where to; - for standard output.", valueName: "file"))
  var output: String?

  func run() throws {
    let file = try OutputFile(output)
    if file.isTerminal {
      throw Failure(usage: "a page is not for a terminal: name a file with -o, or -o - into a pipe")
    }
    let vocabularies = try vocabulary.map {
      (name: $0, tokenizer: try VocabularyName.load($0))
    }
    var page = TokenPage(title: title ?? documents.title, vocabularies: vocabularies)
    var reader = documents.reader()
    while let batch = try reader.next() {
      for (index, range) in batch.ranges.enumerated() {
        do {
          try page.append(
            batch.bytes.span.extracting(range),
            named: documents.isDivided ? batch.place(index) : batch.input,
            specialTokens: text.specialTokens, addsTemplate: !text.noTemplate)
        } catch {
          throw Failure(batch.place(index), error)
        }
      }
    }
    try file.write(page.html())
    try file.finish()
  }
}
