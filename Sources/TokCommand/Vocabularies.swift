import ArgumentParser
import DefaultVocabulary
import Tok

/// `tok vocabularies`
struct Vocabularies: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the vocabularies that are found by name.",
    discussion: """
      They are looked for in the folders that TOK_VOCABULARIES names, separated by colons, beside \
      the program, and in the data folder it was installed with.

      Example: TOK_VOCABULARIES=vocabularies tok vocabularies
      """)

  func run() throws {
    let file = try OutputFile(nil)
    let found = VocabularyCatalog.names()
    var rows = found.map { ($0.name, $0.path) }
    if !found.contains(where: { $0.name == DefaultVocabulary.name }) {
      rows.insert((DefaultVocabulary.name, "embedded"), at: 0)
    }
    let width = rows.map(\.0.count).max() ?? 0
    for (name, path) in rows {
      let mark = name == DefaultVocabulary.name ? "  (default)" : ""
      let padding = String(repeating: " ", count: width - name.count)
      try file.write("\(name)\(padding)  \(path)\(mark)\n".utf8)
    }
    try file.finish()
  }
}
