import ArgumentParser
import Tok
import TokShards

/// `tok count`
struct Count: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Counts tokens.",
    discussion: """
      A number for each document; the name behind it, and a total at the end, where several files \
      are named.

      Example: tok count README.md
      """)

  @OptionGroup var vocabulary: VocabularyOptions
  @OptionGroup var documents: DocumentOptions
  @OptionGroup var text: TextOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var display: ProgressOptions

  func run() throws {
    let tokenizer = try vocabulary.load()
    let file = try OutputFile(nil)
    var reader = documents.reader()
    var progress = Progress(display.progress)
    var documentCount = 0
    var total = 0
    let totalBytes = documents.totalBytes
    while let batch = try reader.next() {
      let counts = try counts(of: batch, tokenizer)
      for count in counts {
        try file.write("\(count)\(documents.files.count > 1 ? "\t\(batch.input)" : "")\n".utf8)
        total += count
      }
      try file.flush()
      documentCount += counts.count
      progress.report(
        bytes: reader.byteCount, of: totalBytes, documents: documentCount, tokens: total)
    }
    progress.finish()
    if documents.files.count > 1 { try file.write("\(total)\ttotal\n".utf8) }
    try file.finish()
  }

  private func counts(of batch: DocumentBatch, _ tokenizer: Tokenizer) throws -> [Int] {
    do {
      let encoded = try tokenizer.encode(
        documents: batch.ranges, in: batch.bytes.span, specialTokens: text.specialTokens,
        addsTemplate: !text.noTemplate, threads: threads.threads)
      return (0..<encoded.count).map { encoded.range($0).count }
    } catch {
      throw Failure(batch.place(error.index), error.error)
    }
  }
}
