import ArgumentParser
import TokenizerTraining

/// Which characters are tokens.
struct AlphabetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Characters that are tokens whether they are met or not: bytes, all of them; none; or the \
      characters themselves. All bytes unless tokens are made of characters.
      """, valueName: "bytes|none|text"))
  var initialAlphabet: String?

  @Option(help: ArgumentHelp("How many characters are tokens at most.", valueName: "n"))
  var limitAlphabet: Int?

  @Option(
    help: ArgumentHelp("The share of all characters that are tokens.", valueName: "0 to 1"))
  var coverage: Double?

  func initialAlphabet(isByteLevel: Bool) -> BPETrainer.Alphabet {
    switch initialAlphabet {
    case nil: isByteLevel ? .byteLevel : .none
    case "bytes": .byteLevel
    case "none": .none
    case let text?: .characters(Array(text.unicodeScalars))
    }
  }
}
