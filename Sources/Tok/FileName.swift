/// The parts of a path that say what a file is.
struct FileName {
  private let folder: String
  private let name: String

  init(_ path: String) {
    if let slash = path.lastIndex(of: "/") {
      folder = String(path[...slash])
      name = String(path[path.index(after: slash)...])
    } else {
      folder = ""
      name = path
    }
  }

  /// The name without its last ending.
  var stem: String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// A file named `vocab.json`, or `NAME-vocab.json`, `NAME.vocab.json`.
  var isVocabularyJSON: Bool {
    name == "vocab.json" || ends(in: "-vocab.json") || ends(in: ".vocab.json")
  }

  /// The file of merges that belongs to such a file.
  var mergesBeside: String { folder + name.dropLast("vocab.json".count) + "merges.txt" }

  private func ends(in suffix: String) -> Bool { name.hasSuffix(suffix) }
}
