public import SplitPatterns
public import Tokenization
internal import TokenizerFormats

extension Tokenizer {
  /// Loads a tokenizer from a file of any format that is read here.
  ///
  /// What the file is shows its content: a compiled form, tokenizer.json, vocab.json (with merges.txt
  /// beside it), or .tiktoken. A folder stands for the first of `NAME.tok`, `tokenizer.json`,
  /// `vocab.json`, `NAME.tiktoken` in it, `NAME` being its own name.
  ///
  /// - Parameters:
  ///   - path: the file or folder.
  ///   - pattern: for .tiktoken files that are not known, which do not hold one.
  ///   - specialTokens: for .tiktoken files, instead of the known ones.
  /// - Throws: what is wrong, with the file, the place in it, and what was found there.
  public init(
    contentsOf path: String, pattern: SplitPattern? = nil, specialTokens: [String: TokenID]? = nil
  ) throws(VocabularyError) {
    if let inside = VocabularyCatalog.file(inFolder: path) {
      self = try Tokenizer(contentsOf: inside, pattern: pattern, specialTokens: specialTokens)
      return
    }
    let file = try FileBytes(path)
    do throws(VocabularyError) {
      if CompiledImage.isImage(file.span) {
        try self.init(CompiledImage(file))
      } else if FileName(path).isVocabularyJSON {
        let merges = try FileBytes(FileName(path).mergesBeside)
        try self.init(readWordLists(vocabulary: file.span, merges: merges.span))
      } else {
        try self.init(
          bytes: file.span, stem: FileName(path).stem, pattern: pattern,
          specialTokens: specialTokens)
      }
    } catch {
      throw error.inFile(path)
    }
  }

  /// Loads a tokenizer from bytes in memory: a compiled form, tokenizer.json, or .tiktoken.
  ///
  /// - Parameters:
  ///   - stem: the name of a .tiktoken file without its ending, by which it may be known.
  ///   - pattern: for .tiktoken files that are not known, which do not hold one.
  ///   - specialTokens: for .tiktoken files, instead of the known ones.
  public init(
    bytes: Span<UInt8>, stem: String? = nil, pattern: SplitPattern? = nil,
    specialTokens: [String: TokenID]? = nil
  ) throws(VocabularyError) {
    if CompiledImage.isImage(bytes) {
      try self.init(CompiledImage(bytes))
    } else if isJSON(bytes) {
      try self.init(readTokenizerJSON(bytes))
    } else {
      let added = specialTokens?.map { AddedToken($0.key, id: $0.value) }
      try self.init(
        readTiktoken(
          bytes, stem: stem, pattern: pattern, specialTokens: added?.sorted { $0.id < $1.id }))
    }
  }

  /// Loads GPT-2's two files from bytes in memory.
  public init(vocabularyJSON: Span<UInt8>, merges: Span<UInt8>) throws(VocabularyError) {
    try self.init(readWordLists(vocabulary: vocabularyJSON, merges: merges))
  }
}

/// Whether a text begins like a JSON object.
private func isJSON(_ bytes: Span<UInt8>) -> Bool {
  for index in 0..<bytes.count {
    switch bytes[index] {
    case 0x20, 0x09, 0x0A, 0x0D: continue
    case UInt8(ascii: "{"): return true
    default: return false
    }
  }
  return false
}
