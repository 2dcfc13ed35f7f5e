import ArgumentParser
import Tok
import TokShards
import TokenizerFormats
import TokenizerTraining

/// `tok trim`
struct Trim: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a vocabulary smaller: the tokens that texts use stay.",
    discussion: """
      Ids are given anew, without holes, in the order of the old ones; --map writes which old id \
      became which, for the rows of an embedding. Bytes, characters, special tokens and what other \
      tokens are merged from stay in any case.

      Example: tok trim gpt2 -n 8000 -o small.json --map ids.tsv corpus.txt
      """)

  @Argument(help: "A vocabulary: file, folder or name.")
  var vocabulary: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file to write. Its name tells the format, as for tok convert.", valueName: "file"))
  var output: String

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp(
      "How many tokens there are at most; else all that the texts use stay.", valueName: "n"))
  var vocabularySize: Int?

  @Option(
    help: ArgumentHelp(
      "A token that stays, by its text. May be given several times.", valueName: "text"))
  var protect: [String] = []

  @Option(
    help: ArgumentHelp(
      "A line for each token that stays: its old id, a tab, its new one.", valueName: "file"))
  var map: String?

  @Flag(help: "Leaves out what the format cannot say, and tells what.")
  var lossy = false

  @OptionGroup var tiktoken: TiktokenOptions
  @OptionGroup var documents: DocumentOptions
  @OptionGroup var text: TextOptions
  @OptionGroup var threads: ThreadOptions

  func validate() throws {
    if let vocabularySize, vocabularySize < 1 {
      throw ValidationError("-n takes a number from 1 on")
    }
  }

  func run() throws {
    guard let format = WritableFormat(fileName: output) else {
      throw Failure(usage: "the name `\(output)` tells no format")
    }
    do {
      let source = try tiktoken.read(vocabulary)
      let tokenizer = try source.tokenizer()
      var uses = try uses(tokenizer)
      for id in try protectedIDs(tokenizer) { uses[Int(id)] = .max }
      let trimmed =
        try vocabularySize.map { try source.trimmed(to: $0, byUse: uses) }
        ?? source.trimmed { Int($0) < uses.count && uses[Int($0)] > 0 }
      try write(trimmed, as: format)
      report(trimmed, of: tokenizer)
    } catch let error as VocabularyError {
      throw Failure(error.inFile(vocabulary).description)
    }
  }

  /// How often the texts use each id.
  private func uses(_ tokenizer: Tokenizer) throws -> [UInt64] {
    var uses = [UInt64](repeating: 0, count: tokenizer.idCount)
    var reader = documents.reader()
    while let batch = try reader.next() {
      do {
        let encoded = try tokenizer.encode(
          documents: batch.ranges, in: batch.bytes.span, specialTokens: text.specialTokens,
          addsTemplate: !text.noTemplate, threads: threads.threads)
        for id in encoded.ids { uses[Int(id)] += 1 }
      } catch {
        throw Failure(batch.place(error.index), error.error)
      }
    }
    return uses
  }

  private func protectedIDs(_ tokenizer: Tokenizer) throws -> [TokenID] {
    try protect.map { token in
      guard let id = tokenizer.id(of: token) else {
        throw Failure(usage: "--protect: `\(token)` is no token of \(vocabulary)")
      }
      return id
    }
  }

  private func write(_ trimmed: TrimmedTokenizer, as format: WritableFormat) throws {
    let written = try trimmed.source.written(
      as: format, stem: FileName(output).stem, allowsLosses: lossy)
    if let map { try OutputFile.save(map: trimmed.newIDs, as: map) }
    try written.save(as: output)
  }

  private func report(_ trimmed: TrimmedTokenizer, of tokenizer: Tokenizer) {
    let count = trimmed.newIDs.count { $0 != nil }
    System.complain("\(output): \(count) of \(tokenizer.tokenCount) tokens")
    if let vocabularySize, count > vocabularySize {
      System.complain("tok: those that must stay are more than the \(vocabularySize) asked for")
    }
  }
}
