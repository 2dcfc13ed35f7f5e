import ArgumentParser
import TokenizerTraining

/// `tok count-words`
struct CountWords: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Counts the words of texts, for training.",
    discussion: """
      Most trainers see no more of a text than how often each word stands there. So counting can be \
      done on many machines; --merge joins what they counted, and `tok train --counts` trains on it, \
      with the result that the texts together would have.

      Example: tok count-words --pattern o200k -o part1.counts part1.txt
      """)

  @Flag(help: "The files are word counts, which are added up.")
  var merge = false

  @Flag(help: "For trainers of characters; otherwise of bytes.")
  var characters = false

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"))
  var output: String

  @OptionGroup var preprocessing: PreprocessingOptions
  @OptionGroup var text: TrainingTextOptions
  @OptionGroup var execution: TrainingRunOptions

  func validate() throws {
    guard !merge || (text.jsonl == nil && preprocessing.pattern == nil) else {
      throw ValidationError("--merge joins words that were cut already: no --jsonl, no --pattern")
    }
  }

  func run() throws {
    var text = text
    if merge { text.counts = true }
    let sources = try text.sources()
    let progress = TrainingProgressLine(execution.progress)
    do {
      let counter = try WordCounter(
        preprocessing.preprocessing(
          isByteLevel: !characters, pattern: characters ? "metaspace" : "gpt2"))
      defer { progress.finish() }
      try counter.count(sources, execution.run(progress)).write(to: output)
    } catch let error as TrainingError {
      throw Failure(error.description)
    }
  }
}
