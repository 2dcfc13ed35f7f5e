import ArgumentParser
import Tok
import TokShards
import TokenizerFormats

/// What `tok encode --shards` is to write.
struct ShardCommandOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Writes token shards into a folder, with a manifest. The same command goes on where it was \
      stopped.
      """, valueName: "folder"))
  var shards: String?

  @Option(
    help: ArgumentHelp("Tokens in a shard, as 100M; that many otherwise.", valueName: "n"))
  var shardSize: TokenCount?

  @Option(
    help: ArgumentHelp("What the names of shards begin with; tokens otherwise.", valueName: "text"))
  var shardName: String?

  @Option(
    help: ArgumentHelp(
      "Put before each document: an id, or a token of the vocabulary. llm.c has its end here.",
      valueName: "token|id"))
  var beginOfDocument: String?

  @Option(
    help: ArgumentHelp("Put behind each document, as nanoGPT has it.", valueName: "token|id"))
  var endOfDocument: String?

  @Option(
    help: ArgumentHelp(
      "Writes the documents in an order drawn with this number, the same on every machine.",
      valueName: "seed"))
  var shuffle: UInt64?

  @Option(
    help: ArgumentHelp(
      "Rows of so many ids; --padding or --drop-rest says what becomes of the last one.",
      valueName: "n"))
  var pack: Int?

  @Option(
    help: ArgumentHelp("Fills what is left of a row.", valueName: "token|id"))
  var padding: String?

  @Flag(help: "Leaves a last row out that is not full.")
  var dropRest = false

  @Flag(help: "Cuts no document that fits into a row: each goes where the least room is left.")
  var wholeDocuments = false

  @Option(
    help: "What to do where a line is no document, or a file cannot be read: stop, or skip it.")
  var onError: ErrorPolicy?

  @Option(
    help: ArgumentHelp(
      "Skips what is no document and writes it here, a JSON object a line.", valueName: "file"))
  var badDocuments: String?

  @Flag(help: "Removes what is there of the shards and begins anew.")
  var restart = false

  @Option(
    help: ArgumentHelp(
      "How often is noted how far it is, 5 otherwise.", valueName: "seconds"))
  var checkpointEvery: Double?

  enum ErrorPolicy: String, ExpressibleByArgument, CaseIterable {
    case stop, skip
  }

  func validate() throws {
    guard shards != nil else {
      let isPlain =
        shardSize == nil && shardName == nil && beginOfDocument == nil && endOfDocument == nil
        && shuffle == nil && pack == nil && padding == nil && !dropRest && !wholeDocuments
        && onError == nil && badDocuments == nil && !restart && checkpointEvery == nil
      guard isPlain else { throw ValidationError("options of shards need --shards") }
      return
    }
    if pack == nil {
      guard padding == nil, !dropRest, !wholeDocuments else {
        throw ValidationError("--padding, --drop-rest and --whole-documents need --pack")
      }
    } else if (padding == nil) == !dropRest {
      throw ValidationError("--pack needs either --padding or --drop-rest")
    }
    guard !wholeDocuments || padding != nil else {
      throw ValidationError("--whole-documents needs --padding")
    }
    guard badDocuments == nil || onError != .stop else {
      throw ValidationError("--bad-documents skips them: not with --on-error stop")
    }
    guard checkpointEvery.map({ $0 >= 0 && $0 < 1e9 }) ?? true else {
      throw ValidationError("--checkpoint-every takes 0 to 1e9 seconds")
    }
  }

  /// The options as the library has them.
  func options(
    _ format: ShardFormat, _ documents: DocumentOptions, _ text: TextOptions,
    _ tokenizer: Tokenizer
  ) throws -> ShardOptions {
    var options = ShardOptions(format: format)
    if let shardSize { options.shardSize = shardSize.value }
    if let shardName { options.name = shardName }
    options.beginOfDocument = try beginOfDocument.map {
      try id($0, "--begin-of-document", tokenizer)
    }
    options.endOfDocument = try endOfDocument.map { try id($0, "--end-of-document", tokenizer) }
    options.shuffleSeed = shuffle
    if let pack {
      let padding = try padding.map { try id($0, "--padding", tokenizer) }
      var packing = Packing(length: pack, rest: padding.map { .padded($0) } ?? .dropped)
      packing.keepsDocumentsWhole = wholeDocuments
      options.packing = packing
    }
    options.separator = documents.separator
    options.specialTokens = text.specialTokens
    options.addsTemplate = !text.noTemplate
    return options
  }

  /// What is all digits is an id, anything else a token's text.
  private func id(_ text: String, _ option: String, _ tokenizer: Tokenizer) throws -> TokenID {
    if !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
      guard let id = TokenID(text) else { throw Failure(usage: "\(option): \(text) is no id") }
      return id
    }
    guard let id = tokenizer.id(of: text) else {
      throw Failure(usage: "\(option): the vocabulary has no token `\(text)`")
    }
    return id
  }

  /// Writes the shards, and says on standard error what became of it.
  func write(
    _ format: ShardFormat, to folder: String, _ documents: DocumentOptions, _ text: TextOptions,
    _ vocabulary: VocabularyOptions, _ style: ProgressOptions.Style, threads: Int
  ) throws {
    let tokenizer = try vocabulary.load()
    var run = ShardRun(
      folder, inputs: documents.inputs,
      options: try options(format, documents, text, tokenizer), tokenizer: tokenizer,
      vocabularyName: vocabulary.vocabulary)
    run.threads = threads
    run.restarts = restart
    run.skipsBadDocuments = onError == .skip || badDocuments != nil
    run.badDocumentsFile = badDocuments
    if let checkpointEvery { run.checkpointInterval = checkpointEvery }
    let progress = SharedProgress(style)
    run.progress = { progress.report($0) }
    let manifest: ShardManifest
    do {
      defer { progress.finish() }
      manifest = try run.write()
    }
    if style == .json {
      let json = JSONValue([
        "shards": JSONValue(manifest.shards.count), "tokens": JSONValue(manifest.tokens),
        "documents": JSONValue(manifest.documents),
        "bad_documents": JSONValue(manifest.badDocuments),
      ])
      System.complain(String(decoding: json.write(), as: UTF8.self))
    } else {
      let skipped = manifest.badDocuments > 0 ? "; \(manifest.badDocuments) skipped" : ""
      System.complain(
        "\(folder): \(manifest.shards.count) shards, \(manifest.tokens) tokens, "
          + "\(manifest.documents) documents\(skipped)")
    }
  }
}

/// A number of tokens with a letter behind it: k, M and G are powers of 1000.
struct TokenCount: ExpressibleByArgument {
  var value: Int

  init?(argument: String) {
    let factors: [Character: Int] = ["k": 1000, "K": 1000, "M": 1_000_000, "G": 1_000_000_000]
    let factor = argument.last.flatMap { factors[$0] }
    guard let number = Int(factor == nil ? argument[...] : argument.dropLast()), number > 0,
      number <= Int.max / (factor ?? 1)
    else { return nil }
    value = number * (factor ?? 1)
  }
}
