internal import CTokTypes
internal import DefaultVocabulary
internal import Tok
internal import TokenizerFormats

/// The vocabularies that are found by name.
enum Catalog {
  /// What is said under a name.
  ///
  /// - Throws: `unknownVocabulary`, and what is wrong with the file.
  static func source(_ name: String) throws(CallError) -> TokenizerSource {
    if name == DefaultVocabulary.name { return TokenizerSource(.default) }
    guard let path = VocabularyCatalog.path(of: name, library: libraryFolder()) else {
      let folders = VocabularyCatalog.folders(library: libraryFolder()).joined(separator: ", ")
      throw CallError(
        .unknownVocabulary, "no vocabulary `\(name)`: neither in the library nor in \(folders)")
    }
    do throws(VocabularyError) {
      return try TokenizerSource(contentsOf: path)
    } catch { throw CallError(error) }
  }

  /// All names with their paths.
  static func json() -> [UInt8] {
    var rows = VocabularyCatalog.names(library: libraryFolder())
    rows.removeAll { $0.name == DefaultVocabulary.name }
    let items = rows.map {
      JSONValue(["name": .string($0.name), "path": .string($0.path)])
    }
    let embedded = JSONValue(["name": .string(DefaultVocabulary.name), "path": .null])
    return JSONValue.array([embedded] + items).write()
  }

  /// The folder of the library that this is part of.
  private static func libraryFolder() -> String? {
    // SAFETY: the loader's own text, which stays as long as the library is loaded.
    guard let name = unsafe ctok_library_path() else { return nil }
    let path = unsafe String(cString: name)
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}
