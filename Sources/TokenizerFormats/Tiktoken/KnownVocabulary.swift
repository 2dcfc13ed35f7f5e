import Tokenization

/// A vocabulary whose .tiktoken file we recognise: what the file does not say.
struct KnownVocabulary: Sendable {
  var name: String
  /// Other stems of file names that mean it.
  var aliases: [String] = []
  var file: KnownFile
  var pattern: String
  var special: SpecialTokenTable
  /// The texts of the tokens with a part to play.
  var beginning: String?
  var end: String?
  var padding: String?
  var unknown: String?

  /// What we know of the file that `bytes` are.
  ///
  /// By its digest; of several vocabularies with that file the one that `stem` names, else the
  /// first. Only if no file has the digest, by `stem` alone: a file that was written anew.
  static func find(_ bytes: Span<UInt8>, stem: String?) -> KnownVocabulary? {
    let stem = stem.map(normalized)
    let named = all.filter { known in
      stem.map { stem in ([known.name] + known.aliases).contains { normalized($0) == stem } }
        ?? false
    }
    // The digest of a few megabytes takes milliseconds; the size rules out most files.
    if all.contains(where: { $0.file.byteCount == bytes.count }) {
      let digest = SHA256.digest(of: bytes)
      let same = all.filter { $0.file.digest == digest }
      if let known = same.first(where: { known in named.contains { $0.name == known.name } }) {
        return known
      }
      if let known = same.first { return known }
    }
    return named.first
  }

  func specialTokens() -> [AddedToken] {
    special.texts().enumerated().map { place, text in
      AddedToken(text, id: special.start + TokenID(place))
    } + special.scattered.map { AddedToken($0.text, id: $0.id) }
  }

  func roles(among tokens: [AddedToken]) -> TokenRoles {
    let id = { (text: String?) in tokens.first { $0.content == text }?.id }
    return TokenRoles(
      beginning: id(beginning), end: id(end), padding: id(padding), unknown: id(unknown))
  }

  /// `Llama-3.1` and `llama3_1` are one name.
  private static func normalized(_ name: String) -> String {
    name.lowercased().filter { $0 != "-" && $0 != "_" && $0 != "." }
  }
}

/// A file by its size and digest.
struct KnownFile: Sendable {
  var byteCount: Int
  /// SHA-256 in lower-case hexadecimal digits.
  var digest: String
}

/// Special tokens: those with the ids from `start` on, and single ones.
struct SpecialTokenTable: Sendable {
  var start: TokenID = 0
  var texts: @Sendable () -> [String] = { [] }
  var scattered: [(text: String, id: TokenID)] = []
}
