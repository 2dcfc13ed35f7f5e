import ArgumentParser
import Tok
import TokenizerFormats
import TokenizerTraining

/// `tok knock-out`
struct KnockOut: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "knock-out",
    abstract: "Takes out of a byte-pair vocabulary what joins different morphemes.",
    discussion: """
      The lexicon has a line for each word: the word, a tab, its morphemes with spaces between them, and \
      perhaps a tab and how much it counts. A merge that mostly takes borders of morphemes away goes with \
      its token (BPE-knockout), and what was made of that token is made of its parts. Ids are given anew, \
      without holes, in the order of the old ones. tokenizer.json, with a type of our own, and NAME.tok \
      hold such a tokenizer.

      Example: tok knock-out gpt2 --lexicon morphemes.tsv -o pruned.json --map ids.tsv
      """)

  @Argument(help: "A vocabulary: file, folder or name.")
  var vocabulary: String

  @Option(help: ArgumentHelp("Words with their morphemes.", valueName: "file"))
  var lexicon: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file to write. Its name tells the format, as for tok convert.", valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp("From which share of wrong uses on a merge goes.", valueName: "0 to 1"))
  var threshold = 0.5

  @Option(help: ArgumentHelp("A merge that is used less often stays.", valueName: "n"))
  var minUses: UInt64 = 1

  @Option(help: ArgumentHelp("How many tokens there are at least.", valueName: "n"))
  var minVocabularySize = 0

  @Option(
    help: ArgumentHelp(
      "How often words are looked at again with what is left, at most.", valueName: "n"))
  var rounds = 1

  @Option(help: ArgumentHelp("Stands before each word; a space otherwise.", valueName: "text"))
  var prefix = " "

  @Option(
    help: ArgumentHelp(
      "A line for each token that stays: its old id, a tab, its new one.", valueName: "file"))
  var map: String?

  @OptionGroup var tiktoken: TiktokenOptions

  func run() throws {
    guard let format = WritableFormat(fileName: output) else {
      throw Failure(usage: "the name `\(output)` tells no format")
    }
    var options = KnockoutOptions()
    options.threshold = threshold
    options.minimumUses = minUses
    options.minimumVocabularySize = minVocabularySize
    options.rounds = rounds
    options.prefix = prefix
    do {
      let words = try MorphologicalLexicon(contentsOf: lexicon)
      let source = try tiktoken.read(vocabulary)
      let result = try source.knockedOut(by: words, options)
      let written = try result.source.written(as: format, stem: FileName(output).stem)
      if let map { try OutputFile.save(map: result.newIDs, as: map) }
      try written.save(as: output)
      report(result, of: words)
    } catch let error as VocabularyError {
      throw Failure(error.inFile(vocabulary).description)
    } catch let error as TrainingError {
      throw Failure(error.description)
    }
  }

  private func report(_ result: KnockedOutTokenizer, of words: MorphologicalLexicon) {
    let count = result.newIDs.count { $0 != nil }
    System.complain(
      "\(output): \(count) tokens, \(result.removed.count) merges were knocked out")
    if result.skippedWordCount > 0 {
      System.complain(
        "tok: \(result.skippedWordCount) of \(words.entries.count) words are changed before they are "
          + "merged, and say nothing")
    }
  }
}
