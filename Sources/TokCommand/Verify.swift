import ArgumentParser
import TokShards
import TokenizerFormats

/// `tok verify`
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks a folder of token shards.",
    discussion: """
      Reads all that `tok encode --shards` has written there: whether every file is there with its \
      size, its digest and its header, whether each id is one of the vocabulary, whether counts and \
      index agree. Exit status: 0 where the set is whole, 1 where something is wrong or missing.

      Example: tok verify shards
      """)

  @Flag(help: "Writes one JSON object.")
  var json = false

  @Argument(help: ArgumentHelp("A folder of shards.", valueName: "folder"))
  var folder: String

  func run() throws {
    let found = try ShardVerification(folder)
    let output = try OutputFile(nil)
    try output.write((json ? object(found) : text(found)).utf8)
    try output.finish()
    if found.state != .whole { System.stop(1) }
  }

  private func text(_ found: ShardVerification) -> String {
    var lines = found.problems.map { "\($0.file): \($0.message)" }
    lines.append(
      "\(folder): \(found.state.rawValue): \(found.goodShards) of \(found.shardCount) shards are good, "
        + "\(found.goodTokens) tokens" + (found.advice.map { "; \($0)" } ?? ""))
    return lines.map { $0 + "\n" }.joined()
  }

  private func object(_ found: ShardVerification) -> String {
    let problems = found.problems.map {
      JSONValue(["file": .string($0.file), "problem": .string($0.message)])
    }
    let json = JSONValue([
      "state": .string(found.state.rawValue), "shards": JSONValue(found.shardCount),
      "good_shards": JSONValue(found.goodShards), "good_tokens": JSONValue(found.goodTokens),
      "problems": .array(problems), "advice": found.advice.map { .string($0) } ?? .null,
    ])
    return String(decoding: json.write(), as: UTF8.self) + "\n"
  }
}
