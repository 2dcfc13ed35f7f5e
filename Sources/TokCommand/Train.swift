import ArgumentParser

/// `tok train`: a subcommand for each algorithm.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Trains a tokenizer on text.",
    discussion: """
      The same text and options give the same file, for any number of threads and on any machine. An \
      interrupt ends the training with the best so far; a second one ends it without.

      Example: tok train bpe -n 32000 --pattern o200k -o tokenizer.json corpus.txt
      """,
    subcommands: [
      TrainBPE.self, TrainWordPiece.self, TrainUnigram.self, TrainLIB.self, TrainSuperBPE.self,
      TrainBoundless.self,
    ])
}
