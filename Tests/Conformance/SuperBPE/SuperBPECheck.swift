import Tok
import TokenizerTraining

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Trains SuperBPE for `compare.py`, which starts it.
///
///     superbpe-check TEXT VOCABULARY_SIZE WORD_MERGES
///
/// Writes the tokenizer.json and a NUL to standard output, and then, for each line of standard input, its ids.
@main struct SuperBPECheck {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let size = Int(arguments[2]), let merges = Int(arguments[3]) else {
      print("usage: superbpe-check TEXT VOCABULARY_SIZE WORD_MERGES")
      exit(2)
    }
    var options = SuperBPEOptions()
    options.vocabularySize = size
    options.wordMerges = merges
    let trained = try SuperBPETrainer(options).train(on: [TrainingSource(.file(arguments[1]))])
    let file = try trained.source.written(as: .tokenizerJSON)
    print(String(decoding: file.bytes, as: UTF8.self), terminator: "\0")
    let tokenizer = try trained.source.tokenizer()
    while let line = readLine(strippingNewline: false) {
      print(try tokenizer.encode(line).map(String.init).joined(separator: " "))
    }
  }
}
