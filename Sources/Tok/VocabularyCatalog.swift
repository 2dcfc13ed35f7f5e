internal import TokenizerFormats

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The vocabularies that are found by name: folders called by it, in a few places on this machine.
/// Nothing is ever asked from a network.
public enum VocabularyCatalog {
  /// Where vocabularies are looked for, in this order: the folders in `TOK_VOCABULARIES`, separated by
  /// colons; `vocabularies` beside the running program; the data folder it was installed with; the same
  /// two of a shared library.
  ///
  /// - Parameter library: the folder of the shared library that this is part of.
  public static func folders(library: String? = nil) -> [String] {
    var folders: [String] = []
    if let value = unsafe getenv("TOK_VOCABULARIES") {
      let text = unsafe String(cString: value)
      folders += text.split(separator: ":").map(String.init)
    }
    if let program = programFolder() {
      folders.append(program + "/vocabularies")
      folders.append(program + "/../share/tok/vocabularies")
    }
    if let library {
      folders.append(library + "/vocabularies")
      folders.append(library + "/../share/tok/vocabularies")
    }
    return folders
  }

  /// The file of the vocabulary called `name`, or its folder if a configuration stands beside the
  /// file; nil if there is none. A name has no slash in it.
  public static func path(of name: String, library: String? = nil) -> String? {
    guard !name.isEmpty, !name.contains("/"), name != ".", name != ".." else { return nil }
    for folder in folders(library: library) {
      if let file = file(inFolder: folder + "/" + name) { return file }
    }
    return nil
  }

  /// All names that are found, sorted, each with its file.
  public static func names(library: String? = nil) -> [(name: String, path: String)] {
    var found: [String: String] = [:]
    for folder in folders(library: library) {
      for name in (try? ModelFolder.names(inFolder: folder)) ?? [] where found[name] == nil {
        if let file = file(inFolder: folder + "/" + name) { found[name] = file }
      }
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// What to load a vocabulary from: the file that its folder stands for, or the folder itself where
  /// a configuration beside the file says more; nil if there is none or `path` is no folder.
  static func file(inFolder path: String) -> String? {
    guard let folder = try? ModelFolder(path) else { return nil }
    return folder.configuration == nil && folder.specialTokensMap == nil ? folder.tokenizer : path
  }

  /// The folder of the running program.
  private static func programFolder() -> String? {
    #if canImport(Darwin)
      var size: UInt32 = 4096
      var buffer = [CChar](repeating: 0, count: Int(size))
      guard unsafe _NSGetExecutablePath(&buffer, &size) == 0 else { return nil }
      let path = unsafe String(cString: buffer)
    #else
      guard let resolved = unsafe realpath("/proc/self/exe", nil) else { return nil }
      defer { unsafe free(resolved) }
      let path = unsafe String(cString: resolved)
    #endif
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}
