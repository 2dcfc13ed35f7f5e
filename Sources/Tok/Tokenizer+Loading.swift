public import SplitPatterns
public import Tokenization
internal import TokenizerFormats

extension Tokenizer {
  /// Loads a tokenizer from a file of any format that is read here, or a model's folder.
  ///
  /// What the file is shows its content, not its name: a compiled form, tokenizer.json, tekken.json,
  /// vocab.json (with merges.txt beside it), .tiktoken, a SentencePiece model, vocab.txt, GGUF, or
  /// CLIP's text. Of a folder the tokenizer is taken, and what stands beside it in
  /// `tokenizer_config.json` and `special_tokens_map.json`.
  ///
  /// - Parameters:
  ///   - path: the file or folder.
  ///   - pattern: for .tiktoken files that are not known, which do not hold one.
  ///   - specialTokens: for .tiktoken files, instead of the known ones.
  /// - Throws: what is wrong, with the file, the place in it, and what was found there.
  public init(
    contentsOf path: String, pattern: SplitPattern? = nil, specialTokens: [String: TokenID]? = nil
  ) throws(VocabularyError) {
    if ModelFolder.isFolder(path) {
      self = try Tokenizer(
        folder: ModelFolder(path), pattern: pattern, specialTokens: specialTokens)
      return
    }
    // Of a model in GGUF most is weights, which are not looked at.
    let file = try FileBytes(path, isReadWhole: false)
    do throws(VocabularyError) {
      switch recognizeFormat(file.span) {
      case .compiled: try self.init(CompiledImage(file))
      case .vocabularyJSON:
        let merges = try FileBytes(FileName(path).mergesBeside)
        try self.init(readWordLists(vocabulary: file.span, merges: merges.span))
      default:
        try self.init(
          bytes: file.span, stem: FileName(path).stem, pattern: pattern,
          specialTokens: specialTokens)
      }
    } catch {
      throw error.file == nil ? error.inFile(path) : error
    }
  }

  private init(
    folder: ModelFolder, pattern: SplitPattern?, specialTokens: [String: TokenID]?
  ) throws(VocabularyError) {
    var tokenizer: Tokenizer
    let configuration = try folder.readConfiguration()
    switch folder.format {
    case .wordList, .sentencePiece:
      let file = try FileBytes(folder.tokenizer)
      do {
        let definition =
          folder.format == .wordList
          ? try readBERTVocabulary(file.span) : try SentencePieceFile(file.span).tokenizer()
        tokenizer = try Tokenizer(configuration?.applied(to: definition) ?? definition)
      } catch { throw error.inFile(folder.tokenizer) }
    default:
      tokenizer = try Tokenizer(
        contentsOf: folder.tokenizer, pattern: pattern, specialTokens: specialTokens)
    }
    if let configuration {
      tokenizer.addRoles(configuration.roles { tokenizer.id(of: $0) })
    }
    self = tokenizer
  }

  /// Loads a tokenizer from bytes in memory, of every format but the two files of vocab.json.
  ///
  /// - Parameters:
  ///   - stem: the name of a .tiktoken file without its ending, by which it may be known.
  ///   - pattern: for .tiktoken files that are not known, which do not hold one.
  ///   - specialTokens: for .tiktoken files, instead of the known ones.
  public init(
    bytes: Span<UInt8>, stem: String? = nil, pattern: SplitPattern? = nil,
    specialTokens: [String: TokenID]? = nil
  ) throws(VocabularyError) {
    switch recognizeFormat(bytes) {
    case .compiled: try self.init(CompiledImage(bytes))
    case .tokenizerJSON: try self.init(readTokenizerJSON(bytes))
    case .tekken: try self.init(readTekken(bytes))
    case .sentencePiece: try self.init(SentencePieceFile(bytes).tokenizer())
    case .gguf: try self.init(GGUFVocabulary(bytes).tokenizer())
    case .wordList: try self.init(readBERTVocabulary(bytes))
    case .clip: try self.init(CLIPText(bytes).tokenizer())
    case .vocabularyJSON:
      throw VocabularyError(
        .missing, "a vocab.json needs its merges.txt beside it", path: "merges.txt")
    case .merges:
      throw VocabularyError(.missing, "a merges.txt is no tokenizer without its vocab.json")
    case nil where beginsObject(bytes):
      // Its reader says best what is missing.
      try self.init(readTokenizerJSON(bytes))
    case .tiktoken, nil:
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
