package import Tokenization

/// Reads a tokenizer.json of huggingface's library whose model is byte-level BPE.
///
/// What the library would do otherwise than we could is an error that names the component and its
/// place; what it ignores is ignored. Members come in any order. Unlike there, a key that stands
/// twice is an error everywhere but in `vocab`, where the later one holds.
///
/// - Complexity: O(*n*) in `bytes`.
package func readTokenizerJSON(
  _ bytes: Span<UInt8>
) throws(VocabularyError) -> TokenizerDefinition {
  try JSONReader.read(bytes) { (reader) throws(VocabularyError) in
    var file = TokenizerFile()
    var keys: Set<String> = []
    try reader.enterObject()
    while let name = try reader.nextKey() {
      let key = reader.text(name)
      if !keys.insert(key).inserted {
        throw reader.error(.duplicate, "the key `\(key)` stands twice", at: name.range.lowerBound)
          .under(key)
      }
      let offset = reader.offset
      do throws(VocabularyError) {
        if key == "model" {
          file.model = try ModelMembers(&reader)
        } else {
          try file.readComponent(key, try reader.readValue())
        }
      } catch { throw error.at(offset).under(key) }
    }
    return try file.definition()
  }
}

/// The members of a tokenizer.json, as far as they have been read.
private struct TokenizerFile {
  var model: ModelMembers?
  var addedTokens: [AddedToken] = []
  var normalizer: Normalizer?
  var splitter: Splitter?
  var postProcessor: PostProcessor?
  var decoder = TokenDecoder.spaced
  var truncation: Truncation?
  var padding: Padding?

  mutating func readComponent(_ key: String, _ value: JSONValue) throws(VocabularyError) {
    switch key {
    case "version":
      let version = try value.text()
      if version != "1.0" {
        throw VocabularyError(.unsupported, "the version `\(version)`; only `1.0` is read")
      }
    case "added_tokens":
      addedTokens = try value.each { (token) throws(VocabularyError) in try readAddedToken(token) }
    case "normalizer":
      normalizer = value == .null ? nil : try readNormalizer(value, .tokenizerJSON)
    case "pre_tokenizer": splitter = try readSplitter(value, .tokenizerJSON)
    case "post_processor": postProcessor = value == .null ? nil : try readPostProcessor(value)
    case "decoder": decoder = try readDecoder(value, .tokenizerJSON)
    case "truncation": truncation = value == .null ? nil : try readTruncation(value)
    case "padding": padding = value == .null ? nil : try readPadding(value)
    default:
      // The original stumbles over such a member too.
      throw VocabularyError(.unsupported, "the member `\(key)` is not known")
    }
  }

  func definition() throws(VocabularyError) -> TokenizerDefinition {
    guard let members = model else {
      throw VocabularyError(.missing, "the member `model` is missing", path: "model")
    }
    let splitter = splitter ?? Splitter([])
    // Behind a last step `ByteLevel` the model sees the byte alphabet, which stands for the text's own
    // bytes. Steps behind it would see the alphabet, and so does a model over characters then.
    let afterByteLevel =
      splitter.steps.last?.isByteLevel == true
      && !splitter.steps.dropLast().contains(where: \.isByteLevel)
    let model: any ModelDefinition
    let dropout: Double?
    do throws(VocabularyError) {
      model = try members.definition(afterByteLevel: afterByteLevel)
      dropout = try members.dropout()
    } catch { throw error.under("model") }
    let texts: TokenTexts
    do throws(VocabularyError) { texts = try members.texts(of: model) } catch {
      throw error.under("model")
    }
    let added = try placedAddedTokens(addedTokens, vocabulary: texts)
    let addedIDs = Set(added.map(\.id))
    let exists = { (id: TokenID) in addedIDs.contains(id) || texts.contains(id) }
    if let unknown = model.unknownToken, !exists(unknown) {
      throw VocabularyError(
        .unknownToken, "the unknown token has the id \(unknown), which no token has", path: "model")
    }
    for token in postProcessor?.insertedTokens ?? [] where !exists(token.id) {
      throw VocabularyError(
        .unknownToken, "the template's `\(token.text)` has the id \(token.id), which no token has",
        path: "post_processor")
    }
    let roles = TokenRoles(
      beginning: postProcessor?.beginning, end: postProcessor?.end,
      padding: padding.flatMap { exists($0.id) ? $0.id : nil }, unknown: model.unknownToken)
    return TokenizerDefinition(
      pipeline: Pipeline(
        addedTokens: added, normalizer: normalizer, splitter: splitter,
        postProcessor: postProcessor, decoder: decoder, truncation: truncation, padding: padding,
        roles: roles, dropout: dropout),
      model: model)
  }
}
