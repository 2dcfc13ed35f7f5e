import TestSupport
import Tok
import Tokenization

@testable import TokShards

/// A folder with an input, in which shards are written.
struct ShardWorkshop {
  let path: String

  static func open(_ body: (ShardWorkshop) throws -> Void) throws {
    try Files.withFolder { try body(ShardWorkshop(path: $0)) }
  }

  /// A byte's id is its value; `<e>` is special and has the given one.
  static func tokenizer(special: TokenID = 300) throws -> Tokenizer {
    let pipeline = Pipeline(
      addedTokens: [AddedToken("<e>", id: special)], splitter: Splitter([]), decoder: .bytes)
    let definition = TokenizerDefinition(pipeline: pipeline, model: BytesDefinition())
    return try TokenizerSource(definition).tokenizer()
  }

  func write(_ text: String, to name: String = "input") throws {
    try Files.write(Array(text.utf8), to: "\(path)/\(name)")
  }

  func read(_ name: String) throws -> [UInt8] { try Files.read("\(path)/\(name)") }

  /// Options for lines that end with `<e>`.
  static func options(_ format: ShardFormat, size: Int = 4, end: TokenID? = 300) -> ShardOptions {
    var options = ShardOptions(format: format)
    options.shardSize = size
    options.endOfDocument = end
    options.separator = .byte(0x0A)
    return options
  }

  func run(
    _ options: ShardOptions, to folder: String = "shards", inputs: [String] = ["input"],
    special: TokenID = 300
  ) throws -> ShardRun {
    ShardRun(
      "\(path)/\(folder)", inputs: inputs.map { $0 == "-" ? $0 : "\(path)/\($0)" },
      options: options, tokenizer: try Self.tokenizer(special: special), vocabularyName: "bytes")
  }

  /// The names and bytes of all files in a folder.
  func files(_ folder: String = "shards") throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try SystemCalls.names(in: "\(path)/\(folder)") {
      files[name] = try read("\(folder)/\(name)")
    }
    return files
  }

  /// The ids of all shards, one behind another.
  func ids(_ manifest: ShardManifest, _ options: ShardOptions, folder: String = "shards") throws
    -> [TokenID]
  {
    let type = options.format.idType(idCount: 301)
    return try manifest.shards.flatMap { shard in
      Array(try read("\(folder)/\(shard.file.name)").dropFirst(options.format.headerSize))
        .ids(of: type)
    }
  }
}
