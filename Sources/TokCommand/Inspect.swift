import ArgumentParser
import Tok

/// `tok inspect`
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what a tokenizer does.",
    discussion: """
      The way of a text through the pipeline, what the vocabulary is made of, and which of its tokens \
      no text becomes.

      Example: tok inspect -v cl100k_base
      """)

  @OptionGroup var vocabulary: VocabularyOptions

  @Flag(help: "Writes JSON.")
  var json = false

  func run() throws {
    let tokenizer = try vocabulary.load()
    let file = try OutputFile(nil)
    if json {
      try file.write(tokenizer.inspection(named: vocabulary.vocabulary))
      try file.write("\n".utf8)
    } else {
      let parts = [
        heading(tokenizer), PipelineDrawing.lines(tokenizer),
        VocabularyDrawing.lines(tokenizer.makeup()),
        UnreachableDrawing.lines(tokenizer.unreachableTokens(), tokenizer),
      ]
      try file.write(parts.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n").utf8)
    }
    try file.finish()
  }

  private func heading(_ tokenizer: Tokenizer) -> [String] {
    let special = tokenizer.pipeline.addedTokens.count { $0.isSpecial }
    return [
      "\(vocabulary.vocabulary): \(tokenizer.modelName)",
      "\(tokenizer.tokenCount) tokens, ids 0 to \(tokenizer.idCount - 1); "
        + "\(tokenizer.pipeline.addedTokens.count) of them added, \(special) of those special",
    ]
  }
}
