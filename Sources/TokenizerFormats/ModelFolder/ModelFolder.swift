package import Tokenization

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A folder with a model's files: which of them is the tokenizer, and what stands beside it.
package struct ModelFolder: Sendable, Hashable {
  /// The file that the tokenizer is read from.
  package let tokenizer: String
  /// What it is, by its contents.
  package let format: FileFormat
  /// The merges of a ``FileFormat/vocabularyJSON``.
  package let merges: String?
  package let configuration: String?
  package let specialTokensMap: String?
  package let chatTemplate: String?

  /// Looks for a tokenizer in the folder `path`: the first of `NAME.tok`, NAME being the folder's own
  /// name, `tokenizer.json`, `tekken.json`, `*.model`, `vocab.json` with `merges.txt`, `vocab.txt`,
  /// CLIP's `bpe_simple_vocab_16e6.txt`, `*.tiktoken`, `*.gguf` that holds what it is called. Where
  /// several files fit, the first by name.
  ///
  /// What a file holds decides about its format: Llama 3's `tokenizer.model` is read as .tiktoken.
  ///
  /// - Throws: `unreadable` for what is no folder, `missing` if there is no tokenizer in it.
  /// - Complexity: O(*n* log *n*) in the files of the folder, and what ``recognizeFormat(_:)`` takes.
  package init(_ path: String) throws(VocabularyError) {
    var folder = path
    while folder.utf8.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    let names = try Self.names(inFolder: folder)
    let own = folder.split(separator: "/").last.map(String.init) ?? folder
    let place = { (name: String) in names.contains(name) ? folder + "/" + name : nil }
    let merges = place("merges.txt")
    var found: (name: String, format: FileFormat)?
    for name in Self.candidates(names, own: own) {
      let file = try FileBytes(folder + "/" + name, isReadWhole: false)
      guard let format = recognizeFormat(file.span), Self.isTokenizer(format),
        format != .vocabularyJSON || merges != nil
      else { continue }
      found = (name, format)
      break
    }
    guard let found else {
      throw VocabularyError(
        .missing,
        "no tokenizer in the folder: `tokenizer.json`, `tekken.json`, `*.model`, `vocab.json` with "
          + "`merges.txt`, `vocab.txt`, `bpe_simple_vocab_16e6.txt`, `*.tiktoken`", file: path)
    }
    tokenizer = folder + "/" + found.name
    format = found.format
    self.merges = found.format == .vocabularyJSON ? merges : nil
    configuration = place("tokenizer_config.json")
    specialTokensMap = place("special_tokens_map.json")
    chatTemplate = place("chat_template.jinja")
  }

  /// Reads what stands beside the tokenizer; nil if nothing does.
  package func readConfiguration() throws(VocabularyError) -> TokenizerConfiguration? {
    guard configuration != nil || specialTokensMap != nil || chatTemplate != nil else { return nil }
    let configurationFile = try Self.open(configuration)
    let mapFile = try Self.open(specialTokensMap)
    let templateFile = try Self.open(chatTemplate)
    do throws(VocabularyError) {
      return try TokenizerConfiguration(
        configuration: configurationFile?.span, specialTokensMap: mapFile?.span,
        chatTemplate: templateFile?.span)
    } catch {
      var error = error
      if let name = error.file, let slash = tokenizer.lastIndex(of: "/") {
        error.file = tokenizer[...slash] + name
      }
      throw error
    }
  }

  private static func open(_ path: String?) throws(VocabularyError) -> FileBytes? {
    guard let path else { return nil }
    return try FileBytes(path)
  }

  /// The files that may be the tokenizer, likely ones first.
  private static func candidates(_ names: [String], own: String) -> [String] {
    func named(_ name: String) -> [String] { names.filter { $0 == name } }
    func ending(in suffix: String) -> [String] { names.filter { $0.hasSuffix(suffix) } }
    return named("\(own).tok") + named("tokenizer.json") + named("tekken.json")
      + names.filter { $0.hasPrefix("tekken") && $0.hasSuffix(".json") && $0 != "tekken.json" }
      + named("tokenizer.model") + ending(in: ".model").filter { $0 != "tokenizer.model" }
      + names.filter { $0.hasPrefix("tokenizer.model.") }
      + named("vocab.json") + named("vocab.txt") + named("bpe_simple_vocab_16e6.txt")
      + ending(in: ".tiktoken") + ending(in: ".gguf")
  }

  private static func isTokenizer(_ format: FileFormat) -> Bool { format != .merges }

  /// Whether `path` is a folder that can be looked into.
  package static func isFolder(_ path: String) -> Bool {
    guard let folder = unsafe opendir(path) else { return false }
    _ = unsafe closedir(folder)
    return true
  }

  /// What a folder holds, sorted, without hidden files.
  ///
  /// - Throws: `unreadable`.
  package static func names(inFolder path: String) throws(VocabularyError) -> [String] {
    guard let folder = unsafe opendir(path) else {
      throw VocabularyError(.unreadable, unsafe String(cString: strerror(errno)), file: path)
    }
    defer { _ = unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      // SAFETY: the name ends with a NUL within the entry.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 1) { unsafe String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
