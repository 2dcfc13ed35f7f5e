internal import Tokenization
internal import TokenizerFormats

/// The folder of a set: what lies there, and what of it is ours.
struct ShardFolder {
  let path: String

  /// - Throws: `unreadable`, `damaged`; nil where there is none.
  func manifest() throws(ShardError) -> ShardManifest? {
    let file = "\(path)/\(ShardManifest.fileName)"
    guard let bytes = try Self.read(file) else { return nil }
    return try ShardManifest(bytes, path: file)
  }

  /// - Throws: `unreadable`, `damaged`; nil where there is none.
  func journal() throws(ShardError) -> Journal? {
    let file = "\(path)/\(Journal.fileName)"
    guard let bytes = try Self.read(file) else { return nil }
    return try Journal(bytes, path: file)
  }

  private static func read(_ path: String) throws(ShardError) -> [UInt8]? {
    guard SystemCalls.exists(path) else { return nil }
    return try SystemCalls.contents(of: path)
  }

  /// Puts a small file into its place, for good.
  func replace(_ name: String, with bytes: [UInt8]) throws(ShardError) {
    do throws(VocabularyError) {
      try replaceFile("\(path)/\(name)", with: bytes)
    } catch {
      throw ShardError(.unwritable, error.message, place: "\(path)/\(name)")
    }
    try SystemCalls.syncFolder(path)
  }

  func remove(_ name: String) { SystemCalls.remove("\(path)/\(name)") }

  /// Removes what a killed run left behind: all that has not got its name, but for `kept`.
  func removeParts(of name: String, but kept: Set<String>) throws(ShardError) {
    for file in try SystemCalls.names(in: path) where file.hasSuffix(".part") {
      if !kept.contains(file), Self.isOurs(file, name) { remove(file) }
    }
  }

  /// Removes all that belongs to a set of this name, finished or not, and to the one that is here.
  func removeAll(of name: String) throws(ShardError) {
    let runs = [(try? manifest())?.run, (try? journal())?.run]
    let names = Set([name] + runs.compactMap { $0?.shardName })
    // The manifest goes first: without it nobody takes the rest for whole.
    for file in [ShardManifest.fileName, Journal.fileName] { remove(file) }
    for file in try SystemCalls.names(in: path) {
      if names.contains(where: { Self.isOurs(file, $0) }) { remove(file) }
    }
  }

  /// The shards of this name that lie here, in the order of their names.
  func shardFiles(of name: String) throws(ShardError) -> [String] {
    try SystemCalls.names(in: path).filter { Self.isShard($0, name) }
  }

  /// Whether a run makes files of this name here, and a user hardly does.
  static func isOurs(_ file: String, _ name: String) -> Bool {
    if isShard(file.hasSuffix(".part") ? String(file.dropLast(5)) : file, name) { return true }
    return file.hasSuffix(".part")
      && [
        "documents.ids", "documents.lengths", "\(ShardManifest.fileName).", "\(Journal.fileName).",
      ]
      .contains { file.hasPrefix($0) }
  }

  /// Whether it is called NAME_000000.bin, or so.
  private static func isShard(_ file: String, _ name: String) -> Bool {
    guard file.hasPrefix("\(name)_"), let dot = file.lastIndex(of: ".") else { return false }
    let number = file[file.index(file.startIndex, offsetBy: name.count + 1)..<dot]
    return number.utf8.count >= 6 && number.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
      && ["bin", "idx", "npy", "lengths"].contains(file[file.index(after: dot)...])
  }
}
