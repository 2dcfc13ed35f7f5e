import ArgumentParser
import DefaultVocabulary
import Tok
import TokenizerFormats

/// Which vocabulary: the embedded one, a name, or a file.
struct VocabularyOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "A vocabulary by name (see `tok vocabularies`), file or folder.", valueName: "name|file"))
  var vocabulary = DefaultVocabulary.name

  @OptionGroup var tiktoken: TiktokenOptions

  func load() throws -> Tokenizer {
    do {
      return try tiktoken.read(vocabulary).tokenizer()
    } catch let error as VocabularyError {
      throw Failure(error.description)
    }
  }
}

/// What `-v` names.
enum VocabularyName {
  /// The file to load, or nil for the embedded vocabulary.
  static func path(of name: String) throws -> String? {
    // A folder that happens to be called like a vocabulary does not hide it; a file does.
    if name.contains("/") || System.isFile(name) { return name }
    if name == DefaultVocabulary.name { return nil }
    if let path = VocabularyCatalog.path(of: name) { return path }
    if System.exists(name) { return name }
    let folders = VocabularyCatalog.folders().joined(separator: ", ")
    throw Failure(
      usage: "no vocabulary `\(name)`: neither a file, nor embedded, nor in \(folders); "
        + "`tok vocabularies` lists the names")
  }

  /// What is said under this name, or in this file.
  static func source(_ name: String) throws -> TokenizerSource {
    do {
      guard let path = try path(of: name) else { return TokenizerSource(.default) }
      return try TokenizerSource(contentsOf: path)
    } catch let error as VocabularyError {
      throw Failure(error.description)
    }
  }

  /// The tokenizer of this name or file.
  static func load(_ name: String) throws -> Tokenizer {
    do {
      guard let path = try path(of: name) else { return .default }
      return try Tokenizer(contentsOf: path)
    } catch let error as VocabularyError {
      throw Failure(error.description)
    }
  }
}

/// What text that spells a special token becomes.
struct TextOptions: ParsableArguments {
  @Flag(help: "Leaves out what the template puts around each document.")
  var noTemplate = false

  @Option(help: "Text that spells a special token: plain text, the token, or an error.")
  var special: Special = .text

  enum Special: String, ExpressibleByArgument, CaseIterable {
    case text, parse, error
  }

  var specialTokens: SpecialTokens { Self.policy(special) }

  static func policy(_ special: Special) -> SpecialTokens {
    switch special {
    case .text: .asPlainText
    case .parse: .parse
    case .error: .refuse
    }
  }
}

/// Over how many threads.
struct ThreadOptions: ParsableArguments {
  @Option(name: .customShort("j"), help: ArgumentHelp("Threads.", valueName: "n"))
  var threads = System.processorCount

  func validate() throws {
    guard threads > 0 else { throw ValidationError("-j takes a number from 1 on") }
  }
}
