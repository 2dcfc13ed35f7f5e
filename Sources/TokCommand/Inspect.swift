import ArgumentParser
import Tok
import TokenizerFormats

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
      try file.write(InspectionJSON.value(of: tokenizer, named: vocabulary.vocabulary).write())
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

/// What `tok inspect --json` writes: the pipeline in the words of tokenizer.json, and counts.
enum InspectionJSON {
  static func value(of tokenizer: Tokenizer, named name: String) -> JSONValue {
    let special = tokenizer.pipeline.addedTokens.lazy.filter(\.isSpecial).count
    return JSONValue([
      "vocabulary": .string(name),
      "model": .string(tokenizer.modelName),
      "tokens": JSONValue(tokenizer.tokenCount),
      "ids": JSONValue(tokenizer.idCount),
      "added": JSONValue(tokenizer.pipeline.addedTokens.count),
      "special": JSONValue(special),
      "pipeline": pipelineJSON(tokenizer.pipeline),
      "makeup": makeup(tokenizer.makeup()),
      "unreachable": .array(
        tokenizer.unreachableTokens().map {
          JSONValue(["id": JSONValue(Int($0.id)), "reason": .string("\($0.reason)")])
        }),
    ])
  }

  private static func makeup(_ makeup: VocabularyMakeup) -> JSONValue {
    JSONValue([
      "lengths": .array(makeup.lengths.map { JSONValue($0) }),
      "scripts": .array(
        makeup.scripts.map {
          JSONValue(["name": .string($0.name), "tokens": JSONValue($0.tokens)])
        }),
      "without_letters": JSONValue(makeup.withoutLetters),
      "white_space": JSONValue(makeup.whiteSpace),
      "word_beginnings": JSONValue(makeup.wordBeginnings),
      "word_continuations": JSONValue(makeup.wordContinuations),
      "parts_of_characters": JSONValue(makeup.partsOfCharacters),
      "bytes": JSONValue(makeup.bytes),
      "holes": JSONValue(makeup.holes),
    ])
  }
}
