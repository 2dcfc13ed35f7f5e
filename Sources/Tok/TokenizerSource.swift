public import SplitPatterns
public import Tokenization
public import TokenizerFormats

/// What a file says of a tokenizer, before the tables are built that encoding needs: to build them, or
/// to write another file.
///
/// ```swift
/// let source = try TokenizerSource(contentsOf: "tokenizer.json")
/// let file = try source.written(as: .gguf)
/// ```
public struct TokenizerSource: Sendable {
  private enum Content: Sendable {
    case definition(TokenizerDefinition)
    /// Nothing is left to be built, and not all can be told.
    case compiled(Tokenizer)
  }

  private var content: Content
  private var configuration: TokenizerConfiguration?
}

// MARK: - Reading

extension TokenizerSource {
  /// Reads a file of any format that is read here, or a model's folder; see
  /// ``Tokenization/Tokenizer/init(contentsOf:pattern:specialTokens:)``.
  public init(
    contentsOf path: String, pattern: SplitPattern? = nil, specialTokens: [String: TokenID]? = nil
  ) throws(VocabularyError) {
    if ModelFolder.isFolder(path) {
      try self.init(folder: ModelFolder(path), pattern: pattern, specialTokens: specialTokens)
      return
    }
    // Of a model in GGUF most is weights, which are not looked at.
    let file = try FileBytes(path, isReadWhole: false)
    do throws(VocabularyError) {
      switch recognizeFormat(file.span) {
      case .compiled: try self.init(Tokenizer(CompiledImage(file)))
      case .vocabularyJSON:
        let merges = try FileBytes(FileName(path).mergesBeside)
        try self.init(vocabularyJSON: file.span, merges: merges.span)
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
    let configuration = try folder.readConfiguration()
    switch folder.format {
    case .wordList, .sentencePiece:
      let file = try FileBytes(folder.tokenizer)
      do {
        let definition =
          folder.format == .wordList
          ? try readBERTVocabulary(file.span) : try SentencePieceFile(file.span).tokenizer()
        self.init(content: .definition(configuration?.applied(to: definition) ?? definition))
      } catch { throw error.inFile(folder.tokenizer) }
    default:
      try self.init(contentsOf: folder.tokenizer, pattern: pattern, specialTokens: specialTokens)
      if let configuration, case .definition(let definition) = content {
        content = .definition(configuration.addingTokens(to: definition))
      }
    }
    self.configuration = configuration
  }

  /// Reads bytes in memory, of every format but the two files of vocab.json; see
  /// ``Tokenization/Tokenizer/init(bytes:stem:pattern:specialTokens:)``.
  public init(
    bytes: Span<UInt8>, stem: String? = nil, pattern: SplitPattern? = nil,
    specialTokens: [String: TokenID]? = nil
  ) throws(VocabularyError) {
    switch recognizeFormat(bytes) {
    case .compiled: content = .compiled(try Tokenizer(CompiledImage(bytes)))
    case .tokenizerJSON: content = .definition(try readTokenizerJSON(bytes))
    case .tekken: content = .definition(try readTekken(bytes))
    case .sentencePiece: content = .definition(try SentencePieceFile(bytes).tokenizer())
    case .gguf: content = .definition(try GGUFVocabulary(bytes).tokenizer())
    case .wordList: content = .definition(try readBERTVocabulary(bytes))
    case .clip: content = .definition(try CLIPText(bytes).tokenizer())
    case .vocabularyJSON:
      throw VocabularyError(
        .missing, "a vocab.json needs its merges.txt beside it", path: "merges.txt")
    case .merges:
      throw VocabularyError(.missing, "a merges.txt is no tokenizer without its vocab.json")
    case nil where beginsObject(bytes):
      // Its reader says best what is missing.
      content = .definition(try readTokenizerJSON(bytes))
    case .tiktoken, nil:
      let added = specialTokens?.map { AddedToken($0.key, id: $0.value) }
      content = .definition(
        try readTiktoken(
          bytes, stem: stem, pattern: pattern, specialTokens: added?.sorted { $0.id < $1.id }))
    }
  }

  /// Reads GPT-2's two files from bytes in memory.
  public init(vocabularyJSON: Span<UInt8>, merges: Span<UInt8>) throws(VocabularyError) {
    content = .definition(try readWordLists(vocabulary: vocabularyJSON, merges: merges))
  }

  /// What a trainer made.
  package init(_ definition: TokenizerDefinition) { content = .definition(definition) }

  /// A tokenizer that was built already: all of it can be compiled, and byte pairs be written as other
  /// files too.
  public init(_ tokenizer: Tokenizer) { content = .compiled(tokenizer) }
}

// MARK: - What is made of it

extension TokenizerSource {
  /// What happens to a text before and behind the model, as the file says.
  public var pipeline: Pipeline {
    switch content {
    case .compiled(let tokenizer): tokenizer.pipeline
    case .definition(let definition): definition.pipeline
    }
  }

  /// The tokenizer.
  public func tokenizer() throws(VocabularyError) -> Tokenizer {
    var tokenizer: Tokenizer
    switch content {
    case .compiled(let built): tokenizer = built
    case .definition(let definition): tokenizer = try Tokenizer(definition)
    }
    if let configuration {
      tokenizer.addRoles(configuration.roles { tokenizer.id(of: $0) })
    }
    return tokenizer
  }

  /// All that the file says.
  ///
  /// - Throws: `inexpressible` for compiled models that cannot be told apart again.
  package func definition() throws(VocabularyError) -> TokenizerDefinition {
    var definition: TokenizerDefinition
    switch content {
    case .compiled(let tokenizer): definition = try tokenizer.definition()
    case .definition(let read): definition = read
    }
    if configuration != nil { definition.pipeline.roles = try tokenizer().pipeline.roles }
    return definition
  }

  /// The same with more added tokens; see ``Tokenization/Tokenizer/adding(_:)``.
  ///
  /// - Complexity: that of building the tokenizer.
  public func adding(_ tokens: [AddedToken]) throws(VocabularyError) -> TokenizerSource {
    let larger = try tokenizer().adding(tokens)
    guard case .definition(var definition) = content else { return TokenizerSource(larger) }
    definition.pipeline.addedTokens = larger.pipeline.addedTokens
    var source = self
    source.content = .definition(definition)
    return source
  }

  /// The tokenizer as a file of another format, which gives the same ids for every text.
  ///
  /// What is written is read back and compared. Which tokens begin and end a text is told as far as the
  /// format can.
  ///
  /// - Parameters:
  ///   - stem: the name that the file will have, without its ending; a .tiktoken file, which holds neither
  ///     its pattern nor its special tokens, may be known by it.
  ///   - allowsLosses: go on where the format cannot say everything; ``WrittenTokenizer/losses`` then
  ///     says what is lost.
  /// - Throws: `inexpressible` with all that would be lost, or where the format has no such model. What
  ///   is wrong with the tokenizer.
  /// - Complexity: that of building the tokenizer twice.
  public func written(
    as format: WritableFormat, stem: String? = nil, allowsLosses: Bool = false
  ) throws(VocabularyError) -> WrittenTokenizer {
    if case .compiled(let tokenizer) = content, format == .compiled {
      return WrittenTokenizer(bytes: tokenizer.compiled())
    }
    return try definition().written(as: format, stem: stem, allowsLosses: allowsLosses)
  }
}
