import ArgumentParser
import Tok

/// `tok encode`
struct Encode: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Turns text into tokens.",
    discussion: """
      Formats: ids, a line of decimal ids for each document; tokens, a token a line as JSON string \
      (in colour: the text itself); json, an object with ids, tokens and byte ranges for each \
      document; u16 and u32, little-endian with nothing between documents; npy, one array of uint32.

      Example: tok encode -v cl100k_base --lines --to u32 --lengths lengths.bin -o ids.bin corpus.txt
      """)

  @OptionGroup var vocabulary: VocabularyOptions
  @OptionGroup var documents: DocumentOptions
  @OptionGroup var text: TextOptions
  @OptionGroup var threads: ThreadOptions

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

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case ids, tokens, json, u16, u32, npy
  }

  enum Color: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
  }

  func run() throws {
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
      }
    var reader = documents.reader()
    var progress = Progress()
    var count = 0
    while let batch = try reader.next() {
      if writer.needsRanges {
        for index in batch.ranges.indices {
          let tokens = try tokens(of: index, in: batch, tokenizer)
          try writer.write(
            tokens, of: batch.bytes.span.extracting(batch.ranges[index]), to: file)
          try lengthFile?.write(UInt64(tokens.count).littleEndianBytes)
        }
      } else {
        let encoded = try encode(batch, tokenizer)
        try writer.write(encoded, to: file)
        for index in 0..<encoded.count {
          try lengthFile?.write(UInt64(encoded.range(index).count).littleEndianBytes)
        }
      }
      count += batch.ranges.count
      try file.flush()
      progress.report(bytes: reader.byteCount, documents: count)
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

extension FixedWidthInteger {
  /// The number's bytes, lowest first.
  var littleEndianBytes: [UInt8] {
    (0..<(bitWidth / 8)).map { UInt8(truncatingIfNeeded: self >> Self($0 * 8)) }
  }
}
