internal import DefaultVocabulary
internal import Tok

/// `--name value` pairs of a command line.
struct Options {
  private var values: [String: String] = [:]

  private static let names: Set = [
    "vocabulary", "corpus", "threads", "limit", "repetitions", "text", "milliseconds", "kind",
    "bytes", "compiled",
  ]

  init(_ words: [String]) throws(BenchmarkError) {
    var index = 0
    while index < words.count {
      let name = String(words[index].dropFirst(2))
      guard words[index].hasPrefix("--"), Self.names.contains(name) else {
        throw BenchmarkError(message: "no option `\(words[index])`")
      }
      guard index + 1 < words.count else {
        throw BenchmarkError(message: "`\(words[index])` needs a value")
      }
      values[name] = words[index + 1]
      index += 2
    }
  }

  subscript(name: String) -> String? { values[name] }

  func required(_ name: String) throws(BenchmarkError) -> String {
    guard let value = values[name] else { throw BenchmarkError(message: "`--\(name)` is needed") }
    return value
  }

  /// A whole number of at least 1, or `fallback` where there is none.
  func count(_ name: String, default fallback: Int) throws(BenchmarkError) -> Int {
    guard let text = values[name] else { return fallback }
    guard let number = Int(text), number > 0 else {
      throw BenchmarkError(message: "`--\(name)`: a number above 0 expected, found `\(text)`")
    }
    return number
  }

  /// What `--vocabulary` says, `default` where it says nothing.
  var vocabulary: String { values["vocabulary"] ?? "default" }

  /// Opens what `--vocabulary` names.
  func openVocabulary() throws -> Tokenizer {
    if vocabulary == "default" { return Tokenizer.default }
    return try Tokenizer(contentsOf: VocabularyCatalog.path(of: vocabulary) ?? vocabulary)
  }
}
