/// The parts of a path that say what a file is.
package struct FileName {
  private let folder: String
  private let name: String

  package init(_ path: String) {
    if let slash = path.lastIndex(of: "/") {
      folder = String(path[...slash])
      name = String(path[path.index(after: slash)...])
    } else {
      folder = ""
      name = path
    }
  }

  /// The name without its last ending.
  package var stem: String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// The file of merges that belongs to such a file.
  ///
  /// `NAME-vocab.json` and `NAME.vocab.json` have `NAME-merges.txt` and `NAME.merges.txt`.
  package var mergesBeside: String {
    let ending = "vocab.json"
    return folder + (name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : "")
      + "merges.txt"
  }
}
