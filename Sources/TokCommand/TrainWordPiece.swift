import ArgumentParser
import TokenizerTraining

/// `tok train wordpiece`
struct TrainWordPiece: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wordpiece",
    abstract:
      "WordPiece: by counts, as huggingface's trainer does, or by likelihood, as published.",
    discussion: """
      Text is normalised and cut as for BERT unless --normalize and --pattern say otherwise; \
      bert-cased keeps capitals. Without --special there are BERT's: [PAD], [UNK], [CLS], [SEP], \
      [MASK].

      Example: tok train wordpiece -n 30000 -o tokenizer.json corpus.txt
      """)

  @OptionGroup var size: VocabularySizeOptions
  @OptionGroup var alphabet: AlphabetOptions

  @Option(help: ArgumentHelp("Stands for words that have no tokens.", valueName: "text"))
  var unknown = "[UNK]"

  @Option(
    help: ArgumentHelp(
      "Stands before what is not the beginning of a word.", valueName: "text"))
  var prefix = "##"

  @Option(
    help: """
      Which pair comes first: the most frequent one, or that of the greatest likelihood; the latter \
      wants --min-frequency.
      """)
  var score: Score = .counts

  @OptionGroup var preprocessing: PreprocessingOptions
  @OptionGroup var text: TrainingTextOptions
  @OptionGroup var output: TrainingOutput
  @OptionGroup var execution: TrainingRunOptions

  enum Score: String, ExpressibleByArgument, CaseIterable {
    case counts, likelihood

    var score: WordPieceTrainer.Score { self == .counts ? .counts : .likelihood }
  }

  func run() throws {
    var options = BPETrainer.Options()
    options.vocabularySize = size.vocabularySize
    options.minimumFrequency = size.minFrequency
    options.specialTokens =
      size.special.isEmpty ? ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] : size.special
    options.unknownToken = unknown
    options.continuingSubwordPrefix = prefix
    options.initialAlphabet = alphabet.initialAlphabet(isByteLevel: false)
    options.limitAlphabet = alphabet.limitAlphabet
    options.characterCoverage = alphabet.coverage ?? 1
    options.maximumTokenLength = size.maxTokenLength
    options.requiredTokens = size.require
    let preprocessing = try preprocessing.preprocessing(
      isByteLevel: false, pattern: "bert", normalize: [.bert])
    let trainer = try usable { try WordPieceTrainer(options, score: score.score, preprocessing) }
    let sources = try text.sources()
    try output.train(text, execution) { try trainer.train(on: sources, $0) }
  }
}
