import ArgumentParser
import Tok
import TokShards

/// `tok encode`
struct Encode: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Turns text into tokens.",
    discussion: """
      Formats: ids, a line of decimal ids for each document; tokens, a token a line as JSON string \
      (in colour: the text itself); json, an object with ids, tokens and byte ranges for each \
      document; u16 and u32, little-endian with nothing between documents; npy, one array of uint32.

      Shards, with --shards: llm.c, bin (nanoGPT), npy, megatron; ids as narrow as the vocabulary \
      allows. `tok verify` checks them.

      Example: tok encode -v gpt2 --jsonl text --to llm.c --shards DIR \
      --begin-of-document "<|endoftext|>" docs-*.jsonl.zst
      """)

  @OptionGroup var vocabulary: VocabularyOptions
  @OptionGroup var documents: DocumentOptions
  @OptionGroup var text: TextOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var display: ProgressOptions

  @Option(help: "What is written.")
  var to: Format = .ids

  @Option(
    help: ArgumentHelp(
      "Writes how many ids each document has, as u64, little-endian.", valueName: "file"))
  var lengths: String?

  @Option(
    help: """
      Whether --to tokens shows the text in colours; auto: in a terminal, unless NO_COLOR is set.
      """)
  var color: Color = .auto

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where to; - for standard output.", valueName: "file"))
  var output: String?

  @OptionGroup(title: "Shards") var shards: ShardCommandOptions

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case ids, tokens, json, u16, u32, npy
    case llmC = "llm.c"
    case bin, megatron
  }

  enum Color: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
  }

  func validate() throws {
    let isForShards = ShardFormat(rawValue: to.rawValue) != nil
    if shards.shards == nil {
      guard !isForShards || to == .npy else {
        throw ValidationError("--to \(to.rawValue) needs --shards")
      }
    } else {
      guard isForShards else {
        throw ValidationError("--shards takes --to llm.c, bin, npy or megatron")
      }
      guard output == nil, lengths == nil else {
        throw ValidationError("--shards takes neither --output nor --lengths")
      }
    }
  }

  func run() throws {
    if let folder = shards.shards, let format = ShardFormat(rawValue: to.rawValue) {
      return try shards.write(
        format, to: folder, documents, text, vocabulary, display.progress,
        threads: threads.threads)
    }
    let tokenizer = try vocabulary.load()
    if to == .u16, tokenizer.idCount > 1 << 16 {
      throw Failure(
        "--to u16: the largest id of this vocabulary is \(tokenizer.idCount - 1), of at most 65535")
    }
    let file = try OutputFile(output)
    let lengthFile = try lengths.map { try OutputFile($0) }
    let isColored = color == .always || (color == .auto && file.isTerminal && System.wantsColor)
    var writer: any TokenWriter =
      switch to {
      case .ids: IDLineWriter()
      case .u16: NumberWriter(width: 2)
      case .u32: NumberWriter(width: 4)
      case .npy: ArrayWriter()
      case .tokens: isColored ? ColorWriter(tokenizer) : TokenLineWriter(tokenizer)
      case .json: ObjectWriter(tokenizer)
      case .llmC, .bin, .megatron: preconditionFailure("\(to) is written in shards only")
      }
    var reader = documents.reader()
    var progress = Progress(display.progress)
    let total = documents.totalBytes
    var count = 0
    var tokenCount = 0
    while let batch = try reader.next() {
      if writer.needsRanges {
        for index in batch.ranges.indices {
          let tokens = try tokens(of: index, in: batch, tokenizer)
          tokenCount += tokens.count
          try writer.write(
            tokens, of: batch.bytes.span.extracting(batch.ranges[index]), to: file)
          try lengthFile?.write(UInt64(tokens.count).littleEndianBytes)
        }
      } else {
        let encoded = try encode(batch, tokenizer)
        tokenCount += encoded.ids.count
        try writer.write(encoded, to: file)
        for index in 0..<encoded.count {
          try lengthFile?.write(UInt64(encoded.range(index).count).littleEndianBytes)
        }
      }
      count += batch.ranges.count
      try file.flush()
      progress.report(
        bytes: reader.byteCount, of: total, documents: count, tokens: tokenCount)
    }
    progress.finish()
    try writer.finish(file)
    try file.finish()
    try lengthFile?.finish()
  }

  private func encode(_ batch: DocumentBatch, _ tokenizer: Tokenizer) throws -> EncodedBatch {
    do {
      return try tokenizer.encode(
        documents: batch.ranges, in: batch.bytes.span, specialTokens: text.specialTokens,
        addsTemplate: !text.noTemplate, threads: threads.threads)
    } catch {
      throw Failure(batch.place(error.index), error.error)
    }
  }

  private func tokens(
    of index: Int, in batch: DocumentBatch, _ tokenizer: Tokenizer
  ) throws -> [Token] {
    do {
      return try tokenizer.tokenize(
        batch.bytes.span.extracting(batch.ranges[index]), specialTokens: text.specialTokens,
        addsTemplate: !text.noTemplate)
    } catch {
      throw Failure(batch.place(index), error)
    }
  }
}
