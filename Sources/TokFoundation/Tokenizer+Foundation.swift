public import Tok

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension Tokenizer {
  /// Loads a tokenizer from a file or folder that `url` names; see `init(contentsOf:pattern:specialTokens:)`
  /// for a path.
  ///
  /// - Throws: `unreadable` for a URL that is not of a file, and all that loading from a path throws.
  public init(
    contentsOf url: URL, pattern: SplitPattern? = nil, specialTokens: [String: TokenID]? = nil
  ) throws(VocabularyError) {
    guard url.isFileURL else {
      throw VocabularyError(
        .unreadable, "not the URL of a file; nothing is read over a network",
        file: url.absoluteString)
    }
    try self.init(contentsOf: url.path, pattern: pattern, specialTokens: specialTokens)
  }

  /// Loads a tokenizer from bytes in memory: a compiled form, tokenizer.json, or .tiktoken.
  public init(
    data: Data, stem: String? = nil, pattern: SplitPattern? = nil,
    specialTokens: [String: TokenID]? = nil
  ) throws(VocabularyError) {
    try self.init(
      bytes: data.span, stem: stem, pattern: pattern, specialTokens: specialTokens)
  }
}
